/** What is put under fire: inputs of one kind, and the rules that hold for each of them. */
import type fc from 'fast-check';

/** `refused`: with an issue or an error that the interface promises. */
export type Answer = 'accepted' | 'refused';

/** An input that random choices would hardly make: large, deep, or lying about its size. */
export interface Extreme<T> {
  readonly name: string;
  make(): T;
}

export interface Target<T = unknown> {
  /** What is read. */
  readonly what: string;
  /** Inputs of a whole run. */
  readonly runs: number;
  readonly arbitrary: fc.Arbitrary<T>;
  readonly extremes: readonly Extreme<T>[];
  /** @throws Error where a rule is broken: then a bug is found */
  judge(input: T): Promise<Answer> | Answer;
  /** The input as a file. */
  bytes(input: T): Uint8Array;
}

/** Bytes that an input may cost beyond a multiple of its own. */
const FREE_BYTES = 256 * 1024 * 1024;
/** A syntax tree takes about so many bytes for each of its text. */
const BYTES_PER_BYTE = 40;
/** Nothing takes more: what a data set may hold, and as much again. */
const MOST_BYTES = 1024 * 1024 * 1024;

/** How many bytes may be allocated for an input of so many. */
export function allowedBytes(length: number): number {
  return Math.min(FREE_BYTES + BYTES_PER_BYTE * length, MOST_BYTES);
}

/** How long an input may take, in milliseconds of the processor. */
export const ALLOWED_MS = 1000;

/** A rule that an input has broken. */
export class Broken extends Error {
  override readonly name = 'Broken';
}

export function must(holds: boolean, rule: () => string): asserts holds {
  if (!holds) throw new Broken(rule());
}
