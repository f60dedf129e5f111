/** `<nabla-canvas>`: the picture of the network, its pointer and its keyboard. */
import { html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import type { Controller } from '../controller';
import { exists, type State } from '../store';
import { text } from '../strings';
import { isHighContrast } from '../theme';
import { paintEdges, paintEmphasis, paintLossEdges } from './edges';
import { Hover } from './hover';
import { interpret, keepPlace, type Reach } from './keyboard';
import { margins } from './labels';
import { paintLegend, withoutLegend } from './legend';
import {
  defaultShown,
  findEdge,
  placeNetwork,
  type CanvasLayout,
  type ColumnInput,
  type Point,
  type Size,
} from './layout';
import { namesOf, spoken, targetOf, testId } from './names';
import { nearestEdge, pointOnEdge } from './nearest';
import { paintColumns, paintLoss } from './neurons';
import { penFor, scales } from './paint';
import type { Box } from './place';
import { sameTarget } from './related';
import type { Scene } from './scene';

/** Pixels within which an edge is meant. */
const REACH = 9;

/** What a card must not hide: a box, and further points. Both in client coordinates. */
export interface Anchor {
  readonly box: Box;
  readonly path: readonly Point[];
}

export class NablaCanvas extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    room: { state: true },
    place: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  declare room: Size | undefined;
  declare place: Target | undefined;
  /** Where the card stands; set by the designer. */
  cardBox: () => Box | undefined = () => undefined;
  /** Whether the inspector shows what is selected; set by the designer. */
  inspectorShows: () => boolean = () => false;

  readonly #hover = new Hover(target => this.controller.point(target));
  readonly #observer = new ResizeObserver(entries => this.#resized(entries[0]));
  #layout: { key: string; layout: CanvasLayout } | undefined;
  #scene: Scene | undefined;
  /** Where the pointer was last seen over the canvas, in client coordinates. */
  #pointer: Point | undefined;
  #byFocus = false;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
  }

  #resized({ contentRect }: ResizeObserverEntry): void {
    this.room = { width: Math.floor(contentRect.width), height: Math.floor(contentRect.height) };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    this.#scene = this.room && this.#makeScene(this.room);
    if (this.#scene) this.place = keepPlace(this.place, this.#reach(this.#scene));
    if (changed.has('state')) this.#hover.shown(this.state.pointed);
  }

  #makeScene(room: Size): Scene | undefined {
    const { document, view, show, pointed, notation } = this.state;
    const named = namesOf(document, notation);
    if (!named) return undefined;
    const { sizes } = named;
    const columns: ColumnInput[] = sizes.map((units, i) => ({
      units,
      shown: view?.layers[i]?.shown ?? defaultShown(units),
    }));
    const layout = this.#place(columns, withoutLegend(room), margins(named));
    const activations = named.network.layers.map(({ activation }) => activation);
    return {
      named,
      layout,
      view,
      scales: scales(view, layout, show.edges, show.neurons, activations),
      pen: penFor(Math.max(...layout.edges.map(edges => edges.length)), isHighContrast()),
      edges: show.edges,
      neurons: show.neurons,
      pointed: pointed && exists(pointed, sizes) ? pointed : undefined,
      selection: show.selection,
      place: this.place,
    };
  }

  /** The same room and the same columns give the same layout object, so that paths are not made anew. */
  #place(
    columns: ColumnInput[],
    room: Size,
    margins: { left: number; right: number },
  ): CanvasLayout {
    const key = JSON.stringify([columns, room, margins]);
    if (this.#layout?.key !== key)
      this.#layout = { key, layout: placeNetwork(columns, room, margins) };
    return this.#layout.layout;
  }

  #reach({ layout, named }: Scene): Reach {
    return {
      rows: layout.columns.map(({ neurons }) => neurons.map(({ row }) => row)),
      biases: [false, ...named.network.layers.map(({ useBias }) => useBias)],
    };
  }

  protected override render(): TemplateResult | typeof nothing {
    const scene = this.#scene && { ...this.#scene, place: this.place };
    if (!scene) return nothing;
    const { width, height } = scene.layout;
    return html`<div class="canvas-scroll">
        <svg
          class=${scene.pointed ? 'dimming' : ''}
          width=${width}
          height=${height}
          viewBox="0 0 ${width} ${height}"
          role="application"
          aria-label=${text('canvas.label', scene.named.network.name)}
          @pointermove=${this.#moved}
          @pointerleave=${() => this.#hover.leave()}
          @click=${this.#clicked}
          @keydown=${this.#pressed}
          @focusin=${this.#focused}
          @focusout=${this.#blurred}
        >
          ${paintSelectedColumn(scene)} ${paintEdges(scene)} ${paintLossEdges(scene)}
          ${paintEmphasis(scene)} ${paintColumns(scene)} ${paintLoss(scene)}
        </svg>
      </div>
      ${this.room ? paintLegend(scene, this.room) : nothing}`;
  }

  // ------------------------------------------------------------------ pointer

  readonly #moved = (event: PointerEvent): void => {
    this.#pointer = { x: event.clientX, y: event.clientY };
    this.#byFocus = false;
    this.#hover.over(this.#under(event), this.#pointer, this.cardBox());
  };

  readonly #clicked = (event: MouseEvent): void => {
    const target = this.#under(event);
    this.controller.select(target);
    if (target) this.#goTo(target, false);
  };

  /** Neurons, biases, captions and the loss by what is under the pointer; edges by distance. */
  #under(event: MouseEvent): Target | undefined {
    const scene = this.#scene;
    if (!scene) return undefined;
    const hit = event.target instanceof Element ? event.target.closest('[data-testid]') : null;
    const target = hit ? targetOf(hit.getAttribute('data-testid') ?? '') : undefined;
    if (target && target.type !== 'weight') return target;
    const frame = this.querySelector('svg')?.getBoundingClientRect();
    if (!frame) return undefined;
    const point = { x: event.clientX - frame.x, y: event.clientY - frame.y };
    const edge = nearestEdge(scene.layout, point, REACH, this.state.pointed ?? target);
    return edge && { type: 'weight', layer: edge.layer, row: edge.row, column: edge.column };
  }

  /** The pointer is on the card, or has left it. */
  cardEntered(): void {
    this.#hover.onCard();
  }

  cardLeft(): void {
    if (!this.#byFocus) this.#hover.leave();
  }

  // ------------------------------------------------------------------ keyboard

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey || !this.place || !this.#scene) return;
    const command = interpret(this.place, event, this.#reach(this.#scene));
    if (!command) return;
    if (command.type === 'escape') return this.escape(event);
    event.preventDefault();
    if (command.type === 'move') this.#goTo(command.to, true);
    else {
      this.controller.select(this.place);
      // The inspector says the same: once is enough.
      if (this.inspectorShows()) this.#hover.refuse();
      this.#speak(text('speak.selected', spoken(this.#scene.named, this.place)));
    }
  };

  /** Hides the card first; without one, ends the selection. */
  escape(event: KeyboardEvent): void {
    if (this.state.pointed) this.#hover.refuse();
    else if (this.state.show.selection) this.controller.select(undefined);
    else return;
    event.preventDefault();
  }

  #goTo(place: Target, byKeyboard: boolean): void {
    this.place = place;
    this.#byFocus = byKeyboard;
    const element = this.querySelector<SVGElement>(`[data-testid="${testId(place)}"]`);
    element?.focus({ preventScroll: !byKeyboard });
  }

  readonly #focused = (event: FocusEvent): void => {
    const element = event.target as Element;
    const target = targetOf(element.getAttribute('data-testid') ?? '');
    if (!target || !element.matches(':focus-visible')) return;
    this.place = target;
    this.#byFocus = true;
    this.controller.point(target);
  };

  readonly #blurred = (event: FocusEvent): void => {
    const next = event.relatedTarget as Element | null;
    if (!this.#byFocus || next?.closest('nabla-canvas, nabla-hover-card')) return;
    this.#byFocus = false;
    this.controller.point(undefined);
  };

  #speak(message: string): void {
    this.dispatchEvent(new CustomEvent('nabla-speak', { detail: message, bubbles: true }));
  }

  // ------------------------------------------------------------------ for the card

  /** True while the keyboard, not the pointer, says what is pointed at. */
  get byFocus(): boolean {
    return this.#byFocus;
  }

  /** Where a target stands on the screen; undefined when it is not drawn. */
  anchorOf(target: Target): Anchor | undefined {
    const frame = this.querySelector('svg')?.getBoundingClientRect();
    const layout = this.#scene?.layout;
    if (!frame || !layout) return undefined;
    if (target.type !== 'weight') {
      const element = this.querySelector(`[data-testid="${testId(target)}"]`);
      const box = element?.getBoundingClientRect();
      const path = speaksOf(layout, target).map(({ x, y }) => ({ x: x + frame.x, y: y + frame.y }));
      return box && { box: { x: box.x, y: box.y, width: box.width, height: box.height }, path };
    }
    const edge = findEdge(layout, target.layer, target.row, target.column);
    if (!edge) return undefined;
    const path = [0, 0.125, 0.25, 0.375, 0.5, 0.625, 0.75, 0.875, 1].map(u => {
      const { x, y } = pointOnEdge(edge, layout.radius, u);
      return { x: x + frame.x, y: y + frame.y };
    });
    const at = this.#byFocus || !this.#pointer ? path[4] : this.#pointer;
    return { box: { x: at.x - 10, y: at.y - 10, width: 20, height: 20 }, path };
  }
}

/** Neurons that should stay in sight while the card of a layer or of the loss is open. */
function speaksOf({ columns }: CanvasLayout, target: Target): readonly Point[] {
  if (target.type === 'loss') return columns[columns.length - 1].neurons;
  return target.type === 'layer' ? (columns[target.layer + 1]?.neurons ?? []) : [];
}

/** A quiet band behind the column of the selected layer. */
function paintSelectedColumn({ selection, layout }: Scene): TemplateResult | '' {
  if (selection?.type !== 'layer') return '';
  const column = layout.columns.find(each =>
    sameTarget(selection, { type: 'layer', layer: each.layer }),
  );
  if (!column) return '';
  const half = layout.radius + 14;
  const top = column.top - half;
  return svg`<rect class="band" x=${column.x - half} y=${top} width=${2 * half}
    height=${column.bottom - top + half} rx="8"></rect>`;
}
