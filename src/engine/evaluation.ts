/** One evaluation of fixed parameters over training and validation part, tile by tile, resumable. */
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { findInTile, lossPlace, type DivergencePlace } from './divergence';
import { reductionFactor } from './losses';
import { countCorrect, type AccuracyRule } from './metrics';
import type { Pass } from './pass';
import { penalty, penaltySums } from './penalty';
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
  readonly #pass: Pass;
  readonly #training: PartSums = { loss: 0, correct: 0 };
  readonly #validation: PartSums = { loss: 0, correct: 0 };
  /** Samples worked off, the training part first. */
  #done = 0;
  /** Where the first tile whose loss is not finite has its first number that is not. */
  #overflow: DivergencePlace | undefined;

  constructor(network: Network, dataset: Dataset, rule: AccuracyRule, pass: Pass) {
    this.#network = network;
    this.#dataset = dataset;
    this.#rule = rule;
    this.#pass = pass;
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
    const { plan, parameters } = this.#pass.arena;
    const sums = penaltySums(parameters, plan.parameterTables);
    const penaltyValue = penalty(this.#network.regularization, training.length, sums);
    const loss = (part: PartSums, samples: number): number =>
      samples === 0
        ? NaN
        : reductionFactor(this.#network.loss.reduction, samples, plan.outputSize) * part.loss +
          penaltyValue;
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
    const { batchRows, outputSize } = this.#pass.arena.plan;
    const rows = Math.min(batchRows, order.length - start);
    this.#pass.gather(this.#dataset, order, start, rows);
    this.#pass.forward(rows);
    sums.loss += this.#pass.loss(rows);
    if (!Number.isFinite(sums.loss)) this.#overflow ??= findInTile(this.#pass.arena, rows);
    const { targets } = this.#pass.arena;
    sums.correct += countCorrect(this.#rule, this.#pass.output, targets, rows, outputSize);
    this.#done += rows;
  }
}
