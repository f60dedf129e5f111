/**
 * Which values a dropout layer drops: a hash of the seed, the layer, the epoch, the sample's place in the epoch's
 * order, and the neuron. So a training can be repeated and gone on with, and tiles may have any height.
 */
import { Random } from '../math/random';
import type { Numbers } from './numbers';

/** Where the first sample of a tile stands in a training. */
export interface TrainingPlace {
  readonly seed: number;
  readonly epoch: number;
  /** In the epoch's order. */
  readonly position: number;
}

/** What all values of a layer are hashed with in an epoch: 32 bits. */
export function dropoutKey(seed: number, layer: number, epoch: number): number {
  return new Random(seed, `dropout:${layer}:${epoch}`).uint32();
}

/** 0 with the probability `rate`, else 1/(1 − rate); factors (rows, units). */
export function writeFactors(
  factors: Numbers,
  { seed, epoch, position }: TrainingPlace,
  layer: number,
  rate: number,
  rows: number,
  units: number,
): void {
  const key = dropoutKey(seed, layer, epoch);
  const kept = 1 / (1 - rate);
  for (let r = 0; r < rows; r++) {
    const row = mixed(key ^ Math.imul(position + r + 1, STEP));
    for (let j = 0; j < units; j++) {
      const part = (mixed(row + Math.imul(j + 1, STEP)) >>> 0) / TWO_32;
      factors[r * units + j] = part < rate ? 0 : kept;
    }
  }
}

/** The largest of the 2³² hashes that drops a value: those below are a part of `rate` of all. The rate is not 0. */
export const largestDropped = (rate: number): number => Math.ceil(rate * TWO_32) - 1;

const TWO_32 = 2 ** 32;
/** Odd, and near 2³² divided by the golden ratio: neighbours lie far apart. */
const STEP = 0x9e3779b1;

/** Every bit of the result hangs on every bit of a: the finalizer of MurmurHash3 (Appleby, public domain). */
function mixed(a: number): number {
  let h = a | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}
