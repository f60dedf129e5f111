/** The matrices of one layer, in sample or batch scope. */
import type {
  Accumulated,
  Axis,
  BatchMatrices,
  ConsumerMatrices,
  Grid,
  LayerMatrices,
  MatricesRequest,
  OutputMatrices,
  SampleMatrices,
  SourceVector,
  Vector,
} from '../matrixFacts';
import { lossFunctions } from '../losses';
import type { ParameterTable, Plan, Source } from '../plan';
import { activationSlope, type BatchPass } from './batchPass';
import {
  checkLayer,
  checkNeuron,
  factsBase,
  parametersOf,
  tableOf,
  type Context,
  type Passed,
} from './context';
import { activationsOf, type SamplePass } from './samplePass';

/** Rows and columns at most; larger ones are shown by their first and last. */
const MOST = 12;
const FIRST = 8;
const LAST = 4;

/** @throws RangeError when there is no such layer, row or column */
export function layerMatrices(
  context: Context,
  passed: Passed,
  request: MatricesRequest,
): LayerMatrices {
  const { plan } = context;
  const { layer } = request;
  checkLayer(plan, layer);
  const table = tableOf(plan, layer, 'weight');
  const source = layer === -1 ? undefined : plan.operations[layer].sources[0].layer;
  if (request.row !== undefined) checkNeuron(plan, layer, request.row);
  if (request.column !== undefined && source !== undefined)
    checkNeuron(plan, source, request.column);
  const units = axis(plan, layer, request.row);
  const inputs = table && source !== undefined ? axis(plan, source, request.column) : undefined;
  const biases = tableOf(plan, layer, 'bias');
  const parameters = parametersOf(passed);
  return {
    ...factsBase(context, passed),
    type: 'matrices',
    layer,
    activation: layer === -1 ? undefined : plan.operations[layer].activation,
    units,
    inputs,
    weights: gridOf(parameters, table, units, inputs),
    bias: biases && pick(parameters, units, biases.offset),
    sample:
      passed.type === 'sample' ? sampleMatrices(context, passed.sample, units, inputs) : undefined,
    batch: passed.type === 'batch' ? batchMatrices(plan, passed.batch, units, inputs) : undefined,
  };
}

/** @param kept is among those that are shown */
function axis(plan: Plan, layer: number, kept?: number): Axis {
  const length = layer === -1 ? plan.inputSize : plan.operations[layer].units;
  if (length <= MOST) return { layer, length, shown: Array.from({ length }, (_, index) => index) };
  const shown = Array.from({ length: MOST }, (_, i) => (i < FIRST ? i : length - FIRST - LAST + i));
  if (kept !== undefined && !shown.includes(kept)) shown[FIRST - 1] = kept;
  return { layer, length, shown };
}

const pick = (values: ArrayLike<number>, { shown }: Axis, offset = 0): Vector =>
  shown.map(index => values[offset + index]);

function gridOf(
  values: ArrayLike<number>,
  table: ParameterTable | undefined,
  units: Axis,
  inputs: Axis | undefined,
): Grid | undefined {
  if (!table || !inputs) return undefined;
  return units.shown.map(row => pick(values, inputs, table.offset + row * table.columns));
}

// ------------------------------------------------------------------ one sample

function sampleMatrices(
  context: Context,
  sample: SamplePass,
  units: Axis,
  inputs: Axis | undefined,
): SampleMatrices {
  const { plan } = context;
  const consumers = consumersOf(context, sample, units);
  if (units.layer === -1)
    return { ...NO_LAYER, ...inputNumbers(context, sample, units), consumers };
  const { z, activation, delta, outputGradient } = sample.layers[units.layer];
  const f = plan.operations[units.layer].activation;
  const biases = tableOf(plan, units.layer, 'bias');
  return {
    sources: sourcesOf(plan, sample, units, inputs),
    rest: inputs && leftOut(plan, sample, units, inputs),
    weightedInput: pick(z, units),
    activation: pick(activation, units),
    derivative: units.shown.map(j => activationSlope(f, z[j], activation[j])),
    delta: pick(delta, units),
    outputGradient: pick(outputGradient, units),
    consumers,
    output:
      units.layer === plan.operations.length - 1 ? outputOf(context, sample, units) : undefined,
    weightGradient: gridOf(sample.gradient, tableOf(plan, units.layer, 'weight'), units, inputs),
    biasGradient: biases && pick(sample.gradient, units, biases.offset),
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
  { plan }: Context,
  sample: SamplePass,
  units: Axis,
): Pick<SampleMatrices, 'activation' | 'outputGradient'> {
  const outputGradient = units.shown.map(() => 0);
  for (const { layer, type, sources } of plan.operations) {
    const { delta } = sample.layers[layer];
    for (const source of sources) {
      if (source.layer !== -1) continue;
      units.shown.forEach((k, i) => {
        outputGradient[i] +=
          type === 'dense' ? column(plan, sample, layer, k, () => true) : delta[source.start + k];
      });
    }
  }
  return { activation: pick(sample.input, units), outputGradient };
}

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
function leftOut(plan: Plan, sample: SamplePass, units: Axis, inputs: Axis): Vector | undefined {
  const table = tableOf(plan, units.layer, 'weight');
  if (!table || inputs.shown.length === inputs.length) return undefined;
  const shown = new Set(inputs.shown);
  const below = activationsOf(sample, inputs.layer);
  return units.shown.map(row => {
    let sum = 0;
    for (let k = 0; k < inputs.length; k++)
      if (!shown.has(k))
        sum += sample.parameters[table.offset + row * table.columns + k] * below[k];
    return sum;
  });
}

/** Everything that takes from this layer, in the file's order; one that takes it twice stands there twice. */
function consumersOf(
  { plan }: Context,
  sample: SamplePass,
  units: Axis,
): readonly ConsumerMatrices[] {
  return plan.operations.flatMap(({ layer, type, sources }) =>
    sources
      .filter(source => source.layer === units.layer)
      .map(source =>
        type === 'dense'
          ? weighted(plan, sample, layer, units)
          : merged(sample, layer, source, units),
      ),
  );
}

function weighted(plan: Plan, sample: SamplePass, layer: number, own: Axis): ConsumerMatrices {
  const units = axis(plan, layer);
  const shown = new Set(units.shown);
  const isHidden = (row: number): boolean => !shown.has(row);
  return {
    layer,
    units,
    delta: pick(sample.layers[layer].delta, units),
    weights: gridOf(sample.parameters, tableOf(plan, layer, 'weight'), units, own),
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
    rest: shown.size === units.length ? undefined : units.shown.map(rest),
  };
}

// ------------------------------------------------------------------ all samples

function batchMatrices(
  plan: Plan,
  batch: BatchPass,
  units: Axis,
  inputs: Axis | undefined,
): BatchMatrices {
  const weights = tableOf(plan, units.layer, 'weight');
  const biases = tableOf(plan, units.layer, 'bias');
  const vector = (table: ParameterTable, of: (index: number) => number): Vector =>
    units.shown.map(row => of(table.offset + row));
  const grid = ({ offset, columns }: ParameterTable, of: (index: number) => number): Grid =>
    units.shown.map(j => (inputs?.shown ?? []).map(k => of(offset + j * columns + k)));
  return {
    factor: batch.reductionFactor,
    weights: weights && inputs && accumulated(batch, of => grid(weights, of)),
    bias: biases && accumulated(batch, of => vector(biases, of)),
  };
}

/** @param take makes the vector or matrix of a quantity that is given by its place in the file's order */
function accumulated<T>(
  batch: BatchPass,
  take: (of: (index: number) => number) => T,
): Accumulated<T> {
  const { ownGradients, gradient } = batch;
  return {
    sum: take(index => ownGradients[index]),
    penalty: take(index => batch.penaltyGradient(index)),
    gradient: take(index => gradient[index]),
  };
}
