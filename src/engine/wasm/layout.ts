/**
 * One memory for a network, its data and its optimizer: where everything stands, and which operations make a step.
 *
 * Plain data: addresses in bytes. The memory is as large as this says and never grows.
 */
import type { ActivationName, Network } from '../../network/network';
import { hasParameters } from '../../network/layerTypes';
import type { NetworkShapes } from '../../network/shapes';
import { gradientAdditions, reachedLayers } from '../gradientFlow';
import { lossFunctions } from '../losses';
import { momentCount } from '../optimizers';
import { BLOCK_ROWS } from './shared/denseRecord';
import * as place from './shared/places';
import { LEFT, LINE } from './shared/teamRoom';
import { Allocator } from './allocator';
import { layOutNorms, layOutStatistics, type NormBuffers } from './norms';
import { batchOf } from './pace';
import { panelLengths, roundUp, type Panels } from './panels';
import type { Holding } from './samples';
import { CONSTANT_BYTES } from './small/constants';
import { isSmall } from './small/isSmall';
import { layOutLanes, type LanesRoom } from './small/lanesRoom';
import { layOutWindows, type WindowBuffers } from './windows';
import { workingRoom, type WorkingRoom } from './workingRoom';

/** Of one layer; strides in bytes from row to row. */
export interface LayerBuffers {
  readonly units: number;
  readonly stride: number;
  /** z as all functions can be derived from it. */
  readonly kept: number;
  /** z where training keeps it; where it does not, a stands in its place. */
  readonly weightedInput: number;
  readonly output: number;
  /** ∂C/∂a, then ∂C/∂z */
  readonly delta: number;
}

/** Of a layer with parameters. */
export interface WeightedBuffers {
  readonly layer: number;
  /** Addresses; those of moments and gradients stand as far from their start as the weights from `parameters`. */
  readonly weights: number;
  readonly bias: number;
  /** Of a float64: the layer's learning rate. */
  readonly rate: number;
  readonly panels: Panels;
  /** Of batchNorm: the running mean and variance. */
  readonly statistics: Panels | undefined;
}

export interface DropoutBuffers {
  readonly layer: number;
  /** Of a word: what decides which values are dropped in an epoch. */
  readonly key: number;
  /** As many as z has. */
  readonly factors: number;
}

/** Samples that are held, and the order in which they are used; a second, short order for evaluations. */
export interface SamplePlaces {
  readonly samples: number;
  readonly inputs: number;
  /** Bytes from sample to sample. */
  readonly inputStride: number;
  readonly targets: number;
  /** Indices in the order, and where it begins. */
  readonly places: number;
  readonly order: number;
  readonly tileOrder: number;
  /** By column, float32: of samples that are bytes. */
  readonly offsets: number;
  readonly scales: number;
}

export interface Layout {
  /** Neurons of a panel. */
  readonly width: number;
  /** Rows that the buffers hold, a multiple of 4. */
  readonly rows: number;
  readonly header: number;
  readonly stepNumbers: number;
  readonly trace: number;
  /** One for each thread. */
  readonly block: number;
  /** What threads tell each other (shared/teamRoom.ts). */
  readonly team: number;
  /** Σ g² of parts of a layer. */
  readonly squares: number;
  /** Of the code of small networks. */
  readonly constants: number;
  readonly lanes: LanesRoom | undefined;
  /** Parameters, and behind them the moments: `stateBytes` in all. */
  readonly parameters: number;
  /** Bytes of all parameters and running statistics, in panels; so long is each array of moments, too. */
  readonly parameterBytes: number;
  readonly stateBytes: number;
  /** Two of them, used by turns. */
  readonly saved: readonly [number, number];
  readonly gradients: number;
  readonly weighted: readonly WeightedBuffers[];
  readonly windows: readonly WindowBuffers[];
  readonly dropout: readonly DropoutBuffers[];
  readonly norms: readonly NormBuffers[];
  readonly layers: readonly LayerBuffers[];
  readonly input: { readonly address: number; readonly stride: number };
  readonly targets: { readonly address: number; readonly stride: number };
  readonly data: SamplePlaces;
  readonly work: WorkingRoom;
  /** Where lists and records of operations are written, from here to `byteLength`. */
  readonly program: number;
  readonly byteLength: number;
}

/** Functions whose derivative is not told by a alone. */
const keepsWeightedInput: ReadonlySet<ActivationName> = new Set([
  'gelu',
  'silu',
  'softplus',
  'softmax',
]);

/**
 * @param rows of a batch or tile at most
 * @param held samples that are held, the places of their order, and the bytes of each one's inputs
 * @param width neurons of a panel, 8 or 16
 * @param threads that work in it
 */
export function layOut(
  network: Network,
  shapes: NetworkShapes,
  rows: number,
  held: Pick<Holding, 'samples' | 'places' | 'inputStride'>,
  width: number,
  threads = 1,
): Layout {
  const memory = new Allocator();
  const padded = roundUp(rows, 4);
  const fixed = layOutFixed(shapes, width, threads, memory);
  const parameters = layOutParameters(network, shapes, memory, width);
  const layers = layOutLayers(network, shapes, padded, width, memory);
  const inputStride = 4 * roundUp(shapes.inputSize, 4);
  const targetStride = 4 * roundUp(shapes.outputSize, 4);
  const input = { address: memory.take(padded * inputStride), stride: inputStride };
  const targets = { address: memory.take(padded * targetStride), stride: targetStride };
  const moving = {
    windows: layOutWindows(network, shapes, memory),
    dropout: layOutDropout(network, layers, padded, memory),
    norms: layOutNorms(network, shapes, memory),
  };
  const lanes = isSmall(network, shapes)
    ? layOutLanes(shapes, Math.max(1, batchOf(network, held.samples)), memory)
    : undefined;
  const work = workingRoom(network, shapes, padded, width, threads, memory);
  const data = layOutSamples(held, inputStride, targetStride, padded, memory);
  const program = memory.take(programBytes(shapes));
  return {
    width,
    rows: padded,
    ...fixed,
    ...parameters,
    ...{ ...moving, layers },
    ...{ input, targets, data, work, lanes, program },
    byteLength: memory.end,
  };
}

/** What every network has. */
function layOutFixed(
  shapes: NetworkShapes,
  width: number,
  threads: number,
  memory: Allocator,
): Pick<Layout, 'header' | 'stepNumbers' | 'trace' | 'block' | 'team' | 'squares' | 'constants'> {
  return {
    header: memory.take(place.WORD_BYTES + 256),
    stepNumbers: memory.take(64),
    trace: memory.take(16),
    block: memory.take(4 * BLOCK_ROWS * width * threads),
    team: memory.take(LEFT + LINE * threads),
    squares: memory.take(8 * mostSquares(shapes, width)),
    constants: memory.take(CONSTANT_BYTES),
  };
}

/** What each layer computes for the rows of a batch. */
function layOutLayers(
  network: Network,
  shapes: NetworkShapes,
  rows: number,
  width: number,
  memory: Allocator,
): LayerBuffers[] {
  const last = network.layers.length - 1;
  return shapes.layers.map(({ units }, layer): LayerBuffers => {
    const stride = 4 * roundUp(units, width);
    const [kept, output, delta] = [1, 2, 3].map(() => memory.take(rows * stride));
    const { activation } = network.layers[layer];
    const keeps = keepsWeightedInput.has(activation) || (layer === last && activation !== 'linear');
    return { units, stride, kept, weightedInput: keeps ? kept : output, output, delta };
  });
}

function layOutDropout(
  network: Network,
  layers: readonly LayerBuffers[],
  rows: number,
  memory: Allocator,
): DropoutBuffers[] {
  return network.layers.flatMap(({ type }, layer): DropoutBuffers[] => {
    if (type !== 'dropout') return [];
    return [{ layer, key: memory.take(4), factors: memory.take(rows * layers[layer].stride) }];
  });
}

function layOutSamples(
  held: Pick<Holding, 'samples' | 'places' | 'inputStride'>,
  inputStride: number,
  targetStride: number,
  rows: number,
  memory: Allocator,
): SamplePlaces {
  return {
    samples: held.samples,
    inputs: memory.take(held.samples * held.inputStride + 64),
    inputStride: held.inputStride,
    targets: memory.take(held.samples * targetStride),
    places: held.places,
    order: memory.take(4 * held.places),
    tileOrder: memory.take(4 * rows),
    offsets: memory.take(inputStride),
    scales: memory.take(inputStride),
  };
}

function layOutParameters(
  network: Network,
  shapes: NetworkShapes,
  memory: Allocator,
  width: number,
): Pick<
  Layout,
  'parameters' | 'parameterBytes' | 'stateBytes' | 'saved' | 'gradients' | 'weighted'
> {
  const rates = memory.take(8 * network.layers.length);
  const parameters = memory.end;
  const weighted = network.layers.flatMap((layer, index): WeightedBuffers[] => {
    if (!hasParameters(layer)) return [];
    const { columns: inputs, rows: units } = shapes.layers[index];
    const lengths = panelLengths(units, inputs, width);
    const weights = memory.take(4 * lengths.weights);
    const bias = memory.take(4 * lengths.bias);
    const panels: Panels = {
      ...{ units, inputs, width, height: roundUp(inputs, 4), useBias: layer.useBias },
      weights: weights / 4,
      bias: bias / 4,
    };
    const statistics =
      layer.type === 'batchNorm' ? layOutStatistics(units, width, memory) : undefined;
    return [{ layer: index, weights, bias, rate: rates + 8 * index, panels, statistics }];
  });
  const parameterBytes = memory.end - parameters;
  memory.take(parameterBytes * momentCount(network.training.optimizer));
  const stateBytes = memory.end - parameters;
  const saved = [memory.take(stateBytes), memory.take(stateBytes)] as const;
  const gradients = memory.take(parameterBytes);
  return { parameters, parameterBytes, stateBytes, saved, gradients, weighted };
}

/** Blocks of a dense layer's gradient, and a panel's bias for each panel. */
function mostSquares({ layers }: NetworkShapes, width: number): number {
  const counts = layers.map(({ rows, columns }) => {
    const blocks = Math.ceil(roundUp(columns, 4) / BLOCK_ROWS);
    return Math.ceil(rows / width) * (blocks + 1);
  });
  return Math.max(0, ...counts);
}

/** A record and a place in each list for every operation there can be. */
function programBytes({ layers }: NetworkShapes): number {
  const operations = layers.reduce((sum, { sources }) => sum + 12 + 4 * sources.length, 8);
  return operations * (4 * 32 + 8 * 5);
}

/** Which layers the output hangs on, and where gradients of several consumers meet. */
export function gradientWays(shapes: NetworkShapes): {
  readonly reached: readonly boolean[];
  readonly adds: readonly (readonly boolean[])[];
} {
  const reached = reachedLayers(shapes.layers);
  return { reached, adds: gradientAdditions(shapes.layers, reached) };
}

/** Whether the loss gives ∂C/∂z of the last layer at once. */
export function fuses(network: Network): boolean {
  return lossFunctions[network.loss.type].fusedWith !== undefined;
}
