/** Parameters of a convolution, which every place of the image shares: ∂C/∂w = Σ δ · a over the places. */
import type { SharedFacts, SharedTerm, Target } from '../facts';
import type { BatchNormOperation, Operation, Plan } from '../plan';
import { isBatchNorm, multipliedBy } from './normalised';
import { activationsOf, type SamplePass } from './samplePass';
import { usesOf } from './sliding';

/** Products that are named one by one. */
const NAMED = 12;

/** One use of a parameter: a neuron of its layer, and the neuron of the source under it; of a bias none. */
interface NeuronUse {
  readonly row: number;
  readonly index: number | undefined;
}

type ParameterTarget = Extract<Target, { type: 'weight' | 'bias' }>;

/** Every use of a parameter of a conv2d; undefined in layers where a parameter has one neuron. */
export function usesOfTarget(
  plan: Plan,
  target: ParameterTarget,
): readonly NeuronUse[] | undefined {
  const operation = plan.operations[target.layer];
  if (isBatchNorm(operation)) return usesOfFeature(operation, target);
  if (operation.type !== 'conv2d') return undefined;
  const { window } = operation;
  const { height, width, channels: filters } = window.target;
  const rowAt = (place: number): number => place * filters + target.row;
  if (target.type === 'weight')
    return usesOf(window, target.column).map(({ place, neuron }) => {
      return { row: rowAt(place), index: neuron };
    });
  return Array.from({ length: height * width }, (_, place) => {
    return { row: rowAt(place), index: undefined };
  });
}

/** Of an image every place of the channel; of a list each parameter has one neuron. */
function usesOfFeature(
  { units, features }: BatchNormOperation,
  { type, row: feature }: ParameterTarget,
): readonly NeuronUse[] | undefined {
  if (units === features) return undefined;
  return Array.from({ length: units / features }, (_, place) => {
    const row = place * features + feature;
    return { row, index: type === 'weight' ? row : undefined };
  });
}

/** Σ δ · a over the uses. */
export function addUp(
  uses: readonly NeuronUse[],
  below: Float64Array,
  delta: Float64Array,
): number {
  return uses.reduce(
    (sum, { row, index }) => sum + delta[row] * (index === undefined ? 1 : below[index]),
    0,
  );
}

/** Undefined in layers where a parameter has one neuron. */
export function sharedFacts(
  plan: Plan,
  target: ParameterTarget,
  sample: SamplePass,
): SharedFacts | undefined {
  const uses = usesOfTarget(plan, target);
  const operation = plan.operations[target.layer];
  if (!uses) return undefined;
  const activations = activationsOf(sample, operation.sources[0].layer);
  const below = multipliedBy(plan, target.layer, sample.parameters, activations);
  const { delta } = sample.layers[target.layer];
  const all = uses.map(({ row, index }): SharedTerm => {
    return { row, delta: delta[row], index, source: index === undefined ? 1 : below[index] };
  });
  return { ...largest(all), places: placesOf(operation), used: uses.length };
}

function placesOf(operation: Operation): number {
  if (isBatchNorm(operation)) return operation.units / operation.features;
  if (!('window' in operation)) return 1;
  const { height, width } = operation.window.target;
  return height * width;
}

function largest(all: readonly SharedTerm[]): Pick<SharedFacts, 'terms' | 'more'> {
  if (all.length <= NAMED) return { terms: all, more: { count: 0, sum: 0 } };
  const size = ({ delta, source }: SharedTerm): number => Math.abs(delta * source);
  const named = new Set([...all].sort((a, b) => size(b) - size(a)).slice(0, NAMED));
  const rest = all.filter(term => !named.has(term));
  const sum = rest.reduce((total, { delta, source }) => total + delta * source, 0);
  return { terms: all.filter(term => named.has(term)), more: { count: rest.length, sum } };
}
