/** The quiet line under the bar: what an edit kept of the weights. It leaves by itself and is spoken once. */
import { html, nothing, type TemplateResult } from 'lit';
import { keyed } from 'lit/directives/keyed.js';
import type { Controller } from '../controller';
import { count } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';

export function keptWords({
  kept,
  fresh,
}: {
  readonly kept: number;
  readonly fresh: number;
}): string {
  return fresh === 0 ? text('kept.all', count(kept)) : text('kept.line', count(kept), count(fresh));
}

/** The style sheet lets it fade; when that has ended the line is empty. */
export function quietLine({ quiet }: State, controller: Controller): TemplateResult {
  const ended = (): void => controller.store.dispatch({ type: 'quiet', words: undefined });
  return html`<div class="quiet-line" role="status" data-testid="quiet-line">
    ${quiet ? keyed(quiet, html`<span @animationend=${ended}>${quiet.words}</span>`) : nothing}
  </div>`;
}
