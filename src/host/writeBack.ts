/** The end of training or of a step: its parameters go into the text, as the settings say. */
import type { Uri } from 'vscode';
import type { Notices } from './notices';
import type { RunNetwork } from './runNetwork';
import type { RunRecord } from './runRecord';
import { writeBackFor } from './settings';

export interface WriteBackWorld {
  readonly uri: Uri;
  readonly notices: Notices;
  readonly record: RunRecord;
  readonly network: RunNetwork;
  /** In a turn: brings the worker to the text as it is now. */
  follow(): Promise<unknown>;
  /** In a turn of its own: writes the parameters, whatever the settings say. */
  writeWeights(): Promise<void>;
}

export class WriteBack {
  readonly #world: WriteBackWorld;
  #asking = false;
  /** Why the last writing was refused: said once, not after every step. */
  #refusal: string | undefined;

  constructor(world: WriteBackWorld) {
    this.#world = world;
  }

  /** In a turn. Never rejects: nobody waits who could be told otherwise. */
  async after(label: string): Promise<void> {
    const { uri, record } = this.#world;
    const mode = writeBackFor(uri);
    if (!record.ahead || mode === 'never') return;
    if (mode === 'ask') this.#ask(label);
    else await this.#write(label);
  }

  async #write(label: string): Promise<void> {
    const { uri, notices, record, network } = this.#world;
    try {
      await this.#world.follow();
      if (!record.ahead) return;
      await network.writeParameters(label);
      this.#refusal = undefined;
      notices.wrote(uri, label);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      if (reason !== this.#refusal) notices.notWritten(uri, reason);
      this.#refusal = reason;
    }
  }

  /** Asks once, however many steps are made meanwhile; the answer is about the parameters as they are then. */
  #ask(label: string): void {
    if (this.#asking) return;
    this.#asking = true;
    const { uri, notices, writeWeights } = this.#world;
    notices
      .askToWrite(uri, label)
      .then(yes => (yes ? writeWeights() : undefined))
      .catch((error: unknown) => notices.failed(error))
      .finally(() => (this.#asking = false));
  }
}
