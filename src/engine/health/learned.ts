/** Whether a network has learned its data: then no remedy shall begin a layer of it anew. */
import type { Dataset } from '../../data/dataset';
import type { Loss } from '../../network/network';
import { log } from '../../math/functions';
import { lossFunctions } from '../losses';
import { LIMITS, type LossTrend } from './alarm';

/** Mean loss of a sample, without penalty and reduction; the recorded losses of the run, where there are any. */
interface Reached {
  readonly loss: number;
  readonly losses: LossTrend | undefined;
}

/** @param dataset its training part is what `reached.loss` is the mean of */
export function hasLearned(loss: Loss, dataset: Dataset, { loss: own, losses }: Reached): boolean {
  if (!Number.isFinite(own) || dataset.training.length === 0) return false;
  const blind = blindLoss(loss, dataset);
  if (blind > 0) return own < LIMITS.explained * blind;
  const latest = losses?.recent.at(-1);
  return losses !== undefined && latest !== undefined && latest < LIMITS.learned * losses.start;
}

/** Mean loss of a sample where every output is the mean of its targets, whatever the input. */
function blindLoss(loss: Loss, { training, targets, outputSize }: Dataset): number {
  let sum = 0;
  for (let j = 0; j < outputSize; j++) {
    const target = (i: number): number => targets[training[i] * outputSize + j];
    let mean = 0;
    for (let i = 0; i < training.length; i++) mean += target(i) / training.length;
    for (let i = 0; i < training.length; i++) sum += shareOf(loss, mean, target(i));
  }
  return sum / training.length;
}

/** The share of one output a in the loss of a sample. */
function shareOf({ type, half }: Loss, a: number, y: number): number {
  const rule = lossFunctions[type];
  if (rule.fusedWith === undefined) return rule.share(a, y, half);
  const one = surprise(a, y);
  return rule.fusedWith === 'softmax' ? one : one + surprise(1 - a, 1 - y);
}

/** −y ln a, 0 where nothing was to be expected. */
const surprise = (a: number, y: number): number => (y === 0 ? 0 : -y * log(a));
