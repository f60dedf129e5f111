/** The sums that carry numbers through the network: forward into a neuron, backward out of it. */
import type { Term, Terms } from '../engine/facts';
import type { Context } from './context';
import type { Expression } from './explanation';
import { bigSum, product } from './expressions';

/** Nothing to add up. */
export const NO_TERMS: Terms = { terms: [], more: { count: 0, sum: 0 } };

/** In symbols and in numbers. */
export interface Sum {
  readonly symbols: readonly Expression[];
  readonly numbers: readonly Expression[];
}

/** Σ w a over the sources of a neuron; of a merge Σ a, without weights. */
export function incomingSum(incoming: Terms, context: Context, layer: number, row: number): Sum {
  const { names } = context;
  const { branches } = names;
  const source = branches.sourceOf(layer);
  const general =
    branches.typeOf(layer) === 'dense'
      ? [bigSum('k', product(names.weight(layer, row, 'k'), names.activation(source, 'k')))]
      : branches.sourcesOf(layer).map(from => names.activation(from, row));
  const write = (term: Term): Expression => {
    const activation = names.activation(term.layer, term.index);
    return term.identity ? activation : product(names.weight(layer, row, term.index), activation);
  };
  return context.weightedSum(incoming, write, general);
}

/**
 * Σ w δ over everything that takes from a neuron (layer −1: an input), each layer by its own number; into a
 * merge its δ as it is. In the printed sign of δ.
 */
export function outgoingSum(outgoing: Terms, context: Context, layer: number, row: number): Sum {
  const { names } = context;
  const write = (term: Term): Expression => {
    const error = names.error(term.layer, term.index);
    return term.identity ? error : product(names.weight(term.layer, term.index, row), error);
  };
  const general = generalOutgoing(context, layer, row);
  return context.weightedSum(outgoing, write, general, delta => names.errorValue(delta));
}

/** The same in general: a Σ for each layer with weights. Empty where nobody takes from the neuron. */
export function generalOutgoing(
  { names }: Context,
  layer: number,
  row: number,
): readonly Expression[] {
  const { branches } = names;
  const terms = branches
    .consumersOf(layer)
    .map(consumer =>
      branches.typeOf(consumer) === 'dense'
        ? bigSum('k', product(names.weight(consumer, 'k', row), names.error(consumer, 'k')))
        : names.error(consumer, branches.startOf(consumer, layer) + row),
    );
  return distinct(terms);
}

/** Where the notation has no layers, one Σ over all neurons behind this one says what several would. */
function distinct(terms: readonly Expression[]): readonly Expression[] {
  const seen = new Set<string>();
  return terms.filter(term => {
    const text = JSON.stringify(term);
    return !seen.has(text) && seen.add(text);
  });
}
