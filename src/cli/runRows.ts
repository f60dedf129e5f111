/** `--run`: the file of a training, as the editor keeps one of each. */
import { webcrypto } from 'node:crypto';
import { join, relative, resolve, sep } from 'node:path';
import { epochAt } from '../engine/epochAt';
import { METRIC_COLUMNS } from '../engine/history';
import type { Trainer } from '../engine/trainer';
import { bestOf } from '../runs/run';
import type { RunEngine, RunReason, RunResult } from '../runs/run';
import { runFiles } from '../runs/writeRun';
import type { Arguments } from './arguments';
import { CheckError, messageOf } from './io';
import type { CliIo } from './io';
import { nextMultiple } from './progress';

/** Epochs of which each has a row; from there on as many rows for each time as long. */
const DENSE_EPOCHS = 1024;

/** Where the editor keeps runs of the folder above. */
const KEPT = join('.nabla', 'runs');

export class RunRows {
  readonly #io: CliIo;
  readonly #folder: string;
  readonly #file: string;
  readonly #begun: string;
  readonly #sweep: string | undefined;
  readonly #rows: Readonly<Record<string, number>>[] = [];

  /**
   * @param sweep what the sweep is called that the training belongs to
   * @param began milliseconds since 1970 (default: now); with the seed it names the file
   */
  constructor(io: CliIo, folder: string, file: string, sweep?: string, began?: number) {
    this.#io = io;
    this.#folder = folder;
    this.#file = file;
    this.#sweep = sweep;
    this.#begun = new Date(began ?? io.time()).toISOString();
  }

  /**
   * Undefined when no option asks for it. Makes the folder.
   *
   * @throws CheckError when nothing can be written there: better known before the training than after it
   */
  static async open(
    call: Arguments,
    io: CliIo,
    sweep?: string,
    began?: number,
  ): Promise<RunRows | undefined> {
    const folder = call.values.get('run');
    if (folder === undefined) return undefined;
    await io.makeFolder(folder).catch((error: unknown) => {
      throw new CheckError(`cannot keep runs in ${folder}: ${messageOf(error)}`);
    });
    return new RunRows(io, folder, networkPath(io, folder, call.file), sweep, began);
  }

  /**
   * Completed epochs of which the next row is, where `epoch` are completed: the same for the same training, however fast
   * it is.
   */
  nextAfter(epoch: number): number {
    let every = 1;
    while (epoch >= DENSE_EPOCHS * every) every *= 2;
    return nextMultiple(epoch, every);
  }

  /** The start, or a completed epoch; those between two of `nextAfter` are passed over. */
  epoch(trainer: Trainer, seconds: number): void {
    const last = this.#rows.at(-1);
    if (!last || trainer.epoch >= this.nextAfter(last.epoch)) this.#add(trainer, seconds);
  }

  /**
   * Writes the files, with the training as it is.
   *
   * @param text of the network when the training began
   * @returns why they were not written
   */
  async end(
    trainer: Trainer,
    text: string,
    engine: RunEngine,
    reason: RunReason,
    seconds: number,
  ): Promise<CheckError | undefined> {
    if (this.#rows.at(-1)?.step !== trainer.step) this.#add(trainer, seconds);
    const { epoch, step, network, evaluation } = trainer;
    const run = {
      file: this.#file,
      text: new TextEncoder().encode(text),
      begun: this.#begun,
      ...(this.#sweep !== undefined && { sweep: this.#sweep }),
      engine,
      network,
      columns: this.#columns(),
      end: { reason, epochs: epoch, steps: step, seconds, loss: evaluation.loss },
      parameters: trainer.readParameters(),
    };
    try {
      const { name, lines, weights } = await runFiles(run, webcrypto.subtle);
      if (weights) await this.#io.writeFile(join(this.#folder, weights.name), weights.bytes);
      await this.#io.writeFile(join(this.#folder, name), lines);
      return undefined;
    } catch (error) {
      return new CheckError(`cannot keep the run in ${this.#folder}: ${messageOf(error)}`);
    }
  }

  /** The least loss of all rows. */
  get best(): RunResult['best'] {
    return bestOf(this.#columns());
  }

  #add(trainer: Trainer, seconds: number): void {
    const { step, gradientNorm, learningRate, evaluation } = trainer;
    const epoch = epochAt(trainer);
    this.#rows.push({ epoch, step, seconds, gradientNorm, learningRate, ...evaluation });
  }

  #columns(): ReadonlyMap<string, Float64Array> {
    const rows = this.#rows;
    return new Map(
      METRIC_COLUMNS.map(name => [name, Float64Array.from(rows, row => row[name] ?? NaN)]),
    );
  }
}

/** From the workspace's folder, where runs are kept in that of the editor; else from the folder of this call. */
function networkPath({ folder }: CliIo, runs: string, file: string): string {
  const kept = resolve(folder, runs);
  const base = kept.endsWith(sep + KEPT) ? kept.slice(0, -KEPT.length) : folder;
  return relative(base, resolve(folder, file)).replaceAll(sep, '/');
}
