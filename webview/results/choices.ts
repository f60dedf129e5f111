/** What the results are of: a part of the data, and where there are several, an output. */
import { html, nothing, type TemplateResult } from 'lit';
import type { DataPart, Results } from '../../src/engine/results/report';
import { count, trueMinus } from '../numbers';
import { segments } from '../segments';
import { text } from '../strings';
import { outputNames } from './question';

/**
 * Training or validation samples; the second only where there are some.
 * @param data how many samples each part has
 * @param chosen the part whose results are shown
 */
export function partChoice(
  data: { training: number; validation: number } | undefined,
  chosen: DataPart,
  choose: (part: DataPart) => void,
): TemplateResult {
  return segments(text('results.part'), [
    {
      testId: 'results-part-training',
      word: text('results.training'),
      label: text('results.trainingHint', count(data?.training ?? 0)),
      chosen: chosen === 'training',
      choose: () => choose('training'),
    },
    {
      testId: 'results-part-validation',
      word: text('results.validation'),
      label: data?.validation
        ? text('results.validationHint', count(data.validation))
        : text('results.noValidation'),
      chosen: chosen === 'validation',
      barred: !data?.validation,
      choose: () => choose('validation'),
    },
  ]);
}

/**
 * One of the outputs, where each has results of its own.
 * @param chosen its number, from 0
 */
export function outputChoice(
  results: Results | undefined,
  chosen: number,
  choose: (output: number) => void,
): TemplateResult | typeof nothing {
  const names = results ? outputNames(results) : [];
  if (names.length === 0) return nothing;
  return html`<label class="results-output"
    >${text('results.output')}
    <select
      data-testid="results-output"
      @change=${({ target }: Event) => choose((target as HTMLSelectElement).selectedIndex)}
    >
      ${names.map((name, k) => html`<option ?selected=${k === chosen}>${trueMinus(name)}</option>`)}
    </select>
  </label>`;
}
