/**
 * The sums that a neuron takes part in, term by term: forward over its sources, backward over everything
 * that takes from it. Into an `add` or a `concat` a value goes as it is, with the weight 1.
 */
import { consumersOf } from '../../network/graph';
import type { Term, Terms } from '../facts';
import type { Operation, Plan } from '../plan';
import { sourcesOf, tableOf, type Context } from './context';
import { activationsOf, type SamplePass } from './samplePass';
import { largestTerms } from './statistics';

/** z = Σ weight · activation of the sources + bias */
export function incoming({ plan }: Context, sample: SamplePass, layer: number, row: number): Terms {
  const operation = plan.operations[layer];
  if (operation.type !== 'dense') return largestTerms(mergedTerms(operation, sample, row));
  const [source] = operation.sources;
  const below = activationsOf(sample, source.layer);
  const start = (tableOf(plan, layer, 'weight')?.offset ?? 0) + row * below.length;
  const terms = Array.from(below, (factor, index): Term => {
    return { layer: source.layer, index, weight: sample.parameters[start + index], factor };
  });
  return largestTerms(terms);
}

/** One of each source of an `add`, the one of a neuron of a `concat`. */
function mergedTerms({ sources }: Operation, sample: SamplePass, row: number): Term[] {
  return sources.flatMap(({ layer, start, units }): Term[] => {
    const index = row - start;
    if (index < 0 || index >= units) return [];
    return [identity(layer, index, activationsOf(sample, layer)[index])];
  });
}

/**
 * ∂C/∂a = Σ weight · delta over all layers that take from this one, in the file's order.
 *
 * @param layer −1: input
 */
export function outgoing(context: Context, sample: SamplePass, layer: number, row: number): Terms {
  return largestTerms(outgoingTerms(context, sample, layer, row));
}

/** All of them. */
export function outgoingTerms(
  { plan }: Context,
  sample: SamplePass,
  layer: number,
  row: number,
): readonly Term[] {
  const consumers = consumersOf(sourcesOf(plan))[layer + 1];
  return consumers.flatMap(consumer => {
    const operation = plan.operations[consumer];
    const { delta } = sample.layers[consumer];
    if (operation.type === 'dense') return columnTerms(plan, sample, consumer, row, delta);
    const places = operation.sources.filter(source => source.layer === layer);
    return places.map(({ start }) => identity(consumer, start + row, delta[start + row]));
  });
}

/** A column of a layer's weights, each with the delta of its neuron. */
function columnTerms(
  plan: Plan,
  sample: SamplePass,
  layer: number,
  column: number,
  delta: Float64Array,
): Term[] {
  const weights = tableOf(plan, layer, 'weight');
  const start = (weights?.offset ?? 0) + column;
  const columns = weights?.columns ?? 0;
  return Array.from(delta, (factor, index) => {
    return { layer, index, weight: sample.parameters[start + index * columns], factor };
  });
}

function identity(layer: number, index: number, factor: number): Term {
  return { layer, index, weight: 1, identity: true, factor };
}
