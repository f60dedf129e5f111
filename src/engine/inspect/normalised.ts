/** Batch normalisation where nothing is trained: each value by the running statistics of its feature. */
import type { NormalisedFacts } from '../facts';
import type { BatchNormOperation, Operation, Plan, TableKind } from '../plan';
import { tableOf } from './context';

export const isBatchNorm = (operation: Operation): operation is BatchNormOperation =>
  operation.type === 'batchNorm';

/**
 * What a neuron of a batchNorm is made of.
 *
 * @param parameters in the file's order
 * @param below activations of its source
 */
export function normalisedAt(
  plan: Plan,
  { layer, features, epsilon, sources }: BatchNormOperation,
  parameters: Float64Array,
  below: Float64Array,
  row: number,
): NormalisedFacts {
  const numberOf = (kind: TableKind): number =>
    parameters[(tableOf(plan, layer, kind)?.offset ?? 0) + (row % features)];
  const [gamma, mean, variance] = [numberOf('weight'), numberOf('mean'), numberOf('variance')];
  const source = below[row];
  const value = (source - mean) / Math.sqrt(variance + epsilon);
  return { gamma, mean, variance, epsilon, from: sources[0].layer, source, value };
}

/** What the weights of a layer multiply: the activations below, of a batchNorm x̂. */
export function multipliedBy(
  plan: Plan,
  layer: number,
  parameters: Float64Array,
  below: Float64Array,
): Float64Array {
  const operation = plan.operations[layer];
  if (!isBatchNorm(operation)) return below;
  return below.map((_, row) => normalisedAt(plan, operation, parameters, below, row).value);
}
