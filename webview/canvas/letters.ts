/** What a notation calls the quantities that the canvas colours, as plain text for tooltips. Pure. */
import type { NotationProfile } from '../../src/explain/notation';
import { minusSign } from '../../src/explain/numbers';

export interface Letters {
  readonly loss: string;
  readonly weight: string;
  /** δ, or the derivative itself where the notation has no letter for it. */
  readonly error: string;
  /** δ = ∂C/∂z, with the notation's letters and sign. */
  readonly errorEquation: string;
}

export function letters(profile: NotationProfile, scope: 'sample' | 'batch'): Letters {
  const { names, errorSign } = profile;
  const loss = scope === 'batch' ? names.batchLoss : names.sampleLoss;
  const derivative = `${errorSign < 0 ? minusSign : ''}∂${loss}/∂${names.weightedInput}`;
  return {
    loss,
    weight: names.weight,
    error: names.error ?? derivative,
    errorEquation: names.error === undefined ? derivative : `${names.error} = ${derivative}`,
  };
}
