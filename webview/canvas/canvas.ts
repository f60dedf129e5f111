/** `<nabla-canvas>`: the picture of the network, its camera, its pointer and its keyboard. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import type { Controller } from '../controller';
import type { CanvasSurface, Geometry, Hit, Interaction } from '../design/contract';
import type { State } from '../store';
import { text } from '../strings';
import type { Anchor } from './anchors';
import { Camera } from './camera';
import { hitOfElement } from './hit';
import { Hover } from './hover';
import { keepPlace } from './keyboard';
import { CanvasKeys } from './keys';
import { paintLegend } from './legend';
import { findLink, type Point, type Size } from './layout';
import { looksOther } from './looksOther';
import type { Cell } from './matrixView';
import { contextOf } from './neurons';
import { paintNetwork } from './network';
import { Near } from './near';
import { Panels } from './panels';
import { Picture, reachOf } from './picture';
import type { Box } from './place';
import { CanvasPointer, targetOf } from './pointer';
import type { Scene } from './scene';
import { Sight } from './sight';
import { zoomBar } from './zoomBar';

export class NablaCanvas extends LitElement implements CanvasSurface {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    lit: { attribute: false },
    room: { state: true },
    place: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  declare lit: Scene['lit'];
  declare room: Size | undefined;
  declare place: Target | undefined;
  /** Decides what presses, drags and keys mean; set by the designer. */
  interaction: Interaction | undefined;
  /** Where the card stands; set by the designer. */
  cardBox: () => Box | undefined = () => undefined;
  /** Whether the inspector shows what is selected; set by the designer. */
  inspectorShows: () => boolean = () => false;

  readonly #hover = new Hover(() => this.controller);
  readonly #camera = new Camera(
    () => this.querySelector('svg.network'),
    () => this.interaction?.moved(),
    () => this.#settled(),
  );
  readonly #picture = new Picture(this);
  readonly #pointer = new CanvasPointer(this);
  readonly #keys = new CanvasKeys(this, this.#hover);
  readonly #observer = new ResizeObserver(() => this.#measure());
  readonly #panels = new Panels(this);
  readonly #near = new Near(this);
  #sight: Sight | undefined;
  /** Where the pointer was last seen over the canvas, in client coordinates. */
  #at: Point | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // The page around it stands: measured now, the picture is in the first frame.
    this.#measure();
    this.#observer.observe(this);
    this.#pointer.connect();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#pointer.disconnect();
    this.#camera.disconnect();
    this.#picture.disconnect();
  }

  #measure(): void {
    const box = this.getBoundingClientRect();
    const [width, height] = [Math.floor(box.width), Math.floor(box.height)];
    if (width !== this.room?.width || height !== this.room.height) this.room = { width, height };
  }

  protected override shouldUpdate(changed: PropertyValues<this>): boolean {
    return changed.size !== 1 || looksOther(changed.get('state'), this.state);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const scene = this.room && this.#sceneIn(this.room);
    this.#sight = this.room && scene && new Sight(scene, this.room, this.#camera, this);
    if (scene) this.place = keepPlace(this.place, reachOf(scene));
    if (changed.has('state')) this.#hover.sees(this.state.pointed);
    this.#panels.follow();
  }

  #sceneIn(room: Size): Scene | undefined {
    const selectedLayers = this.interaction?.selectedLayers ?? [];
    const viewport = this.#camera.view;
    const { state, place } = this;
    return this.#picture.scene({ state, room, place, selectedLayers, viewport });
  }

  protected override render(): TemplateResult | typeof nothing {
    const scene = this.scene && { ...this.scene, place: this.place, lit: this.lit };
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
          tabindex="-1"
          aria-label=${text('canvas.label', scene.named.network.name)}
          @keydown=${this.#keys.pressed}
          @focusin=${this.#keys.focused}
          @focusout=${this.#keys.blurred}
        >
          ${paintNetwork(scene)}
        </svg>
      </div>
      ${zoomBar(this.#panels.hasTable, this.#zoomActions)} ${paintLegend(scene, this.room)}
      ${this.#panels.render(scene)}`;
  }

  protected override updated(): void {
    if (!this.#sight) return;
    const { scene, parts, room } = this.#sight;
    this.#camera.arrange(scene.layout, parts, room);
    this.#near.drawn();
  }

  /** A very deep network draws only what is in sight and beside it. */
  #settled(): void {
    if (this.#sight?.isPast) this.requestUpdate();
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
    return this.#sight?.scene;
  }

  geometry(): Geometry | undefined {
    return this.#sight?.geometry();
  }

  hit(event: { readonly clientX: number; readonly clientY: number }): Hit {
    const element = document.elementFromPoint(event.clientX, event.clientY);
    const named = hitOfElement(element);
    if (named) return named;
    const isPicture = element?.closest('.canvas-scroll, nabla-canvas');
    const edge = isPicture ? this.#sight?.partAt(event, this.state.pointed) : undefined;
    return edge ?? { type: 'background' };
  }

  extent(): { readonly picture: Size; readonly room: Size } | undefined {
    return this.#sight?.extent();
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

  goTo(target: Target, looks = false): void {
    this.#keys.goTo(target, true, looks);
  }

  hideCard(): void {
    this.#hover.shown(undefined);
    this.controller.point(undefined);
  }

  openMatrix(layer: number, cell?: Cell): void {
    this.#panels.openMatrix(layer, cell);
  }

  returnKeyboard(): void {
    if (this.place) this.#keys.goTo(this.place, true);
  }

  toggleTable(): void {
    this.#panels.toggleTable();
  }

  // ------------------------------------------------------------------ pointer

  hover(event: PointerEvent, target: Target | undefined): void {
    this.#at = { x: event.clientX, y: event.clientY };
    this.#keys.byFocus = false;
    if (this.#sight) this.#near.at(this.#sight.scene.layout, this.#sight.inWorld(event));
    this.#hover.over(target, this.#at, this.cardBox());
  }

  left(): void {
    this.#near.nowhere();
    this.#hover.leave();
  }

  pressed(): void {
    this.#hover.shown(this.state.pointed);
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
    const isEdge = this.scene && findLink(this.scene.layout, target) !== undefined;
    const shown: Target =
      target && (isEdge || target.type === 'weight') ? target : { type: 'loss' };
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

  /** Hides the card first; without one, ends the selection; with nothing selected, closes the newest pinned card. */
  escape(event: KeyboardEvent): void {
    const { pins } = this.state.show;
    if (this.#panels.hasTable) this.toggleTable();
    else if (this.state.pointed) this.#hover.refuse();
    else if (this.state.show.selection) this.controller.select(undefined);
    else if (pins.length > 0) this.controller.show({ pins: pins.slice(0, -1) });
    else return;
    event.preventDefault();
  }

  /** True while the keyboard, not the pointer, says what is pointed at; the matrix speaks for itself. */
  get byFocus(): boolean {
    return this.#keys.byFocus && !this.#panels.hasMatrix;
  }

  /** Whether the number of what is pointed at is spoken. */
  get speaks(): boolean {
    return this.byFocus && this.#keys.speaks;
  }

  /** The keyboard was put where it is by Tab or by an action: there a card without numbers would only be in the way. */
  get rests(): boolean {
    return this.byFocus && !this.#keys.looks;
  }

  reveal(target: Target): void {
    this.#sight?.reveal(target);
  }

  /** Where a target stands on the screen, for the card; undefined when it is not drawn. */
  anchorOf(target: Target): Anchor | undefined {
    const pointer = this.byFocus ? undefined : this.#at;
    return this.#panels.anchorOf(target) ?? this.#sight?.anchorOf(target, pointer);
  }
}
