/** A derivative beside differences of the loss: how far they are apart, and what that means. */
import type { Verdict } from '../gradcheck';
import type { Difference } from './differences';

/** The derivative of the loss along one line: by a parameter, or in a direction. */
export interface Compared {
  readonly analytic: number;
  /** Steps are relative to it. */
  readonly scale: number;
  /** Whether a step activation lies on every way to the output. */
  readonly flat: boolean;
  central(h: number): Difference;
  fivePoint(h: number): Difference;
}

export interface Comparison {
  readonly analytic: number;
  readonly numeric: number;
  /** |a − n| / max(|a|, |n|, floor) */
  readonly error: number;
  readonly verdict: Verdict;
}

interface Measured extends Difference {
  readonly error: number;
}

type Measure = (difference: Difference, h: number) => Measured;

const OK = 1e-6;
const LOOK = 1e-4;
const TINY = 1e-9;
/** First step, relative to the scale; near a kink it is divided by ten up to three times. */
const STEP = 1e-5;
const SMALLER_STEPS = [1e-6, 1e-7, 1e-8];
/** Steps of the five-point difference, which settles what the first step leaves open. */
const FIVE_POINT_STEPS = [1e-3, 1e-4];
/** Differences between losses of size 1 are rounded to about this. */
const ROUNDING = 4 * Number.EPSILON;

export class Comparer {
  readonly #loss: number;
  readonly #h: number | undefined;

  /**
   * @param loss that the differences are of
   * @param h the only step that is tried; default: those that settle a doubt
   */
  constructor(loss: number, h: number | undefined) {
    this.#loss = loss;
    this.#h = h;
  }

  compare(line: Compared): Comparison {
    const { analytic, scale } = line;
    const measure = (difference: Difference, h: number): Measured => ({
      numeric: difference.numeric,
      crossed: difference.crossed,
      error: this.#error(analytic, difference.numeric, h),
    });
    const h = (this.#h ?? STEP) * scale;
    const first = measure(line.central(h), h);
    const measured = this.#h === undefined ? settled(line, first, measure) : first;
    const { numeric, error } = measured;
    return { analytic, numeric, error, verdict: verdictOf(line, measured) };
  }

  /**
   * The floor is the size of a derivative whose sixth digit a difference with step h can no longer show. A
   * gradient that is wrong as a whole still fails when it is larger than a millionth of it.
   */
  #error(analytic: number, numeric: number, h: number): number {
    const floor = (ROUNDING * Math.max(1, Math.abs(this.#loss))) / (OK * h);
    const size = Math.max(Math.abs(analytic), Math.abs(numeric), floor);
    const error = Math.abs(analytic - numeric) / size;
    return Number.isNaN(error) ? Infinity : error;
  }
}

const settled = (line: Compared, first: Measured, measure: Measure): Measured =>
  first.crossed !== 'none' ? nearKink(line, measure) : refined(line, first, measure);

/** Smaller and smaller steps until nothing is crossed any more. */
function nearKink(line: Compared, measure: Measure): Measured {
  let measured: Measured | undefined;
  for (const step of SMALLER_STEPS) {
    const h = step * line.scale;
    measured = measure(line.central(h), h);
    if (measured.crossed === 'none') break;
  }
  return measured as Measured;
}

/** Where the first step leaves a doubt, a difference of higher order decides. */
function refined(line: Compared, first: Measured, measure: Measure): Measured {
  let best = first;
  for (const step of FIVE_POINT_STEPS) {
    if (best.error < OK) break;
    const h = step * line.scale;
    const finer = measure(line.fivePoint(h), h);
    if (finer.crossed === 'none' && finer.error < best.error) best = finer;
  }
  return best;
}

function verdictOf({ analytic, flat }: Compared, { numeric, error, crossed }: Measured): Verdict {
  const isTiny = Math.abs(analytic) < TINY && Math.abs(numeric) < TINY;
  const agrees = isTiny || error < OK;
  if (flat && (agrees || crossed === 'kink')) return 'flat';
  if (crossed === 'kink' || (crossed === 'bend' && !agrees)) return 'kink';
  if (isTiny) return 'tiny';
  if (agrees) return 'ok';
  return error < LOOK ? 'look' : 'fail';
}
