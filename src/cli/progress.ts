/** What a training prints: lines of JSON for machines, a table for people. */
import type { FinishReason } from '../engine/stopRule';
import type { Evaluation } from '../engine/trainer';
import type { EngineFacts } from './engine';
import type { CliIo } from './io';
import { jsonLine } from './printable';
import { formatLoss, formatShare } from './table';

/** The first multiple of `every` above a number. */
export const nextMultiple = (number: number, every: number): number =>
  (Math.floor(number / every) + 1) * every;

/** Lines of the table for people: about as many epochs as fit on a screen. */
const SHOWN_EPOCHS = 20;

export interface Done extends Omit<Evaluation, 'validationLoss'> {
  readonly done: FinishReason | 'diverged' | 'interrupted';
  readonly epochs: number;
  readonly seconds: number;
  readonly samplesPerSecond: number;
}

export interface Printer {
  /** @param epoch completed ones, which a training that goes on from a checkpoint has */
  start(evaluation: Evaluation, epoch: number): void;
  /** Completed epochs after which a line is next printed, where `epoch` are completed. */
  nextAfter(epoch: number): number;
  /** @param learningRate of that epoch, where a schedule changes it */
  epoch(epoch: number, evaluation: Evaluation, last: boolean, learningRate?: number): void;
  end(done: Done): void;
}

/** One object a line, first what computes; what does not exist (no validation part, no classes) is null. */
export class JsonPrinter implements Printer {
  readonly #io: CliIo;
  readonly #engine: EngineFacts;

  constructor(io: CliIo, engine: EngineFacts) {
    this.#io = io;
    this.#engine = engine;
  }

  start(): void {
    // Epoch lines follow completed epochs only.
    this.#print({ engine: this.#engine });
  }

  nextAfter(epoch: number): number {
    return epoch + 1;
  }

  epoch(epoch: number, evaluation: Evaluation, _last: boolean, learningRate?: number): void {
    this.#print({ epoch, ...evaluation, ...(learningRate !== undefined && { learningRate }) });
  }

  end(done: Done): void {
    this.#print(done);
  }

  #print(value: object): void {
    this.#io.stdout(jsonLine(value));
  }
}

/** Where there is no accuracy. */
const hasR2 = ({ accuracy, r2 }: Evaluation): boolean =>
  Number.isNaN(accuracy) && !Number.isNaN(r2);

/** A table of some of the epochs, then a sentence. */
export class TablePrinter implements Printer {
  readonly #io: CliIo;
  readonly #every: number;

  constructor(io: CliIo, epochs: number) {
    this.#io = io;
    this.#every = Math.max(1, Math.ceil(epochs / SHOWN_EPOCHS));
  }

  start(evaluation: Evaluation, epoch: number): void {
    const shares = hasR2(evaluation) ? ['R²', 'val. R²'] : ['accuracy', 'val. accuracy'];
    this.#row(['epoch', 'loss', 'val. loss', ...shares]);
    this.epoch(epoch, evaluation, true);
  }

  nextAfter(epoch: number): number {
    return nextMultiple(epoch, this.#every);
  }

  epoch(epoch: number, evaluation: Evaluation, last: boolean): void {
    if (!last && epoch % this.#every !== 0) return;
    const { loss, validationLoss, accuracy, validationAccuracy } = evaluation;
    const shares = hasR2(evaluation)
      ? [evaluation.r2, evaluation.validationR2].map(formatLoss)
      : [accuracy, validationAccuracy].map(formatShare);
    this.#row([String(epoch), formatLoss(loss), formatLoss(validationLoss), ...shares]);
  }

  end({ done, epochs, seconds, samplesPerSecond }: Done): void {
    const rate = Math.round(samplesPerSecond);
    this.#io.stdout(
      `\n${REASONS[done]} after ${epochs} epochs, ${seconds.toFixed(2)} s, ${rate} samples/s\n`,
    );
  }

  #row(cells: readonly string[]): void {
    const [epoch, ...others] = cells;
    this.#io.stdout(`${epoch.padStart(6)}${others.map(cell => cell.padStart(15)).join('')}\n`);
  }
}

const REASONS: { readonly [K in Done['done']]: string } = {
  diverged: 'Diverged',
  epochs: 'Done',
  interrupted: 'Interrupted: stopped',
  targetLoss: 'The target loss is reached',
  patience: 'No better loss for as long as the patience lasts: stopped',
  maxSeconds: 'The time is up: stopped',
};
