/** Computes what tests ask for, in this process. */
import type { Dataset } from '../data/dataset';
import { emptyDataset } from '../data/emptyDataset';
import { applyNormalization } from '../data/normalize';
import { createTrainer } from '../engine/createTrainer';
import type { Computing } from '../engine/createTrainer';
import { createGradcheck } from '../engine/gradcheck';
import type { GradcheckReport } from '../engine/gradcheck';
import { initialParameters } from '../engine/initializers';
import type { Trainer } from '../engine/trainer';
import type { LossFound } from '../expect/judge';
import type { Bench } from '../expect/run';
import type { Network } from '../network/network';
import type { NetworkShapes } from '../network/shapes';
import type { CliIo } from './io';
import { Pace } from './pace';
import type { Printer } from './progress';
import { trainUntil } from './train';

export type { Computing };

export class EngineBench implements Bench {
  readonly network: Network;
  readonly hasData: boolean;
  readonly #dataset: Dataset;
  readonly #io: CliIo;
  readonly #computing: Computing;
  #trainer: Trainer | undefined;

  constructor(
    parts: {
      readonly network: Network;
      readonly shapes: NetworkShapes;
      readonly dataset: Dataset | undefined;
    },
    io: CliIo,
    computing: Computing,
  ) {
    const { network, shapes, dataset } = parts;
    this.network = network;
    this.hasData = dataset !== undefined;
    this.#dataset = dataset ?? emptyDataset(network, shapes);
    this.#io = io;
    this.#computing = computing;
  }

  async predict(input: readonly number[]): Promise<readonly number[]> {
    const { normalization } = this.#dataset;
    const raw = Float64Array.from(input);
    const inputs = normalization ? applyNormalization(raw, normalization) : raw;
    return [...this.#untrained.predict(inputs, 1)];
  }

  async gradcheck(): Promise<GradcheckReport> {
    const job = createGradcheck(this.network, this.#dataset, initialParameters(this.network));
    job.run();
    return job.report();
  }

  async loss(epochs: number): Promise<LossFound> {
    const trainer = this.#untrained;
    const pace = new Pace(this.#io, this.network.training.stop.maxSeconds, true);
    const ended = await trainUntil(trainer, epochs, pace, NOBODY);
    return {
      loss: trainer.evaluation.loss,
      epochs: trainer.epoch,
      // Without an epoch nothing was trained: then the loss itself tells.
      diverged: epochs > 0 && typeof ended !== 'string',
    };
  }

  /** At the start: what an earlier test has trained is forgotten. */
  get #untrained(): Trainer {
    if (this.#trainer) this.#trainer.reset();
    else this.#trainer = createTrainer(this.network, this.#dataset, this.#computing);
    return this.#trainer;
  }
}

/** Nobody looks on: no loss is computed for them. */
export const silent: Printer = {
  start() {},
  nextAfter: () => Infinity,
  epoch() {},
  end() {},
};

const NOBODY = { printer: silent, checkpoints: undefined, rows: undefined };
