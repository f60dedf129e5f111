/** `<nabla-canvas>`: the picture of the network, its camera, its pointer and its keyboard. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import type { Controller } from '../controller';
import type { CanvasSurface, Geometry, Hit, Interaction } from '../design/contract';
import type { State } from '../store';
import { text } from '../strings';
import { anchorOf, worldBox, type Anchor } from './anchors';
import { Camera } from './camera';
import { nearAt } from './controls';
import { FanKeeper } from './fan';
import { geometryOf } from './geometry';
import { hitOfEdge, hitOfElement } from './hit';
import { Hover } from './hover';
import { keepPlace } from './keyboard';
import { CanvasKeys } from './keys';
import { paintLegend, withoutLegend } from './legend';
import type { Point, Size } from './layout';
import { contextOf } from './neurons';
import { paintNetwork } from './network';
import { networkTable } from './networkTable';
import type { NablaMatrix } from './matrix';
import { Picture, reachOf } from './picture';
import type { Box } from './place';
import { CanvasPointer, targetOf } from './pointer';
import { windowOf, type Scene } from './scene';
import { pointInWorld } from './viewport';
import { zoomBar } from './zoomBar';

export type { Anchor } from './anchors';

export class NablaCanvas extends LitElement implements CanvasSurface {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    room: { state: true },
    place: { state: true },
    matrix: { state: true },
    table: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  declare room: Size | undefined;
  declare place: Target | undefined;
  /** The layer whose weights are shown as a matrix. */
  declare matrix: number | undefined;
  /** The network is shown as a table. */
  declare table: boolean;
  /** Decides what presses, drags and keys mean; set by the designer. */
  interaction: Interaction | undefined;
  /** Where the card stands; set by the designer. */
  cardBox: () => Box | undefined = () => undefined;
  /** Whether the inspector shows what is selected; set by the designer. */
  inspectorShows: () => boolean = () => false;

  readonly #hover = new Hover(target => this.controller.point(target));
  readonly #camera = new Camera(
    () => this.querySelector('svg.network'),
    () => this.#settled(),
  );
  readonly #picture = new Picture(
    new FanKeeper(
      request => this.controller.fan(request),
      () => this.requestUpdate(),
    ),
  );
  readonly #pointer = new CanvasPointer(this);
  readonly #keys = new CanvasKeys(this, this.#hover);
  readonly #observer = new ResizeObserver(entries => this.#resized(entries[0]));
  #scene: Scene | undefined;
  /** Where the pointer was last seen over the canvas, in client coordinates. */
  #at: Point | undefined;
  #near: string | undefined;

  constructor() {
    super();
    this.table = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    this.#pointer.connect();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#pointer.disconnect();
    this.#camera.disconnect();
  }

  #resized({ contentRect }: ResizeObserverEntry): void {
    this.room = { width: Math.floor(contentRect.width), height: Math.floor(contentRect.height) };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#scene = this.room && this.#sceneIn(this.room);
    if (this.#scene) this.place = keepPlace(this.place, reachOf(this.#scene));
    if (changed.has('state')) this.#hover.shown(this.state.pointed);
    if (this.matrix !== undefined && !this.#hasMatrix(this.matrix)) this.matrix = undefined;
  }

  #sceneIn(room: Size): Scene | undefined {
    const selectedLayers = this.interaction?.selectedLayers ?? [];
    const viewport = this.#camera.view;
    return this.#picture.scene({
      state: this.state,
      room,
      place: this.place,
      selectedLayers,
      viewport,
    });
  }

  protected override render(): TemplateResult | typeof nothing {
    const scene = this.#scene && { ...this.#scene, place: this.place };
    if (!scene || !this.room) return nothing;
    return html`<div
        class="canvas-scroll ${this.interaction?.dragging ? 'dragging' : ''}"
        @contextmenu=${{ handleEvent: this.#contextMenu, capture: true }}
      >
        <svg
          class="network ${scene.pointed ? 'dimming' : ''}"
          width=${scene.layout.width}
          height=${scene.layout.height}
          role="application"
          aria-label=${text('canvas.label', scene.named.network.name)}
          @keydown=${this.#keys.pressed}
          @focusin=${this.#keys.focused}
          @focusout=${this.#keys.blurred}
        >
          ${paintNetwork(scene)}
        </svg>
      </div>
      ${zoomBar(this.table, this.#zoomActions)} ${paintLegend(scene, this.room)}
      ${this.table ? networkTable(scene, this.controller, this.state, () => this.toggleTable()) : nothing}
      ${this.matrix === undefined ? nothing : this.#matrixPanel(scene, this.matrix)}`;
  }

  #matrixPanel({ named }: Scene, layer: number): TemplateResult {
    return html`<nabla-matrix
      data-testid="matrix"
      .controller=${this.controller}
      .state=${this.state}
      .named=${named}
      .layer=${layer}
      @nabla-close=${() => this.closeMatrix()}
    ></nabla-matrix>`;
  }

  protected override updated(): void {
    if (!this.#scene || !this.room) return;
    this.#camera.arrange(this.#scene.layout, withoutLegend(this.room));
    if (this.#near) this.#showNear(this.#near);
  }

  /** A very deep network draws only what is in sight and beside it. */
  #settled(): void {
    if (!this.#scene || !this.room) return;
    const { x, zoom } = this.#camera.view;
    const { layout, window: drawn } = this.#scene;
    const now = windowOf(layout, -x / zoom, (this.room.width - x) / zoom);
    if (now.from !== drawn.from || now.to !== drawn.to) this.requestUpdate();
  }

  readonly #zoomActions = {
    zoom: (factor: number): void => this.zoomBy(factor),
    fit: (): void => this.fit(),
    table: (): void => this.toggleTable(),
  };

  // ------------------------------------------------------------------ surface of the gestures

  get element(): HTMLElement {
    return this;
  }

  get scene(): Scene | undefined {
    return this.#scene;
  }

  geometry(): Geometry | undefined {
    if (!this.#scene || !this.room) return undefined;
    return geometryOf(this.#scene.layout, this.#camera.view, withoutLegend(this.room));
  }

  hit(event: { readonly clientX: number; readonly clientY: number }): Hit {
    const { clientX, clientY } = event;
    const element = document.elementFromPoint(clientX, clientY);
    const named = hitOfElement(element);
    if (named || !this.#scene || !element?.closest('.canvas-scroll, nabla-canvas'))
      return named ?? { type: 'background' };
    const keep = this.state.pointed;
    return hitOfEdge(this.#scene.layout, this.#inWorld(event), this.#camera.view.zoom, keep);
  }

  #inWorld({ clientX, clientY }: { readonly clientX: number; readonly clientY: number }): Point {
    const { x, y } = this.getBoundingClientRect();
    return pointInWorld(this.#camera.view, { x: clientX - x, y: clientY - y });
  }

  extent(): { readonly picture: Size; readonly room: Size } | undefined {
    if (!this.#scene || !this.room) return undefined;
    const { width, height } = this.#scene.layout;
    const { zoom } = this.#camera.view;
    return {
      picture: { width: width * zoom, height: height * zoom },
      room: withoutLegend(this.room),
    };
  }

  panBy(dx: number, dy: number): void {
    this.#camera.panBy(dx, dy);
  }

  zoomBy(factor: number, around?: Point): void {
    this.hideCard();
    this.#camera.zoomBy(factor, around);
  }

  fit(): void {
    this.hideCard();
    this.#camera.fit();
  }

  goTo(target: Target): void {
    this.#keys.goTo(target, true);
  }

  hideCard(): void {
    this.#hover.shown(undefined);
    this.controller.point(undefined);
  }

  openMatrix(layer: number, cell?: { readonly row: number; readonly column: number }): void {
    if (!this.#hasMatrix(layer)) return;
    this.matrix = layer;
    this.hideCard();
    void this.updateComplete.then(() =>
      this.querySelector<NablaMatrix>('nabla-matrix')?.enter(cell),
    );
  }

  closeMatrix(): void {
    this.matrix = undefined;
    this.controller.point(undefined);
    void this.updateComplete.then(() => this.place && this.#keys.goTo(this.place, true));
  }

  toggleTable(): void {
    this.table = !this.table;
    const next = this.table
      ? '.network-table [tabindex="0"]'
      : '[data-testid="network-table-toggle"]';
    void this.updateComplete.then(() => this.querySelector<HTMLElement>(next)?.focus());
  }

  #hasMatrix(layer: number): boolean {
    return this.state.document?.network?.layers[layer]?.type === 'dense';
  }

  // ------------------------------------------------------------------ pointer

  hover(event: PointerEvent, target: Target | undefined): void {
    this.#at = { x: event.clientX, y: event.clientY };
    this.#keys.byFocus = false;
    if (this.#scene) this.#showNear(nearAt(this.#scene.layout, this.#inWorld(event)));
    this.#hover.over(target, this.#at, this.cardBox());
  }

  left(): void {
    this.#showNear(undefined);
    this.#hover.leave();
  }

  /** Shows the handles and the "+" of what the pointer is near to, without drawing anything anew. */
  #showNear(near: string | undefined): void {
    this.#near = near;
    for (const element of this.querySelectorAll('.control'))
      element.classList.toggle('near', element.getAttribute('data-near') === near);
  }

  clicked(event: MouseEvent, hit: Hit, handled: boolean): void {
    const band = event.target instanceof Element && event.target.closest('.connection:not(.plain)');
    const target = targetOf(hit);
    if (!handled) this.controller.select(target);
    if (target && (!handled || event.detail === 1)) this.#keys.goTo(target, false);
    if (band && target?.type === 'layer') this.openMatrix(target.layer);
  }

  /** Tells VS Code's menu which edge is meant, before it looks. */
  readonly #contextMenu = (event: MouseEvent): void => {
    const byKey = event.button !== 2 && this.place;
    const target = byKey ? this.place : targetOf(this.hit(event));
    const svg = this.querySelector<SVGElement>('svg.network');
    if (!svg) return;
    // Layers have a context of their own; around them there is the canvas, where one can paste.
    const shown: Target = target?.type === 'weight' ? target : { type: 'loss' };
    svg.dataset['vscodeContext'] = contextOf(shown);
  };

  /** The pointer is on the card, or has left it. */
  cardEntered(): void {
    this.#hover.onCard();
  }

  cardLeft(): void {
    if (!this.#keys.byFocus) this.#hover.leave();
  }

  // ------------------------------------------------------------------ keyboard

  /** Hides the card first; without one, ends the selection. */
  escape(event: KeyboardEvent): void {
    if (this.table) this.toggleTable();
    else if (this.state.pointed) this.#hover.refuse();
    else if (this.state.show.selection) this.controller.select(undefined);
    else return;
    event.preventDefault();
  }

  /** True while the keyboard, not the pointer, says what is pointed at; the matrix speaks for itself. */
  get byFocus(): boolean {
    return this.#keys.byFocus && this.matrix === undefined;
  }

  /** Whether the number of what is pointed at is spoken. */
  get speaks(): boolean {
    return this.byFocus && this.#keys.speaks;
  }

  reveal(target: Target): void {
    const box = this.#scene && worldBox(this.#scene.layout, target);
    if (box) this.#camera.reveal(box);
  }

  /** Where a target stands on the screen, for the card; undefined when it is not drawn. */
  anchorOf(target: Target): Anchor | undefined {
    const inMatrix = this.querySelector<NablaMatrix>('nabla-matrix')?.anchorOf(target);
    if (inMatrix || !this.#scene) return inMatrix;
    const { x, y } = this.getBoundingClientRect();
    return anchorOf(target, {
      layout: this.#scene.layout,
      viewport: this.#camera.view,
      origin: { x, y },
      pointer: this.byFocus ? undefined : this.#at,
    });
  }
}
