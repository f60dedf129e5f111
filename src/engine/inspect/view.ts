/** The numbers that the canvas draws: only those of shown neurons, in one block. */
import type { Scope } from '../facts';
import type { Plan } from '../plan';
import { factsBase, gradientOf, parametersOf, tableOf, type Context, type Passed } from './context';

/** Layers up to this size are shown in full. */
const ALL_SHOWN = 24;
/** Larger ones by their first and last neurons. */
const FIRST_SHOWN = 8;
const LAST_SHOWN = 4;

/** Offsets into `values`, −1 where the quantity does not exist; columns of `shown.length`. */
export interface LayerColumns {
  units: number;
  shown: number[];
  activation: number;
  weightedInput: number;
  /** ∂C/∂z; in batch scope the mean of the samples' own */
  delta: number;
  bias: number;
  biasGradient: number;
  /** (shown of this layer) × (shown of the layer before), row-major. */
  weights: number;
  gradients: number;
}

/** Input layer first. */
export interface NetworkNumbers {
  scope: Scope;
  loss: number;
  layers: LayerColumns[];
  /** Targets of the sample, one a shown output neuron; −1 without a sample. */
  targets: number;
  values: Float64Array;
}

/** The neurons that are drawn of a layer of `units`. */
export function shownNeurons(units: number): number[] {
  if (units <= ALL_SHOWN) return Array.from({ length: units }, (_, j) => j);
  return Array.from({ length: FIRST_SHOWN + LAST_SHOWN }, (_, i) =>
    i < FIRST_SHOWN ? i : units - FIRST_SHOWN - LAST_SHOWN + i,
  );
}

export function networkNumbers(context: Context, passed: Passed): NetworkNumbers {
  const { scope, lossValue: loss, sizes } = factsBase(context, passed);
  const values: number[] = [];
  const append = (numbers: readonly number[]): number => values.push(...numbers) - numbers.length;
  const layers = sizes.map((units, i) => {
    const shown = shownNeurons(units);
    const activity = activityOf(passed, i, shown);
    return {
      units,
      shown,
      activation: append(activity.activation),
      weightedInput: i === 0 ? -1 : append(activity.z),
      delta: i === 0 ? -1 : append(activity.delta),
      ...parameterColumns(context.plan, passed, i, shown, sizes, append),
    };
  });
  const shownOutputs = layers[layers.length - 1].shown;
  const targets =
    passed.type === 'sample' ? append(shownOutputs.map(j => passed.sample.target[j])) : -1;
  return { scope, loss, layers, targets, values: Float64Array.from(values) };
}

interface Activity {
  readonly activation: number[];
  readonly z: number[];
  readonly delta: number[];
}

/** @param i 0 is the input */
function activityOf(passed: Passed, i: number, shown: readonly number[]): Activity {
  if (passed.type === 'batch') {
    const neurons = shown.map(j => passed.batch.neurons[i][j]);
    return {
      activation: neurons.map(({ output }) => output.mean),
      z: neurons.map(({ weightedInput }) => weightedInput.mean),
      delta: neurons.map(({ delta }) => delta.mean),
    };
  }
  if (i === 0) return { activation: shown.map(j => passed.sample.input[j]), z: [], delta: [] };
  const { z, activation, delta } = passed.sample.layers[i - 1];
  return {
    activation: shown.map(j => activation[j]),
    z: shown.map(j => z[j]),
    delta: shown.map(j => delta[j]),
  };
}

function parameterColumns(
  plan: Plan,
  passed: Passed,
  i: number,
  shown: readonly number[],
  sizes: readonly number[],
  append: (numbers: readonly number[]) => number,
): Pick<LayerColumns, 'bias' | 'biasGradient' | 'weights' | 'gradients'> {
  const weights = tableOf(plan, i - 1, 'weight');
  const biases = tableOf(plan, i - 1, 'bias');
  const pick = (values: Float64Array, places: readonly number[]): number =>
    append(places.map(place => values[place]));
  const before = i === 0 ? [] : shownNeurons(sizes[i - 1]);
  const weightPlaces = weights
    ? shown.flatMap(j => before.map(k => weights.offset + j * weights.columns + k))
    : undefined;
  const biasPlaces = biases ? shown.map(j => biases.offset + j) : undefined;
  const parameters = parametersOf(passed);
  const gradient = gradientOf(passed);
  return {
    bias: biasPlaces ? pick(parameters, biasPlaces) : -1,
    biasGradient: biasPlaces ? pick(gradient, biasPlaces) : -1,
    weights: weightPlaces ? pick(parameters, weightPlaces) : -1,
    gradients: weightPlaces ? pick(gradient, weightPlaces) : -1,
  };
}
