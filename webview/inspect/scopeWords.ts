/** Of which samples, and of which moment of the training, the numbers of a card are. */
import { html, nothing, type TemplateResult } from 'lit';
import type { Controller } from '../controller';
import { count, epochs } from '../numbers';
import { text } from '../strings';

/** "sample 1" or "training part, 150 samples" */
function samplesWords({ store }: Controller): string {
  const { document, show } = store.state;
  if (show.scope.type === 'sample') return text('card.sample', count(show.scope.index + 1));
  return text('card.training', count(document?.data?.training ?? 0));
}

/** "epoch 88", while the page looks back at it. */
export function momentWords({ past }: Controller): string | undefined {
  if (!past.isBack) return undefined;
  const { place } = past;
  return place ? text('status.epoch', epochs(place.epoch)) : text('past.reading');
}

/** As one word: what is drawn for it is drawn anew where it is another. */
export function scopeKey(controller: Controller): string {
  return [samplesWords(controller), momentWords(controller) ?? ''].join(' ');
}

/** @param where prefix of the test id */
export function scopeLine(controller: Controller, where: string): TemplateResult | typeof nothing {
  if (!controller.store.state.document?.data) return nothing;
  const moment = momentWords(controller);
  return html`<p class="card-scope quiet" data-testid="${where}-scope">
    ${samplesWords(controller)}
    ${
      moment === undefined
        ? nothing
        : html`<span class="moment" title=${text('past.reading')}
            ><i class="codicon codicon-history" aria-hidden="true"></i>${moment}</span
          >`
    }
  </p>`;
}
