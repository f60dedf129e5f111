/** What lies over the picture when it is asked for: a layer's weights, its rules in matrices, the network as a table. */
import { html, nothing, type LitElement, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import type { Controller } from '../controller';
import type { State } from '../store';
import type { Anchor } from './anchors';
import type { NablaMatrix } from './matrix';
import type { Cell } from './matrixView';
import { OverviewKeeper } from '../health/overviewKeeper';
import { FIRST_SORTING, networkTable, type TableWorld } from './networkTable';
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
  #sorting = FIRST_SORTING;
  #sameBins = false;
  readonly #overview: OverviewKeeper;

  constructor(host: PanelsHost) {
    this.#host = host;
    this.#overview = new OverviewKeeper(
      request => host.controller.asks.overview(request),
      () => host.requestUpdate(),
    );
  }

  get hasMatrix(): boolean {
    return this.#matrix !== undefined || this.#host.state.show.matrices === true;
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
    if (this.#table) this.#host.hideCard();
    else this.#overview.forget();
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
      this.#table ? networkTable(scene, controller, state, this.#world()) : nothing
    }${this.#matrix === undefined ? nothing : this.#paintMatrix(scene, this.#matrix)}${state.show.matrices ? this.#paintMatrices() : nothing}`;
  }

  /** Asks for the numbers of the table while it is drawn. */
  #world(): TableWorld {
    const change = (act: () => void): void => {
      act();
      this.#host.requestUpdate();
    };
    this.#overview.follow(this.#host.state, this.#sameBins);
    return {
      overview: this.#overview.overview,
      failure: this.#overview.failure,
      sorting: this.#sorting,
      sameBins: this.#sameBins,
      sort: sorting => change(() => (this.#sorting = sorting)),
      share: sameBins => change(() => (this.#sameBins = sameBins)),
      close: () => this.toggleTable(),
    };
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

  /** Defined with the furniture. */
  #paintMatrices(): TemplateResult {
    return html`<nabla-matrices
      .controller=${this.#host.controller}
      .state=${this.#host.state}
      @nabla-close=${() => this.#closeMatrices()}
    ></nabla-matrices>`;
  }

  #closeMatrices(): void {
    this.#host.controller.show({ matrices: false });
    void this.#host.updateComplete.then(() => this.#host.returnKeyboard());
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
    return (this.#host.state.document?.shapes?.layers[layer]?.rows ?? 0) > 0;
  }
}
