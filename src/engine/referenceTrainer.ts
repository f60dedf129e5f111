/** The trainer on the reference kernels. */
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import { checkSizes } from './fit';
import { createReferenceMachine } from './referenceMachine';
import { SteppingTrainer, type MakeMachine } from './steppingTrainer';
import type { Trainer } from './trainer';
import { reference } from './wasm/choose';

/**
 * A trainer at the start of a run.
 *
 * @param network validated
 * @param dataset of the network's input and output sizes; without samples it can only predict
 * @param initial parameters in the file's order; default: those of the file or of the seed
 * @param now those to go on from instead; `reset` leads back to `initial`
 * @throws Error when data, parameters and network do not fit each other
 */
export function createTrainer(
  network: Network,
  dataset: Dataset,
  initial?: Float64Array,
  now?: Float64Array,
): Trainer {
  const shapes = inferShapes(network);
  checkSizes(dataset, shapes.inputSize, shapes.outputSize);
  const { report } = reference('it was asked for');
  const make: MakeMachine = to => ({
    machine: createReferenceMachine(to, shapes, dataset),
    report,
  });
  return new SteppingTrainer(network, dataset, make, initial, now);
}
