/**
 * The sums that a neuron takes part in, term by term: forward over its sources, backward over everything
 * that takes from it. Into an `add`, a `concat`, a `flatten` or a `dropout` a value goes as it is, with the weight 1 (here
 * nothing is dropped); into a maxPool2d only the largest under its window does.
 */
import { consumersOf } from '../../network/graph';
import type { Term, Terms } from '../facts';
import type { ConvOperation, Operation, Plan, PoolOperation } from '../plan';
import { sourcesOf, tableOf, type Context } from './context';
import { isBatchNorm, normalisedAt } from './normalised';
import { activationsOf, type SamplePass } from './samplePass';
import { largestOf, pooledBy, poolsOver, underWindow, windowsOver } from './sliding';
import { largestTerms } from './statistics';

/** z = Σ weight · activation of the sources + bias */
export function incoming(context: Context, sample: SamplePass, layer: number, row: number): Terms {
  return largestTerms(incomingTerms(context, sample, layer, row));
}

/** All of them. */
export function incomingTerms(
  { plan }: Context,
  sample: SamplePass,
  layer: number,
  row: number,
): readonly Term[] {
  const operation = plan.operations[layer];
  if (operation.type === 'conv2d') return windowTerms(plan, operation, sample, row);
  if ('window' in operation) return pooledTerms(operation, sample, row);
  if (isBatchNorm(operation)) {
    const from = operation.sources[0].layer;
    const { parameters } = sample;
    const at = normalisedAt(plan, operation, parameters, activationsOf(sample, from), row);
    return [{ layer: from, index: row, weight: at.gamma, normalised: true, factor: at.value }];
  }
  if (operation.type !== 'dense') return mergedTerms(operation, sample, row);
  const [source] = operation.sources;
  const below = activationsOf(sample, source.layer);
  const start = (tableOf(plan, layer, 'weight')?.offset ?? 0) + row * below.length;
  return Array.from(below, (factor, index): Term => {
    return { layer: source.layer, index, weight: sample.parameters[start + index], factor };
  });
}

/** The values under the window of a neuron, each with its weight of the filter. */
function windowTerms(
  plan: Plan,
  { layer, sources, window }: ConvOperation,
  sample: SamplePass,
  neuron: number,
): Term[] {
  const { channels: filters } = window.target;
  const filter = neuron % filters;
  const { offset = 0, columns = 0 } = tableOf(plan, layer, 'weight') ?? {};
  const [source] = sources;
  const below = activationsOf(sample, source.layer);
  return underWindow(window, Math.floor(neuron / filters)).map(({ column, neuron: index }) => ({
    layer: source.layer,
    index,
    weight: sample.parameters[offset + filter * columns + column],
    parameter: { row: filter, column },
    factor: below[index],
  }));
}

/** The largest value under the window, or all with the same share. */
function pooledTerms(
  { type, sources, window }: PoolOperation,
  sample: SamplePass,
  row: number,
): Term[] {
  const [{ layer }] = sources;
  const below = activationsOf(sample, layer);
  const under = pooledBy(window, row);
  if (type === 'averagePool2d')
    return under.map(index => shared(layer, index, window.height * window.width, below[index]));
  const largest = largestOf(under, below);
  return [identity(layer, largest, below[largest])];
}

/** One of each source of an `add`, the one of a neuron of a `concat`; of others the neuron itself. */
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
    if (operation.type === 'conv2d') return filterTerms(plan, operation, sample, row);
    if ('window' in operation) return poolTerms(operation, sample, row);
    if (isBatchNorm(operation)) {
      const { gamma, variance, epsilon } = normalisedAt(
        ...([plan, operation, sample.parameters, activationsOf(sample, layer), row] as const),
      );
      const weight = gamma / Math.sqrt(variance + epsilon);
      return [{ layer: consumer, index: row, weight, normalised: true, factor: delta[row] }];
    }
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

/** Every filter at every place whose window sees the neuron. */
function filterTerms(
  plan: Plan,
  { layer, window }: ConvOperation,
  sample: SamplePass,
  row: number,
): Term[] {
  const { channels: filters } = window.target;
  const { offset = 0, columns = 0 } = tableOf(plan, layer, 'weight') ?? {};
  const { delta } = sample.layers[layer];
  return windowsOver(window, row).flatMap(({ place, column }) =>
    Array.from({ length: filters }, (_, filter): Term => {
      const index = place * filters + filter;
      const weight = sample.parameters[offset + filter * columns + column];
      return { layer, index, weight, parameter: { row: filter, column }, factor: delta[index] };
    }),
  );
}

/** Of a maximum only the windows in which the neuron is it. */
function poolTerms(
  { type, layer, sources, window }: PoolOperation,
  sample: SamplePass,
  row: number,
): Term[] {
  const { delta } = sample.layers[layer];
  const over = poolsOver(window, row);
  if (type === 'averagePool2d')
    return over.map(index => shared(layer, index, window.height * window.width, delta[index]));
  const below = activationsOf(sample, sources[0].layer);
  return over
    .filter(index => largestOf(pooledBy(window, index), below) === row)
    .map(index => identity(layer, index, delta[index]));
}

function identity(layer: number, index: number, factor: number): Term {
  return { layer, index, weight: 1, identity: true, factor };
}

function shared(layer: number, index: number, divisor: number, factor: number): Term {
  return { layer, index, weight: 1 / divisor, divisor, factor };
}
