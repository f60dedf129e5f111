/** The quiet line under the bar: what an edit kept of the weights, or why there was none. It leaves by itself and is spoken once. */
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

/** What is spoken once an edit is made: what it was, and what it has kept. */
export function doneWords({ store }: Controller, says: string): string {
  const { quiet } = store.state;
  return text('speak.done', [says, ...(quiet ? [quiet.words] : [])].join(' · '));
}

/** Milliseconds; the style sheet lets the line fade at their end, unless nothing shall move. */
const STAYS = 6000;

/** Empties the line that has just been written when its time is over. */
export function endQuietLine({ store }: Controller): void {
  const { quiet } = store.state;
  if (!quiet) return;
  setTimeout(() => {
    if (store.state.quiet === quiet) store.dispatch({ type: 'quiet', words: undefined });
  }, STAYS);
}

export function quietLine({ quiet }: State): TemplateResult {
  return html`<div class="quiet-line" data-testid="quiet-line">
    ${quiet ? keyed(quiet, html`<span>${quiet.words}</span>`) : nothing}
  </div>`;
}
