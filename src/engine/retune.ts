/** A training that goes on with other settings. */
import type { Network } from '../network/network';
import { startClock, type OptimizerState } from './optimizers';
import type { KnownMoment } from './passedEpochs';
import type { Plan } from './plan';

/**
 * A moment of a training as one of the same training with other settings (`withTuning`): parameters, counters and the
 * place in the epoch's order stay. A batch under way ends where one of the new size does.
 *
 * Moments stay with their optimizer: another type, and momentum that there was none of, begin at 0. Where β₁ or β₂ is
 * another one, moments are corrected by the product of those that they were made with (Kingma and Ba, "Adam", 2015,
 * section 3, has the sum that this makes up for).
 *
 * @param plan of `to`
 */
export function retuned(moment: KnownMoment, from: Network, to: Network, plan: Plan): KnownMoment {
  const { moments, epoch } = moment.optimizer;
  const stays =
    from.training.optimizer.type === to.training.optimizer.type &&
    moments.length === plan.moments.length;
  if (stays) return moment;
  const optimizer: OptimizerState = {
    moments: plan.moments.map(() => new Float64Array(plan.parameters.length)),
    clock: startClock(),
    epoch,
  };
  return { ...moment, optimizer };
}

/** Whether both make the same steps where their learning rates are the same. */
export function stepsAlike(a: Network, b: Network): boolean {
  return marked(a) === marked(b);
}

function marked({ training, regularization }: Network): string {
  const { optimizer, batchSize, clip } = training;
  const { learningRate: _, ...rule } = optimizer;
  return JSON.stringify([rule, batchSize, clip, regularization]);
}
