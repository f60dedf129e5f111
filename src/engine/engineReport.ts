/** Which arithmetic computes a run: what was asked for, and what it became. */

/**
 * `reference`: the TypeScript kernels. `auto`: the fastest that computes this network here with the bits that it has
 * everywhere. `fast`: the fastest of all, whose products and sums may be rounded together.
 */
export type EngineRequest = 'auto' | 'fast' | 'reference';

/** Threads: as many as are worth it of half of the machine, or of all of it, or so many. */
export type ThreadsRequest = 'auto' | 'all' | number;

/** What computes a run, in short, and why this. */
export interface EngineReport {
  /** `reference`, or how WebAssembly was compiled. */
  readonly backend: string;
  /** A phrase in English, for logs and machines. */
  readonly reason: string;
  /** How many compute it, and why: the phrase too is for logs and machines. Absent where it is always one. */
  readonly threads?: number;
  readonly threadsReason?: string;
}
