/** `--checkpoint`, `--checkpoint-every` and `--resume`: a training that stops and goes on with the same bits. */
import { CheckpointError } from '../engine/checkpoint';
import type { Trainer } from '../engine/trainer';
import { isCheckpoint, readCheckpoint, writeCheckpoint } from '../export/checkpointFile';
import { wholeNumber } from './arguments';
import type { Arguments } from './arguments';
import { CheckError, UsageError, messageOf } from './io';
import type { CliIo } from './io';
import { nextMultiple } from './progress';

/**
 * Brings a trainer to where the checkpoint was taken that the options name; does nothing without one.
 *
 * @returns completed epochs there
 * @throws CheckError when there is none, it is damaged, or it is of another network or other data
 */
export async function resume(call: Arguments, io: CliIo, trainer: Trainer): Promise<number> {
  const path = call.values.get('resume');
  if (path === undefined) return trainer.epoch;
  const bytes = await io.readFile(path).catch((error: unknown) => {
    throw new CheckError(`cannot read ${path}: ${messageOf(error)}`);
  });
  try {
    trainer.resume(readCheckpoint(trainer.network, bytes));
    return trainer.epoch;
  } catch (error) {
    if (error instanceof CheckpointError) throw new CheckError(`${path}: ${error.message}`);
    throw error;
  }
}

/** The file that the options want the checkpoints of a training in. */
export class Checkpoints {
  readonly #io: CliIo;
  readonly #path: string;
  readonly #every: number;
  readonly #stopListening: (() => void) | undefined;
  #interrupted = false;

  private constructor(io: CliIo, path: string, every: number) {
    this.#io = io;
    this.#path = path;
    this.#every = every;
    this.#stopListening = io.onInterrupt?.(() => (this.#interrupted = true));
  }

  /**
   * Undefined when no option asks for checkpoints. From now on an interruption (Ctrl+C) does not end the process.
   *
   * @throws CheckError when nothing can be written there: better known before the training than after it
   */
  static async open(call: Arguments, io: CliIo): Promise<Checkpoints | undefined> {
    const path = call.values.get('checkpoint');
    const every = wholeNumber(call, 'checkpoint-every', 1);
    if (path === undefined) {
      if (every === undefined) return undefined;
      throw new UsageError('--checkpoint-every needs --checkpoint FILE, the file that it writes');
    }
    await io.checkWritable(path).catch((error: unknown) => {
      throw new CheckError(`cannot write ${path}: ${messageOf(error)}`);
    });
    const present = await io.readFile(path).catch(() => undefined);
    if (present && !isCheckpoint(present)) {
      throw new CheckError(
        `${path} is there already and is no checkpoint, so it is not written over: choose another name.`,
      );
    }
    return new Checkpoints(io, path, every ?? Infinity);
  }

  get interrupted(): boolean {
    return this.#interrupted;
  }

  /** Completed epochs at which it is next written, where `epoch` are completed. */
  nextAfter(epoch: number): number {
    return nextMultiple(epoch, this.#every);
  }

  /**
   * After each completed epoch, but for those that end before `nextAfter` says.
   *
   * @throws CheckError when it cannot be written; then the file is as it was
   */
  async afterEpoch(trainer: Trainer): Promise<void> {
    if (trainer.epoch % this.#every !== 0) return;
    const fault = await this.#write(trainer);
    if (fault) throw fault;
  }

  /**
   * At the end, with settled parameters. An interruption ends the process again.
   *
   * @returns why it was not written, or how to go on where the person has ended the training
   */
  async end(trainer: Trainer): Promise<CheckError | undefined> {
    this.#stopListening?.();
    const fault = await this.#write(trainer);
    if (fault || !this.#interrupted) return fault;
    return new CheckError(
      `nabla: interrupted in epoch ${trainer.epoch + 1}: ${this.#path} holds the training as it is, and --resume ${this.#path} goes on.`,
    );
  }

  async #write(trainer: Trainer): Promise<CheckError | undefined> {
    const bytes = writeCheckpoint(trainer.network, trainer.checkpoint());
    return this.#io.writeFile(this.#path, bytes).then(
      () => undefined,
      (error: unknown) => new CheckError(`cannot write ${this.#path}: ${messageOf(error)}`),
    );
  }
}
