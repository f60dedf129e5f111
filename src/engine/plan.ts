/**
 * The compiled network: operations in topological order, every buffer with its place in the arena.
 *
 * Plain data. The order is the file's, in which sources stand above the layers that take from them.
 */
import type { WindowShape } from '../network/images';
import type { Layer, Network, Precision } from '../network/network';
import type { LayerShape, NetworkShapes } from '../network/shapes';
import { gradientAdditions, reachedLayers } from './gradientFlow';
import { lossFunctions } from './losses';
import { convolutionScratch } from './kernels/convolution';
import { scratchLength } from './kernels/matmul';
import { momentsLength } from './kernels/normalisation';
import type {
  BatchNormOperation,
  Operation,
  OperationBase,
  Parametric,
  Region,
  Source,
} from './operations';
import { momentCount } from './optimizers';
import { parameterTablesOf, regionsOf, type ParameterTable } from './parameterTables';

export * from './operations';
export * from './parameterTables';

export interface Plan {
  readonly precision: Precision;
  /** Rows that the batch buffers hold: larger batches are worked off in tiles of this height. */
  readonly batchRows: number;
  readonly inputSize: number;
  readonly outputSize: number;
  readonly operations: readonly Operation[];
  /** All numbers in the file's order: per layer the weights row by row, the biases, running mean and variance. */
  readonly parameterTables: readonly ParameterTable[];
  readonly parameters: Region;
  readonly gradients: Region;
  /** State of the optimizer, each as long as the parameters. */
  readonly moments: readonly Region[];
  /** Parameters and moments together, and a copy of them to go back to when a step overflows. */
  readonly state: Region;
  readonly saved: Region;
  /** (batchRows, inputSize) and (batchRows, outputSize) */
  readonly inputs: Region;
  readonly targets: Region;
  /** Working space of the matrix products, in float64 whatever the precision: bytes from the start. */
  readonly scratch: { readonly byteOffset: number; readonly length: number };
  readonly byteLength: number;
}

/** Every region starts at a multiple of this many elements (a cache line of float32). */
const ALIGNMENT = 16;

/** Hands out regions one after another. */
class Allocator {
  #end = 0;

  take(length: number): Region {
    const region = { offset: this.#end, length };
    this.#end += Math.ceil(length / ALIGNMENT) * ALIGNMENT;
    return region;
  }

  get end(): number {
    return this.#end;
  }
}

/**
 * Lays out a validated network.
 *
 * @param batchRows rows that are worked on at a time, at least 1
 * @param precision of all numbers; default: the network's
 * @throws Error when the loss does not go with the output activation
 */
export function compile(
  network: Network,
  shapes: NetworkShapes,
  batchRows: number,
  precision: Precision = network.training.precision,
): Plan {
  checkLoss(network);
  const allocator = new Allocator();
  const parameterTables = parameterTablesOf(network, shapes);
  const state = stateRegions(allocator, shapes.stored, momentCount(network.training.optimizer));
  const gradients = allocator.take(shapes.stored);
  const inputs = allocator.take(batchRows * shapes.inputSize);
  const targets = allocator.take(batchRows * shapes.outputSize);
  const places = { parameters: state.parameters, gradients, inputs };
  const operations = layOut(network, shapes, parameterTables, batchRows, places, allocator);
  const needed = operations.map(operation => scratchOf(operation, batchRows));
  const scratch = {
    byteOffset: allocator.end * (precision === 'float32' ? 4 : 8),
    length: Math.max(...needed),
  };
  return {
    precision,
    batchRows,
    inputSize: shapes.inputSize,
    outputSize: shapes.outputSize,
    operations,
    parameterTables,
    ...state,
    gradients,
    inputs,
    targets,
    scratch,
    byteLength: scratch.byteOffset + 8 * scratch.length,
  };
}

/** Numbers of scratch that the products of an operation need. */
function scratchOf(operation: Operation, batchRows: number): number {
  if (operation.type === 'dense') {
    return scratchLength(batchRows, operation.inputs, operation.units);
  }
  return operation.type === 'conv2d' ? convolutionScratch(operation.window) : 0;
}

/** Parameters and moments first and side by side, then room for a copy of both. */
function stateRegions(
  allocator: Allocator,
  count: number,
  momentArrays: number,
): Pick<Plan, 'parameters' | 'moments' | 'state' | 'saved'> {
  const parameters = allocator.take(count);
  const moments = Array.from({ length: momentArrays }, () => allocator.take(count));
  const state = { offset: parameters.offset, length: allocator.end - parameters.offset };
  return { parameters, moments, state, saved: allocator.take(state.length) };
}

function checkLoss(network: Network): void {
  const last = network.layers.length - 1;
  if (last < 0)
    throw new Error('layers: expected at least one layer, found none; add a dense layer.');
  const { activation } = network.layers[last];
  const { fusedWith } = lossFunctions[network.loss.type];
  if (fusedWith === undefined || fusedWith === activation) return;
  throw new Error(
    `loss.type: ${network.loss.type} needs the activation ${fusedWith} in the last layer, ` +
      `found ${activation}; change layers[${last}].activation or choose meanSquaredError.`,
  );
}

interface Places {
  readonly parameters: Region;
  readonly gradients: Region;
  readonly inputs: Region;
}

function layOut(
  network: Network,
  { layers }: NetworkShapes,
  parameterTables: readonly ParameterTable[],
  batchRows: number,
  places: Places,
  allocator: Allocator,
): Operation[] {
  const take = (units: number): Region => allocator.take(batchRows * units);
  const buffers = layers.map(({ units }) => buffersOf(units, take));
  const reached = reachedLayers(layers);
  const adds = gradientAdditions(layers, reached);
  return network.layers.map((layer, index): Operation => {
    const { sources, inputs, units } = layers[index];
    let end = 0;
    const common = {
      layer: index,
      activation: layer.activation,
      inputs,
      units,
      sources: sources.map((from, k): Source => {
        const values = from === -1 ? places.inputs : buffers[from].output;
        const gradient = from === -1 ? undefined : buffers[from].outputGradient;
        const width = values.length / batchRows;
        const start = layer.type === 'concat' ? end : 0;
        end += width;
        return { layer: from, units: width, start, values, gradient, addsGradient: adds[index][k] };
      }),
      reached: reached[index],
      ...buffers[index],
    };
    const own = (): ParameterRegions => parameterRegions(parameterTables, places, index);
    const norm = (): NormParts => normParts(parameterTables, places, index, allocator);
    return operationOf(layer, layers[index], common, own, norm, take);
  });
}

function buffersOf(units: number, take: (units: number) => Region) {
  return {
    weightedInput: take(units),
    output: take(units),
    outputGradient: take(units),
    delta: take(units),
  };
}

type NormParts = Pick<BatchNormOperation, 'features' | 'moments' | 'mean' | 'variance'>;

/** What a batchNorm has beside its parameters. */
function normParts(
  parameterTables: readonly ParameterTable[],
  { parameters }: Places,
  layer: number,
  allocator: Allocator,
): NormParts {
  const region = regionsOf(parameterTables, parameters, layer);
  const [mean, variance] = [region('mean') as Region, region('variance') as Region];
  const { length: features } = mean;
  return { features, moments: allocator.take(momentsLength(features)), mean, variance };
}

function operationOf(
  layer: Layer,
  { units, window }: LayerShape,
  common: OperationBase,
  own: () => ParameterRegions,
  norm: () => NormParts,
  take: (units: number) => Region,
): Operation {
  switch (layer.type) {
    case 'dense':
      return { type: 'dense', ...common, ...own() };
    case 'conv2d':
      return { type: 'conv2d', ...common, ...own(), window: window as WindowShape };
    case 'maxPool2d':
    case 'averagePool2d':
      return { type: layer.type, ...common, window: window as WindowShape };
    case 'batchNorm': {
      const { type, epsilon, momentum } = layer;
      return { type, ...common, ...own(), ...norm(), epsilon, momentum };
    }
    case 'dropout':
      return { type: 'dropout', ...common, rate: layer.rate, factors: take(units) };
    case 'add':
    case 'concat':
    case 'flatten':
      return { type: layer.type, ...common };
  }
}

type ParameterRegions = Omit<Parametric, keyof OperationBase>;

function parameterRegions(
  parameterTables: readonly ParameterTable[],
  { parameters, gradients }: Places,
  layer: number,
): ParameterRegions {
  const value = regionsOf(parameterTables, parameters, layer);
  const gradient = regionsOf(parameterTables, gradients, layer);
  return {
    weights: value('weight') as Region,
    weightGradient: gradient('weight') as Region,
    bias: value('bias'),
    biasGradient: gradient('bias'),
  };
}
