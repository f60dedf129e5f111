/**
 * `<nabla-matrix>`: all weights or gradients of a layer as a heat-map over the canvas, or each neuron's as a
 * picture where the input is one.
 *
 *     arrows, Home End Page↑ Page↓   the next cell        Enter   selects it
 *     + = −  0                       larger, smaller, all  p       as pictures        Esc  closes
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import type { MatrixRequest } from '../../src/protocol';
import type { Controller } from '../controller';
import { NextFrame } from '../nextFrame';
import { format, niceCeiling } from '../numbers';
import { told } from '../punctuation';
import { speak } from '../speak';
import type { State } from '../store';
import { text } from '../strings';
import { onThemeChange, readInk } from '../theme';
import type { Anchor } from './anchors';
import { MatrixKeeper } from './matrixKeeper';
import { moveCell } from './matrixKeys';
import { matrixFoot, matrixHead, ZOOM_STEP } from './matrixParts';
import { paintPlot, prepare, RULER, type Sheet } from './matrixPaint';
import { MatrixPlot } from './matrixPlot';
import { MatrixPointer } from './matrixPointer';
import { pictureShape, valueAt, type Cell } from './matrixView';
import { spoken, type Named } from './names';

/** Where the plot ends on the right and below. */
const MARGIN = 8;

export class NablaMatrix extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    named: { attribute: false },
    layer: { attribute: false },
    cursor: { state: true },
    pictures: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  declare named: Named;
  declare layer: number;
  declare cursor: Cell;
  /** Shown as small multiples. */
  declare pictures: boolean;

  readonly #plot = new MatrixPlot(() => ({
    rows: this.#size.rows,
    columns: this.#size.columns,
    sides: this.#shownSides,
    row: this.cursor.row,
  }));
  readonly #keeper = new MatrixKeeper(
    request => this.controller.asks.matrix(request),
    () => this.#wanted,
    () => this.requestUpdate(),
  );
  readonly #pointer = new MatrixPointer({
    plot: this.#plot,
    choose: cell => this.#choose(cell),
    point: cell => this.controller.point(cell && this.#targetOf(cell)),
    moved: () => this.#changed(),
  });
  readonly #painting = new NextFrame(() => this.#paint());
  #ends: () => void = () => {};
  readonly #observer = new ResizeObserver(() => this.#measure());

  constructor() {
    super();
    this.cursor = { row: 0, column: 0 };
    this.pictures = false;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#ends = onThemeChange(() => this.#painting.ask());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#painting.cancel();
    this.#ends();
  }

  /** Puts the keyboard on a cell, and enlarges it where one was asked for. */
  enter(cell?: Cell): void {
    this.#measure();
    if (cell) {
      this.cursor = cell;
      this.#plot.enlarge(cell);
    }
    this.#canvas?.focus({ preventScroll: true });
    this.#changed();
  }

  /** Where a weight's cell stands; undefined for anything else. */
  anchorOf(target: Target): Anchor | undefined {
    const canvas = this.#canvas;
    if (target.type !== 'weight' || target.layer !== this.layer || !canvas) return undefined;
    const { x, y } = canvas.getBoundingClientRect();
    const box = this.#plot.boxOf(target);
    return {
      box: { ...box, x: x + RULER.left + box.x, y: y + RULER.top + box.y },
      path: [],
    };
  }

  get #canvas(): HTMLCanvasElement | null {
    return this.querySelector('canvas');
  }

  get #size(): { readonly rows: number; readonly columns: number } {
    return this.named.shapes.layers[this.layer];
  }

  /** Height and width of a filter with its channels side by side, or of the input's picture that this layer sees. */
  get sides(): readonly [number, number] | undefined {
    const { shapes, network } = this.named;
    const { window, sources } = shapes.layers[this.layer];
    if (window) return [window.height, window.width * window.source.channels];
    const isFirst = sources[0] === -1;
    return isFirst ? pictureShape(network.input.shape) : undefined;
  }

  /** The same, while it is shown as pictures. */
  get #shownSides(): readonly [number, number] | undefined {
    return this.pictures ? this.sides : undefined;
  }

  #targetOf({ row, column }: Cell): Target {
    return { type: 'weight', layer: this.layer, row, column };
  }

  #choose(cell: Cell): void {
    this.cursor = cell;
    this.controller.select(this.#targetOf(cell));
  }

  // ------------------------------------------------------------------ drawing

  #measure(): void {
    const canvas = this.#canvas;
    if (!canvas) return;
    const { clientWidth, clientHeight } = canvas;
    this.#plot.resize({
      width: clientWidth - RULER.left - MARGIN,
      height: clientHeight - RULER.top - MARGIN,
    });
    this.#changed();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    if (changed.has('layer') && changed.get('layer') !== undefined) {
      this.#plot.whole();
      this.cursor = { row: 0, column: 0 };
      this.#keeper.forget();
    }
    const { rows, columns } = this.#size;
    if (this.cursor.row >= rows || this.cursor.column >= columns)
      this.cursor = { row: 0, column: 0 };
    if (this.pictures && !this.sides) this.pictures = false;
  }

  protected override firstUpdated(): void {
    if (this.#canvas) this.#observer.observe(this.#canvas);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state');
    const stale =
      before !== undefined &&
      (before.view !== this.state.view ||
        before.show.scope !== this.state.show.scope ||
        before.show.edges !== this.state.show.edges);
    if (stale || changed.has('layer') || changed.has('pictures')) this.#keeper.refresh();
    this.#painting.ask();
  }

  protected override render(): TemplateResult {
    const { state, named, layer } = this;
    const { picture, failure } = this.#keeper;
    return html`<section
      class="matrix"
      aria-label=${text('matrix.label')}
      @keydown=${this.#pressed}
    >
      ${matrixHead(this, this.controller, state, () => this.#close())}
      <canvas
        tabindex="0"
        role="application"
        data-testid="matrix-canvas"
        aria-label=${text('matrix.keys', spoken(named, { type: 'layer', layer }))}
        @pointerdown=${this.#pointer.down}
        @pointermove=${this.#pointer.move}
        @pointerup=${this.#pointer.up}
        @pointerleave=${this.#pointer.leave}
        @wheel=${this.#pointer.wheel}
      ></canvas>
      ${failure === undefined ? nothing : html`<p class="caution" role="alert">${text('matrix.failed', failure)}</p>`}
      ${matrixFoot(picture, this.#end)}
    </section>`;
  }

  get #end(): number {
    return niceCeiling(this.#keeper.picture?.largest ?? 1);
  }

  #changed(): void {
    this.#keeper.refresh();
    this.#painting.ask();
  }

  #paint(): void {
    const context = this.#canvas && prepare(this.#canvas);
    if (!context) return;
    const { names } = this.named.context;
    const source = this.named.sources[this.layer][0];
    const sheet: Sheet = {
      context,
      ink: readInk(),
      picture: this.#keeper.picture,
      end: this.#end,
      cursor: this.cursor,
      rowName: row => names.neuronNumber(this.layer, row),
      columnName: column => names.neuronNumber(source, column),
    };
    paintPlot(sheet, this.#plot);
  }

  /** What is in sight; undefined while nothing is. */
  get #wanted(): MatrixRequest | undefined {
    if (!this.isConnected || !this.#plot.isMeasured) return undefined;
    const { scope, edges: quantity } = this.state.show;
    return { scope, layer: this.layer, quantity, ...this.#plot.wanted() };
  }

  // ------------------------------------------------------------------ keyboard

  zoom(factor: number): void {
    this.#plot.zoomAround(factor, this.cursor);
    this.#changed();
  }

  whole(): void {
    this.#plot.whole();
    this.#changed();
  }

  readonly #pressed = (event: KeyboardEvent): void => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === 'Escape') this.#close();
    else if (event.target !== this.#canvas || !this.#key(event.key)) return;
    event.preventDefault();
    event.stopPropagation();
  };

  #key(key: string): boolean {
    if (key === '+' || key === '=') this.zoom(ZOOM_STEP);
    else if (key === '-' || key === '_') this.zoom(1 / ZOOM_STEP);
    else if (key === '0') this.whole();
    else if (key === 'p' && this.sides) this.pictures = !this.pictures;
    else if (key === 'Enter' || key === ' ') this.#choose(this.cursor);
    else {
      const to = moveCell(this.cursor, key, this.#plot.frame, this.#shownSides);
      if (!to) return false;
      this.#goTo(to);
    }
    return true;
  }

  #goTo(cell: Cell): void {
    this.cursor = cell;
    this.#plot.reveal(cell);
    this.controller.point(this.#targetOf(cell));
    const { picture } = this.#keeper;
    const value = format(picture ? valueAt(picture, cell) : NaN);
    speak(this, told(spoken(this.named, this.#targetOf(cell)), value));
    this.#changed();
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('nabla-close'));
  }
}
