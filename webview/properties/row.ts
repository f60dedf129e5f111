/** One line of a form: name, reset, control, a short hint below, and the help and the refusal that stand beside it. */
import { html, nothing, type TemplateResult } from 'lit';
import { text } from '../strings';
import { placeNote } from './notes';

export interface Row {
  /** Of the control; label, help and refusal are tied to it. */
  readonly id: string;
  readonly name: string;
  readonly control: TemplateResult;
  /** Name above the control, which takes the whole width. */
  readonly wide?: boolean;
  /** Always seen, one line. */
  readonly hint: string;
  /** Seen while the field has the focus, heard with it. */
  readonly help: string;
  readonly problem?: string;
  readonly reset?: Reset;
}

export interface Reset {
  readonly testId: string;
  /** Empty: no value. */
  readonly to: string;
  act(): void;
}

const entered = ({ currentTarget }: Event): void => placeNote(currentTarget as Element);

export function row(parts: Row): TemplateResult {
  const { id, name, control, wide, hint, help, problem = '' } = parts;
  return html`<div
    class="setting ${wide ? 'wide' : ''} ${problem ? 'refused' : ''} ${parts.reset ? 'set' : ''}"
    @focusin=${entered}
  >
    <label class="name" for=${id} id="${id}-name" title=${help}>${name}</label>
    <span class="entry">${control}</span>
    ${parts.reset ? resetButton(name, parts.reset) : nothing}
    <span class="hint" aria-hidden="true" title=${hint}>${hint}</span>
    ${notes(id, help, problem)}
  </div>`;
}

/** A box to tick needs no name beside it. */
export function flagRow(
  parts: Omit<Row, 'hint' | 'name'> & { readonly name: string },
): TemplateResult {
  const { id, control, help, name } = parts;
  return html`<div
    class="setting flag ${parts.reset ? 'set' : ''}"
    title=${help}
    @focusin=${entered}
  >
    <span class="entry">${control}</span>
    ${parts.reset ? resetButton(name, parts.reset) : nothing} ${notes(id, help, '')}
  </div>`;
}

function notes(id: string, help: string, problem: string): TemplateResult {
  return html`<span class="note sentence" id="${id}-help" ?hidden=${problem !== ''}>${help}</span>
    <span class="note refusal" id="${id}-problem" role="alert"
      >${
        problem
          ? html`<i class="codicon codicon-error" aria-hidden="true"></i> ${problem}`
          : nothing
      }</span
    >`;
}

function resetButton(name: string, { testId, to, act }: Reset): TemplateResult {
  const label = to === '' ? text('form.reset', name) : text('form.resetTo', name, to);
  return html`<button
    class="icon reset"
    type="button"
    data-testid=${testId}
    aria-label=${label}
    title=${label}
    @click=${act}
  >
    <i class="codicon codicon-discard" aria-hidden="true"></i>
  </button>`;
}
