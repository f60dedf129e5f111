import { expect, it, vi } from 'vitest';
import type { Controller } from '../../../webview/controller';
import { trialOf } from '../../../webview/predict/trial';
import { initialState, Store } from '../../../webview/store';

const RANGE = { inputNames: ['a', 'b'], outputNames: ['y'], least: [0, 0], most: [1, 1] };

const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

it('has no outputs beside the reason why there are none', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance', 'Date'] });
  const store = new Store({ ...initialState, document: { network: {} } as never });
  const predict = vi.fn(() => Promise.resolve([[0.25]]));
  const asks = { dataRange: () => Promise.resolve(RANGE), predict };
  const trial = trialOf({ store, asks } as unknown as Controller);
  trial.listen(() => {});
  await turn();
  expect([trial.outputs, trial.failure]).toEqual([[0.25], undefined]);
  predict.mockRejectedValueOnce(new Error('The engine is gone.'));
  trial.set(0, 1);
  await vi.advanceTimersByTimeAsync(500);
  await turn();
  expect([trial.outputs, trial.failure]).toEqual([undefined, 'The engine is gone.']);
  trial.set(0, 0);
  await vi.advanceTimersByTimeAsync(500);
  await turn();
  expect([trial.outputs, trial.failure]).toEqual([[0.25], undefined]);
  vi.useRealTimers();
});
