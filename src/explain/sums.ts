/** The sums that carry numbers through the network: forward into a neuron, backward out of it. */
import type { Term, Terms } from '../engine/facts';
import type { WindowShape } from '../network/images';
import type { Context } from './context';
import type { Expression } from './explanation';
import { bigSum, call, number, product, quotient, sum } from './expressions';
import type { Names } from './names';

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
  const write = (term: Term): Expression => {
    const { symbols, factor } = incomingShare(term, layer, row, names);
    return product(...symbols, factor);
  };
  return context.weightedSum(incoming, write, generalIncoming(context, layer, row));
}

/** What a term is multiplied by, and what of: an activation, into a batchNorm x̂. */
export function incomingShare(
  term: Term,
  layer: number,
  row: number,
  names: Names,
): { readonly symbols: readonly Expression[]; readonly factor: Expression } {
  if (term.normalised) {
    const gamma = names.weight(layer, names.branches.rowOf(layer, row), 0);
    return { symbols: [gamma], factor: names.normalised(layer, row) };
  }
  const symbols = weighing(term, layer, row, term.index, names);
  return { symbols, factor: names.activation(term.layer, term.index) };
}

/** The same in general. */
function generalIncoming({ names }: Context, layer: number, row: number): readonly Expression[] {
  const { branches } = names;
  const source = branches.sourceOf(layer);
  const weighted = (weight: Expression, index: string): readonly Expression[] => [
    bigSum('k', product(weight, names.activation(source, index))),
  ];
  switch (branches.typeOf(layer)) {
    case 'dense':
      return weighted(names.weight(layer, row, 'k'), 'k');
    case 'conv2d':
      return weighted(names.weight(layer, branches.rowOf(layer, row), 'k'), 'p+k');
    case 'averagePool2d':
      return weighted(partOf(branches.windowOf(layer)), 'p+k');
    case 'maxPool2d':
      return [names.activation(source, 'p+k')];
    default:
      return branches.sourcesOf(layer).map(from => names.activation(from, row));
  }
}

/** 1/n of an average over windows. */
export const partOf = ({ height = 1, width = 1 }: Partial<WindowShape> = {}): Expression =>
  quotient(number(1), number(height * width));

/** γ/√(v + ε): what a change of a value is multiplied by on its way through a batchNorm. */
export function slopeOfFeature(layer: number, feature: number, names: Names): Expression {
  const epsilon = number(names.branches.epsilonOf(layer));
  const under = sum(names.feature('v', layer, feature), epsilon);
  return quotient(names.weight(layer, feature, 0), call('√', under));
}

/**
 * What a term is multiplied by, in symbols; nothing where a value goes on as it is.
 *
 * @param layer the layer whose weight it is, with that weight's row and column where it is no other's
 */
export function weighing(
  { identity, divisor, parameter, normalised }: Term,
  layer: number,
  row: number,
  column: number,
  names: Names,
): readonly Expression[] {
  if (identity) return [];
  if (normalised) return [slopeOfFeature(layer, names.branches.rowOf(layer, row), names)];
  if (divisor !== undefined) return [quotient(number(1), number(divisor))];
  return [names.weight(layer, parameter?.row ?? row, parameter?.column ?? column)];
}

/**
 * Σ w δ over everything that takes from a neuron (layer −1: an input), each layer by its own number; into a
 * merge its δ as it is. In the printed sign of δ.
 */
export function outgoingSum(outgoing: Terms, context: Context, layer: number, row: number): Sum {
  const { names } = context;
  const write = (term: Term): Expression =>
    product(
      ...weighing(term, term.layer, term.index, row, names),
      names.error(term.layer, term.index),
    );
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
  const terms = branches.consumersOf(layer).map(consumer => {
    switch (branches.typeOf(consumer)) {
      case 'dense':
        return bigSum('k', product(names.weight(consumer, 'k', row), names.error(consumer, 'k')));
      case 'conv2d':
        return bigSum('p', product(names.weight(consumer, 'm', 'k'), names.error(consumer, 'p')));
      case 'averagePool2d':
        return bigSum(
          'p',
          product(partOf(branches.windowOf(consumer)), names.error(consumer, 'p')),
        );
      case 'maxPool2d':
        return bigSum('p', names.error(consumer, 'p'));
      case 'batchNorm':
        return product(
          slopeOfFeature(consumer, branches.rowOf(consumer, row), names),
          names.error(consumer, row),
        );
      default:
        return names.error(consumer, branches.startOf(consumer, layer) + row);
    }
  });
  return distinct(terms);
}

/** What the letters of such a sum stand for, where windows see the neuron. */
export function notesBehind({ names, words }: Context, layer: number): readonly string[] {
  const { branches } = names;
  const types = new Set(branches.consumersOf(layer).map(consumer => branches.typeOf(consumer)));
  const { seenBy, largestOnly } = words.images.notes;
  return [
    ...(types.has('conv2d') || types.has('averagePool2d') ? [seenBy] : []),
    ...(types.has('maxPool2d') ? [largestOnly] : []),
  ];
}

/** Where the notation has no layers, one Σ over all neurons behind this one says what several would. */
function distinct(terms: readonly Expression[]): readonly Expression[] {
  const seen = new Set<string>();
  return terms.filter(term => {
    const text = JSON.stringify(term);
    return !seen.has(text) && seen.add(text);
  });
}
