/** When results are asked for: at once by a person, and by a training at a bounded rate. */
import { describe, expect, it } from 'vitest';
import type { Results, ResultsRequest } from '../../../src/protocol';
import { ResultsKeeper } from '../../../webview/results/keeper';

const TRAINING: ResultsRequest = { part: 'training' };
const VALIDATION: ResultsRequest = { part: 'validation' };

/** A keeper whose clock and answers are in the hands of the test. */
function kept() {
  const asked: { request: ResultsRequest; answer(): void; refuse(error: Error): void }[] = [];
  const clock = { now: 0 };
  const keeper = new ResultsKeeper(
    request =>
      new Promise((resolve, reject) =>
        asked.push({
          request,
          answer: () => resolve({ part: request.part } as Results),
          refuse: reject,
        }),
      ),
    () => {},
    () => clock.now,
  );
  return { keeper, asked, clock };
}

const settled = (): Promise<void> => new Promise(resolve => setImmediate(resolve));

describe('results', () => {
  it('are asked for again after a second of training, and after ten times as long as they took', async () => {
    const { keeper, asked, clock } = kept();
    keeper.refresh(TRAINING);
    keeper.refresh(TRAINING);
    expect(asked).toHaveLength(1);
    clock.now = 50;
    asked[0].answer();
    await settled();
    clock.now = 1049;
    keeper.refresh(TRAINING);
    expect(asked).toHaveLength(1);
    clock.now = 1050;
    keeper.refresh(TRAINING);
    expect(asked).toHaveLength(2);
    clock.now = 2050;
    asked[1].answer();
    await settled();
    clock.now = 12_049;
    keeper.refresh(TRAINING);
    expect(asked).toHaveLength(2);
    clock.now = 12_050;
    keeper.refresh(TRAINING);
    expect(asked).toHaveLength(3);
  });

  it('that a person asks for are asked for at once, and older answers are not shown', async () => {
    const { keeper, asked } = kept();
    void keeper.fetch(TRAINING);
    void keeper.fetch(VALIDATION);
    expect(asked.map(({ request }) => request.part)).toEqual(['training', 'validation']);
    asked[1].answer();
    asked[0].answer();
    await settled();
    expect(keeper.results?.part).toBe('validation');
    expect(keeper.waiting).toBe(false);
  });

  it('that fail say why, but not where another network has come', async () => {
    const { keeper, asked } = kept();
    void keeper.fetch(TRAINING);
    asked[0].refuse(new Error('too large'));
    await settled();
    expect(keeper.failure).toBe('too large');
    void keeper.fetch(TRAINING);
    asked[1].answer();
    await settled();
    expect(keeper.failure).toBeUndefined();
    void keeper.fetch(TRAINING);
    asked[2].refuse(Object.assign(new Error('another'), { name: 'Cancelled' }));
    await settled();
    expect(keeper.failure).toBeUndefined();
    expect(keeper.missed).toBe(true);
    expect(keeper.results?.part).toBe('training');
  });

  it('are not waited for when a person does not want to; what was there stays', async () => {
    const { keeper, asked, clock } = kept();
    keeper.cancel();
    expect(keeper.cancelled).toBe(false);
    void keeper.fetch(TRAINING);
    asked[0].answer();
    await settled();
    void keeper.fetch(VALIDATION);
    keeper.cancel();
    expect([keeper.waiting, keeper.cancelled]).toEqual([false, true]);
    const refusal = new Error('Another result was asked for.');
    refusal.name = 'Cancelled';
    asked[1].refuse(refusal);
    await settled();
    expect(keeper.results?.part).toBe('training');
    expect([keeper.missed, keeper.failure]).toEqual([false, undefined]);
    clock.now = 1e6;
    keeper.refresh(VALIDATION);
    expect(asked).toHaveLength(2);
    void keeper.fetch(VALIDATION);
    expect([keeper.waiting, keeper.cancelled]).toEqual([true, false]);
    asked[2].answer();
    await settled();
    expect(keeper.results?.part).toBe('validation');
  });
});
