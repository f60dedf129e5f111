/** The matrices of one layer, in sample or batch scope. */
import type {
  Axis,
  ConsumerMatrices,
  Grid,
  LayerMatrices,
  MatricesRequest,
  OutputMatrices,
  SampleMatrices,
  SourceVector,
  Vector,
} from '../matrixFacts';
import type { Term } from '../facts';
import { lossFunctions } from '../losses';
import type { ParameterTable, Plan, Source } from '../plan';
import { axis, gridOf, middlePlace, pick, pickRows, placesOf, windowAxes, type Axes } from './axes';
import { batchMatrices } from './batchMatrices';
import { activationSlope } from './batchPass';
import {
  checkLayer,
  checkNeuron,
  factsBase,
  parameterIndex,
  parametersOf,
  tableOf,
  type Context,
  type Passed,
} from './context';
import { activationsOf, type SamplePass } from './samplePass';
import { incomingTerms, outgoingTerms } from './terms';

/** @throws RangeError when there is no such layer, row or column */
export function layerMatrices(
  context: Context,
  passed: Passed,
  request: MatricesRequest,
): LayerMatrices {
  const { plan } = context;
  const { layer } = request;
  checkLayer(plan, layer);
  const table = drawnTable(plan, layer, 'weight');
  const axes = axesOf(context, request);
  const { units, inputs } = axes;
  const biases = drawnTable(plan, layer, 'bias');
  const parameters = parametersOf(passed);
  return {
    ...factsBase(context, passed),
    type: 'matrices',
    layer,
    ...(axes.place !== undefined && { place: axes.place }),
    activation: layer === -1 ? undefined : plan.operations[layer].activation,
    units,
    inputs,
    weights: ownGrid(parameters, table, axes),
    bias: biases && pickRows(parameters, units, biases.offset),
    sample: passed.type === 'sample' ? sampleMatrices(context, passed.sample, axes) : undefined,
    batch: passed.type === 'batch' ? batchMatrices(plan, passed.batch, axes) : undefined,
  };
}

/** A batchNorm multiplies each value by a number of its own: no matrix, and no vector as long as its values. */
function drawnTable(
  plan: Plan,
  layer: number,
  kind: 'weight' | 'bias',
): ParameterTable | undefined {
  const isDrawn = layer >= 0 && plan.operations[layer].type !== 'batchNorm';
  return isDrawn ? tableOf(plan, layer, kind) : undefined;
}

function axesOf({ plan }: Context, { layer, row, column, filter }: MatricesRequest): Axes {
  const table = drawnTable(plan, layer, 'weight');
  const operation = layer === -1 ? undefined : plan.operations[layer];
  if (row !== undefined) checkNeuron(plan, layer, row);
  if (operation?.type === 'conv2d') {
    const { channels: filters } = operation.window.target;
    if (column !== undefined)
      parameterIndex(plan, layer, 'weight', filter ?? (row ?? 0) % filters, column);
    const place = row === undefined ? middlePlace(operation) : Math.floor(row / filters);
    const kept = row === undefined ? filter : row % filters;
    return windowAxes(operation, place, { filter: kept, column });
  }
  const source = operation?.sources[0].layer;
  if (column !== undefined && source !== undefined) checkNeuron(plan, source, column);
  return {
    units: axis(plan, layer, row),
    inputs: table && source !== undefined ? axis(plan, source, column) : undefined,
  };
}

/** Rows are the shown neurons, columns those of the source. */
function ownGrid(
  values: ArrayLike<number>,
  table: ParameterTable | undefined,
  { units, inputs }: Axes,
): Grid | undefined {
  return table && inputs && gridOf(values, table, placesOf(units), placesOf(inputs));
}

// ------------------------------------------------------------------ one sample

function sampleMatrices(context: Context, sample: SamplePass, axes: Axes): SampleMatrices {
  const { plan } = context;
  const { units, inputs } = axes;
  const consumers = consumersOf(context, sample, units);
  if (units.layer === -1)
    return { ...NO_LAYER, ...inputNumbers(context, sample, units), consumers };
  const { z, activation, delta, outputGradient } = sample.layers[units.layer];
  const f = plan.operations[units.layer].activation;
  const biases = drawnTable(plan, units.layer, 'bias');
  return {
    sources: sourcesOf(plan, sample, units, inputs),
    rest: inputs && leftOut(context, sample, units, inputs),
    weightedInput: pick(z, units),
    activation: pick(activation, units),
    derivative: units.shown.map(j => activationSlope(f, z[j], activation[j])),
    delta: pick(delta, units),
    outputGradient: pick(outputGradient, units),
    consumers,
    output:
      units.layer === plan.operations.length - 1 ? outputOf(context, sample, units) : undefined,
    weightGradient: ownGrid(sample.gradient, drawnTable(plan, units.layer, 'weight'), axes),
    biasGradient: biases && pickRows(sample.gradient, units, biases.offset),
    ...elsewhere(plan, sample, axes),
  };
}

/** What the place that is shown adds to the gradients of a conv2d is δ · a; all others add the rest. */
function elsewhere(plan: Plan, sample: SamplePass, axes: Axes): Pick<SampleMatrices, 'elsewhere'> {
  const { units, inputs, place } = axes;
  if (place === undefined || !inputs) return {};
  const errors = pick(sample.layers[units.layer].delta, units);
  const below = pick(activationsOf(sample, inputs.layer), inputs);
  const all = ownGrid(sample.gradient, tableOf(plan, units.layer, 'weight'), axes) ?? [];
  const biases = tableOf(plan, units.layer, 'bias');
  const ofBiases = biases && pickRows(sample.gradient, units, biases.offset);
  return {
    elsewhere: {
      weights: all.map((row, j) => row.map((gradient, k) => gradient - errors[j] * below[k])),
      bias: ofBiases?.map((gradient, j) => gradient - errors[j]),
    },
  };
}

/** What the input has not. */
const NO_LAYER = {
  sources: [],
  rest: undefined,
  weightedInput: undefined,
  derivative: undefined,
  delta: undefined,
  output: undefined,
  weightGradient: undefined,
  biasGradient: undefined,
} as const;

/** Nobody computes ∂C/∂x in training: it is the sum of what comes back. */
function inputNumbers(
  context: Context,
  sample: SamplePass,
  units: Axis,
): Pick<SampleMatrices, 'activation' | 'outputGradient'> {
  const outputGradient = units.shown.map(k => sumOf(outgoingTerms(context, sample, -1, k)));
  return { activation: pick(sample.input, units), outputGradient };
}

const sumOf = (terms: readonly Term[]): number =>
  terms.reduce((sum, { weight, factor }) => sum + weight * factor, 0);

function sourcesOf(
  plan: Plan,
  sample: SamplePass,
  units: Axis,
  inputs: Axis | undefined,
): readonly SourceVector[] {
  if (inputs)
    return [{ units: inputs, activation: pick(activationsOf(sample, inputs.layer), inputs) }];
  return plan.operations[units.layer].sources.map((source): SourceVector => {
    const shown = units.shown
      .map(row => row - source.start)
      .filter(index => index >= 0 && index < source.units);
    const from = { layer: source.layer, length: source.units, shown };
    return { units: from, activation: pick(activationsOf(sample, source.layer), from) };
  });
}

/** Σ w a over the columns that are not shown. */
function leftOut(
  context: Context,
  sample: SamplePass,
  units: Axis,
  inputs: Axis,
): Vector | undefined {
  if (inputs.shown.length === inputs.length) return undefined;
  const shown = new Set(inputs.shown);
  return units.shown.map(row =>
    sumOf(
      incomingTerms(context, sample, units.layer, row).filter(({ index }) => !shown.has(index)),
    ),
  );
}

/** Everything that takes from this layer, in the file's order; one that takes it twice stands there twice. */
function consumersOf(
  context: Context,
  sample: SamplePass,
  units: Axis,
): readonly ConsumerMatrices[] {
  const { plan } = context;
  return plan.operations.flatMap(operation =>
    operation.sources
      .filter(source => source.layer === units.layer)
      .map(source => {
        const { layer, type } = operation;
        if (type === 'dense') return weighted(plan, sample, layer, units);
        if ('window' in operation || type === 'batchNorm')
          return windowed(context, sample, layer, units);
        return merged(sample, layer, source, units);
      }),
  );
}

/** What all windows that see a neuron send back to it. */
function windowed(
  context: Context,
  sample: SamplePass,
  layer: number,
  own: Axis,
): ConsumerMatrices {
  const sent = own.shown.map(k =>
    sumOf(outgoingTerms(context, sample, own.layer, k).filter(term => term.layer === layer)),
  );
  const units = { layer, length: context.plan.operations[layer].units, shown: [] };
  return { layer, units, delta: [], weights: undefined, rest: undefined, sent };
}

function weighted(plan: Plan, sample: SamplePass, layer: number, own: Axis): ConsumerMatrices {
  const units = axis(plan, layer);
  const table = tableOf(plan, layer, 'weight');
  const shown = new Set(units.shown);
  const isHidden = (row: number): boolean => !shown.has(row);
  return {
    layer,
    units,
    delta: pick(sample.layers[layer].delta, units),
    weights: table && gridOf(sample.parameters, table, units.shown, own.shown),
    rest:
      shown.size === units.length
        ? undefined
        : own.shown.map(k => column(plan, sample, layer, k, isHidden)),
  };
}

function merged(sample: SamplePass, layer: number, { start }: Source, own: Axis): ConsumerMatrices {
  const { delta } = sample.layers[layer];
  const shown = own.shown.map(index => start + index);
  const units = { layer, length: delta.length, shown };
  return { layer, units, delta: pick(delta, units), weights: undefined, rest: undefined };
}

/** Σ w δ over those rows of a column of a layer's weights that are taken. */
function column(
  plan: Plan,
  sample: SamplePass,
  layer: number,
  k: number,
  takes: (row: number) => boolean,
): number {
  const table = tableOf(plan, layer, 'weight');
  const { delta } = sample.layers[layer];
  let sum = 0;
  for (let j = 0; table && j < table.rows; j++)
    if (takes(j)) sum += sample.parameters[table.offset + j * table.columns + k] * delta[j];
  return sum;
}

function outputOf({ network }: Context, sample: SamplePass, units: Axis): OutputMatrices {
  const fused = lossFunctions[network.loss.type].fusedWith !== undefined;
  const isSoftmax = network.layers[units.layer].activation === 'softmax';
  return {
    target: pick(sample.target, units),
    fused,
    targetSum: sample.target.reduce((sum, y) => sum + y, 0),
    jacobian: isSoftmax && !fused ? jacobianOf(sample, units) : undefined,
  };
}

/** ∂a_j/∂z_k = a_j([j = k] − a_k): symmetric. */
function jacobianOf(sample: SamplePass, units: Axis): OutputMatrices['jacobian'] {
  const { activation: a, outputGradient } = sample.layers[units.layer];
  const slope = (j: number, k: number): number => a[j] * ((j === k ? 1 : 0) - a[k]);
  const shown = new Set(units.shown);
  const rest = (j: number): number =>
    outputGradient.reduce((sum, g, k) => (shown.has(k) ? sum : sum + slope(j, k) * g), 0);
  return {
    cells: units.shown.map(j => units.shown.map(k => slope(j, k))),
    rest: shown.size === a.length ? undefined : units.shown.map(rest),
  };
}
