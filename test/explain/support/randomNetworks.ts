/** What networks at random are made of: every activation and loss, and settings by chance. */
import fc from 'fast-check';
import { partners } from '../../../src/network/lossPairs';
import type {
  ActivationName,
  Loss,
  LossName,
  Regularization,
  Training,
} from '../../../src/network/network';
import * as vocabulary from '../../../src/network/vocabulary';

export const activations = Object.keys(vocabulary.activations) as readonly ActivationName[];
/** A softmax stands at the end only. */
export const hiddenActivations = activations.filter(name => name !== 'softmax');
export const losses = Object.keys(vocabulary.losses) as readonly LossName[];

export const penalties: fc.Arbitrary<Partial<Regularization>> = fc.record({
  l2: fc.constantFrom(0, 0.3),
  l1: fc.constantFrom(0, 0.02),
  scale: fc.constantFrom('lambda/2m' as const, 'lambda/2' as const, 'lambda' as const),
  bias: fc.boolean(),
});

export const lossSettings: fc.Arbitrary<Loss> = fc.record({
  type: fc.constantFrom(...losses),
  half: fc.boolean(),
  reduction: fc.constantFrom('sum' as const, 'mean' as const, 'meanAll' as const),
});

/** Schedules and limits of gradients, or none. */
export const courses: fc.Arbitrary<Pick<Training, 'schedule' | 'clip' | 'epochs'>> = fc.record({
  schedule: fc.record({
    type: fc.constantFrom('constant', 'constant', 'step', 'exponential', 'cosine'),
    every: fc.constantFrom(1, 10),
    factor: fc.constantFrom(0.5, 0.97),
    minimum: fc.constantFrom(0, 0.003),
    warmUp: fc.constantFrom(0, 0, 7),
  }),
  clip: fc.constantFrom(
    { norm: null, value: null },
    { norm: 1, value: null },
    { norm: null, value: 0.05 },
  ),
  epochs: fc.constantFrom(20, 100),
});

/** The activation that goes with a cross-entropy, else any. */
export function outputActivation(loss: LossName, any: ActivationName): ActivationName {
  return partners[loss] ?? any;
}

/** Targets that a loss can have. */
export const kindOf = (loss: LossName): 'binary' | 'oneHot' | 'real' =>
  loss === 'binaryCrossEntropy' ? 'binary' : loss === 'crossEntropy' ? 'oneHot' : 'real';
