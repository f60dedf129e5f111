/** `<nabla-lab>`: the formula lab, a panel over the canvas. What is tried here changes neither training nor the file. */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { LabReport } from '../../src/engine/lab/lab';
import {
  presetOf,
  STANDARD_RULE,
  type LabRule,
  type TriedActivations,
} from '../../src/engine/lab/presets';
import type { Controller } from '../controller';
import { iconButton } from '../iconButton';
import { messageOf } from '../messageOf';
import { PanelFocus } from '../panelFocus';
import { sameScope } from '../past/places';
import { Refresher } from '../refresher';
import type { State } from '../store';
import { text } from '../strings';
import { labControls } from './controls';
import { labResult } from './result';

/** While training runs, the numbers are others twice a second. */
const INTERVAL = 500;

export class NablaLab extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    rule: { state: true },
    tried: { state: true },
    report: { state: true },
    failure: { state: true },
    waiting: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  declare rule: LabRule;
  declare tried: TriedActivations;
  declare report: LabReport | undefined;
  declare failure: string | undefined;
  /** What is shown belongs to what was chosen before. */
  declare waiting: boolean;

  readonly #refresher = new Refresher(() => this.#fetch(), INTERVAL);
  readonly #focus = new PanelFocus(() => this.controller.show({ lab: false }));

  constructor() {
    super();
    this.rule = STANDARD_RULE;
    this.tried = {};
    this.waiting = true;
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('state') as State | undefined;
    const { show, document, run, phase } = this.state;
    if (!show.lab || phase !== 'ready') return;
    const chosen = changed.has('rule') || changed.has('tried');
    const isNew =
      changed.has('state') &&
      (!before?.show.lab ||
        before.phase !== phase ||
        before.show.scope !== show.scope ||
        before.document?.network !== document?.network);
    if (chosen || isNew) this.#ask(true);
    else if (changed.has('state') && before?.run !== run) this.#ask(false);
  }

  protected override updated(changed: PropertyValues<this>): void {
    const before = changed.get('state') as State | undefined;
    if (!changed.has('state') || !before) return;
    if (this.state.show.lab && !before.show.lab)
      this.#focus.opened(() => this.querySelector<HTMLElement>('.lab input:checked'));
  }

  #ask(urgent: boolean): void {
    if (urgent) this.waiting = true;
    this.#refresher.ask(urgent);
  }

  async #fetch(): Promise<void> {
    const { show, document } = this.state;
    if (!show.lab || !document?.network || document.stale) return;
    const { rule, tried } = this;
    // What was chosen meanwhile is asked for already: until then what is shown is of before.
    const isPast = (): boolean =>
      rule !== this.rule ||
      tried !== this.tried ||
      document.network !== this.state.document?.network ||
      !sameScope(show.scope, this.state.show.scope);
    try {
      const report = await this.controller.asks.lab({ rule, scope: show.scope, tried });
      if (isPast()) return;
      this.report = report;
      this.failure = undefined;
    } catch (error) {
      if (isPast() || (error instanceof Error && error.name === 'Cancelled')) return;
      this.failure = messageOf(error);
    }
    this.waiting = false;
  }

  protected override render(): TemplateResult | typeof nothing {
    const { show, document } = this.state;
    if (!show.lab || !document?.network) return nothing;
    return html`<section
      class="lab"
      role="dialog"
      aria-label=${text('lab.title')}
      data-testid="lab"
      @keydown=${this.#focus.key}
    >
      <header>
        <h2>${text('lab.title')}</h2>
        <span class="quiet">${text('lab.promise')}</span>
        ${iconButton('lab-close', 'close', text('lab.close'), () => this.#focus.close())}
      </header>
      <div class="lab-parts">
        ${labControls({
          rule: this.rule,
          tried: this.tried,
          network: document.network,
          idle: this.report?.idle ?? {},
          scope: show.scope,
          sample: this.state.sample?.index ?? 0,
          setRule: rule => (this.rule = rule),
          setTried: tried => (this.tried = tried),
          setScope: scope => this.controller.setScope(scope),
        })}
        <div class="lab-result" aria-busy=${this.waiting} data-testid="lab-result">
          ${this.#result()}
        </div>
      </div>
    </section>`;
  }

  #result(): TemplateResult {
    const { report, failure, rule, state } = this;
    if (failure !== undefined)
      return html`<p class="caution" role="alert" data-testid="lab-failure">
        <i class="codicon codicon-info" aria-hidden="true"></i>${text('lab.failure', failure)}
      </p>`;
    if (!report) return html`<p class="quiet">${text('lab.computing')}</p>`;
    return labResult(report, presetOf(rule) === 'standard', state.notation);
  }
}
