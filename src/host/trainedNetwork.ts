/** A network with the parameters that a training has brought it to. */
import type { Network } from '../network/network';
import type { RunEngine } from '../runs/run';

export interface Trained {
  readonly network: Network;
  readonly engine: RunEngine;
  /** In the file's order. */
  readonly parameters: Float64Array;
}
