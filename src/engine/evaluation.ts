/** One evaluation of fixed parameters over training and validation part, tile by tile, resumable. */
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { lossPlace, type DivergencePlace } from './divergence';
import { reductionFactor } from './losses';
import type { Machine } from './machine';
import { meanR2, targetSpread, type AccuracyRule } from './metrics';
import type { Evaluation } from './trainer';

/** What has been added up over one part of the data. */
interface PartSums {
  loss: number;
  correct: number;
  /** Σ(a − y)² of each output, where there is no accuracy. */
  readonly squares: Float64Array;
}

/** Σ(y − ȳ)² of each output over the two parts, where there is no accuracy. */
export interface Spreads {
  readonly training: Float64Array;
  readonly validation: Float64Array;
}

export function spreadsOf(dataset: Dataset): Spreads {
  const { training, validation } = dataset;
  return {
    training: targetSpread(dataset, training),
    validation: targetSpread(dataset, validation),
  };
}

/** Nothing is allocated where there is nothing to add up. */
const NONE = new Float64Array();

export class EvaluationJob {
  readonly #network: Network;
  readonly #dataset: Dataset;
  readonly #rule: AccuracyRule;
  readonly #machine: Machine;
  readonly #spreads: Spreads | undefined;
  readonly #training: PartSums;
  readonly #validation: PartSums;
  /** Samples worked off, the training part first. */
  #done = 0;
  /** Where the first tile whose loss is not finite has its first number that is not. */
  #overflow: DivergencePlace | undefined;

  constructor(
    network: Network,
    dataset: Dataset,
    { rule, spreads }: { readonly rule: AccuracyRule; readonly spreads: Spreads | undefined },
    machine: Machine,
  ) {
    this.#network = network;
    this.#dataset = dataset;
    this.#rule = rule;
    this.#machine = machine;
    this.#spreads = spreads;
    const squares = (): Float64Array => (spreads ? new Float64Array(dataset.outputSize) : NONE);
    this.#training = { loss: 0, correct: 0, squares: squares() };
    this.#validation = { loss: 0, correct: 0, squares: squares() };
  }

  get complete(): boolean {
    return this.#done === this.#dataset.training.length + this.#dataset.validation.length;
  }

  /** The first place that makes a loss not finite; undefined when all are. Call when complete. */
  get place(): DivergencePlace | undefined {
    const { loss, validationLoss } = this.result();
    const { training, validation } = this.#dataset;
    if (training.length > 0 && !Number.isFinite(loss)) return this.#overflow ?? lossPlace(loss);
    const validates = validation.length > 0 && !Number.isFinite(validationLoss);
    return validates ? (this.#overflow ?? lossPlace(validationLoss)) : undefined;
  }

  /** Works on; false when `expired` ended it before the end. At least one tile is worked off. */
  run(expired: (() => boolean) | undefined): boolean {
    while (!this.complete) {
      this.#tile();
      if (!this.complete && expired?.()) return false;
    }
    return true;
  }

  /** Call when complete. */
  result(): Evaluation {
    const { training, validation } = this.#dataset;
    const { outputSize } = this.#dataset;
    const penalty = this.#machine.penalty(training.length);
    const loss = (part: PartSums, samples: number): number =>
      samples === 0
        ? NaN
        : reductionFactor(this.#network.loss.reduction, samples, outputSize) * part.loss + penalty;
    return {
      loss: loss(this.#training, training.length),
      validationLoss: loss(this.#validation, validation.length),
      accuracy: this.#training.correct / training.length,
      validationAccuracy: this.#validation.correct / validation.length,
      r2: this.#r2('training', this.#training),
      validationR2: this.#r2('validation', this.#validation),
    };
  }

  #r2(part: keyof Spreads, { squares }: PartSums): number {
    return this.#spreads ? meanR2(squares, this.#spreads[part]) : NaN;
  }

  #tile(): void {
    const { training, validation } = this.#dataset;
    const inTraining = this.#done < training.length;
    const order = inTraining ? training : validation;
    const sums = inTraining ? this.#training : this.#validation;
    const start = inTraining ? this.#done : this.#done - training.length;
    const rows = Math.min(this.#machine.evaluationRows, order.length - start);
    const { loss, correct, squares } = this.#machine.evaluate(order, start, rows, this.#rule);
    sums.loss += loss;
    sums.correct += correct;
    squares?.forEach((square, j) => (sums.squares[j] += square));
    if (!Number.isFinite(sums.loss)) this.#overflow ??= this.#machine.findOverflow();
    this.#done += rows;
  }
}
