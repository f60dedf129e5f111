/** What lies over the picture when it is asked for: the matrix of a layer's weights, the network as a table. */
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import type { Controller } from '../controller';
import type { State } from '../store';
import type { Anchor } from './anchors';
import type { NablaMatrix } from './matrix';
import type { Cell } from './matrixView';
import { networkTable } from './networkTable';
import type { Scene } from './scene';

/** What the panels need of the canvas. */
export interface PanelsHost extends LitElement {
  readonly controller: Controller;
  readonly state: State;
  hideCard(): void;
  /** The keyboard goes back to where it stood in the picture. */
  returnKeyboard(): void;
}

export class Panels {
  readonly #host: PanelsHost;
  /** The layer whose weights are shown as a matrix. */
  #matrix: number | undefined;
  #table = false;

  constructor(host: PanelsHost) {
    this.#host = host;
  }

  get hasMatrix(): boolean {
    return this.#matrix !== undefined;
  }

  get hasTable(): boolean {
    return this.#table;
  }

  /** Closes a matrix that there is no more. */
  follow(): void {
    if (this.#matrix !== undefined && !this.#weighs(this.#matrix)) this.#matrix = undefined;
  }

  /** With a cell, enlarged and with the keyboard on it. A layer without weights has none. */
  openMatrix(layer: number, cell?: Cell): void {
    if (!this.#weighs(layer)) return;
    this.#matrix = layer;
    this.#host.requestUpdate();
    this.#host.hideCard();
    void this.#host.updateComplete.then(() => this.#element?.enter(cell));
  }

  toggleTable(): void {
    this.#table = !this.#table;
    this.#host.requestUpdate();
    const next = this.#table
      ? '.network-table [tabindex="0"]'
      : '[data-testid="network-table-toggle"]';
    void this.#host.updateComplete.then(() => this.#host.querySelector<HTMLElement>(next)?.focus());
  }

  /** Where a weight's cell stands on the screen; undefined where no matrix shows it. */
  anchorOf(target: Target): Anchor | undefined {
    return this.#element?.anchorOf(target);
  }

  render(scene: Scene): TemplateResult {
    const { controller, state } = this.#host;
    return html`${
      this.#table ? networkTable(scene, controller, state, () => this.toggleTable()) : nothing
    }${this.#matrix === undefined ? nothing : this.#paintMatrix(scene, this.#matrix)}`;
  }

  #paintMatrix({ named }: Scene, layer: number): TemplateResult {
    return html`<nabla-matrix
      data-testid="matrix"
      .controller=${this.#host.controller}
      .state=${this.#host.state}
      .named=${named}
      .layer=${layer}
      @nabla-close=${() => this.#closeMatrix()}
    ></nabla-matrix>`;
  }

  #closeMatrix(): void {
    this.#matrix = undefined;
    this.#host.requestUpdate();
    this.#host.controller.point(undefined);
    void this.#host.updateComplete.then(() => this.#host.returnKeyboard());
  }

  get #element(): NablaMatrix | null {
    return this.#host.querySelector<NablaMatrix>('nabla-matrix');
  }

  #weighs(layer: number): boolean {
    return this.#host.state.document?.network?.layers[layer]?.type === 'dense';
  }
}
