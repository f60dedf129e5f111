/** The bar that asks what becomes of a training that a change of the network has paused. */
import { html, nothing, type TemplateResult } from 'lit';
import type { RunCommand } from '../../src/protocol';
import type { Controller } from '../controller';
import { count } from '../numbers';
import { told } from '../punctuation';
import type { State } from '../store';
import { text } from '../strings';
import { whyWaits } from './reasons';

type Answer = Extract<RunCommand['type'], `${string}Interrupted`>;

export function interruptedStrip(
  { document, interrupted: note }: State,
  controller: Controller,
): TemplateResult | typeof nothing {
  if (!note || note.hidden) return nothing;
  const { epoch, epochs, what } = note;
  const why = whyWaits(document);
  const titled = (button: 'continue' | 'restart', hint: string): string =>
    why === undefined ? hint : told(text(`interrupted.${button}`), why);
  const answer = (type: Answer) => () => controller.run({ type });
  return html`<div class="banner information" role="alert" data-testid="interrupted">
    <i class="codicon codicon-debug-pause" aria-hidden="true"></i>
    <p class="grow">${text(`interrupted.${what}`, count(epoch), count(epochs))}</p>
    ${
      what === 'text'
        ? nothing
        : html`<nabla-button
              data-testid="continueInterrupted"
              title=${titled('continue', text('interrupted.continueHint', count(epochs - epoch)))}
              ?disabled=${why !== undefined}
              @click=${answer('continueInterrupted')}
              >${text('interrupted.continue')}</nabla-button
            >
            <nabla-button
              appearance="secondary"
              data-testid="restartInterrupted"
              title=${titled('restart', text('interrupted.restartHint'))}
              ?disabled=${why !== undefined}
              @click=${answer('restartInterrupted')}
              >${text('interrupted.restart')}</nabla-button
            >`
    }
    <button class="link" data-testid="postponeInterrupted" @click=${answer('postponeInterrupted')}>
      ${text('interrupted.later')}
    </button>
  </div>`;
}
