/** Losses of one sample where PyTorch's fixtures do not look: shares, far ends, and slopes that training never needs. */
import { describe, expect, it, test } from 'vitest';
import { logSumExp, sigmoid } from '../../src/engine/activations';
import { fusedOutputSlope, lossFunctions, lossShares, sampleLoss } from '../../src/engine/losses';
import type { Loss, LossName } from '../../src/network/network';

const z = [0.5, -1.25, 2];
const a = [0.3, -0.7, 3.5];
const y = [1, 0, 0.25];

const of = (type: LossName, half = false): Loss => ({ type, half, reduction: 'sum' });

describe.each(Object.keys(lossFunctions) as LossName[])('%s', type => {
  it('is the sum of the shares of its outputs', () => {
    const shares = lossShares(of(type), z, a, y);
    expect(shares).toHaveLength(3);
    const sum = shares.reduce((before, share) => before + share, 0);
    expect(sampleLoss(of(type), z, a, y, 0, 3)).toBeCloseTo(sum, 14);
  });

  it('reads its own row', () => {
    const [zs, as, ys] = [z, a, y].map(row => [9, 9, ...row, 9]);
    expect(sampleLoss(of(type), zs, as, ys, 2, 3)).toBe(sampleLoss(of(type), z, a, y, 0, 3));
  });
});

test('the shares by hand', () => {
  const near = (type: LossName, wanted: number[], half = false): void =>
    lossShares(of(type, half), z, a, y).forEach((share, j) =>
      expect(share).toBeCloseTo(wanted[j], 14),
    );
  near('meanSquaredError', [0.49, 0.49, 10.5625]);
  near('meanSquaredError', [0.245, 0.245, 5.28125], true);
  near('meanAbsoluteError', [0.7, 0.7, 3.25]);
  near('huber', [0.245, 0.245, 2.75]);
  const s = z.map(sigmoid);
  near('binaryCrossEntropy', [
    -Math.log(s[0]),
    -Math.log(1 - s[1]),
    -0.25 * Math.log(s[2]) - 0.75 * Math.log(1 - s[2]),
  ]);
  const log = logSumExp(z, 0, 3);
  near('crossEntropy', [log - 0.5, 0, 0.25 * (log - 2)]);
});

test('a class that is not meant adds nothing to the cross-entropy, however unlikely it is', () => {
  const loss = (others: number, meant: number): number =>
    sampleLoss(of('crossEntropy'), [meant, others], [1, 0], [1, 0], 0, 2);
  expect(loss(-1e308, 1e308)).toBe(0);
  expect(loss(0, 50)).toBe(logSumExp([50, 0], 0, 2) - 50);
  expect(loss(NaN, 1)).toBeNaN();
});

test('by its output, a fused loss has the slope of its share', () => {
  const h = 1e-6;
  const share = (p: number, target: number, both: boolean): number =>
    -target * Math.log(p) - (both ? (1 - target) * Math.log(1 - p) : 0);
  for (const p of [0.1, 0.5, 0.8])
    for (const target of [0, 0.25, 1])
      for (const name of ['sigmoid', 'softmax'] as const) {
        const both = name === 'sigmoid';
        const numeric = (share(p + h, target, both) - share(p - h, target, both)) / (2 * h);
        expect(fusedOutputSlope(name, p, target)).toBeCloseTo(numeric, 6);
      }
  // At the ends what is right has a slope, and no 0 / 0.
  expect(fusedOutputSlope('sigmoid', 0, 0)).toBe(1);
  expect(fusedOutputSlope('sigmoid', 1, 1)).toBe(-1);
  expect(fusedOutputSlope('softmax', 0, 0)).toBe(0);
});
