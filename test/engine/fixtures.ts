/** Reading the numbers that PyTorch has made: see the scripts in test/reference. */
import { readFileSync } from 'node:fs';
import { expect } from 'vitest';
import type { LossName } from '../../src/network/network';

export interface Targets {
  real: number[][];
  probability: number[][];
  distribution: number[][];
}

/** Which targets go with a loss. */
export const targetKind: { [K in LossName]: keyof Targets } = {
  meanSquaredError: 'real',
  meanAbsoluteError: 'real',
  huber: 'real',
  binaryCrossEntropy: 'probability',
  crossEntropy: 'distribution',
};

/** |a − b| relative to max(floor, |b|), the largest of the list. */
export function farthest(
  actual: ArrayLike<number>,
  expected: readonly number[],
  floor: number,
): number {
  expect(actual.length).toBe(expected.length);
  return Math.max(
    ...expected.map((e, i) => Math.abs(actual[i] - e) / Math.max(floor, Math.abs(e))),
  );
}

/** @param name of the file in test/reference, without `.json` */
export function loadFixtures<T>(name: string): T {
  const url = new URL(`../reference/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as T;
}
