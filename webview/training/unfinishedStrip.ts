/** The bar that offers to go on with a training which was cut off by the end of the engine or of the window. */
import { html, nothing, type TemplateResult } from 'lit';
import type { RunCommand, UnfinishedNote } from '../../src/protocol';
import type { Controller } from '../controller';
import { count } from '../numbers';
import type { State } from '../store';
import { text } from '../strings';

export function unfinishedStrip(
  { unfinished: note }: State,
  controller: Controller,
): TemplateResult | typeof nothing {
  if (!note || note.hidden) return nothing;
  const isMisfit = note.misfit !== undefined;
  const later =
    isMisfit || note.reason === undefined
      ? link('discardTraining', 'unfinished.discard', controller)
      : link('postponeTraining', 'unfinished.later', controller);
  return html`<div
    class="banner ${isMisfit ? 'error' : 'information'}"
    role="alert"
    data-testid="unfinished"
  >
    <i class="codicon codicon-${isMisfit ? 'warning' : 'debug-restart'}" aria-hidden="true"></i>
    <p class="grow">${sentence(note)}</p>
    ${
      isMisfit
        ? nothing
        : html`<nabla-button
            data-testid="continueTraining"
            @click=${() => controller.run({ type: 'continueTraining' })}
            >${continuing(note)}</nabla-button
          >`
    }
    ${later}
  </div>`;
}

function sentence({ reason, misfit, epoch, epochs }: UnfinishedNote): string {
  const at = [count(epoch), count(epochs)];
  if (misfit !== undefined) return text('unfinished.misfit', ...at, misfit);
  return reason === undefined
    ? text('unfinished.window', ...at)
    : text('unfinished.engine', ...at, reason);
}

function continuing({ reason, epoch, epochs }: UnfinishedNote): string {
  return reason === undefined
    ? text('unfinished.continueOf', count(epoch), count(epochs))
    : text('unfinished.continue', count(epoch));
}

function link(
  type: Extract<RunCommand['type'], 'discardTraining' | 'postponeTraining'>,
  words: 'unfinished.discard' | 'unfinished.later',
  controller: Controller,
): TemplateResult {
  return html`<button class="link" data-testid=${type} @click=${() => controller.run({ type })}>
    ${text(words)}
  </button>`;
}
