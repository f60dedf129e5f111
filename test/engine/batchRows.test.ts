/** How many samples have to be worked on at once, and that too many are refused with what would do. */
import { describe, expect, it } from 'vitest';
import { wholeBatch } from '../../src/engine/batchRows';
import { batchOf, batchRowsOf, epochsOfCall, stepsOfCall } from '../../src/engine/wasm/pace';
import type { Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { imageNetwork } from './imageNetworks';
import { randomDataset } from './networks';

const NORM = { type: 'batchNorm' };
const OUT = { type: 'dense', units: 1 };

function net(inputs: number, layers: readonly object[], batchSize: number | 'all'): Network {
  const base = imageNetwork(layers, [inputs]);
  return { ...base, training: { ...base.training, batchSize } };
}

const whole = (of: Network, samples: number): number | undefined =>
  wholeBatch(of, inferShapes(of), samples);

describe('a whole batch', () => {
  it('is needed by a batchNorm alone, and is never larger than what there is', () => {
    expect(whole(net(3, [OUT], 7), 50)).toBeUndefined();
    expect([7, 50, 99, 'all'].map(size => whole(net(3, [NORM, OUT], size as number), 50))).toEqual([
      7, 50, 50, 50,
    ]);
    expect(whole(net(3, [NORM, OUT], 'all'), 0)).toBe(1);
  });

  it.each([
    // 2²⁵ numbers are 1000 of 33554, which 16776 inputs, as many normalised ones and an output are 1 short of.
    [16_776, 1, 1000, undefined],
    [16_776, 1, 1001, 1000],
    // As large as networks may be: of one sample there would be no spread.
    [1_000_000, 9, 3, undefined],
    [1_000_000, 9, 4, 3],
  ])(
    'of %i inputs, %i times normalised, and %i samples asks for at most %j',
    (inputs, times, samples, most) => {
      const of = net(inputs, [...Array<object>(times).fill(NORM), OUT], 'all');
      const numbers = (1 + times) * inputs + 1;
      if (most === undefined) expect(whole(of, samples)).toBe(samples);
      else
        expect(() => whole(of, samples)).toThrow(
          new Error(
            `training.batchSize: batchNorm needs the whole batch at once, and ${samples} samples of ${numbers} values are too many; set it to ${most} or less.`,
          ),
        );
    },
  );
});

describe('what a call does', () => {
  const rows = (batchSize: number | 'all', samples: number, layers: readonly object[] = [OUT]) => {
    const of = net(3, layers, batchSize);
    const data = randomDataset(samples, 3, 1);
    const shapes = inferShapes(of);
    return [batchOf(of, samples), batchRowsOf(of, shapes, data), epochsOfCall(of, shapes, data)];
  };

  it('is a batch at once up to 512 samples, else tiles of 256, and several epochs of whole batches', () => {
    const [even, epochs] = [512, 2048 / 512];
    expect(rows('all', even)).toEqual([even, even, epochs]);
    expect(rows('all', even + 1)).toEqual([even + 1, 256, 1]);
    expect(rows(even + 1, 600)).toEqual([even + 1, 256, 1]);
    expect(rows('all', even + 1, [NORM, OUT])).toEqual([even + 1, even + 1, 3]);
    // A rest of a batch is an epoch of its own.
    expect(rows(8, 64)).toEqual([8, 8, 32]);
    expect(rows(8, 65)).toEqual([8, 8, 1]);
    expect(rows(99, 64)).toEqual([64, 64, 32]);
    // What is dropped is drawn epoch by epoch.
    expect(rows(8, 64, [{ type: 'dropout', rate: 0.5 }, OUT])).toEqual([8, 8, 1]);
  });

  it('is one step at least, and the fewer the more it computes', () => {
    const steps = (units: number, batch: number): number =>
      stepsOfCall(inferShapes(net(3, [{ type: 'dense', units }], 'all')), batch);
    expect(steps(1000, 1_000_000)).toBe(1);
    expect(steps(1000, 1000)).toBeLessThan(steps(1000, 100));
    expect(steps(1000, 100)).toBeLessThan(steps(100, 100));
    // Twice the samples of a large step take twice as long.
    expect(steps(100, 2000) / steps(100, 1000)).toBeCloseTo(0.5, 1);
  });
});
