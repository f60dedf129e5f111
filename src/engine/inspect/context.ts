/** What every builder of facts needs to know: the network, its plan and where the run is. */
import type { Dataset } from '../../data/dataset';
import { kindsOf, type ImageKinds } from '../../network/kinds';
import type { Network } from '../../network/network';
import { rateOf } from '../../network/rates';
import { inferShapes } from '../../network/shapes';
import type { FactsBase, ScheduleFacts } from '../facts';
import type { OptimizerState } from '../optimizers';
import type { ParameterTable, Plan, TableKind } from '../plan';
import { isSteady, rateAt } from '../schedule';
import type { BatchPass } from './batchPass';
import type { SamplePass } from './samplePass';

/** Where the run is. */
export interface Position {
  readonly epoch: number;
  readonly step: number;
  /** Where the numbers are those of a kept snapshot. */
  readonly snapshot?: number;
}

/** More names than this would make every answer long. */
const MOST_NAMES = 100;

/** The pass that the facts are about. */
export type Passed =
  | { readonly type: 'sample'; readonly sample: SamplePass }
  | { readonly type: 'batch'; readonly batch: BatchPass };

export interface Context {
  readonly network: Network;
  readonly dataset: Dataset;
  readonly plan: Plan;
  readonly position: Position;
  readonly optimizerState: OptimizerState | undefined;
}

export function factsBase(context: Context, passed: Passed): FactsBase {
  const { network, plan, position, dataset } = context;
  const { inputNames } = dataset;
  const isSample = passed.type === 'sample';
  return {
    scope: {
      ...(isSample ? { type: 'sample', index: passed.sample.index } : { type: 'batch' }),
      ...(position.snapshot !== undefined && { snapshot: position.snapshot }),
    },
    sizes: [plan.inputSize, ...plan.operations.map(({ units }) => units)],
    sources: sourcesOf(plan),
    ...kindsIn(network),
    ...(inputNames.length > 0 && inputNames.length <= MOST_NAMES && { inputNames }),
    loss: network.loss,
    regularization: network.regularization,
    optimizer: network.training.optimizer,
    batchSize: network.training.batchSize,
    lossValue: isSample ? passed.sample.loss : passed.batch.loss,
    samples: isSample ? 1 : passed.batch.samples,
    epoch: position.epoch,
    step: position.step,
  };
}

/** The schedule, where there is one, and where the optimizer is in it for the parameters of a layer. */
export function scheduleFacts(
  { network, optimizerState }: Context,
  layer: number,
): { schedule?: ScheduleFacts } {
  const { training } = network;
  const { schedule, epochs } = training;
  if (isSteady(schedule)) return {};
  const epoch = optimizerState?.epoch ?? 0;
  const [rate, scale] = [rateAt(training, epoch), rateOf(network, layer, 1)];
  return { schedule: { ...schedule, epoch, epochs, rate, scale } };
}

const kinds = new WeakMap<Network, ImageKinds>();

/** A network never changes. */
function kindsIn(network: Network): ImageKinds {
  let own = kinds.get(network);
  if (!own) kinds.set(network, (own = kindsOf(network, inferShapes(network))));
  return own;
}

/** By layer, where its values come from (see `LayerShape.sources`). */
export function sourcesOf(plan: Plan): readonly (readonly number[])[] {
  return plan.operations.map(({ sources }) => sources.map(({ layer }) => layer));
}

export function parametersOf(passed: Passed): Float64Array {
  return passed.type === 'sample' ? passed.sample.parameters : passed.batch.parameters;
}

/** ∂C/∂parameter in the scope, in the file's order. */
export function gradientOf(passed: Passed): Float64Array {
  return passed.type === 'sample' ? passed.sample.gradient : passed.batch.gradient;
}

/** The numbers of one table: a view into an array of all parameters, or of a number for each. */
export function cut(all: Float64Array, { offset, length }: ParameterTable): Float64Array {
  return all.subarray(offset, offset + length);
}

/** A layer's weights, biases or running statistics; undefined where it has none. */
export function tableOf(plan: Plan, layer: number, kind: TableKind): ParameterTable | undefined {
  return plan.parameterTables.find(table => table.layer === layer && table.kind === kind);
}

/**
 * Index in the file's order of a weight (column = its source) or a bias (column 0).
 *
 * @throws RangeError when there is no such parameter
 */
export function parameterIndex(
  plan: Plan,
  layer: number,
  kind: 'weight' | 'bias',
  row: number,
  column: number,
): number {
  const table = tableOf(plan, layer, kind);
  if (!table || !isIndex(row, table.rows) || !isIndex(column, table.columns)) {
    const place = kind === 'weight' ? `weights[${row}][${column}]` : `bias[${row}]`;
    const found = table ? `it has ${table.rows} × ${table.columns}` : 'it has none';
    throw new RangeError(`layers[${layer}].${place}: no such ${kind}; ${found}.`);
  }
  return table.offset + row * table.columns + column;
}

/** @throws RangeError when the layer has no such neuron; layer −1 is the input */
export function checkNeuron(plan: Plan, layer: number, row: number): void {
  checkLayer(plan, layer);
  const units = layer === -1 ? plan.inputSize : plan.operations[layer].units;
  if (isIndex(row, units)) return;
  const name = layer === -1 ? 'input' : `layers[${layer}]`;
  throw new RangeError(`${name}: neuron ${row} does not exist; it has ${units}.`);
}

/** @throws RangeError when the data have no such sample */
export function checkSample({ samples }: Pick<Dataset, 'samples'>, index: number): void {
  if (isIndex(index, samples)) return;
  throw new RangeError(`Sample ${index} does not exist; the data have ${samples}.`);
}

/** @throws RangeError when there is no such layer; −1 is the input */
export function checkLayer(plan: Plan, layer: number): void {
  if (layer === -1 || isIndex(layer, plan.operations.length)) return;
  throw new RangeError(`layers[${layer}] does not exist; there are ${plan.operations.length}.`);
}

/** Whether it counts one of so many, from 0. */
export function isIndex(value: number, count: number): boolean {
  return Number.isInteger(value) && value >= 0 && value < count;
}
