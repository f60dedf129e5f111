/**
 * The numbers that alarms are found by: a batch pass in float64 over the training part, or over as many of its samples,
 * evenly spread, as the work allows. Resumable; on parameters of one moment.
 */
import type { Dataset } from '../../data/dataset';
import type { Network } from '../../network/network';
import { inferShapes, type NetworkShapes } from '../../network/shapes';
import { BatchPass, type NeuronSummary } from '../inspect/batchPass';
import { cut } from '../inspect/context';
import { createFloat64Pass } from '../inspect/samplePass';
import { normOf } from '../inspect/statistics';
import { nextUpdates } from '../inspect/updates';
import { reductionFactor } from '../losses';
import type { OptimizerState } from '../optimizers';
import { penaltyDerivatives } from '../penalty';
import type { ParameterTable, Plan } from '../plan';
import { spread } from '../spread';
import type { HealthReport, LossTrend } from './alarm';
import { findAlarms } from './detectors';
import { hasLearned } from './learned';

/** Multiplications of one report at most: a fraction of a second. */
const MOST_WORK = 3e8;
const LEAST_SAMPLES = 64;
const TILE_ROWS = 128;

/** What one layer's weights and their gradient are. */
export interface LayerNorms {
  readonly layer: number;
  readonly weights: number;
  readonly gradient: number;
  readonly update: number;
}

export interface Measured {
  readonly network: Network;
  readonly plan: Plan;
  readonly parameters: Float64Array;
  /** 0 without data: then only `parameters` say something. */
  readonly samples: number;
  /** Input first. */
  readonly neurons: readonly (readonly NeuronSummary[])[];
  /** Layers with weights that the loss hangs on; none without data. */
  readonly norms: readonly LayerNorms[];
  /** Norms over all penalised parameters of the two parts of a step's gradient; 0 without data. */
  readonly parts: { readonly data: number; readonly penalty: number };
  readonly losses: LossTrend | undefined;
  /** The loss is near its end: see `LIMITS.explained`. */
  readonly learned: boolean;
}

export class HealthJob {
  readonly #network: Network;
  readonly #dataset: Dataset;
  /** Its training part is what is looked at. */
  readonly #looked: Dataset;
  readonly #plan: Plan;
  readonly #batch: BatchPass;
  readonly #state: OptimizerState | undefined;
  readonly #losses: LossTrend | undefined;

  /** @param parameters kept as they are: the caller does not change them afterwards */
  constructor(
    network: Network,
    dataset: Dataset,
    parameters: Float64Array,
    state?: OptimizerState,
    losses?: LossTrend,
  ) {
    const shapes = inferShapes(network);
    const all = dataset.training;
    const most = Math.floor(MOST_WORK / (3 * productsOf(shapes) + 1));
    const training = spread(all.length, Math.max(LEAST_SAMPLES, most)).map(place => all[place]);
    const rows = Math.max(1, Math.min(TILE_ROWS, training.length));
    const pass = createFloat64Pass(network, shapes, rows);
    this.#network = network;
    this.#dataset = dataset;
    this.#looked = { ...dataset, training };
    this.#plan = pass.arena.plan;
    this.#batch = new BatchPass(network, this.#looked, pass, parameters);
    this.#state = state;
    this.#losses = losses;
  }

  /** Works on; false when `expired` ended it before the end. */
  run(expired?: () => boolean): boolean {
    return this.#batch.run(expired);
  }

  /** When `run` has answered true. */
  report(): HealthReport {
    const { samples } = this.#batch;
    const training = this.#dataset.training.length;
    return { samples, training, alarms: findAlarms(this.measured()) };
  }

  measured(): Measured {
    const { samples, neurons, parameters } = this.#batch;
    const base = { network: this.#network, plan: this.#plan, parameters, samples, neurons };
    if (samples === 0)
      return {
        ...base,
        norms: [],
        parts: { data: 0, penalty: 0 },
        losses: undefined,
        learned: false,
      };
    const { data, penalty, gradient } = this.#stepParts();
    const tables = this.#plan.parameterTables;
    const state = this.#state;
    const updates = nextUpdates(this.#network, tables, { parameters, gradient, state });
    const weighing = tables.filter(
      ({ kind, layer }) => kind === 'weight' && this.#plan.operations[layer].reached,
    );
    return {
      ...base,
      norms: weighing.map(table => ({
        layer: table.layer,
        weights: norm(parameters, table),
        gradient: norm(gradient, table),
        update: norm(updates, table),
      })),
      parts: { data: penalisedNorm(data, tables), penalty: penalisedNorm(penalty, tables) },
      losses: this.#losses,
      learned: this.#learned(),
    };
  }

  #learned(): boolean {
    const { lossSum, samples } = this.#batch;
    const reached = { loss: lossSum / samples, losses: this.#losses };
    return hasLearned(this.#network.loss, this.#looked, reached);
  }

  /** What one step is expected to descend by: a batch as large as training makes them. */
  #stepParts(): { data: Float64Array; penalty: Float64Array; gradient: Float64Array } {
    const { loss, regularization, training } = this.#network;
    const size = this.#dataset.training.length;
    const batch = training.batchSize === 'all' ? size : Math.min(training.batchSize, size);
    const { samples, parameters, ownGradients } = this.#batch;
    const factor =
      reductionFactor(loss.reduction, batch, this.#plan.outputSize) * (batch / samples);
    const penalty = penaltyDerivatives(
      regularization,
      batch,
      parameters,
      this.#plan.parameterTables,
    );
    // A plain loop: a function called for each of a million numbers would hold up training and cards.
    const data = new Float64Array(parameters.length);
    const gradient = new Float64Array(parameters.length);
    for (let i = 0; i < data.length; i++) {
      data[i] = factor * ownGradients[i];
      gradient[i] = data[i] + penalty[i];
    }
    return { data, penalty, gradient };
  }
}

/** Multiplications of one sample forward: a weight of a convolution is used at every place. */
function productsOf({ layers }: NetworkShapes): number {
  return layers.reduce((sum, { units, columns }) => sum + units * columns, 0);
}

function norm(values: Float64Array, table: ParameterTable): number {
  return normOf(cut(values, table));
}

function penalisedNorm(values: Float64Array, tables: readonly ParameterTable[]): number {
  const squares = tables
    .filter(({ penalised }) => penalised)
    .map(table => norm(values, table))
    .reduce((sum, each) => sum + each * each, 0);
  return Math.sqrt(squares);
}
