/**
 * `<nabla-metric-chart>`: recorded numbers as lines on a canvas, drawn by uPlot. The only file that imports it.
 *
 * New points are drawn in one animation frame, however many arrived; while the pointer reads values
 * the scales stand still. What is drawn has as many points as pixels can tell apart (curves.ts).
 */
import { html, LitElement, type PropertyValues, type TemplateResult } from 'lit';
import uPlot from 'uplot';
import type { Controller } from '../controller';
import type { ShownRun } from '../compare/compared';
import { OverlayPicture } from '../compare/drawOverlay';
import { overlayOf, spanOf, type Overlay } from '../compare/overlay';
import { NextFrame } from '../nextFrame';
import { epochs } from '../numbers';
import { text } from '../strings';
import { onThemeChange, readTheme, type ChartTheme } from '../theme';
import { isCompact, xAxis, yAxis } from './axes';
import { drawBand } from './band';
import { ChartData } from './chartData';
import { drawTicks, placeNote, rowNear } from './changeTicks';
import type { ChartView, Zoom } from './chartView';
import { nearestRow } from './curves';
import { choosing, zooming } from './hands';
import { lineOf } from './look';
import { isTrained } from './trained';

export class NablaMetricChart extends LitElement {
  static override properties = {
    controller: { attribute: false },
    view: { attribute: false },
    row: { attribute: false },
    at: { attribute: false },
    runs: { attribute: false },
    zoom: { attribute: false },
    mark: { attribute: false },
    broken: { attribute: false },
    changes: { attribute: false },
  };
  declare controller: Controller;
  declare view: ChartView;
  /** Under the crosshair, of the history. */
  declare row: number | undefined;
  /** Where the crosshair stands on the x axis, where that is not at a row. */
  declare at: number | undefined;
  /** Runs that are compared with this one. */
  declare runs: readonly ShownRun[];
  /** Part of the x axis that is shown; undefined: all. */
  declare zoom: Zoom | undefined;
  /** The epoch that the page looks back from. */
  declare mark: number | undefined;
  /** The epoch at which numbers were no numbers any more. */
  declare broken: number | undefined;
  /** What was changed at the row under the crosshair; empty: nothing. */
  declare changes: string;

  #plot: uPlot | undefined;
  #data = new ChartData();
  #overlay: Overlay = { lines: [] };
  readonly #picture = new OverlayPicture();
  /** Of what the overlay was made. */
  #made = '';
  readonly #drawing = new NextFrame(() => this.#draw(!this.#reading));
  #reading = false;
  /** The crosshair is put where another chart has it: nobody points here. */
  #placing = false;
  #ends: (() => void)[] = [];
  readonly #observer = new ResizeObserver(([{ contentRect }]) => {
    if (!this.#plot || contentRect.width === 0) return;
    const { width, height } = contentRect;
    if (isCompact(height) !== isCompact(this.#plot.height)) return this.#rebuild();
    this.#plot.setSize({ width, height });
    this.#drawing.ask();
  });

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#observer.observe(this);
    this.#ends = [
      this.controller.onHistory(() => this.#drawing.ask()),
      onThemeChange(() => this.#rebuild()),
    ];
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    for (const end of this.#ends) end();
    this.#drawing.cancel();
    this.#plot?.destroy();
    this.#plot = undefined;
  }

  /** The picture as it is on the page. */
  get canvas(): HTMLCanvasElement | undefined {
    return this.#plot?.ctx.canvas;
  }

  protected override render(): TemplateResult {
    return html``;
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('view') as ChartView | undefined;
    const isOther = changed.has('view') && JSON.stringify(before) !== JSON.stringify(this.view);
    if (isOther || !this.#plot) return this.#rebuild();
    if (changed.has('runs')) this.#made = '';
    if (changed.has('zoom') || changed.has('runs')) this.#draw(true);
    else this.#placeMarks(this.#plot);
    if (!this.#reading) this.#placeCrosshair(this.#plot);
  }

  #rebuild(): void {
    this.#plot?.destroy();
    const { clientWidth: width, clientHeight: height } = this;
    this.#plot = new uPlot(this.#options(width, height), this.#take(width), this);
  }

  #draw(rescales: boolean): void {
    if (!this.#plot) return;
    const data = this.#take(this.#plot.width);
    this.#plot.setData(data, rescales);
    if (!rescales) this.#plot.redraw();
  }

  #take(width: number): uPlot.AlignedData {
    const { view, zoom, runs } = this;
    const { history } = this.controller;
    const places = Math.max(64, width);
    const data = this.#data.take(history, view, zoom, places);
    const made = JSON.stringify([view, zoom, places]);
    if (made !== this.#made) this.#overlay = overlayOf(runs, view, zoom, places);
    this.#made = made;
    const { x, y } = this.#overlay;
    if (!x || !y) return data;
    const isAlone = !isTrained(history);
    this.#data.xRange = [...(isAlone ? x : spanOf([x, this.#data.xRange]))];
    this.#data.yExtent = isAlone ? y : spanOf([y, this.#data.yExtent]);
    // Without rows of its own uPlot has no axis.
    return history.count > 1 ? data : [[...x], ...data.slice(1).map(() => [null, null])];
  }

  #options(width: number, height: number): uPlot.Options {
    const theme = readTheme();
    const { series, smooth, logarithmic } = this.view;
    const lines = series.map((each, i) => ({ ...lineOf(each, i), spanGaps: 'layer' in each }));
    const drawn = (thick: number, alpha: number): uPlot.Series[] =>
      lines.map(({ colour, dash, spanGaps }) => ({
        stroke: theme.charts[colour],
        width: thick,
        alpha,
        dash: [...dash],
        spanGaps,
        points: { show: plot => plot.data[0].length < 2, size: 4 },
      }));
    return {
      width: Math.max(1, width),
      height: Math.max(1, height),
      padding: [8, 28, 0, 0],
      legend: { show: false },
      cursor: { drag: { x: false, y: false }, points: { size: 6 } },
      scales: {
        x: { time: false, range: () => this.#data.xRange },
        y: { distr: logarithmic ? 3 : 1, range: () => this.#yRange() },
      },
      axes: [xAxis(theme, this.view.x, height), yAxis(theme, this.view, height)],
      series: [{}, ...(smooth ? [...drawn(0.75, 0.5), ...drawn(2, 1)] : drawn(1.5, 1))],
      hooks: {
        setCursor: [plot => this.#pointAt(plot)],
        ready: [plot => this.#ready(plot)],
        setSize: [plot => this.#tellPlace(plot)],
        drawClear: [plot => this.view.metric === 'ratio' && drawBand(plot, theme.grid)],
        drawAxes: [plot => this.#drawUnder(plot, theme)],
        draw: [plot => this.#placeMarks(plot)],
      },
    };
  }

  /** Below the lines of this training. */
  #drawUnder(plot: uPlot, theme: ChartTheme): void {
    this.#picture.draw(plot, this.#overlay.lines, theme, uPlot.pxRatio);
    drawTicks(plot, this.#along, theme.charts.yellow, uPlot.pxRatio);
  }

  get #along() {
    return { history: this.controller.history, x: this.view.x };
  }

  #yRange(): [number, number] {
    const [low, high] = this.#data.yExtent;
    if (this.view.logarithmic) return uPlot.rangeLog(low, high, 10, false) as [number, number];
    return uPlot.rangeNum(low, high, 0.1, true) as [number, number];
  }

  #ready(plot: uPlot): void {
    for (const name of ['past-mark', 'broken-mark', 'change-note']) {
      const mark = document.createElement('div');
      mark.className = name;
      mark.dataset['testid'] = name;
      plot.over.append(mark);
    }
    // The first drawing was before.
    this.#placeMarks(plot);
    this.#hold(plot.over);
    choosing(plot, value => this.#tell('nabla-epoch', this.#epochAt(value)));
    zooming(plot, zoom => this.#tell('nabla-zoom', zoom));
  }

  #epochAt(value: number): number {
    if (this.view.x === 'epoch') return value;
    const { history } = this.controller;
    return history.at('epoch', nearestRow(history.column(this.view.x), value));
  }

  /** What stands below the plot learns where it is. Not in every drawing: to measure it the page is laid out. */
  #tellPlace({ over }: uPlot): void {
    const panel = this.closest<HTMLElement>('nabla-chart-panel');
    // The slider stands under the first of several.
    if (!panel || panel.querySelector('nabla-metric-chart') !== this) return;
    const { left, right } = over.getBoundingClientRect();
    const around = panel.getBoundingClientRect();
    panel.style.setProperty('--plot-left', `${left - around.left}px`);
    panel.style.setProperty('--plot-right', `${around.right - right}px`);
  }

  /** The line of the moment that is looked back from, and that of the first number that was none. */
  #placeMarks(plot: uPlot): void {
    this.#placeMark(plot, 'past-mark', this.mark);
    this.#placeMark(plot, 'broken-mark', this.broken);
    // Of several charts the one that is read says it.
    const words = this.matches(':hover, :focus') ? this.changes : '';
    placeNote(plot, this.#along, words, this.row);
  }

  #placeMark({ over, valToPos }: uPlot, name: string, epoch: number | undefined): void {
    const mark = over.querySelector<HTMLElement>(`.${name}`);
    if (!mark) return;
    const { history } = this.controller;
    const { x } = this.view;
    const at =
      epoch === undefined || x === 'epoch'
        ? epoch
        : history.at(x, nearestRow(history.column('epoch'), epoch));
    const [low, high] = this.#data.xRange;
    if (epoch !== undefined && name === 'broken-mark')
      mark.dataset['words'] = text('chart.broken', epochs(epoch));
    mark.hidden = at === undefined || at < low || (at > high && name === 'past-mark');
    if (at !== undefined) mark.style.left = `${valToPos(Math.min(at, high), 'x')}px`;
  }

  #placeCrosshair(plot: uPlot): void {
    this.#placing = true;
    const ofRow = this.row === undefined ? NaN : this.controller.history.at(this.view.x, this.row);
    const value = this.at ?? ofRow;
    const left = Number.isNaN(value) ? -10 : plot.valToPos(value, 'x');
    plot.setCursor({ left, top: left < 0 ? -10 : plot.over.clientHeight / 2 }, true);
    this.#placing = false;
  }

  /** While the pointer is on the chart nothing moves under it. */
  #hold(over: HTMLElement): void {
    over.addEventListener('pointerenter', () => (this.#reading = true));
    over.addEventListener('pointerleave', () => {
      this.#reading = false;
      this.#tell('nabla-crosshair', undefined);
      this.#tell('nabla-at', undefined);
      this.#drawing.ask();
    });
  }

  #pointAt(plot: uPlot): void {
    const { idx, left = -1 } = plot.cursor;
    if (this.#placing || !this.#reading) return;
    const isRead = left >= 0 && this.runs.length > 0;
    this.#tell('nabla-at', isRead ? plot.posToVal(left, 'x') : undefined);
    const row = typeof idx === 'number' ? this.#data.rows[idx] : undefined;
    this.#tell('nabla-crosshair', rowNear(plot, left, this.#along) ?? row);
  }

  #tell(name: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(name, { detail, bubbles: true }));
  }
}
