/** Gradcheck: every analytic gradient against central differences, in float64. */
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import type { Target } from './facts';
import { Comparer, type Comparison } from './gradcheck/comparison';
import { errorCurve, type CurvePoint } from './gradcheck/curve';
import { Differences, type Shifted } from './gradcheck/differences';
import { Directions, type DirectionsReport } from './gradcheck/directions';
import { Estimate, type Now } from './gradcheck/estimate';
import { flatLayers } from './gradcheck/flatLayers';
import { Forward } from './gradcheck/forward';
import { placeAt, placesIn, targetOf } from './gradcheck/places';
import { GradcheckResults, type TableSummary } from './gradcheck/results';
import { strata } from './gradcheck/strata';
import { batchGradient } from './gradient';
import { parameterTablesOf, type ParameterTable } from './plan';

/**
 * `ok`: error < 1e-6. `look`: < 1e-4. `tiny`: both numbers < 1e-9. `kink`: the difference straddles a point
 * where the derivative jumps. `flat`: behind a step activation.
 */
export type Verdict = 'ok' | 'look' | 'fail' | 'tiny' | 'kink' | 'flat';

export interface GradcheckEntry extends Comparison {
  readonly target: Extract<Target, { type: 'weight' | 'bias' }>;
}

export interface GradcheckReport {
  /** Parameters of the network. */
  readonly parameters: number;
  readonly checked: number;
  /** Largest error among the verdicts `ok`, `look` and `fail`. */
  readonly worst: GradcheckEntry | undefined;
  /** Verdicts `look` and `fail`, largest error first. */
  readonly failed: readonly GradcheckEntry[];
  readonly kinks: readonly GradcheckEntry[];
  /** Verdict `flat` (behind a step activation). */
  readonly flat: number;
  /** Number of samples in the checked batch. */
  readonly samples: number;
  readonly step: number;
  /** The step of the differences that was asked for. */
  readonly h?: number;
  /** Of the weights and the biases of each layer. */
  readonly layers: readonly TableSummary[];
  /** Where random directions were asked for. */
  readonly directions?: DirectionsReport;
  /** How many seconds a check of all parameters would take, told from those that were checked instead. */
  readonly secondsForAll?: number;
}

/** ∂C/∂parameter of the displayed loss over these samples, in the file's order. */
export type GradientFunction = (
  network: Network,
  dataset: Dataset,
  samples: Uint32Array,
  parameters: Float64Array,
) => Float64Array;

export interface GradcheckOptions {
  /** Samples of the checked batch, the first of the training part; default min(8, all). */
  readonly samples?: number;
  /** Repeated in the report. */
  readonly step?: number;
  /** What is checked; default: backpropagation as it trains. */
  readonly gradient?: GradientFunction;
  /** Which parameters, by their places in the file's order, ascending; default: those of `within`. */
  readonly places?: Uint32Array;
  /** Only the parameters of this weight, bias, neuron or layer; default: all. */
  readonly within?: Target;
  /** Random directions through all parameters, and instead of all some parameters of each tensor. */
  readonly directions?: boolean;
  /** By which it is told how long all parameters would take; without it that is not told. */
  readonly now?: Now;
  /**
   * Step of the central difference, relative to max(1, |θ|). Then no other is tried, however well the two agree: it shows
   * what a step is good for. Default: 10⁻⁵, smaller near a kink, a difference of higher order where a doubt is left.
   */
  readonly h?: number;
}

/** A check that is worked off in slices. */
export interface GradcheckJob {
  /** Directions count as parameters do. */
  readonly progress: { readonly checked: number; readonly parameters: number };
  /** Works on; false when `expired` ended it before the last parameter. */
  run(expired?: () => boolean): boolean;
  /** What has been found so far. */
  report(): GradcheckReport;
  /** The same, parameter by parameter. */
  readonly results: GradcheckResults;
  /** How well central differences of many steps agree with the gradient of one parameter. */
  curve(target: GradcheckEntry['target']): readonly CurvePoint[];
}

const DEFAULT_SAMPLES = 8;
/** Parameters that are checked beside random directions. */
const SAMPLED = 200;

/**
 * @param parameters in the file's order, as they are
 * @throws Error when there is no training sample
 */
export function createGradcheck(
  network: Network,
  dataset: Dataset,
  parameters: Float64Array,
  options: GradcheckOptions = {},
): GradcheckJob {
  return new Gradcheck(network, dataset, parameters, options);
}

class Gradcheck implements GradcheckJob {
  readonly #differences: Differences;
  readonly #comparer: Comparer;
  readonly #analytic: Float64Array;
  readonly #parameters: Float64Array;
  readonly #places: Uint32Array;
  readonly #parameterCount: number;
  readonly #tables: readonly ParameterTable[];
  readonly #flatLayers: readonly boolean[];
  readonly #directions: Directions | undefined;
  readonly #estimate: Estimate | undefined;
  readonly #samples: number;
  readonly #step: number;
  readonly results: GradcheckResults;
  readonly #h: number | undefined;
  readonly #failed: GradcheckEntry[] = [];
  readonly #kinks: GradcheckEntry[] = [];
  #worst: GradcheckEntry | undefined;
  #flat = 0;
  #checked = 0;

  constructor(
    network: Network,
    dataset: Dataset,
    parameters: Float64Array,
    options: GradcheckOptions,
  ) {
    const { samples = DEFAULT_SAMPLES, step = 0, gradient = batchGradient, now } = options;
    const batch = dataset.training.slice(0, Math.max(1, samples));
    if (batch.length === 0) {
      throw new Error(
        'data: a gradcheck needs at least one training sample, found none; add data.',
      );
    }
    const shapes = inferShapes(network);
    const tables = (this.#tables = parameterTablesOf(network, shapes));
    this.#parameters = parameters.slice();
    this.#places = placesOf(network, tables, options);
    this.#parameterCount = shapes.parameters;
    this.#analytic = gradient(network, dataset, batch, this.#parameters);
    this.results = new GradcheckResults(tables, this.#analytic);
    this.#h = options.h;
    const forward = (values: Float64Array): Forward =>
      new Forward(network, dataset, batch, values, tables);
    const here = forward(this.#parameters);
    this.#differences = new Differences(here, dataset, this.#parameters, tables);
    this.#comparer = new Comparer(this.#differences.loss, options.h);
    this.#flatLayers = flatLayers(network, shapes.layers);
    this.#samples = batch.length;
    this.#step = step;
    if (!options.directions) return;
    const moved = this.#parameters.slice();
    const walk = { here, parameters: this.#parameters, there: forward(moved), moved, tables };
    this.#directions = new Directions(walk, this.#analytic, this.#flatLayers);
    const isAll = this.#places.length === placesIn(tables).length;
    if (now && !isAll) this.#estimate = new Estimate(tables, this.#places, now);
  }

  get progress(): { checked: number; parameters: number } {
    const { checked = 0, count = 0 } = this.#directions ?? {};
    return { checked: checked + this.#checked, parameters: count + this.#places.length };
  }

  run(expired?: () => boolean): boolean {
    while (!this.#isDone) {
      this.#next();
      if (!this.#isDone && expired?.()) return false;
    }
    return true;
  }

  get #isDone(): boolean {
    const { checked, parameters } = this.progress;
    return checked === parameters && (!this.#estimate || this.#estimate.seconds !== undefined);
  }

  /** A direction, a parameter, or a parameter once more for the estimate. */
  #next(): void {
    const directions = this.#directions;
    if (directions && directions.checked < directions.count) directions.next(this.#comparer);
    else if (this.#checked === this.#places.length)
      this.#estimate?.timed(place => this.#check(place));
    else {
      const index = this.#places[this.#checked];
      const entry = this.#estimate?.timed(place => this.#check(place)) ?? this.#check(index);
      this.results.set(index, entry);
      this.#record(entry);
      this.#checked += 1;
    }
  }

  report(): GradcheckReport {
    const seconds = this.#estimate?.seconds;
    return {
      parameters: this.#parameterCount,
      checked: this.#checked,
      worst: this.#worst,
      failed: [...this.#failed].sort((a, b) => byError(b, a)),
      kinks: [...this.#kinks],
      flat: this.#flat,
      samples: this.#samples,
      step: this.#step,
      ...(this.#h !== undefined && { h: this.#h }),
      layers: this.results.summaries(),
      ...(this.#directions && { directions: this.#directions.report() }),
      ...(seconds !== undefined && { secondsForAll: seconds }),
    };
  }

  curve(target: GradcheckEntry['target']): readonly CurvePoint[] {
    const [index] = placesIn(this.#tables, target);
    if (index === undefined) throw new RangeError('There is no such parameter.');
    const place = this.#shifted(index);
    return errorCurve(this.#differences, place, scaleOf(place), this.#analytic[index]);
  }

  #check(index: number): GradcheckEntry {
    const place = this.#shifted(index);
    const line = {
      analytic: this.#analytic[index],
      scale: scaleOf(place),
      flat: this.#flatLayers[place.table.layer],
      central: (h: number) => this.#differences.central(place, h),
      fivePoint: (h: number) => this.#differences.fivePoint(place, h),
    };
    return { target: targetOf(place), ...this.#comparer.compare(line) };
  }

  #record(entry: GradcheckEntry): void {
    const { verdict } = entry;
    if (verdict === 'flat') this.#flat += 1;
    if (verdict === 'kink') this.#kinks.push(entry);
    if (verdict === 'look' || verdict === 'fail') this.#failed.push(entry);
    if (verdict === 'tiny' || verdict === 'kink' || verdict === 'flat') return;
    if (!this.#worst || byError(entry, this.#worst) > 0) this.#worst = entry;
  }

  #shifted(index: number): Shifted {
    return { ...placeAt(this.#tables, index), value: this.#parameters[index] };
  }
}

/** Which parameters are checked one by one. */
function placesOf(
  network: Network,
  tables: readonly ParameterTable[],
  { places, within, directions }: GradcheckOptions,
): Uint32Array {
  if (directions) return strata(tables, SAMPLED, network.seed);
  return places ?? placesIn(tables, within);
}

/** Steps are relative to it. */
const scaleOf = ({ value }: Shifted): number => Math.max(1, Math.abs(value));

function byError(a: GradcheckEntry, b: GradcheckEntry): number {
  return a.error === b.error ? 0 : a.error - b.error;
}
