/** `<nabla-sparkline>`: how a weight or a bias, and its gradient, went since the start of the run. */
import { html, LitElement, nothing, svg, type PropertyValues, type TemplateResult } from 'lit';
import type { Target } from '../../src/engine/facts';
import type { ParameterHistory } from '../../src/protocol';
import { sameTarget } from '../canvas/related';
import type { Controller } from '../controller';
import { epochs, format } from '../numbers';
import { Refresher } from '../refresher';
import type { State } from '../store';
import { text } from '../strings';
import { isTrained } from '../training/trained';
import { atSnapshot, sameScope } from './places';
import { SPARK, sparkOf, type Spark } from './sparkPath';

/** Once a second while training runs: it moves little. */
const INTERVAL = 1000;
/** Milliseconds: the card comes first. */
const AFTER = 120;

/** Under the numbers of a weight or a bias, once anything was trained. */
export function sparkline(
  controller: Controller,
  target: Target | undefined,
): TemplateResult | typeof nothing {
  const isParameter = target?.type === 'weight' || target?.type === 'bias';
  if (!isParameter || !isTrained(controller.history)) return nothing;
  return html`<nabla-sparkline .controller=${controller} .target=${target}></nabla-sparkline>`;
}

export class NablaSparkline extends LitElement {
  static override properties = {
    controller: { attribute: false },
    target: { attribute: false },
    history: { state: true },
  };
  declare controller: Controller;
  declare target: ParameterHistory['request']['target'];
  declare history: ParameterHistory | undefined;

  readonly #refresher = new Refresher(() => this.#fetch(), INTERVAL);
  #end: (() => void) | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.#end = this.controller.store.subscribe((state, before) => this.#follow(state, before));
    this.#askSoon();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end?.();
    clearTimeout(this.#timer);
  }

  #follow(state: State, before: State): void {
    const [scope, last] = [state.show.scope, before.show.scope];
    if (scope !== last) this.requestUpdate();
    if (!sameScope(plain(state), plain(before))) this.#refresher.ask(true);
    else if (state.run !== before.run) this.#refresher.ask();
  }

  #askSoon(): void {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#refresher.ask(true), AFTER);
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('target') as Target | undefined;
    if (!changed.has('target') || sameTarget(before, this.target)) return;
    if (this.history && !sameTarget(this.history.request.target, this.target))
      this.history = undefined;
    if (before) this.#askSoon();
  }

  async #fetch(): Promise<void> {
    const { target } = this;
    const { state } = this.controller.store;
    if (!this.isConnected || state.document?.stale) return;
    try {
      const history = await this.controller.asks.history({ target, scope: plain(state) });
      if (sameTarget(target, this.target)) this.history = history;
    } catch {
      // Another network is on its way, or there is no such parameter any more: the card says so.
      this.history = undefined;
    }
  }

  protected override render(): TemplateResult | typeof nothing {
    const { history } = this;
    if (!history || history.ids.length < 2) return nothing;
    const { values, gradients } = history;
    return html`${this.#row('value', text('history.value'), history, values)}
    ${gradients ? this.#row('gradient', text('history.gradient'), history, gradients) : nothing}`;
  }

  #row(
    name: string,
    label: string,
    { ids, epochs: at }: ParameterHistory,
    values: Float64Array,
  ): TemplateResult {
    const spark = sparkOf(at, values);
    const { snapshot } = this.controller.store.state.show.scope;
    const looked = snapshot === undefined ? ids.length - 1 : nearestId(ids, snapshot);
    const here = spark.point(looked);
    const words = spokenRow(label, at, values, spark, snapshot === undefined ? undefined : looked);
    return html`<div class="spark" data-testid="history-${name}">
      <span class="quiet">${label}</span>
      <svg
        role="img"
        aria-label=${words}
        viewBox="0 0 ${SPARK.width} ${SPARK.height}"
        width=${SPARK.width}
        height=${SPARK.height}
      >
        ${spark.zero === undefined ? nothing : svg`<path class="zero" d="M0 ${spark.zero}H${SPARK.width}"></path>`}
        <path class="spark-line" d=${spark.path}></path>
        ${here ? svg`<circle class="here" cx=${here.x} cy=${here.y} r="2.5"></circle>` : nothing}
      </svg>
      <span class="number quiet" aria-hidden="true"
        >${text('history.range', format(spark.low), format(spark.high))}</span
      >
    </div>`;
  }
}

/** The line as a sentence; `looked`: the point that is looked back from. */
function spokenRow(
  label: string,
  at: Float64Array,
  values: Float64Array,
  { low, high }: Spark,
  looked: number | undefined,
): string {
  const last = values.length - 1;
  const ends = [epochs(at[0]), epochs(at[last]), format(values[0]), format(values[last])];
  const words = text('history.words', label, ...ends, format(low), format(high));
  if (looked === undefined) return words;
  return `${words} ${text('history.here', epochs(at[looked]), format(values[looked]))}`;
}

/** The samples that are looked at; the history goes over all moments. */
const plain = ({ show }: State): State['show']['scope'] => atSnapshot(show.scope, undefined);

/** The moment that is looked at may lie between two points of the history. */
function nearestId(ids: Float64Array, snapshot: number): number {
  let nearest = 0;
  for (let i = 1; i < ids.length; i++)
    if (Math.abs(ids[i] - snapshot) <= Math.abs(ids[nearest] - snapshot)) nearest = i;
  return nearest;
}
