/** Which arithmetic computes a run: what was asked for, and what it became. */

/** `reference`: the TypeScript kernels. `auto`: the fastest that computes this network here. */
export type EngineRequest = 'auto' | 'reference';

/** What computes a run, in short, and why this. */
export interface EngineReport {
  /** `reference`, or how WebAssembly was compiled. */
  readonly backend: string;
  /** A phrase in English, for logs and machines. */
  readonly reason: string;
}
