/** While a pass is stepped through: what is known so far is lit, what is not is drawn empty. */
import type { Target } from '../../src/engine/facts';
import type { EdgeQuantity, NeuronQuantity } from '../viewState';

export interface Lit {
  /** Whether the number of a part is known. */
  shows(part: Target, neurons: NeuronQuantity, edges: EdgeQuantity): boolean;
  /** Whether the pass has come to a part, in its present direction. */
  reached(part: Target): boolean;
  /** Whether a part is what the step is about. */
  isNow(part: Target): boolean;
  /** Whether the δ of a neuron was computed and is kept. */
  kept(layer: number, row: number): boolean;
  /** The connection whose term is added. */
  readonly term: Target | undefined;
}

interface Stepped {
  readonly lit?: Lit | undefined;
  readonly neurons: NeuronQuantity;
  readonly edges: EdgeQuantity;
}

/** Whether the number of a part may be drawn. */
export const isShown = ({ lit, neurons, edges }: Stepped, part: Target): boolean =>
  lit?.shows(part, neurons, edges) ?? true;

/** Classes of one part while a pass is stepped through. */
export function lighting({ lit }: Pick<Stepped, 'lit'>, part: Target): string {
  if (!lit) return '';
  return `${lit.reached(part) ? '' : ' unlit'}${lit.isNow(part) ? ' now' : ''}`;
}
