/** How good outputs are besides their loss: beside what is counted by hand. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  accuracyRule,
  argmax,
  countCorrect,
  meanR2,
  r2Of,
  squaredErrors,
  targetSpread,
  type AccuracyRule,
} from '../../src/engine/metrics';
import { dataset } from './networks';

const ruleOf = (...targets: readonly (readonly number[])[]): AccuracyRule =>
  accuracyRule(
    dataset(
      targets.map(() => [0]),
      targets,
    ),
  );

describe('the rule of an accuracy', () => {
  it.each<[AccuracyRule, readonly (readonly number[])[]]>([
    ['threshold', [[0], [1], [0]]],
    ['threshold', [[1]]],
    ['none', [[0], [0.5]]],
    ['none', [[0], [2]]],
    ['none', [[-1], [1]]],
    [
      'argmax',
      [
        [0, 1],
        [1, 0],
      ],
    ],
    [
      'argmax',
      [
        [0, 0, 1],
        [1, 0, 0],
      ],
    ],
    [
      'threshold',
      [
        [0, 1],
        [1, 1],
      ],
    ],
    [
      'threshold',
      [
        [0, 0],
        [1, 0],
      ],
    ],
    [
      'threshold',
      [
        [1, 0],
        [0, 1],
        [0, 0],
      ],
    ],
    [
      'none',
      [
        [0.5, 0.5],
        [1, 0],
      ],
    ],
    [
      'none',
      [
        [1, 0],
        [0, NaN],
      ],
    ],
  ])('%s: %j', (rule, targets) => {
    expect(ruleOf(...targets)).toBe(rule);
  });

  it('is none without samples', () => {
    const none = { ...dataset([[0]], [[1]]), samples: 0, targets: new Float64Array(0) };
    expect(accuracyRule(none)).toBe('none');
  });
});

describe('right answers', () => {
  it('of classes have their largest output where the target is 1; of equal ones the first counts', () => {
    const y = [0, 1, 0, 1, 0, 0, 0, 0, 1];
    const count = (...a: readonly number[]): number => countCorrect('argmax', a, y, 3, 3);
    expect(count(0, 1, 0, 1, 0, 0, 0, 0, 1)).toBe(3);
    expect(count(0.3, 0.2, 0.1, 0.9, 0.1, 0, 0, 0.4, 0.5)).toBe(2);
    expect(count(1, 1, 0, 1, 1, 1, 1, 1, 1)).toBe(1);
    expect(count(-3, -1, -2, -2, -3, -3, -9, -8, -7)).toBe(3);
    // Rows behind those that are asked for do not count.
    expect(countCorrect('argmax', y, y, 2, 3)).toBe(2);
    expect(countCorrect('argmax', y, y, 0, 3)).toBe(0);
  });

  it('of thresholds have each output on the side of its target; a half is 1', () => {
    const count = (a: readonly number[], y: readonly number[], outputs: number): number =>
      countCorrect('threshold', a, y, a.length / outputs, outputs);
    expect(count([0.5, 0.49, 0.5, 0.49], [1, 1, 0, 0], 1)).toBe(2);
    expect(count([0.9, 0.1, 0.9, 0.9, 0.1, 0.1], [1, 0, 1, 0, 1, 0], 2)).toBe(1);
    expect(count([NaN, NaN], [1, 0], 1)).toBe(0);
  });

  it('there are none where targets are no classes', () => {
    expect(countCorrect('none', [1], [1], 1, 1)).toBeNaN();
    expect(squaredErrors('argmax', [1], [1], 1, 1)).toBeUndefined();
    expect(squaredErrors('threshold', [1], [1], 1, 1)).toBeUndefined();
  });

  it('the largest is counted from where its row begins', () => {
    expect(argmax([9, 1, 3, 2, 9], 1, 3)).toBe(1);
    expect(argmax([9, 3, 3, 2, 9], 1, 3)).toBe(0);
    expect(argmax([9, 1, 2, 3, 9], 1, 3)).toBe(2);
    expect(argmax([4], 0, 1)).toBe(0);
  });
});

describe('R²', () => {
  it('adds up the squares of each output over the rows', () => {
    expect(squaredErrors('none', [1, 2, 3, 4, 9, 9], [0, 4, 3, 1, 0, 0], 2, 2)).toEqual(
      Float64Array.of(1, 4 + 9),
    );
  });

  it('has the spread of the targets around their mean, of the samples of a part', () => {
    const numbers = fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 2 });
    fc.assert(
      fc.property(fc.array(numbers, { minLength: 1, maxLength: 6 }), fc.nat(5), (targets, left) => {
        const data = dataset(
          targets.map(() => [0]),
          targets,
        );
        const samples = data.training.slice(Math.min(left, targets.length - 1));
        const wanted = [0, 1].map(j => {
          const own = Array.from(samples, i => targets[i][j]);
          const mean = own.reduce((sum, y) => sum + y, 0) / own.length;
          return own.reduce((sum, y) => sum + (y - mean) ** 2, 0);
        });
        const found = targetSpread(data, samples);
        expect(found).toHaveLength(2);
        found.forEach((sum, j) => expect(sum).toBeCloseTo(wanted[j], 9));
      }),
    );
    const equal = dataset([[0], [0], [0]], [[0.1], [0.1], [0.1]]);
    expect(targetSpread(equal, equal.training)).toEqual(Float64Array.of(0));
    // Small differences of large numbers are not lost.
    const far = dataset([[0], [0]], [[1e9], [1e9 + 1]]);
    expect(targetSpread(far, far.training)[0]).toBe(0.5);
  });

  it('is the part of the spread that is explained, and none where there is nothing to explain', () => {
    expect([r2Of(1, 4), r2Of(8, 4), r2Of(0, 4)]).toEqual([0.75, -1, 1]);
    expect([r2Of(0, 0), r2Of(1, 0), r2Of(NaN, 2), r2Of(1, NaN)]).toEqual([NaN, NaN, NaN, NaN]);
    expect(meanR2(Float64Array.of(1, 2, 5), Float64Array.of(4, 4, 0))).toBe(0.625);
    expect(meanR2(Float64Array.of(5), Float64Array.of(0))).toBeNaN();
  });
});
