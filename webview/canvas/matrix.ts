/**
 * `<nabla-matrix>`: all weights or gradients of a layer as a heat-map over the canvas, or each neuron's as a
 * picture where the input is one.
 *
 *     arrows, Home End Page↑ Page↓   the next cell        Enter   selects it
 *     + = −  0                       larger, smaller, all  p       as pictures        Esc  closes
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import type { MatrixPicture } from '../../src/protocol';
import type { Controller } from '../controller';
import { format, niceCeiling } from '../numbers';
import { Refresher } from '../refresher';
import type { State } from '../store';
import { text } from '../strings';
import { onThemeChange, readInk } from '../theme';
import type { Anchor } from './anchors';
import type { Point } from './curve';
import { moveCell } from './matrixKeys';
import { matrixFoot, matrixHead } from './matrixParts';
import { paintMatrix, paintTiles, prepare, RULER } from './matrixPaint';
import { MatrixPlot } from './matrixPlot';
import { pictureShape, type Cell } from './matrixView';
import { spoken, type Named } from './names';

/** At most ten pictures a second. */
const INTERVAL = 100;
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
    picture: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  declare named: Named;
  declare layer: number;
  declare cursor: Cell;
  /** Shown as small multiples. */
  declare pictures: boolean;
  declare picture: MatrixPicture | undefined;

  readonly #plot = new MatrixPlot(() => ({
    rows: this.#size.units,
    columns: this.#size.inputs,
    sides: this.pictures ? this.sides : undefined,
    row: this.cursor.row,
  }));
  #drag: Point | undefined;
  #failure: string | undefined;
  #painting = 0;
  #ends: () => void = () => {};
  readonly #refresher = new Refresher(() => this.#fetch(), INTERVAL);
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
    this.#ends = onThemeChange(() => this.#paint());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    cancelAnimationFrame(this.#painting);
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

  get #size(): { readonly inputs: number; readonly units: number } {
    return this.named.shapes.layers[this.layer];
  }

  /** Height and width of the input's picture, where this layer sees it directly. */
  get sides(): readonly [number, number] | undefined {
    const { shapes, network } = this.named;
    const isFirst = shapes.layers[this.layer].sources[0] === -1;
    return isFirst ? pictureShape(network.input.shape) : undefined;
  }

  /** Where an event lies in the plot. */
  #pointOf(event: MouseEvent): Point {
    const { x, y } = this.#canvas?.getBoundingClientRect() ?? { x: 0, y: 0 };
    return { x: event.clientX - x - RULER.left, y: event.clientY - y - RULER.top };
  }

  #targetOf({ row, column }: Cell): Target {
    return { type: 'weight', layer: this.layer, row, column };
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
      this.picture = undefined;
    }
    const { units, inputs } = this.#size;
    if (this.cursor.row >= units || this.cursor.column >= inputs)
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
    if (stale || changed.has('layer') || changed.has('pictures')) this.#refresher.ask();
    this.#paint();
  }

  protected override render(): TemplateResult {
    const { state, named, layer, picture } = this;
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
        @pointerdown=${this.#down}
        @pointermove=${this.#moved}
        @pointerup=${this.#up}
        @pointerleave=${() => this.controller.point(undefined)}
        @wheel=${this.#wheel}
      ></canvas>
      ${this.#failure ? html`<p class="caution" role="alert">${this.#failure}</p>` : nothing}
      ${matrixFoot(picture, this.#end)}
    </section>`;
  }

  get #end(): number {
    return niceCeiling(this.picture?.largest ?? 1);
  }

  #changed(): void {
    this.#refresher.ask();
    this.#paint();
  }

  #paint(): void {
    this.#painting ||= requestAnimationFrame(() => {
      this.#painting = 0;
      this.#paintNow();
    });
  }

  #paintNow(): void {
    const canvas = this.#canvas;
    const context =
      canvas && prepare(canvas, { width: canvas.clientWidth, height: canvas.clientHeight });
    if (!context) return;
    const { names } = this.named.context;
    const source = this.named.sources[this.layer][0];
    const sheet = {
      context,
      ink: readInk(),
      picture: this.picture,
      end: this.#end,
      cursor: this.cursor,
      rowName: (row: number) => names.neuronNumber(this.layer, row),
      columnName: (column: number) => names.neuronNumber(source, column),
    };
    const { tiles, view, frame } = this.#plot;
    if (tiles) paintTiles(sheet, tiles);
    else paintMatrix(sheet, view, frame);
  }

  async #fetch(): Promise<void> {
    const { layer, state } = this;
    if (!this.isConnected || !this.#plot.isMeasured) return;
    const { scope, edges: quantity } = state.show;
    try {
      const picture = await this.controller.matrix({
        scope,
        layer,
        quantity,
        ...this.#plot.wanted(),
      });
      if (picture.layer === this.layer) this.picture = picture;
      this.#failure = undefined;
    } catch (error) {
      this.#failure = text('matrix.failed', error instanceof Error ? error.message : String(error));
      this.requestUpdate();
    }
  }

  // ------------------------------------------------------------------ pointer and keyboard

  readonly #down = (event: PointerEvent): void => {
    const cell = this.#plot.cellAt(this.#pointOf(event));
    this.#drag = { x: event.clientX, y: event.clientY };
    this.#canvas?.setPointerCapture(event.pointerId);
    if (!cell) return;
    this.cursor = cell;
    this.controller.select(this.#targetOf(cell));
  };

  readonly #moved = (event: PointerEvent): void => {
    if (this.#drag && event.buttons > 0) {
      const [dx, dy] = [event.clientX - this.#drag.x, event.clientY - this.#drag.y];
      this.#drag = { x: event.clientX, y: event.clientY };
      if (dx === 0 && dy === 0) return;
      this.#plot.pan(dx, dy);
      this.controller.point(undefined);
      return this.#changed();
    }
    const cell = this.#plot.cellAt(this.#pointOf(event));
    this.controller.point(cell && this.#targetOf(cell));
  };

  readonly #up = (): void => {
    this.#drag = undefined;
  };

  readonly #wheel = (event: WheelEvent): void => {
    event.preventDefault();
    if (this.pictures) return;
    const step = Math.max(-80, Math.min(80, event.deltaY));
    if (event.shiftKey || event.deltaX !== 0) this.#plot.pan(-(event.deltaX || event.deltaY), 0);
    else this.#plot.zoom(Math.exp(-step / 200), this.#pointOf(event));
    this.controller.point(undefined);
    this.#changed();
  };

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
    if (key === '+' || key === '=') this.zoom(1.5);
    else if (key === '-' || key === '_') this.zoom(1 / 1.5);
    else if (key === '0') this.whole();
    else if (key === 'p' && this.sides) this.pictures = !this.pictures;
    else if (key === 'Enter' || key === ' ') this.controller.select(this.#targetOf(this.cursor));
    else {
      const to = moveCell(
        this.cursor,
        key,
        this.#plot.frame,
        this.pictures ? this.sides : undefined,
      );
      if (!to) return false;
      this.#goTo(to);
    }
    return true;
  }

  #goTo(cell: Cell): void {
    this.cursor = cell;
    this.#plot.reveal(cell);
    this.controller.point(this.#targetOf(cell));
    this.#speak(`${spoken(this.named, this.#targetOf(cell))}: ${format(this.#valueAt(cell))}`);
    this.#changed();
  }

  /** As far as the picture has single numbers. */
  #valueAt({ row, column }: Cell): number {
    const { picture } = this;
    if (!picture) return NaN;
    const { rows, columns, width, height, values } = picture;
    const single = height === rows[1] - rows[0] && width === columns[1] - columns[0];
    const inside = row >= rows[0] && row < rows[1] && column >= columns[0] && column < columns[1];
    return single && inside ? values[(row - rows[0]) * width + column - columns[0]] : NaN;
  }

  #speak(message: string): void {
    this.dispatchEvent(new CustomEvent('nabla-speak', { detail: message, bubbles: true }));
  }

  #close(): void {
    this.dispatchEvent(new CustomEvent('nabla-close'));
  }
}
