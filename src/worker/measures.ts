/** What is measured of a run: its state, a row of its history, and the sizes of its next step. */
import { layerColumns, type LayerColumn } from '../engine/history';
import { measuredRows, trainedLayers } from '../engine/nextStep';
import { isSteady } from '../engine/schedule';
import { stepMilliseconds } from '../engine/stepWork';
import type { Evaluation, Trainer } from '../engine/trainer';
import type { NetworkShapes } from '../network/shapes';
import type { RunState } from '../protocol';
import type { Course } from './course';
import type { Phase } from './phase';
import type { MetricRow } from './recorder';

/** Of a place at which nothing is evaluated yet. */
const UNKNOWN: Evaluation = {
  loss: NaN,
  validationLoss: NaN,
  accuracy: NaN,
  validationAccuracy: NaN,
  r2: NaN,
  validationR2: NaN,
};

export class Measures {
  readonly #trainer: Trainer;
  readonly #course: Course;
  readonly #shapes: NetworkShapes;

  constructor(trainer: Trainer, course: Course, shapes: NetworkShapes) {
    this.#trainer = trainer;
    this.#course = course;
    this.#shapes = shapes;
  }

  /** @param seconds spent training */
  state(phase: Phase, seconds: number): RunState {
    const { network, learningRate, dataset } = this.#trainer;
    const isSettling = phase.phase === 'paused' && phase.settling === true;
    const evaluation = isSettling ? UNKNOWN : this.#trainer.evaluation;
    const seen = this.#course.trained * dataset.training.length;
    return {
      ...phase,
      ...this.#course.position(),
      ...evaluation,
      seconds,
      samplesPerSecond: seconds > 0 ? seen / seconds : 0,
      ...(!isSteady(network.training.schedule) && { learningRate }),
    };
  }

  /** @param seconds spent training */
  row(seconds: number): MetricRow {
    const { evaluation, gradientNorm, learningRate } = this.#trainer;
    const { step } = this.#course.position();
    return { epoch: this.#course.at, step, seconds, gradientNorm, learningRate, ...evaluation };
  }

  /** What is measured of its layers, besides. */
  get layerColumns(): readonly LayerColumn[] {
    return layerColumns(trainedLayers(this.#trainer.plan.parameterTables));
  }

  /** Estimated milliseconds of `layerSizes`. */
  get sizesCost(): number {
    const { network, dataset } = this.#trainer;
    return stepMilliseconds(network, this.#shapes, measuredRows(dataset.training.length, 1));
  }

  /** Of the next step; undefined where there is none. */
  layerSizes(): readonly number[] | undefined {
    const sizes = this.#trainer.nextStep();
    return sizes && [...sizes.gradients, ...sizes.ratios];
  }
}
