/** Gradcheck: every analytic gradient against central differences, in float64. */
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import type { Target } from './facts';
import { errorCurve, type CurvePoint } from './gradcheck/curve';
import { Differences, type Difference, type Shifted } from './gradcheck/differences';
import { flatLayers } from './gradcheck/flatLayers';
import { placeAt, placesIn, targetOf } from './gradcheck/places';
import { GradcheckResults, type TableSummary } from './gradcheck/results';
import { batchGradient } from './gradient';
import { parameterTablesOf, type ParameterTable } from './plan';

/**
 * `ok`: error < 1e-6. `look`: < 1e-4. `tiny`: both numbers < 1e-9. `kink`: the difference straddles a point
 * where the derivative jumps. `flat`: behind a step activation.
 */
export type Verdict = 'ok' | 'look' | 'fail' | 'tiny' | 'kink' | 'flat';

export interface GradcheckEntry {
  readonly target: Extract<Target, { type: 'weight' | 'bias' }>;
  readonly analytic: number;
  readonly numeric: number;
  /** |a − n| / max(|a|, |n|, floor) */
  readonly error: number;
  readonly verdict: Verdict;
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
  /**
   * Step of the central difference, relative to max(1, |θ|). Then no other is tried, however well the two agree: it shows
   * what a step is good for. Default: 10⁻⁵, smaller near a kink, a difference of higher order where a doubt is left.
   */
  readonly h?: number;
}

/** A check that is worked off in slices. */
export interface GradcheckJob {
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
const OK = 1e-6;
const LOOK = 1e-4;
const TINY = 1e-9;
/** First step, relative to max(1, |θ|); near a kink it is divided by ten up to three times. */
const STEP = 1e-5;
const SMALLER_STEPS = [1e-6, 1e-7, 1e-8];
/** Steps of the five-point difference, which settles what the first step leaves open. */
const FIVE_POINT_STEPS = [1e-3, 1e-4];
/** Differences between losses of size 1 are rounded to about this. */
const ROUNDING = 4 * Number.EPSILON;

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
  readonly #analytic: Float64Array;
  readonly #parameters: Float64Array;
  readonly #places: Uint32Array;
  readonly #count: number;
  readonly #parameterCount: number;
  readonly #tables: readonly ParameterTable[];
  readonly #flatLayers: readonly boolean[];
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
    const { samples = DEFAULT_SAMPLES, step = 0, gradient = batchGradient } = options;
    const batch = dataset.training.slice(0, Math.max(1, samples));
    if (batch.length === 0) {
      throw new Error(
        'data: a gradcheck needs at least one training sample, found none; add data.',
      );
    }
    const shapes = inferShapes(network);
    this.#tables = parameterTablesOf(network, shapes);
    this.#parameters = parameters.slice();
    this.#places = options.places ?? placesIn(this.#tables, options.within);
    this.#count = this.#places.length;
    this.#parameterCount = shapes.parameters;
    this.#analytic = gradient(network, dataset, batch, this.#parameters);
    this.results = new GradcheckResults(this.#tables, this.#analytic);
    this.#h = options.h;
    this.#differences = new Differences(network, dataset, batch, this.#parameters, this.#tables);
    this.#flatLayers = flatLayers(network, shapes.layers);
    this.#samples = batch.length;
    this.#step = step;
  }

  get progress(): { checked: number; parameters: number } {
    return { checked: this.#checked, parameters: this.#count };
  }

  run(expired?: () => boolean): boolean {
    while (this.#checked < this.#count) {
      const index = this.#places[this.#checked];
      const entry = this.#check(index);
      this.results.set(index, entry);
      this.#record(entry);
      this.#checked += 1;
      if (this.#checked < this.#count && expired?.()) return false;
    }
    return true;
  }

  report(): GradcheckReport {
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
    const analytic = this.#analytic[index];
    const scale = scaleOf(place);
    const measure = (difference: Difference, h: number): Measured => ({
      numeric: difference.numeric,
      crossed: difference.crossed,
      error: this.#error(analytic, difference.numeric, h),
    });
    const h = (this.#h ?? STEP) * scale;
    const first = measure(this.#differences.central(place, h), h);
    const measured = this.#h === undefined ? this.#settled(place, scale, first, measure) : first;
    const { numeric, error } = measured;
    const verdict = this.#verdict(place, analytic, measured);
    return { target: targetOf(place), analytic, numeric, error, verdict };
  }

  #settled(place: Shifted, scale: number, first: Measured, measure: Measure): Measured {
    return first.crossed !== 'none'
      ? this.#nearKink(place, scale, measure)
      : this.#refined(place, scale, first, measure);
  }

  /** Smaller and smaller steps until nothing is crossed any more. */
  #nearKink(place: Shifted, scale: number, measure: Measure): Measured {
    let measured: Measured | undefined;
    for (const step of SMALLER_STEPS) {
      measured = measure(this.#differences.central(place, step * scale), step * scale);
      if (measured.crossed === 'none') break;
    }
    return measured as Measured;
  }

  /** Where the first step leaves a doubt, a difference of higher order decides. */
  #refined(place: Shifted, scale: number, first: Measured, measure: Measure): Measured {
    let best = first;
    for (const step of FIVE_POINT_STEPS) {
      if (best.error < OK) break;
      const h = step * scale;
      const finer = measure(this.#differences.fivePoint(place, h), h);
      if (finer.crossed === 'none' && finer.error < best.error) best = finer;
    }
    return best;
  }

  /**
   * The floor is the size of a derivative whose sixth digit a difference with step h can no longer show. A
   * gradient that is wrong as a whole still fails when it is larger than a millionth of it.
   */
  #error(analytic: number, numeric: number, h: number): number {
    const floor = (ROUNDING * Math.max(1, Math.abs(this.#differences.loss))) / (OK * h);
    const size = Math.max(Math.abs(analytic), Math.abs(numeric), floor);
    const error = Math.abs(analytic - numeric) / size;
    return Number.isNaN(error) ? Infinity : error;
  }

  #verdict({ table }: Shifted, analytic: number, { numeric, error, crossed }: Measured): Verdict {
    const isTiny = Math.abs(analytic) < TINY && Math.abs(numeric) < TINY;
    const agrees = isTiny || error < OK;
    if (this.#flatLayers[table.layer] && (agrees || crossed === 'kink')) return 'flat';
    if (crossed === 'kink' || (crossed === 'bend' && !agrees)) return 'kink';
    if (isTiny) return 'tiny';
    if (agrees) return 'ok';
    return error < LOOK ? 'look' : 'fail';
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

/** Steps are relative to it. */
const scaleOf = ({ value }: Shifted): number => Math.max(1, Math.abs(value));

interface Measured extends Difference {
  readonly error: number;
}

type Measure = (difference: Difference, h: number) => Measured;

function byError(a: GradcheckEntry, b: GradcheckEntry): number {
  return a.error === b.error ? 0 : a.error - b.error;
}
