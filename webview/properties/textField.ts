/**
 * `<nabla-text-setting>`: a setting that is typed. What was typed is read after Enter or on leaving the field; what
 * cannot be is refused here, keeps standing so that it can be corrected, and is never sent. Escape brings the
 * value of the text back. Undo is the field's own while it has a draft.
 *
 * An `input` of the page, not the toolkit's: what describes a control must stand in the same tree as it, and the
 * toolkit's lies in a tree of its own.
 */
import { html, LitElement, nothing, type PropertyValues, type TemplateResult } from 'lit';
import type { NetworkEdit } from '../../src/network/edit';
import { placeNote } from './notes';
import { row, type Reset } from './row';

/** What typing means: an edit (undefined: nothing changes) and what is said once it is made, or why it cannot be. */
export type Typed =
  | { readonly ok: true; readonly edit: NetworkEdit | undefined; readonly says?: string }
  | { readonly ok: false; readonly message: string };

export interface TextSpec {
  readonly id: string;
  readonly testId: string;
  readonly name: string;
  /** The text that the value has now. */
  readonly value: string;
  readonly placeholder: string;
  readonly hint: string;
  readonly help: string;
  readonly disabled: boolean;
  /** Of the text. */
  readonly version: number;
  readonly wide?: boolean;
  readonly numeric?: boolean;
  readonly before?: TemplateResult;
  readonly after?: TemplateResult;
  readonly reset?: Reset;
  read(typed: string): Typed;
  /** Resolves to the reason when the host refuses. */
  send(edit: NetworkEdit, says?: string): Promise<string | undefined>;
}

export class NablaTextSetting extends LitElement {
  static override properties = {
    spec: { attribute: false },
    draft: { state: true },
    problem: { state: true },
  };
  declare spec: TextSpec;
  /** What a person has typed and the text does not say (yet). */
  declare draft: string | undefined;
  declare problem: string;
  /** The draft that was sent last, so that leaving the field does not send it again. */
  #sent: string | undefined;

  constructor() {
    super();
    this.problem = '';
  }

  protected override createRenderRoot(): HTMLElement {
    return this;
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const before = changed.get('spec');
    if (!before) return;
    const { id, value, version } = this.spec;
    // Another place, or another value of the text: what was typed for the old one has no meaning any more.
    const arrived = this.#sent !== undefined && before.version !== version;
    if (before.id !== id || before.value !== value || arrived) this.#forget();
  }

  protected override updated(changed: PropertyValues<this>): void {
    if (changed.has('problem')) placeNote(this);
  }

  #forget(): void {
    this.draft = undefined;
    this.problem = '';
    this.#sent = undefined;
  }

  protected override render(): TemplateResult {
    const { spec, problem } = this;
    return row({ ...spec, problem, control: this.#control() });
  }

  #control(): TemplateResult {
    const { spec, problem } = this;
    return html`${spec.before ?? nothing}<input
        type="text"
        id=${spec.id}
        data-testid=${spec.testId}
        autocomplete="off"
        spellcheck="false"
        inputmode=${spec.numeric ? 'decimal' : nothing}
        placeholder=${spec.placeholder || nothing}
        aria-invalid=${problem ? 'true' : 'false'}
        aria-describedby="${spec.id}-problem ${spec.id}-help"
        ?disabled=${spec.disabled}
        .defaultValue=${spec.value}
        .value=${this.draft ?? spec.value}
        @input=${this.#typing}
        @keydown=${this.#key}
        @blur=${() => void this.#commit()}
      />${spec.after ?? nothing}`;
  }

  readonly #typing = (event: Event): void => {
    this.draft = (event.target as HTMLInputElement).value;
    this.#sent = undefined;
    // A complaint is taken back as soon as it is met, and never made while somebody is still typing.
    if (this.problem && this.spec.read(this.draft).ok) this.problem = '';
  };

  readonly #key = (event: KeyboardEvent): void => {
    if (event.isComposing) return;
    if (event.key === 'Enter') void this.#commit();
    else if (event.key === 'Escape' && this.draft !== undefined) this.#forget();
    else return;
    event.stopPropagation();
  };

  async #commit(): Promise<void> {
    const { draft, spec } = this;
    if (draft === undefined || draft === this.#sent) return;
    if (draft === spec.value) return this.#forget();
    const typed = spec.read(draft);
    if (!typed.ok) {
      this.problem = typed.message;
      return;
    }
    if (!typed.edit) return this.#forget();
    this.problem = '';
    this.#sent = draft;
    const refusal = await spec.send(typed.edit, typed.says);
    if (this.draft !== draft || this.spec.id !== spec.id) return;
    if (refusal !== undefined) this.problem = refusal;
    else if (this.spec.version !== spec.version) this.#forget();
  }
}
