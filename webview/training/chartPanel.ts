/** `<nabla-chart-panel>`: the loss as it falls, as a chart or a table, with its legend and its height. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { MetricName } from '../../src/engine/history';
import type { Controller } from '../controller';
import { epochs, format, percent } from '../numbers';
import { COMPACT_PLOT } from '../arrange';
import { NextFrame } from '../nextFrame';
import { lookingBack } from '../past/lookingBack';
import { placeWords } from '../past/words';
import { speak } from '../speak';
import type { State } from '../store';
import { segments, type Segment } from '../segments';
import { text } from '../strings';
import { whyEmpty } from './reasons';
import { metricsTable } from './metricsTable';
import { toolButton } from './toolbar';
import { isTrained } from './trained';

const LOWEST = COMPACT_PLOT + 34;
const STEP = 16;

export class NablaChartPanel extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    room: { attribute: false },
    crosshair: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  /** Pixels that the page gives; 0: the header alone. */
  declare room: number;
  /** Row of the history under the pointer. */
  declare crosshair: number | undefined;

  readonly #drawing = new NextFrame(() => this.requestUpdate());
  #end: (() => void) | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    // However many rows arrive, one drawing a frame.
    const ends = [
      this.controller.onHistory(() => this.#drawing.ask()),
      this.controller.past.onChange(() => this.#drawing.ask()),
    ];
    this.#end = () => ends.forEach(end => end());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end?.();
    this.#drawing.cancel();
  }

  protected override updated(_: PropertyValues<this>): void {
    this.style.height = this.#open ? `${this.room}px` : '';
  }

  protected override render(): TemplateResult {
    const open = this.#open;
    return html`${open ? this.#handle() : nothing}
      <header class="${this.#trained ? '' : 'bare'} ${this.controller.past.isBack ? 'back' : ''}">
        ${this.#trained ? this.#toggle(open) : nothing}
        <h2>${text('chart.loss')}</h2>
        ${this.#line()} ${open ? this.#choices() : nothing}
      </header>
      ${open ? this.#body() : nothing}`;
  }

  #line(): TemplateResult {
    if (!this.#trained) return emptyText(this.state);
    return this.controller.past.isBack ? lookingBack(this.state, this.controller) : this.#legend();
  }

  /** The start alone is no curve. */
  get #trained(): boolean {
    return isTrained(this.controller.history);
  }

  get #open(): boolean {
    return this.#trained && this.state.show.chart !== 'closed' && this.room > 0;
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
      <i class="codicon codicon-chevron-${open ? 'down' : 'right'}"></i>
    </button>`;
  }

  #body(): TemplateResult {
    const { history } = this.controller;
    const { chart, logScale } = this.state.show;
    const timeline = html`<nabla-timeline
      .controller=${this.controller}
      .state=${this.state}
    ></nabla-timeline>`;
    if (chart === 'table') return html`${metricsTable(history)} ${timeline}`;
    return html`<nabla-loss-chart
        data-testid="chart"
        data-points=${history.count}
        role="img"
        aria-label=${this.#summary()}
        .controller=${this.controller}
        .logScale=${logScale}
        .mark=${this.controller.past.mark}
        @nabla-crosshair=${(event: CustomEvent<number | undefined>) => (this.crosshair = event.detail)}
        @pointerup=${this.#say}
        @nabla-epoch=${(event: CustomEvent<number>) => this.controller.past.goToEpoch(event.detail)}
      ></nabla-loss-chart>
      ${timeline}`;
  }

  /** The moment that was chosen on the chart. */
  readonly #say = (): void => {
    const { past } = this.controller;
    if (past.isBack) speak(this, placeWords(past.places, past.index));
  };

  /** The row of where the run is: it may have been brought back. */
  get #presentRow(): number {
    const { run } = this.state;
    const { history } = this.controller;
    // While training runs, its rows are newer than its state.
    const rows = run && run.phase !== 'running' ? history.rowsUpTo(run.step) : history.count;
    return Math.max(0, rows - 1);
  }

  #summary(): string {
    const { history } = this.controller;
    const at = (name: MetricName): number => history.at(name, this.#presentRow);
    return text(
      'chart.summary',
      epochs(at('epoch')),
      format(at('loss')),
      format(at('validationLoss')),
    );
  }

  /** Names, dashes and exact values: of the crosshair, else of where the run is. */
  #legend(): TemplateResult {
    const { history } = this.controller;
    const row = this.crosshair ?? this.#presentRow;
    const at = (name: MetricName): number => history.at(name, row);
    const validated = !Number.isNaN(at('validationLoss'));
    const accuracy = accuracyText(at('accuracy'), validated ? at('validationAccuracy') : NaN);
    return html`<span class="keys number" data-testid="chart-values">
      <span class="key training">${text('chart.training')} <b>${format(at('loss'))}</b></span>
      ${
        validated
          ? html`<span class="key validation">
              ${text('chart.validation')} <b>${format(at('validationLoss'))}</b>
            </span>`
          : nothing
      }
      <span class="quiet">${text('status.epoch', epochs(at('epoch')))}</span>
      ${
        accuracy !== ''
          ? html`<span class="quiet" data-testid="accuracy">${accuracy}</span>`
          : nothing
      }
    </span>`;
  }

  #choices(): TemplateResult {
    const { chart, logScale } = this.state.show;
    const { controller } = this;
    const scale = (word: string, chosen: boolean, log: boolean): Segment => ({
      testId: log ? 'chart-log' : 'chart-linear',
      word,
      label: word,
      chosen,
      choose: () => controller.show({ logScale: log }),
    });
    return html`${segments(text('chart.scale'), [
      scale(text('chart.linear'), !logScale, false),
      scale(text('chart.log'), logScale, true),
    ])}
    ${
      chart === 'table'
        ? toolButton(
            'chart-table',
            'graph-line',
            text('chart.chart'),
            () => controller.show({ chart: 'chart' }),
            true,
          )
        : toolButton(
            'chart-table',
            'table',
            text('chart.table'),
            () => controller.show({ chart: 'table' }),
            true,
          )
    }`;
  }

  // ------------------------------------------------------------------ height

  #handle(): TemplateResult {
    return html`<div
      class="handle"
      role="separator"
      tabindex="0"
      aria-orientation="horizontal"
      aria-label=${text('chart.resize')}
      aria-valuenow=${this.room}
      aria-valuemin=${LOWEST}
      data-testid="chart-handle"
      @pointerdown=${this.#grab}
      @keydown=${this.#nudge}
    ></div>`;
  }

  readonly #grab = (down: PointerEvent): void => {
    const handle = down.currentTarget as HTMLElement;
    const chartHeight = this.room;
    const drag = (move: PointerEvent): void =>
      this.#resize(chartHeight + down.clientY - move.clientY);
    handle.setPointerCapture(down.pointerId);
    handle.addEventListener('pointermove', drag);
    handle.addEventListener(
      'lostpointercapture',
      () => handle.removeEventListener('pointermove', drag),
      { once: true },
    );
    down.preventDefault();
  };

  readonly #nudge = (event: KeyboardEvent): void => {
    const by = event.key === 'ArrowUp' ? STEP : event.key === 'ArrowDown' ? -STEP : 0;
    if (by === 0) return;
    event.preventDefault();
    this.#resize(this.room + by);
  };

  #resize(height: number): void {
    const highest = Math.max(LOWEST, window.innerHeight * 0.6);
    this.controller.show({ chartHeight: Math.round(Math.max(LOWEST, Math.min(height, highest))) });
  }
}

/** "accuracy 99.2 % training, 97 % validation", as far as there are such shares. */
function accuracyText(training: number, validation: number): string {
  if (Number.isNaN(training)) return '';
  if (Number.isNaN(validation)) return text('status.accuracy', percent(training));
  return text('chart.accuracies', percent(training), percent(validation));
}

function emptyText({ document }: State): TemplateResult {
  const why = whyEmpty(document);
  return html`<span class="quiet why" data-testid="chart-empty" title=${why}>${why}</span>`;
}
