/**
 * `<nabla-health>`: what is wrong with the network as it runs, as a quiet line that opens: why, where, and what can be
 * done at once. Closed by a person, it stays away until there is another alarm.
 */
import { html, LitElement, nothing, type TemplateResult } from 'lit';
import type { Alarm } from '../../src/engine/health/alarm';
import { alarmPath, alarmText, fixEdit, fixLabel, placeName } from '../../src/explain/health';
import type { HealthFix, HealthLanguage, HealthNote } from '../../src/explain/health';
import type { HealthWords } from '../../src/explain/healthWords';
import { formatPath } from '../../src/network/network';
import type { Controller } from '../controller';
import { iconButton } from '../iconButton';
import { lockOf } from '../lock';
import { speak } from '../speak';
import type { State } from '../store';
import { text } from '../strings';
import { words as pageWords } from '../words';

const keyOf = ({ alarm }: HealthNote): string => `${alarm.kind} ${alarm.layer}`;

export class NablaHealth extends LitElement {
  static override properties = {
    controller: { attribute: false },
    state: { attribute: false },
    notes: { state: true },
    open: { state: true },
  };
  declare controller: Controller;
  declare state: State;
  declare notes: readonly HealthNote[];
  declare open: boolean;
  /** Alarms that a person has closed, by key. */
  #closed: ReadonlySet<string> = new Set();
  #end = (): void => {};

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  override connectedCallback(): void {
    super.connectedCallback();
    this.notes = this.controller.health.value;
    this.open ??= false;
    this.#end = this.controller.health.listen(notes => this.#told(notes));
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.#end();
  }

  #told(notes: readonly HealthNote[]): void {
    const before = new Set(this.notes.map(keyOf));
    const news = notes.filter(note => !before.has(keyOf(note)));
    if (news.length > 0) speak(this, alarmText(news[0], this.#language()).what);
    else if (notes.length === 0 && before.size > 0) speak(this, text('health.gone'));
    if (news.length > 0) this.#closed = new Set();
    this.notes = notes;
  }

  #language(): HealthLanguage {
    return { words: words(), notation: this.state.notation };
  }

  /** "Dead neurons in layer 3 (layers[1])"; of the whole network the name alone. */
  #placed({ kind, layer }: Alarm): string {
    const name = words().names[kind];
    return layer < 0 ? name : text('health.at', name, placeName(layer, this.#language()));
  }

  protected override render(): TemplateResult | typeof nothing {
    const notes = this.notes.filter(note => !this.#closed.has(keyOf(note)));
    if (notes.length === 0) return nothing;
    return html`<section aria-label=${text('health.label')} data-testid="health">
      ${this.#line(notes)} ${this.open ? this.#details(notes) : nothing}
    </section>`;
  }

  #line(notes: readonly HealthNote[]): TemplateResult {
    const [first] = notes;
    const name = this.#placed(first.alarm);
    return html`<div class="strip">
      ${sign(notes.some(({ alarm }) => alarm.severity === 'warning'))}
      <span class="grow">
        <span data-testid="health-line"
          >${notes.length > 1 ? text('health.and', name, notes.length - 1) : name}</span
        >
        <button
          class="link"
          type="button"
          data-testid="health-why"
          aria-label=${text('health.whyLabel')}
          aria-expanded=${this.open}
          @click=${() => (this.open = !this.open)}
        >
          ${text('health.why')}
        </button>
      </span>
      ${this.open || first.fixes.length === 0 ? nothing : this.#fixButton(first.fixes[0])}
      ${iconButton('health-close', 'close', text('health.close'), () => {
        this.#closed = new Set(this.notes.map(keyOf));
        this.requestUpdate();
      })}
    </div>`;
  }

  #details(notes: readonly HealthNote[]): TemplateResult {
    return html`<ul class="alarms" data-testid="health-alarms">
      ${notes.map(note => this.#alarm(note))}
    </ul>`;
  }

  #alarm(note: HealthNote): TemplateResult {
    const { alarm, fixes } = note;
    const { what, why, remedy } = alarmText(note, this.#language());
    const place = formatPath(alarmPath(alarm));
    return html`<li data-testid="alarm-${alarm.kind}">
      ${sign(alarm.severity === 'warning')}
      <div>
        <p>${what}</p>
        <p class="quiet">${why} ${remedy}</p>
        <p class="deeds">
          <button
            class="link"
            type="button"
            data-testid="show-${alarm.kind}"
            aria-label=${text('health.showLabel', words().names[alarm.kind], place)}
            @click=${() => this.#show(alarm)}
          >
            ${text('health.show')}
          </button>
          ${fixes.map(fix => this.#fixButton(fix))}
        </p>
      </div>
    </li>`;
  }

  #fixButton(fix: HealthFix): TemplateResult | typeof nothing {
    if (lockOf(this.state.document)) return nothing;
    const label = fixLabel(fix, this.#language());
    return html`<button
      class="link"
      type="button"
      data-testid="fix-${fix.type}"
      @click=${() => void this.controller.edit(fixEdit(fix, label))}
    >
      ${label}
    </button>`;
  }

  /** On the canvas where it can be drawn; a setting in the text. */
  #show(alarm: Alarm): void {
    const { kind, layer } = alarm;
    if (kind === 'rate' || kind === 'unsteady' || kind === 'penalty')
      this.controller.reveal(alarmPath(alarm));
    else if ('rows' in alarm && alarm.count === 1)
      this.controller.select({ type: 'neuron', layer, row: alarm.rows[0] });
    else this.controller.select({ type: 'layer', layer });
  }
}

const words = (): HealthWords => pageWords('health');

function sign(isWarning: boolean): TemplateResult {
  const kind = isWarning ? 'warning' : 'information';
  return html`<i
    class="codicon codicon-${isWarning ? 'warning' : 'info'} ${kind}"
    role="img"
    aria-label=${text(`health.${kind}`)}
  ></i>`;
}
