/** A whole layer in one direction, in matrix form: what the card of the layer says. */
import type { LayerFacts } from '../../engine/facts';
import type { Context } from '../context';
import { explainLayer } from '../explainLayer';
import type { Equation, Rule } from '../explanation';
import type { Direction } from './story';

/** z and a, or δ and the gradients. */
export function layerRules(
  facts: LayerFacts,
  context: Context,
  direction: Direction,
): readonly (Equation | Rule)[] {
  const { labels } = context.words;
  const isForward = (label: string): boolean => [labels.forward, labels.activation].includes(label);
  return explainLayer(facts, context)
    .lines.filter(({ role }) => role === 'rule')
    .filter(({ label }) => isForward(label) === (direction === 'forward'))
    .map(({ equation }) => equation);
}
