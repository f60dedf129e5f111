/**
 * The numbers that the canvas draws, in one block: those of shown neurons, and of larger layers a strip over
 * all neurons and statistics of their weights.
 */
import type { ImageShape } from '../../network/images';
import type { ImageKinds } from '../../network/kinds';
import type { LayerType } from '../../network/network';
import type { Scope, Statistics } from '../facts';
import type { Plan } from '../plan';
import { factsBase, gradientOf, parametersOf, tableOf, type Context, type Passed } from './context';
import { condense, condenseImage, tableSummary } from './condense';
import { drawnNeurons, isLarge, MOST_MAPS } from './drawn';

/** Cells of a strip at most. */
const STRIP_CELLS = 256;
/** Pixels of an input that is no image at most that are sent one by one: 64 × 64. */
const PICTURE_CELLS = 4096;
/** Values of the drawn channels, and weights of the drawn filters, at most that are sent. */
const IMAGE_CELLS = 16_384;

/** Offsets into `values`, −1 where the quantity does not exist; columns of `shown.length`. */
export interface LayerColumns {
  units: number;
  shown: number[];
  activation: number;
  weightedInput: number;
  /** ∂C/∂z; in batch scope the mean of the samples' own */
  delta: number;
  /** Of shown neurons; conv2d: of the drawn filters. */
  bias: number;
  biasGradient: number;
  /**
   * (shown of this layer) × (shown of its source), row-major; −1 where connections are no parameters. conv2d: as
   * `kernels` says; −1 where those are more than 16,384.
   */
  weights: number;
  gradients: number;
  /** Δ of the next step, of weights and of biases; absent unless they are asked for. */
  updates?: number;
  biasUpdate?: number;
  /** conv2d: how many filters are drawn, the first ones, and the weights of each. */
  kernels?: { filters: number; length: number };
  /**
   * Activations of all neurons in `stripCells` cells, where the layer is not shown in full (else −1). Cell c
   * holds neurons ⌊c·units/cells⌋ to ⌊(c+1)·units/cells⌋ (without), by that of the largest magnitude, with its sign.
   */
  strip: number;
  /** The same of `delta`; −1 for the input. */
  deltaStrip: number;
  stripCells: number;
  /**
   * Activations of an image as `pictured` says; of an input of shape [height, width] that is not shown in full all of
   * them, at most 64 × 64; else −1.
   */
  picture: number;
  /** The same of `delta`, of an image; −1 for the input. */
  deltaPicture: number;
  /**
   * Of an image: what is sent of it, its first channels, as the image has them or in fewer cells, each with the number of
   * the largest magnitude that falls into it.
   */
  pictured?: ImageShape;
  /** Of all weights, and of their gradients, where not each of them is drawn: this layer or its source is larger. */
  weightStatistics?: Statistics;
  gradientStatistics?: Statistics;
  updateStatistics?: Statistics;
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

/** Puts numbers behind those that are there and answers where they begin. */
type Append = (numbers: Iterable<number>) => number;

/** @param updates of every parameter, in the file's order, where they are drawn */
export function networkNumbers(
  context: Context,
  passed: Passed,
  updates?: Float64Array,
): NetworkNumbers {
  const base = factsBase(context, passed);
  const { scope, lossValue: loss, sizes, sources, kinds } = base;
  const values: number[] = [];
  const append: Append = numbers => {
    const offset = values.length;
    for (const number of numbers) values.push(number);
    return offset;
  };
  const layers = sizes.map((units, i): LayerColumns => {
    const shown = drawnNeurons(units);
    const activity = activityOf(passed, i);
    const image = imageAt(base, i);
    const [source] = i === 0 ? [] : sources[i - 1];
    return {
      units,
      shown,
      ...activityColumns(activity, shown, append),
      ...stripColumns(activity, units, append),
      ...(image
        ? imageColumns(activity, image, append)
        : { picture: i === 0 ? pictureColumn(context, activity, append) : -1, deltaPicture: -1 }),
      ...parameterColumns(
        context.plan,
        { parameters: parametersOf(passed), gradient: gradientOf(passed), updates },
        i - 1,
        sentOf(kinds?.[i - 1]?.type, sizes[(source ?? -1) + 1]),
        append,
      ),
    };
  });
  const shownOutputs = layers[layers.length - 1].shown;
  const targets =
    passed.type === 'sample' ? append(shownOutputs.map(j => passed.sample.target[j])) : -1;
  return { scope, loss, layers, targets, values: Float64Array.from(values) };
}

/** By neuron; undefined where a layer has no such quantity. */
interface Activity {
  readonly activation: (neuron: number) => number;
  readonly z?: (neuron: number) => number;
  readonly delta?: (neuron: number) => number;
}

/** @param i 0 is the input */
function activityOf(passed: Passed, i: number): Activity {
  if (passed.type === 'batch') {
    const neurons = passed.batch.neurons[i];
    const activation = (j: number): number => neurons[j].output.mean;
    if (i === 0) return { activation };
    return { activation, z: j => neurons[j].weightedInput.mean, delta: j => neurons[j].delta.mean };
  }
  const { input, layers } = passed.sample;
  if (i === 0) return { activation: j => input[j] };
  const { z, activation, delta } = layers[i - 1];
  return { activation: j => activation[j], z: j => z[j], delta: j => delta[j] };
}

function activityColumns(
  { activation, z, delta }: Activity,
  shown: readonly number[],
  append: Append,
): Pick<LayerColumns, 'activation' | 'weightedInput' | 'delta'> {
  return {
    activation: append(shown.map(activation)),
    weightedInput: z ? append(shown.map(z)) : -1,
    delta: delta ? append(shown.map(delta)) : -1,
  };
}

function stripColumns(
  { activation, delta }: Activity,
  units: number,
  append: Append,
): Pick<LayerColumns, 'strip' | 'deltaStrip' | 'stripCells'> {
  if (!isLarge(units)) return { strip: -1, deltaStrip: -1, stripCells: 0 };
  const stripCells = Math.min(units, STRIP_CELLS);
  return {
    strip: append(condense(activation, [0, units], stripCells)),
    deltaStrip: delta ? append(condense(delta, [0, units], stripCells)) : -1,
    stripCells,
  };
}

function pictureColumn({ network }: Context, { activation }: Activity, append: Append): number {
  const { shape } = network.input;
  const size = shape.reduce((product, length) => product * length, 1);
  const hasTwoSides = shape.filter(length => length > 1).length === 2;
  if (!hasTwoSides || !isLarge(size) || size > PICTURE_CELLS) return -1;
  return append(Array.from({ length: size }, (_, j) => activation(j)));
}

/** @param i 0 is the input */
const imageAt = ({ inputImage, kinds }: ImageKinds, i: number): ImageShape | undefined =>
  i === 0 ? inputImage : kinds?.[i - 1].image;

function imageColumns(
  { activation, delta }: Activity,
  image: ImageShape,
  append: Append,
): Pick<LayerColumns, 'picture' | 'deltaPicture' | 'pictured'> {
  const pictured = cellsOf(image);
  const picture = (value: (neuron: number) => number): number =>
    append(condenseImage(value, image, pictured));
  return {
    picture: picture(activation),
    deltaPicture: delta ? picture(delta) : -1,
    pictured,
  };
}

/** As many cells as may be sent of the channels that are drawn. */
function cellsOf({ height, width, channels }: ImageShape): ImageShape {
  const drawn = Math.min(channels, MOST_MAPS);
  const shrink = Math.max(1, Math.sqrt((height * width * drawn) / IMAGE_CELLS));
  const side = (length: number): number => Math.max(1, Math.floor(length / shrink));
  return { height: side(height), width: side(width), channels: drawn };
}

type ParameterColumns = Pick<
  LayerColumns,
  | 'bias'
  | 'biasGradient'
  | 'biasUpdate'
  | 'kernels'
  | 'weights'
  | 'gradients'
  | 'updates'
  | 'weightStatistics'
  | 'gradientStatistics'
  | 'updateStatistics'
>;

/** One number a parameter each, in the file's order. */
interface ParameterNumbers {
  readonly parameters: Float64Array;
  readonly gradient: Float64Array;
  readonly updates: Float64Array | undefined;
}

interface Table {
  readonly rows: number;
  readonly columns: number;
}

/** Rows and columns of weights that are sent one by one. */
type Sent = (weights: Table) => {
  readonly rows: number[];
  readonly columns: number[];
  readonly kernels?: LayerColumns['kernels'];
};

/** @param sourceUnits neurons of the one source */
const shownOf =
  (sourceUnits: number): Sent =>
  ({ rows }) => ({ rows: drawnNeurons(rows), columns: drawnNeurons(sourceUnits) });

/** How the weights of a layer are sent: those of a batchNorm join no two neurons that are drawn apart. */
function sentOf(type: LayerType | undefined, sourceUnits: number): Sent {
  if (type === 'batchNorm') return () => ({ rows: [], columns: [] });
  return type === 'conv2d' ? drawnFilters : shownOf(sourceUnits);
}

/** Whole filters, the first ones. */
const drawnFilters: Sent = ({ rows, columns }) => {
  const each = (length: number): number[] => Array.from({ length }, (_, j) => j);
  const filters = Math.min(rows, MOST_MAPS);
  return {
    rows: each(filters),
    columns: filters * columns > IMAGE_CELLS ? [] : each(columns),
    kernels: { filters, length: columns },
  };
};

function parameterColumns(
  plan: Plan,
  { parameters, gradient, updates }: ParameterNumbers,
  layer: number,
  sent: Sent,
  append: Append,
): ParameterColumns {
  const weights = tableOf(plan, layer, 'weight');
  const biases = tableOf(plan, layer, 'bias');
  const pick = (values: Float64Array, places: readonly number[] | undefined): number =>
    places ? append(places.map(place => values[place])) : -1;
  const {
    rows,
    columns: before,
    kernels,
  } = weights ? sent(weights) : { rows: [], columns: [], kernels: undefined };
  const weightPlaces =
    weights && before.length > 0
      ? rows.flatMap(j => before.map(k => weights.offset + j * weights.columns + k))
      : undefined;
  const biasPlaces = biases && rows.map(j => biases.offset + j);
  const columns = {
    ...(kernels && { kernels }),
    bias: pick(parameters, biasPlaces),
    biasGradient: pick(gradient, biasPlaces),
    weights: pick(parameters, weightPlaces),
    gradients: pick(gradient, weightPlaces),
    ...(updates && {
      updates: pick(updates, weightPlaces),
      biasUpdate: pick(updates, biasPlaces),
    }),
  };
  if (!weights || !isLarge(Math.max(weights.rows, weights.columns))) return columns;
  return {
    ...columns,
    weightStatistics: tableSummary(parameters, weights).statistics,
    gradientStatistics: tableSummary(gradient, weights).statistics,
    ...(updates && { updateStatistics: tableSummary(updates, weights).statistics }),
  };
}
