/** One evaluation of fixed parameters over training and validation part, tile by tile, resumable. */
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { lossPlace, type DivergencePlace } from './divergence';
import { reductionFactor } from './losses';
import type { Machine } from './machine';
import type { AccuracyRule } from './metrics';
import type { Evaluation } from './trainer';

/** What has been added up over one part of the data. */
interface PartSums {
  loss: number;
  correct: number;
}

export class EvaluationJob {
  readonly #network: Network;
  readonly #dataset: Dataset;
  readonly #rule: AccuracyRule;
  readonly #machine: Machine;
  readonly #training: PartSums = { loss: 0, correct: 0 };
  readonly #validation: PartSums = { loss: 0, correct: 0 };
  /** Samples worked off, the training part first. */
  #done = 0;
  /** Where the first tile whose loss is not finite has its first number that is not. */
  #overflow: DivergencePlace | undefined;

  constructor(network: Network, dataset: Dataset, rule: AccuracyRule, machine: Machine) {
    this.#network = network;
    this.#dataset = dataset;
    this.#rule = rule;
    this.#machine = machine;
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
    };
  }

  #tile(): void {
    const { training, validation } = this.#dataset;
    const inTraining = this.#done < training.length;
    const order = inTraining ? training : validation;
    const sums = inTraining ? this.#training : this.#validation;
    const start = inTraining ? this.#done : this.#done - training.length;
    const rows = Math.min(this.#machine.evaluationRows, order.length - start);
    const { loss, correct } = this.#machine.evaluate(order, start, rows, this.#rule);
    sums.loss += loss;
    sums.correct += correct;
    if (!Number.isFinite(sums.loss)) this.#overflow ??= this.#machine.findOverflow();
    this.#done += rows;
  }
}
