/** Whether a network has learned its data: beside the best output that knows no input, and at both sides of the limits. */
import { describe, expect, it } from 'vitest';
import type { LossTrend } from '../../src/engine/health/alarm';
import { hasLearned } from '../../src/engine/health/learned';
import type { Loss, LossName } from '../../src/network/network';
import { dataset } from './networks';

const loss = (type: LossName, half = false): Loss => ({ type, half, reduction: 'mean' });

/** Three samples to train with and one to validate, which does not count. */
const data = (targets: readonly (readonly number[])[]) =>
  dataset(
    [...targets, targets[0]].map(() => [0]),
    [...targets, targets[0].map(() => 99)],
    1,
  );

const REAL = data([
  [0, 5],
  [3, 5],
  [6, 5],
]);
const CLASSES = data([
  [1, 0],
  [0, 1],
  [0, 1],
]);
const BINARY = data([[1], [0], [0], [0]]);

/** −p ln p − q ln q */
const entropy = (...parts: readonly number[]): number =>
  parts.reduce((sum, p) => sum - p * Math.log(p), 0);

describe('a loss below a twentieth of what a blind output has', () => {
  it.each<[string, Loss, ReturnType<typeof dataset>, number]>([
    // The mean of 0, 3, 6 is 3: squares 9, 0, 9.
    ['squared error', loss('meanSquaredError'), REAL, 6],
    ['half of it', loss('meanSquaredError', true), REAL, 3],
    ['absolute error', loss('meanAbsoluteError'), REAL, 2],
    // |r| − ½ beyond 1.
    ['Huber loss', loss('huber'), REAL, (2.5 + 2.5) / 3],
    ['cross-entropy', loss('crossEntropy'), CLASSES, entropy(1 / 3, 2 / 3)],
    ['binary cross-entropy', loss('binaryCrossEntropy'), BINARY, entropy(1 / 4, 3 / 4)],
    ['binary cross-entropy of two', loss('binaryCrossEntropy'), CLASSES, 2 * entropy(1 / 3, 2 / 3)],
  ])('%s', (_, rule, of, blind) => {
    const learned = (own: number): boolean =>
      hasLearned(rule, of, { loss: own, losses: undefined });
    expect(learned(0.0499 * blind)).toBe(true);
    expect(learned(0.0501 * blind)).toBe(false);
    expect([NaN, Infinity, -Infinity].map(learned)).toEqual([false, false, false]);
  });
});

describe('where all targets are equal', () => {
  const equal = data([[2], [2], [2]]);
  const learned = (losses: LossTrend | undefined, own = 1e-9): boolean =>
    hasLearned(loss('meanSquaredError'), equal, { loss: own, losses });

  it('the latest loss of the run tells, beside that at its start', () => {
    expect(learned({ start: 2, recent: [5, 0.019] })).toBe(true);
    expect(learned({ start: 2, recent: [0.019, 0.021] })).toBe(false);
    expect(learned({ start: 2, recent: [0.02] })).toBe(false);
    expect(learned({ start: 2, recent: [] })).toBe(false);
    expect(learned(undefined)).toBe(false);
    expect(learned({ start: 2, recent: [0.019] }, NaN)).toBe(false);
  });
});

it('nothing is learned of no samples', () => {
  const none = { ...REAL, training: new Uint32Array(0) };
  const losses = { start: 1, recent: [0] };
  expect(hasLearned(loss('meanSquaredError'), none, { loss: 0, losses })).toBe(false);
});
