/** `<nabla-results>`: what the network makes of one part of its data, and where it errs: a panel over the canvas. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { Cell, DataPart, Results } from '../../src/engine/results/report';
import type { ResultsRequest } from '../../src/protocol';
import type { Controller } from '../controller';
import { iconButton } from '../iconButton';
import { count, trueMinus } from '../numbers';
import { PanelFocus } from '../panelFocus';
import type { State } from '../store';
import { text } from '../strings';
import { outputChoice, partChoice } from './choices';
import { headOf } from './head';
import { ResultsKeeper } from './keeper';
import { listed } from './listed';
import { isCellOf, matrix } from './matrix';
import { missing } from './missing';
import { Pictures, sidesOf } from './pictures';
import { cancelledNote, progressBar, ResultsProgress } from './progress';
import { questionOf } from './question';
import { classTable, fitTable } from './scores';

export class NablaResults extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    chosenPart: { state: true },
    output: { state: true },
    cell: { state: true },
    pointed: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  /** What a person chose; undefined: validation where there is one. */
  declare chosenPart: DataPart | undefined;
  declare output: number;
  declare cell: Cell | undefined;
  declare pointed: Cell | undefined;

  readonly #focus = new PanelFocus(() => this.controller.show({ results: false }));
  readonly #keeper = new ResultsKeeper(
    request => this.controller.asks.results(request),
    () => {
      if (this.#keeper.waiting) void this.#progress.follow();
      this.requestUpdate();
    },
  );
  readonly #progress = new ResultsProgress(
    () => this.controller.asks.resultsPart(),
    () => this.#keeper.waiting,
    () => this.requestUpdate(),
  );
  readonly #pictures = new Pictures(
    (start, number) => this.controller.asks.samples(start, number),
    () => this.requestUpdate(),
  );

  constructor() {
    super();
    this.output = 0;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  get #part(): DataPart {
    const { data } = this.state.document ?? {};
    if (!data || data.validation === 0) return 'training';
    return this.chosenPart ?? 'validation';
  }

  get #request(): ResultsRequest {
    const { output, cell } = this;
    const { snapshot } = this.state.show.scope;
    return {
      part: this.#part,
      output,
      ...(cell && { cell }),
      ...(snapshot !== undefined && { snapshot }),
    };
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state') as State | undefined;
    const { show, document, phase } = this.state;
    if (!show.results && before?.show.results) this.#cancel();
    if (!show.results || phase !== 'ready') return;
    if (before && before.document !== document) this.#follow(before);
    if (missing(this.state)) return;
    const chosen = (['chosenPart', 'output', 'cell'] as const).some(name => changed.has(name));
    if (chosen || (changed.has('state') && this.#isNew(before))) this.#fetch();
    else if (this.state.run !== before?.run && this.state.run?.phase === 'running')
      this.#keeper.refresh(this.#request);
    const { results } = this.#keeper;
    if (results && sidesOf(document?.network?.input.shape))
      this.#pictures.want(results.listed.map(({ index }) => index));
  }

  /** Whether the numbers are others, and nothing goes on that would soon change them again. */
  #isNew(before: State | undefined): boolean {
    const { show, document, run } = this.state;
    if (!before?.show.results || before.phase !== 'ready' || this.#keeper.missed) return true;
    if (before.document?.network !== document?.network || before.document?.data !== document?.data)
      return true;
    if (before.document?.stale !== document?.stale) return true;
    if (before.show.scope.snapshot !== show.scope.snapshot) return true;
    if (run?.phase === 'running') return false;
    return before.run?.phase === 'running' || before.run?.step !== run?.step;
  }

  /** The text or its data have changed. */
  #follow({ document: before }: State): void {
    const { document } = this.state;
    this.#pictures.outdate();
    if (JSON.stringify(before?.data) !== JSON.stringify(document?.data)) this.#keeper.forget();
    if (before?.shapes?.outputSize === document?.shapes?.outputSize) return;
    [this.output, this.cell, this.pointed] = [0, undefined, undefined];
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state') as State | undefined;
    if (!changed.has('state') || !before || before.show.results || !this.state.show.results) return;
    const first = (name: string): HTMLElement | null => this.querySelector(name);
    this.#focus.opened(
      () => first('[role="radio"][tabindex="0"]') ?? first('[data-testid="results-close"]'),
    );
  }

  protected override render(): TemplateResult | typeof nothing {
    const { show, document } = this.state;
    if (!show.results || !document) return nothing;
    const why = missing(this.state);
    return html`<section
      class="lab results"
      role="dialog"
      aria-label=${text('results.title')}
      data-testid="results"
      @keydown=${this.#focus.key}
    >
      <header>
        <h2>${text('results.title')}</h2>
        <span class="quiet" data-testid="results-head"
          >${why ? nothing : headOf(this.#keeper.results)}</span
        >
        ${why ? nothing : this.#refreshing()}
        ${iconButton('results-close', 'close', text('results.close'), () => this.#focus.close())}
      </header>
      ${
        why
          ? html`<p class="results-missing" data-testid="results-missing">
              <i class="codicon codicon-info" aria-hidden="true"></i>${why}
            </p>`
          : this.#parts()
      }
    </section>`;
  }

  /** How far they are, where that takes long, and the way to have them computed. */
  #refreshing(): TemplateResult {
    const { part } = this.#progress;
    return html`${part === undefined ? nothing : progressBar(part, () => this.#cancel())}
    ${iconButton('results-refresh', 'refresh', text('results.refresh'), () => this.#fetch())}`;
  }

  #fetch(): void {
    void this.#keeper.fetch(this.#request);
  }

  /** A person does not want to wait, or has closed the panel. */
  #cancel(): void {
    if (!this.#keeper.waiting) return;
    this.#keeper.cancel();
    // Where nobody hears it, nothing goes on either.
    this.controller.asks.cancelResults().catch(() => {});
  }

  #parts(): TemplateResult {
    const { results, failure, waiting, cancelled } = this.#keeper;
    return html`<div class="lab-parts" aria-busy=${waiting} data-testid="results-parts">
      <div class="lab-rule">
        ${this.#choices(results)}
        ${
          failure === undefined
            ? nothing
            : html`<p class="caution" role="alert" data-testid="results-failure">
                <i class="codicon codicon-info" aria-hidden="true"></i
                >${text('results.failure', failure)}
              </p>`
        }
        ${cancelled ? cancelledNote(results !== undefined, () => this.#fetch()) : nothing}
        ${
          results
            ? this.#figures(results)
            : cancelled
              ? nothing
              : html`<p class="quiet">${text('results.computing')}</p>`
        }
      </div>
      <div class="lab-result">
        ${
          results
            ? listed({
                results,
                state: this.state,
                controller: this.controller,
                pictures: this.#pictures,
                all: () => (this.cell = undefined),
              })
            : nothing
        }
      </div>
    </div>`;
  }

  #choices(results: Results | undefined): TemplateResult {
    const part = partChoice(this.state.document?.data, this.#part, chosen => {
      this.chosenPart = chosen;
    });
    const output = outputChoice(results, this.output, chosen => {
      [this.output, this.cell] = [chosen, undefined];
    });
    return html`<div class="results-choices">${part} ${output}</div>`;
  }

  #figures(results: Results): TemplateResult {
    const left =
      results.notFinite > 0
        ? html`<p class="caution" data-testid="results-not-finite">
            ${text('results.notFinite', count(results.notFinite))}
          </p>`
        : nothing;
    const question = questionOf(results);
    if (!question) return html`${left} ${this.#fits(results)}`;
    const within = (cell: Cell | undefined): Cell | undefined =>
      cell && isCellOf(question, cell) ? cell : undefined;
    return html`${left}
    ${matrix({
      question,
      chosen: within(this.cell),
      pointed: within(this.pointed),
      choose: cell => (this.cell = cell),
      point: cell => (this.pointed = cell),
    })}
    ${classTable(question)}`;
  }

  #fits(results: Results): TemplateResult | typeof nothing {
    if (results.type !== 'numbers') return nothing;
    const { scope } = this.state.show;
    return html`<nabla-results-plot
        .points=${results.points}
        .samples=${results.samples - results.notFinite}
        .name=${trueMinus(results.outputs[results.output].name)}
        .chosen=${scope.type === 'sample' ? scope.index : undefined}
        @nabla-sample=${({ detail }: CustomEvent<number>) =>
          this.controller.setScope({ type: 'sample', index: detail })}
      ></nabla-results-plot>
      ${fitTable(results.outputs)}`;
  }
}
