/** A group of fields under a title that opens and closes it; what was opened is remembered with the view. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Controller } from '../controller';
import type { State } from '../store';
import { text } from '../strings';

export interface Group {
  /** Remembered by this name. */
  readonly id: string;
  readonly title: string;
  /** At first; `true` unless said. */
  readonly open?: boolean;
  /** Beside the title of a closed group: what it would say. */
  readonly summary?: string;
  /** Only made when it is seen. */
  body(): TemplateResult | typeof nothing;
}

function isOpen({ show }: State, id: string, usual: boolean): boolean {
  return show.groups?.[id] ?? usual;
}

function toggle(state: State, controller: Controller, id: string, open: boolean): void {
  controller.show({ groups: { ...state.show.groups, [id]: open } });
}

export function groupBox(state: State, controller: Controller, group: Group): TemplateResult {
  const { id, title, summary } = group;
  const open = isOpen(state, id, group.open ?? true);
  return html`<fieldset class="group" data-testid="group-${id}">
    <legend>
      <button
        type="button"
        class="group-title"
        data-testid="toggle-${id}"
        aria-expanded=${open}
        @click=${() => toggle(state, controller, id, !open)}
      >
        <i
          class="codicon codicon-${open ? 'chevron-down' : 'chevron-right'}"
          aria-hidden="true"
        ></i>
        <span>${title}</span>
        ${summary && !open ? html`<span class="quiet summary">${summary}</span>` : nothing}
      </button>
    </legend>
    ${open ? html`<div class="group-body">${group.body()}</div>` : nothing}
  </fieldset>`;
}

/**
 * Rarer settings behind one word; how many of them stand in the text is said on it.
 *
 * @param set number of those settings that stand in the text
 */
export function more(
  state: State,
  controller: Controller,
  id: string,
  set: number,
  body: () => TemplateResult,
): TemplateResult {
  const open = isOpen(state, id, false);
  const closed = set > 0 ? text('form.moreSet', set) : text('form.more');
  return html`<button
      type="button"
      class="link more"
      data-testid="more-${id}"
      aria-expanded=${open}
      @click=${() => toggle(state, controller, id, !open)}
    >
      ${open ? text('form.fewer') : closed}
    </button>
    ${open ? body() : nothing}`;
}
