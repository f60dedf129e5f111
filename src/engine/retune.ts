/** A training that goes on with other settings. */
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { ownerOf, type Checkpoint } from './checkpoint';
import { startClock, type OptimizerState } from './optimizers';
import type { Plan } from './plan';

/**
 * A checkpoint of a training as one of the same training with other settings (`withTuning`): parameters, counters and
 * the place in the epoch's order stay. A batch under way ends where one of the new size does.
 *
 * Moments stay with their optimizer: another type, and momentum that there was none of, begin at 0. Where β₁ or β₂ is
 * another one, moments are corrected by the product of those that they were made with (Kingma and Ba, "Adam", 2015,
 * section 3, has the sum that this makes up for).
 *
 * @param from the network of the checkpoint
 * @param to the network that trains on
 * @param plan of that network
 */
export function retuned(
  checkpoint: Checkpoint,
  from: Network,
  to: Network,
  dataset: Dataset,
  plan: Plan,
): Checkpoint {
  const { moments, epoch } = checkpoint.optimizer;
  const stays =
    from.training.optimizer.type === to.training.optimizer.type &&
    moments.length === plan.moments.length;
  const optimizer: OptimizerState = stays
    ? checkpoint.optimizer
    : {
        moments: plan.moments.map(() => new Float64Array(plan.parameters.length)),
        clock: startClock(),
        epoch,
      };
  return { ...checkpoint, owner: ownerOf(to, dataset), optimizer };
}
