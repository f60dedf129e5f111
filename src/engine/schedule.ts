/**
 * The learning rate of an epoch. Everything that computes or tells a rate takes it from here.
 *
 * With η₀ the optimizer's rate and e the completed epochs, the rate is s(e) · min(1, (e + 1) / warmUp), where s(e) is
 * PyTorch's StepLR, ExponentialLR or CosineAnnealingLR and the second factor its
 * LinearLR(start_factor = 1 / warmUp, total_iters = warmUp − 1).
 */
import { cos } from '../math/functions';
import { wholePower } from '../math/power';
import type { Network, Schedule, ScheduleName, Training } from '../network/network';
import { rateOf } from '../network/rates';

type Course = (rate: number, epoch: number, schedule: Schedule, epochs: number) => number;

const courses: { readonly [K in ScheduleName]: Course } = {
  constant: rate => rate,
  step: (rate, epoch, { every, factor }) => rate * wholePower(factor, Math.floor(epoch / every)),
  exponential: (rate, epoch, { factor }) => rate * wholePower(factor, epoch),
  cosine: (rate, epoch, { minimum }, epochs) =>
    epoch >= epochs
      ? minimum
      : minimum + 0.5 * (rate - minimum) * (1 + cos((Math.PI * epoch) / epochs)),
};

/** η of an epoch. @param epoch completed ones, from 0 */
export function rateAt({ optimizer, schedule, epochs }: Training, epoch: number): number {
  const rate = courses[schedule.type](optimizer.learningRate, epoch, schedule, epochs);
  return warmUpAt(schedule, epoch) * rate;
}

/** min(1, (e + 1) / warmUp) */
export function warmUpAt({ warmUp }: Schedule, epoch: number): number {
  return epoch + 1 < warmUp ? (epoch + 1) / warmUp : 1;
}

/** η of a layer's parameters in an epoch; 0 where there is nothing to learn. */
export function layerRateAt(network: Network, layer: number, epoch: number): number {
  return rateOf(network, layer, rateAt(network.training, epoch));
}

/** Whether the rate is the optimizer's in every epoch. */
export function isSteady({ type, warmUp }: Schedule): boolean {
  return type === 'constant' && warmUp <= 1;
}
