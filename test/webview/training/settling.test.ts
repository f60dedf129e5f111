/** What the page says of a run whose loss is being computed. */
import { expect, it } from 'vitest';
import type { DataSummary, DocumentState, RunState } from '../../../src/protocol';
import { initialState } from '../../../webview/store';
import { statusWords } from '../../../webview/training/runWords';

const data: DataSummary = {
  samples: 4,
  training: 4,
  validation: 0,
  inputNames: [],
  classNames: undefined,
};
const settled: RunState = {
  phase: 'paused',
  epoch: 3,
  step: 12,
  loss: 0.25,
  validationLoss: NaN,
  accuracy: 0.5,
  validationAccuracy: NaN,
  seconds: 1,
  samplesPerSecond: 16,
};
const words = (run: RunState): string | undefined =>
  statusWords({ ...initialState, run, document: { data } as DocumentState });

it('names no loss before it is known, and then the loss', () => {
  const unknown = { loss: NaN, accuracy: NaN };
  expect(words({ ...settled, ...unknown, settling: true })).toBe(
    'paused · epoch 3 · computing the loss…',
  );
  expect(words(settled)).toBe('paused · epoch 3 · loss 0.25 · accuracy 50 %');
});
