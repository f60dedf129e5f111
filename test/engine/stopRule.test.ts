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

  it('patience that is asked for later begins there, and other patience goes on', () => {
    const watch = watchFor(never, 100, false);
    expect(watch.after(1, losses(1), 0)).toBeUndefined();
    // Nobody has asked for the losses since: epochs may be passed over.
    const patient = watch.tune({ ...never, patience: 3 }, 0, 50);
    expect(patient.after(52, losses(2), 0)).toBeUndefined();
    expect(patient.tune({ ...never, patience: 2 }, 0, 52).after(52, losses(2), 0)).toBe('patience');
    expect(patient.after(53, losses(2), 0)).toBe('patience');
  });

  it('has as many epochs more as the network gets, unless they were asked for by number', () => {
    const from = { epoch: 10, seconds: 0 };
    const goal = { rule: never, from, epochs: 5, hasValidation: false };
    expect(new StopWatch(goal).tune(never, 7, 12).lastEpoch).toBe(22);
    expect(new StopWatch({ ...goal, isAsked: true }).tune(never, 7, 12).lastEpoch).toBe(15);
  });

  it('has no reason in an epoch that was done before it started', () => {
    const from = { epoch: 10, seconds: 0 };
    const goal = { rule: { ...never, targetLoss: 1 }, from, epochs: 5, hasValidation: false };
    expect(new StopWatch(goal).after(10, losses(0), 0)).toBeUndefined();
    expect(new StopWatch(goal).after(11, losses(0), 0)).toBe('targetLoss');
  });
});
