/** Which losses go with which output activation. */
import type { ActivationName, LossName } from './network';

/** These are computed from the weighted inputs, together with the activation. */
export const partners: { readonly [K in LossName]?: ActivationName } = {
  crossEntropy: 'softmax',
  binaryCrossEntropy: 'sigmoid',
};

/** The usual loss of an output activation. */
export function usualLoss(activation: ActivationName, outputs: number | undefined): LossName {
  if (activation === 'softmax' && outputs !== 1) return 'crossEntropy';
  return activation === 'sigmoid' ? 'binaryCrossEntropy' : 'meanSquaredError';
}
