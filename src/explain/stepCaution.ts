/** What a step cannot learn, and by which rule a single layer of them could. */
import type { FactsBase } from '../engine/facts';
import type { Words } from './words';

/** A network of one layer is a dense one: only joined branches make layers without weights. */
export function stepCaution({ sizes }: Pick<FactsBase, 'sizes'>, { cautions }: Words): string {
  return sizes.length === 2 ? cautions.stepPerceptron : cautions.step;
}
