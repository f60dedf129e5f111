/** `<nabla-predict>`: type, drag or paint an input; the outputs follow. The network's text is never changed. */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import { pictureShape } from '../canvas/matrixView';
import type { Controller } from '../controller';
import { readNumber } from '../design/numberText';
import { whenHere } from '../focus';
import { count, format, percent, trueMinus } from '../numbers';
import { clauses } from '../punctuation';
import { speak } from '../speak';
import type { State } from '../store';
import { text } from '../strings';
import { inputRows, type InputRows } from './inputRows';
import { outputsSay, type OutputRow, type Said } from './outputs';
import type { Painted } from './painter';
import { trialOf, type Trial } from './trial';

/** Inputs that are shown at once. */
const MOST_ROWS = 12;
/** Milliseconds without a change, after which the outputs are spoken. */
const PAUSE = 600;

export class NablaPredict extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    filter: { state: true },
    problem: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  declare filter: string;
  declare problem: InputRows['problem'];

  #end: () => void = () => {};
  #speaking: ReturnType<typeof setTimeout> | undefined;

  constructor() {
    super();
    this.filter = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) this.#listen();
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end();
    clearTimeout(this.#speaking);
  }

  protected override firstUpdated(): void {
    this.#listen();
  }

  #listen(): void {
    this.#end();
    this.#end = this.#trial.listen(() => this.requestUpdate());
  }

  get #trial(): Trial {
    return trialOf(this.controller);
  }

  protected override updated(): void {
    if (!this.#trial.wantsFocus) return;
    const first = this.querySelector<HTMLElement>(
      '.painter-picture, .predict-input input[type=text]',
    );
    if (!first) return;
    this.#trial.wantsFocus = false;
    whenHere(() => {
      first.focus();
      if (first instanceof HTMLInputElement) first.select();
    });
    first.closest('.predict')?.scrollIntoView({ block: 'nearest' });
  }

  protected override render(): TemplateResult {
    return html`<section class="predict" data-testid="predict" aria-label=${text('predict.title')}>
      <header>
        <h3>${text('predict.title')}</h3>
        <span class="quiet" data-testid="predict-origin">${this.#origin()}</span>
      </header>
      ${this.#body()}
    </section>`;
  }

  #origin(): string {
    const { sample } = this.#trial;
    if (sample !== undefined) return text('predict.ofSample', count(sample + 1));
    return text(this.state.document?.data ? 'predict.typed' : 'predict.noData');
  }

  #body(): TemplateResult {
    const { range, inputs, outputs, failure } = this.#trial;
    const activation = this.state.document?.network?.layers.at(-1)?.activation;
    const fits = range && inputs?.length === range.inputNames.length;
    if (!fits || !activation)
      return html`<p class=${failure === undefined ? 'quiet' : 'caution'}>
        ${failure === undefined ? text('predict.reading') : text('predict.failed', failure)}
      </p>`;
    const said =
      outputs?.length === range.outputNames.length
        ? outputsSay(range, activation, outputs)
        : undefined;
    return html`<div class="predict-parts">
      <div>${this.#sampleLine()} ${this.#picture()} ${this.#inputs()}</div>
      <div>
        ${
          failure === undefined
            ? nothing
            : html`<p class="caution" role="alert">${text('predict.failed', failure)}</p>`
        }
        ${said ? outputList(said) : nothing}
      </div>
    </div>`;
  }

  // ------------------------------------------------------------------ inputs

  #sampleLine(): TemplateResult {
    const { data } = this.state.document ?? {};
    const shown = this.#trial.sample;
    const number = shown === undefined ? '' : String(shown + 1);
    return html`<div class="predict-samples">
      ${
        data
          ? html`<label
              >${text('predict.sample')}
              <input
                type="text"
                inputmode="numeric"
                autocomplete="off"
                data-testid="predict-sample"
                aria-label=${text('predict.sampleNumber', count(data.samples))}
                .defaultValue=${number}
                .value=${number}
                @change=${(event: Event) => this.#putSample(event.target as HTMLInputElement)}
              />
            </label>`
          : nothing
      }
      <button
        class="link"
        data-testid="predict-back"
        @click=${() => void this.#after(this.#trial.reset())}
      >
        ${text(data ? 'predict.back' : 'predict.backNoData')}
      </button>
    </div>`;
  }

  #putSample(field: HTMLInputElement): void {
    const read = readNumber(field.value);
    const samples = this.state.document?.data?.samples ?? 0;
    const sample = read.ok ? read.value - 1 : NaN;
    if (Number.isInteger(sample) && sample >= 0 && sample < samples)
      void this.#after(this.#trial.putSample(sample));
    else field.value = field.defaultValue;
  }

  async #after(change: Promise<void>): Promise<void> {
    this.problem = undefined;
    await change;
    this.#speakSoon();
  }

  #picture(): TemplateResult | typeof nothing {
    const { range, inputs } = this.#trial;
    const shape = this.state.document?.network?.input.shape;
    const sides = shape && pictureShape(shape);
    if (!sides || !range || !inputs) return nothing;
    return html`<nabla-input-painter
      .sides=${sides}
      .inputs=${inputs}
      .least=${range.least}
      .most=${range.most}
      @nabla-paint=${(event: CustomEvent<Painted>) => {
        this.#trial.choose(event.detail);
        this.#speakSoon();
      }}
    ></nabla-input-painter>`;
  }

  #inputs(): TemplateResult {
    const { range, inputs } = this.#trial;
    if (!range || !inputs) return html``;
    const isLong = inputs.length > MOST_ROWS;
    const wanted = this.filter.trim().toLowerCase();
    const all = range.inputNames.flatMap((name, k) =>
      wanted === '' || name.toLowerCase().includes(wanted) || String(k + 1) === wanted ? [k] : [],
    );
    const shown = isLong ? all.slice(0, MOST_ROWS) : [...inputs.keys()];
    return html`${isLong ? this.#filterLine(shown.length, inputs.length) : nothing}
    ${inputRows({
      range,
      inputs,
      shown,
      problem: this.problem,
      set: (input, value) => this.#set(input, value),
      complain: (input, words) =>
        (this.problem = words === undefined ? undefined : { input, words }),
    })}`;
  }

  #filterLine(shown: number, of: number): TemplateResult {
    return html`<div class="predict-filter">
      <input
        type="search"
        data-testid="predict-filter"
        aria-label=${text('predict.filter')}
        placeholder=${text('predict.filterHint')}
        .value=${this.filter}
        @input=${(event: Event) => (this.filter = (event.target as HTMLInputElement).value)}
      />
      <span class="quiet number">${text('predict.shown', count(shown), count(of))}</span>
    </div>`;
  }

  #set(input: number, value: number): void {
    this.problem = undefined;
    this.#trial.set(input, value);
    this.#speakSoon();
  }

  // ------------------------------------------------------------------ speech

  /** What a person's change has led to, once the hand rests; not what training does to it. */
  #speakSoon(): void {
    clearTimeout(this.#speaking);
    this.#speaking = setTimeout(() => {
      const { range, outputs } = this.#trial;
      const activation = this.state.document?.network?.layers.at(-1)?.activation;
      if (range && outputs && activation)
        speak(this, spokenOutputs(outputsSay(range, activation, outputs)));
    }, PAUSE);
  }
}

/** Outputs that are spoken one by one. */
const MOST_SPOKEN = 4;

function spokenOutputs({ rows, answer }: Said): string {
  const numbers = [...rows]
    .sort((a, b) => (rows.length > MOST_SPOKEN ? b.value - a.value : 0))
    .slice(0, MOST_SPOKEN)
    .map(({ name, value, share }) =>
      text('predict.said', name, share === undefined ? format(value) : percent(share)),
    );
  return clauses([...(answer === undefined ? [] : [text('predict.class', answer)]), ...numbers]);
}

function outputList({ rows, answer }: Said): TemplateResult {
  return html`<div class="predict-outputs">
    <dl aria-label=${text('predict.outputs')}>${rows.map((row, k) => outputRow(row, k))}</dl>
    ${
      answer === undefined
        ? nothing
        : html`<p class="predict-answer" data-testid="predict-class">
            ${text('predict.class', trueMinus(answer))}
          </p>`
    }
  </div>`;
}

function outputRow({ name, value, share, chosen }: OutputRow, k: number): TemplateResult {
  return html`<div class="predict-output ${chosen ? 'chosen' : ''}">
    <dt title=${name}>${trueMinus(name)}</dt>
    <dd>
      ${
        share === undefined
          ? nothing
          : html`<span class="predict-bar" aria-hidden="true"
              ><span style="width: ${(share * 100).toFixed(1)}%"></span
            ></span>`
      }
      <span class="number" data-testid="predict-output-${k}" data-value=${String(value)}
        >${format(value)}</span
      >
    </dd>
  </div>`;
}
