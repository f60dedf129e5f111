/** How far the outputs are off their numbers, added up sample by sample. */
import type { Dataset } from '../../data/dataset';
import { r2Of, targetSpread } from '../metrics';
import { spread } from '../spread';
import type { DataPart, OutputFit } from './report';

/** Points that are drawn at most. */
const MOST_POINTS = 2000;

export class Fit {
  readonly #names: readonly string[];
  readonly #totals: Float64Array;
  readonly #squares: Float64Array;
  readonly #errors: Float64Array;
  readonly #largest: Float64Array;
  readonly #largestAt: number[];
  #samples = 0;

  constructor(dataset: Dataset, part: DataPart) {
    const { targetNames, outputSize } = dataset;
    this.#names = targetNames;
    this.#totals = targetSpread(dataset, dataset[part]);
    this.#squares = new Float64Array(outputSize);
    this.#errors = new Float64Array(outputSize);
    this.#largest = new Float64Array(outputSize).fill(-Infinity);
    this.#largestAt = new Array<number>(outputSize).fill(-1);
  }

  /** @param a outputs and @param y targets of a sample, whose numbers stand at `start` */
  add(index: number, a: ArrayLike<number>, y: ArrayLike<number>, start: number): void {
    this.#samples += 1;
    for (let j = 0; j < this.#names.length; j++) {
      const error = Math.abs(a[start + j] - y[start + j]);
      this.#squares[j] += error * error;
      this.#errors[j] += error;
      if (error <= this.#largest[j]) continue;
      this.#largest[j] = error;
      this.#largestAt[j] = index;
    }
  }

  /** @param whole false: samples are missing, so that the spread of the targets is that of others */
  outputs(whole: boolean): readonly OutputFit[] {
    return this.#names.map((name, j) => ({
      name,
      r2: whole ? r2Of(this.#squares[j], this.#totals[j]) : NaN,
      meanError: this.#errors[j] / this.#samples,
      rootError: Math.sqrt(this.#squares[j] / this.#samples),
      largestError: this.#samples > 0 ? this.#largest[j] : NaN,
      largestAt: this.#largestAt[j],
    }));
  }
}

/** True and predicted numbers of one output, of samples that are evenly chosen. */
export class FitPoints {
  readonly #chosen: Uint32Array;
  readonly #values: Float64Array;
  #count = 0;
  #at = 0;

  /** @param samples of the part */
  constructor(samples: number) {
    this.#chosen = spread(samples, MOST_POINTS);
    this.#values = new Float64Array(3 * this.#chosen.length);
  }

  /** @param at place in the part, ascending from call to call */
  add(at: number, index: number, truth: number, predicted: number): void {
    while (this.#chosen[this.#at] < at) this.#at += 1;
    if (this.#chosen[this.#at] !== at) return;
    this.#values.set([index, truth, predicted], 3 * this.#count);
    this.#count += 1;
  }

  get values(): Float64Array {
    return this.#values.slice(0, 3 * this.#count);
  }
}
