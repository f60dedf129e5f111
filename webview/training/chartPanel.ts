/** `<nabla-chart-panel>`: what was recorded, as charts or a table, with their legends and their height. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import { runsLegend } from '../compare/legend';
import { endsOf, readAlong, spokenRuns } from '../compare/reading';
import type { Controller } from '../controller';
import { NextFrame } from '../nextFrame';
import { lookingBack } from '../past/lookingBack';
import { placeWords } from '../past/words';
import { told } from '../punctuation';
import { speak } from '../speak';
import type { State } from '../store';
import { text } from '../strings';
import { takeFile, type ChartFile } from './chartFiles';
import { changesAt } from './changes';
import { changeKey, chartKeys } from './chartKeys';
import { choices, unzoom } from './chartChoices';
import { optionsWindow } from './chartOptions';
import type { ChartView, Zoom } from './chartView';
import { metricName, placeText, spokenRow } from './chartWords';
import { chartKey } from './chartKey';
import { heightHandle } from './heightHandle';
import { firstBreak } from './curves';
import { within } from './hands';
import type { NablaMetricChart } from './metricChart';
import { isLogarithmic, seriesOf, shownMetrics, type Metric } from './metrics';
import { whyEmpty } from './reasons';
import { metricsTable } from './metricsTable';
import { hasCurves } from './trained';

export class NablaChartPanel extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    room: { attribute: false },
    crosshair: { state: true },
    at: { state: true },
    zoom: { state: true },
    wide: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  /** Pixels that the page gives; 0: the header alone. */
  declare room: number;
  /** Row of the history under the pointer, or where the keyboard reads. */
  declare crosshair: number | undefined;
  /** Where the crosshair stands on the x axis while runs are compared. */
  declare at: number | undefined;
  /** The part of the x axis that all charts show. */
  declare zoom: Zoom | undefined;
  /** Pixels from left to right. */
  declare wide: number;

  readonly #drawing = new NextFrame(() => this.requestUpdate());
  #end: (() => void) | undefined;
  /** Whether the page looked back before each of the last two presses: the first of two clicks chooses a moment. */
  #wasBack: readonly [boolean, boolean] = [false, false];
  readonly #observer = new ResizeObserver(([{ contentRect }]) => (this.wide = contentRect.width));

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.wide ??= this.clientWidth;
    this.#observer.observe(this);
    // However many rows arrive, one drawing a frame.
    const ends = [
      this.controller.onHistory(() => this.#drawing.ask()),
      this.controller.past.onChange(() => this.#drawing.ask()),
    ];
    this.#end = () => ends.forEach(end => end());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#observer.disconnect();
    this.#end?.();
    this.#drawing.cancel();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state') as State | undefined;
    const isOther = before && before.show.chartX !== this.state.show.chartX;
    // Another run, or another axis: the part that was shown means nothing there.
    if (isOther || (this.zoom && this.zoom[0] >= this.#ends[1])) this.zoom = undefined;
    if ((this.crosshair ?? 0) >= this.controller.history.count) this.crosshair = undefined;
  }

  protected override updated(_: PropertyValues<this>): void {
    this.style.height = this.#open ? `${this.room}px` : '';
  }

  protected override render(): TemplateResult {
    const open = this.#open;
    const views = open ? this.#views : [];
    const isTable = this.state.show.chart === 'table';
    return html`${open ? heightHandle(this.room, height => this.controller.show({ chartHeight: height })) : nothing}
      <header class="${this.#trained ? '' : 'bare'} ${this.controller.past.isBack ? 'back' : ''}">
        ${this.#trained ? this.#toggle(open) : nothing}
        ${views.length > 1 && !isTable ? nothing : html`<h2>${metricName(views[0]?.metric ?? 'loss')}</h2>`}
        ${this.#line(views, isTable)} ${open ? this.#choices(views) : nothing}
      </header>
      ${open ? this.#body(views, isTable) : nothing}`;
  }

  #line(views: readonly ChartView[], isTable: boolean): TemplateResult {
    if (!this.#trained) return emptyText(this.state);
    const { controller, state } = this;
    if (controller.past.isBack) return lookingBack(state, controller);
    if (views.length > 1 && !isTable)
      return html`<span class="keys number quiet" data-testid="chart-values"
        >${placeText('epoch', controller.history, this.#row)} ·
        ${placeText('step', controller.history, this.#row)} ·
        ${placeText('seconds', controller.history, this.#row)}
        ${state.show.recent ? text('chart.recentNote') : nothing}
        ${changeKey(controller.history, this.#row, state)}</span
      >`;
    return chartKeys(views[0] ?? this.#view('loss'), state, controller, this.#row, true);
  }

  /** The start alone is no curve. */
  get #trained(): boolean {
    return hasCurves(this.controller);
  }

  get #open(): boolean {
    return this.#trained && this.state.show.chart !== 'closed' && this.room > 0;
  }

  get #views(): readonly ChartView[] {
    const { charts = ['loss'] } = this.state.show;
    return shownMetrics(charts, this.wide).map(metric => this.#view(metric));
  }

  #view(metric: Metric): ChartView {
    const { logScale, chartX: x = 'epoch', recent = false, smooth = 0 } = this.state.show;
    const series = seriesOf(metric, this.controller.history);
    const logarithmic = isLogarithmic(metric, logScale);
    return { metric, series, x, logarithmic, recent, smooth: metric === 'rate' ? 0 : smooth };
  }

  #toggle(open: boolean): TemplateResult {
    const label = text(open ? 'chart.collapse' : 'chart.expand');
    return html`<button
      class="icon"
      data-testid="chart-toggle"
      aria-expanded=${open}
      aria-label=${label}
      title=${label}
      @click=${() => this.controller.show({ chart: open ? 'closed' : 'chart', chartAsked: !open })}
    >
      <i class="codicon codicon-${open ? 'chevron-down' : 'chevron-right'}" aria-hidden="true"></i>
    </button>`;
  }

  #body(views: readonly ChartView[], isTable: boolean): TemplateResult {
    const timeline = html`<nabla-timeline
      .controller=${this.controller}
      .state=${this.state}
    ></nabla-timeline>`;
    if (isTable) return html`${metricsTable(this.controller, this.state)} ${timeline}`;
    return html`<div
        class="charts"
        @nabla-crosshair=${(event: CustomEvent<number | null>) => (this.crosshair = event.detail ?? undefined)}
        @nabla-at=${(event: CustomEvent<number | null>) => (this.at = event.detail ?? undefined)}
        @nabla-zoom=${(event: CustomEvent<Zoom | null>) => this.#zoomTo(event.detail ?? undefined)}
        @nabla-epoch=${(event: CustomEvent<number>) => this.controller.past.goToEpoch(event.detail)}
        @pointerdown=${this.#press}
        @pointerup=${this.#say}
      >
        ${views.map((view, i) => this.#chart(view, i, views.length > 1))}
        ${runsLegend(this.controller, views[0], this.at)}
      </div>
      ${timeline}`;
  }

  #chart(view: ChartView, index: number, captioned: boolean): TemplateResult {
    const { controller, state } = this;
    const { history } = controller;
    const { metric } = view;
    return html`<div class="chart-cell">
      ${
        captioned
          ? html`<div class="caption">
              <h3>${metricName(metric)}</h3>
              ${chartKeys(view, state, controller, this.#row, false)}
            </div>`
          : nothing
      }
      <nabla-metric-chart
        data-testid=${index === 0 ? 'chart' : `chart-of-${metric}`}
        data-points=${history.count}
        role="slider"
        tabindex="0"
        aria-label=${told(metricName(metric), text(`chart.hint.${metric}`))}
        aria-valuemin="0"
        aria-valuemax=${Math.max(0, history.count - 1)}
        aria-valuenow=${this.#row}
        aria-valuetext=${spokenRow(metric, history, this.#row, state) + spokenRuns(view, controller, this.at)}
        .controller=${controller}
        .view=${view}
        .row=${this.crosshair}
        .at=${this.at}
        .runs=${controller.compared.runs}
        .zoom=${this.zoom}
        .mark=${controller.past.mark}
        .broken=${this.#broken(view)}
        .changes=${this.crosshair === undefined ? '' : changesAt(history, this.crosshair, state)}
        @keydown=${this.#key}
        @blur=${() => (this.crosshair = this.at = undefined)}
      ></nabla-metric-chart>
    </div>`;
  }

  /** The epoch at which the run met a number that is none, or at which a line has one. */
  #broken({ series }: ChartView): number | undefined {
    const { history } = this.controller;
    const { run } = this.state;
    const row = firstBreak(
      series.map(({ column }) => history.column(column)),
      series.some(({ layer }) => layer !== undefined),
    );
    if (row !== undefined) return history.at('epoch', row);
    return run?.phase === 'diverged' ? run.where.epoch : undefined;
  }

  /** The moment that was chosen on the chart. */
  readonly #say = (): void => {
    const { past } = this.controller;
    if (past.isBack) speak(this, placeWords(past.places, past.index));
  };

  /** Before the chart hears of it. */
  readonly #press = {
    capture: true,
    handleEvent: (): void => {
      this.#wasBack = [this.#wasBack[1], this.controller.past.isBack];
    },
  };

  /** @param zoom undefined: all of it, by a double-click, whose first click has chosen a moment */
  #zoomTo(zoom: Zoom | undefined): void {
    if (!zoom && this.zoom && !this.#wasBack[0]) this.controller.past.goToNow();
    this.zoom = within(zoom, this.#ends);
  }

  /** Of the x axis. */
  get #ends(): Zoom {
    return endsOf(this.controller, this.state.show.chartX ?? 'epoch');
  }

  readonly #key = (event: KeyboardEvent): void => {
    const { chartX = 'epoch' } = this.state.show;
    const along = readAlong(this.controller, chartX, this.#row, this.at);
    const to = chartKey(event, along.row, along.x, this.zoom ?? this.#ends);
    if (!to) return;
    event.preventDefault();
    event.stopPropagation();
    if ('row' in to) [this.crosshair, this.at] = along.at(to.row);
    else this.zoom = within(to.zoom, this.#ends);
  };

  /** Under the crosshair; else that of where the run is: it may have been brought back. */
  get #row(): number {
    if (this.crosshair !== undefined) return this.crosshair;
    const { run } = this.state;
    const { history } = this.controller;
    // While training runs, its rows are newer than its state.
    const rows = run && run.phase !== 'running' ? history.rowsUpTo(run.step) : history.count;
    return Math.max(0, rows - 1);
  }

  #choices(views: readonly ChartView[]): TemplateResult {
    const { state, controller } = this;
    const metrics = views.map(({ metric }) => metric);
    return html`${this.zoom ? unzoom(() => (this.zoom = undefined)) : nothing}
    ${choices(state, controller, metrics)}
    ${optionsWindow(state, controller, metrics, file => void this.#take(file))}`;
  }

  #take(file: ChartFile): Promise<void> {
    const charts = [...this.querySelectorAll<NablaMetricChart>('nabla-metric-chart')];
    const canvases = charts.flatMap(({ canvas }) => canvas ?? []);
    return takeFile(file, this.controller, this.state, this.#views, canvases);
  }
}

function emptyText({ document }: State): TemplateResult {
  const why = whyEmpty(document);
  return html`<span class="quiet why" data-testid="chart-empty" title=${why}>${why}</span>`;
}
