/** Where vectors of four neurons stand. */
import type { Panels } from '../panels';
import { load, type Code, type FunctionCode } from './code';

/** Of the vector of neurons 4q to 4q + 3, from input k. */
export function weightAddress({ weights, width, height }: Panels, k: number, q: number): number {
  const panel = Math.floor((4 * q) / width);
  return 4 * (weights + (panel * height + k) * width + ((4 * q) % width));
}

/** A vector for every four. */
export const vectorIndices = (count: number): number[] =>
  Array.from({ length: Math.ceil(count / 4) }, (_, q) => q);

/** `count` numbers from an address on, four by four. */
export function vectorsAt(f: FunctionCode, address: Code, count: number): Code[] {
  return vectorIndices(count).map(q => f.keep(load(address, 16 * q)));
}
