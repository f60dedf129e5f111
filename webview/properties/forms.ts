/** What all fields of the inspector work with. */
import { html, nothing, type TemplateResult } from 'lit';
import type { NetworkEdit } from '../../src/network/edit';
import type { JsonPath } from '../../src/network/network';
import type { NetworkShapes } from '../../src/network/shapes';
import type { Controller } from '../controller';
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
    locked: document.readOnly || document.stale,
  };
}

/** The same forms of the document as it is by now. */
export function newest(forms: Forms): Forms {
  return formsOf(forms.controller.store.state, forms.controller) ?? forms;
}

/** Resolves to the reason when the host refuses. */
export async function send({ controller }: Forms, edit: NetworkEdit): Promise<string | undefined> {
  const result = await controller.edit(edit);
  return result.applied ? undefined : result.message;
}

/** The same from a field that shows the reason itself: a banner with the same words would say it twice. */
export async function sendFromField(forms: Forms, edit: NetworkEdit): Promise<string | undefined> {
  const refusal = await send(forms, edit);
  if (refusal !== undefined)
    forms.controller.store.dispatch({ type: 'notice', message: undefined });
  return refusal;
}

export const fieldId = (path: JsonPath): string => `field-${path.join('.')}`;

/** Why nothing can be changed, or what a change will do; in one quiet line above the forms. */
export function lockLine({ document, run }: State): TemplateResult | typeof nothing {
  const why = document?.readOnly
    ? 'lock.readOnly'
    : document?.stale
      ? 'lock.stale'
      : run?.phase === 'running'
        ? 'lock.running'
        : undefined;
  if (!why) return nothing;
  const icon = why === 'lock.running' ? 'info' : 'lock';
  return html`<p class="lock" data-testid="lock">
    <i class="codicon codicon-${icon}"></i><span>${text(why)}</span>
  </p>`;
}
