/** Each reason to end a training at both sides of its bound. */
import { describe, expect, it } from 'vitest';
import { StopWatch, type FinishReason, type Goal } from '../../src/engine/stopRule';

const NEVER = { targetLoss: null, patience: null, maxSeconds: null };
const goal: Goal = {
  rule: NEVER,
  from: { epoch: 10, seconds: 100 },
  epochs: 5,
  hasValidation: false,
};

const losses = (loss: number, validationLoss = NaN) => ({
  ...{ loss, validationLoss, accuracy: NaN, validationAccuracy: NaN, r2: NaN, validationR2: NaN },
});

const reason = (rule: Partial<Goal['rule']>, epoch: number, loss: number, seconds: number) =>
  new StopWatch({ ...goal, rule: { ...NEVER, ...rule } }).after(epoch, losses(loss), seconds);

describe('a training ends', () => {
  it.each<[Partial<Goal['rule']>, number, number, number, FinishReason | undefined]>([
    [{}, 14, 1, 1e9, undefined],
    [{}, 15, 1, 100, 'epochs'],
    [{}, 16, 1, 100, 'epochs'],
    [{}, 10, 1, 100, undefined],
    [{ targetLoss: 0.5 }, 11, 0.5, 100, 'targetLoss'],
    [{ targetLoss: 0.5 }, 11, 0.51, 100, undefined],
    [{ targetLoss: 0 }, 11, 0, 100, 'targetLoss'],
    [{ targetLoss: 0.5 }, 11, NaN, 100, undefined],
    [{ maxSeconds: 7 }, 11, 1, 107, 'maxSeconds'],
    [{ maxSeconds: 7 }, 11, 1, 106.9, undefined],
    [{ maxSeconds: 0 }, 11, 1, 100, 'maxSeconds'],
    [{ patience: 2 }, 12, NaN, 100, 'patience'],
    [{ patience: 2 }, 11, NaN, 100, undefined],
    [{ patience: 1, maxSeconds: 1 }, 15, NaN, 200, 'patience'],
    [{ maxSeconds: 1 }, 15, NaN, 200, 'maxSeconds'],
    [{ targetLoss: 1, patience: 1, maxSeconds: 1 }, 15, 1, 200, 'targetLoss'],
  ])(
    'by %j after epoch %i with the loss %d and %d seconds: %s',
    (rule, epoch, loss, seconds, wanted) => {
      expect(reason(rule, epoch, loss, seconds)).toBe(wanted);
    },
  );

  it('by patience so many epochs behind the best, which an equal one is not', () => {
    const watch = new StopWatch({ ...goal, rule: { ...NEVER, patience: 2 }, epochs: 99 });
    const found = [3, 2, 2, 1.9, 2, 1.9].map((loss, i) => watch.after(11 + i, losses(loss), 0));
    expect(found).toEqual([undefined, undefined, undefined, undefined, undefined, 'patience']);
    expect(watch.state).toMatchObject({ best: 1.9, bestEpoch: 14 });
  });

  it('by the target of the training loss, whatever the validation loss is', () => {
    const rule = { ...NEVER, targetLoss: 0.5 };
    const watch = new StopWatch({ ...goal, rule, hasValidation: true });
    expect(watch.after(11, losses(0.6, 0.1), 0)).toBeUndefined();
    expect(watch.state).toMatchObject({ best: 0.1, bestEpoch: 11 });
    expect(watch.after(12, losses(0.4, 9), 0)).toBe('targetLoss');
  });
});

describe('a watch', () => {
  it('needs the next loss where a rule looks at it, else the last', () => {
    const next = (rule: Partial<Goal['rule']>): number =>
      new StopWatch({ ...goal, rule: { ...NEVER, ...rule } }).nextAfter(12);
    expect([{}, { maxSeconds: 1 }, { targetLoss: 0 }, { patience: 3 }].map(next)).toEqual([
      15, 15, 13, 13,
    ]);
  });

  it('goes on elsewhere with what it has seen', () => {
    const rule = { ...NEVER, patience: 3 };
    const watch = new StopWatch({ ...goal, rule });
    watch.after(11, losses(0.25), 0);
    const other = new StopWatch(watch.state.goal, watch.state);
    expect(other.state).toEqual({ goal: { ...goal, rule }, best: 0.25, bestEpoch: 11 });
    expect(other.after(13, losses(1), 0)).toBeUndefined();
    expect(other.after(14, losses(1), 0)).toBe('patience');
  });

  it('that is tuned keeps its best, and patience that is new begins there', () => {
    const watch = new StopWatch(goal);
    watch.after(11, losses(0.25), 0);
    const patient = { ...NEVER, patience: 3 };
    expect(watch.tune(patient, -2, 13).state).toEqual({
      goal: { ...goal, rule: patient, epochs: 3 },
      ...{ best: 0.25, bestEpoch: 13 },
    });
    expect(watch.tune(patient, 0, 5).state.bestEpoch).toBe(11);
    const again = new StopWatch({ ...goal, rule: patient, isAsked: true }, watch.state);
    expect(again.tune(NEVER, 7, 14).state).toEqual({
      goal: { ...goal, rule: NEVER, isAsked: true },
      ...{ best: 0.25, bestEpoch: 11 },
    });
  });
});
