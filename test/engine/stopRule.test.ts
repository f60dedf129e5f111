import { describe, expect, it } from 'vitest';
import { StopWatch } from '../../src/engine/stopRule';
import type { StopRule } from '../../src/network/network';

const watchFor = (rule: StopRule, epochs: number, hasValidation: boolean): StopWatch =>
  new StopWatch({ rule, from: { epoch: 0, seconds: 0 }, epochs, hasValidation });

describe('StopWatch', () => {
  const never = { targetLoss: null, patience: null, maxSeconds: null };
  const losses = (loss: number, validationLoss = NaN) => ({
    loss,
    validationLoss,
    accuracy: NaN,
    validationAccuracy: NaN,
    r2: NaN,
    validationR2: NaN,
  });

  it('watches the training loss where nothing validates', () => {
    const watch = watchFor({ ...never, patience: 2 }, 100, false);
    const reasons = [5, 4, 4, 3.9, 3.9, 4].map((loss, i) => watch.after(i + 1, losses(loss), 0));
    expect(reasons).toEqual([...Array<undefined>(5).fill(undefined), 'patience']);
  });

  it('watches the validation loss where there is one', () => {
    const watch = watchFor({ ...never, patience: 1 }, 100, true);
    expect(watch.after(1, losses(5, 1), 0)).toBeUndefined();
    expect(watch.after(2, losses(4, 1), 0)).toBe('patience');
  });

  it('names the target before the other reasons', () => {
    const watch = watchFor({ targetLoss: 1, patience: 0, maxSeconds: 0 }, 1, false);
    expect(watch.after(1, losses(1), 9)).toBe('targetLoss');
    expect(watchFor({ ...never, maxSeconds: 2 }, 1, false).after(1, losses(1), 2)).toBe(
      'maxSeconds',
    );
    expect(watchFor(never, 3, false).after(3, losses(1), 2)).toBe('epochs');
  });

  it('counts epochs, patience and seconds from where the training started', () => {
    const rule = { targetLoss: null, patience: 3, maxSeconds: 10 };
    const from = { epoch: 40, seconds: 100 };
    const watch = new StopWatch({ rule, from, epochs: 5, hasValidation: false });
    expect(watch.lastEpoch).toBe(45);
    expect(watch.after(41, losses(1), 105)).toBeUndefined();
    expect(watch.after(42, losses(2), 110)).toBe('maxSeconds');
    expect(watch.after(44, losses(2), 109)).toBe('patience');
    expect(watch.after(45, losses(0.5), 109)).toBe('epochs');
  });
});
