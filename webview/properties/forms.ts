/** What all fields of the inspector work with. */
import { html, nothing, type TemplateResult } from 'lit';
import type { NetworkEdit } from '../../src/network/edit';
import type { JsonPath } from '../../src/network/network';
import type { NetworkShapes } from '../../src/network/shapes';
import type { Controller } from '../controller';
import { doneWords } from '../design/quietLine';
import { lockOf } from '../lock';
import { speak } from '../speak';
import type { State } from '../store';
import { text } from '../strings';
import type { Written } from './settingForm';

export interface Forms extends Written {
  readonly state: State;
  readonly controller: Controller;
  readonly shapes: NetworkShapes;
  /** Nothing can be changed now. */
  readonly locked: boolean;
}

/** Undefined as long as there is no network to change. */
export function formsOf(state: State, controller: Controller): Forms | undefined {
  const { document } = state;
  if (!document?.network || !document.shapes) return undefined;
  return {
    state,
    controller,
    network: document.network,
    shapes: document.shapes,
    written: new Set(document.written),
    locked: lockOf(document) !== undefined,
  };
}

/** The same forms of the document as it is by now. */
export function newest(forms: Forms): Forms {
  return formsOf(forms.controller.store.state, forms.controller) ?? forms;
}

/**
 * Resolves to the reason when the host refuses.
 *
 * @param says spoken once it is made, as after the gesture that does the same
 */
export async function send(
  { controller }: Forms,
  edit: NetworkEdit,
  says?: string,
): Promise<string | undefined> {
  const result = await controller.edit(edit);
  if (!result.applied) return result.message;
  const page = document.querySelector<HTMLElement>('nabla-designer');
  if (page && says !== undefined) speak(page, doneWords(controller, says));
  return undefined;
}

/** The same from a field that shows the reason itself: a banner with the same words would say it twice. */
export async function sendFromField(
  forms: Forms,
  edit: NetworkEdit,
  says?: string,
): Promise<string | undefined> {
  const refusal = await send(forms, edit, says);
  if (refusal !== undefined)
    forms.controller.store.dispatch({ type: 'notice', message: undefined });
  return refusal;
}

export const fieldId = (path: JsonPath): string => `field-${path.join('.')}`;

/** Why nothing can be changed, or what a change will do; in one quiet line above the forms. */
export function lockLine({ document, run }: State): TemplateResult | typeof nothing {
  const why = lockOf(document) ?? (run?.phase === 'running' ? 'running' : undefined);
  if (!why) return nothing;
  const icon = why === 'running' ? 'info' : 'lock';
  return html`<p class="lock" data-testid="lock">
    <i class="codicon codicon-${icon}" aria-hidden="true"></i><span>${text(`lock.${why}`)}</span>
  </p>`;
}
