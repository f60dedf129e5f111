/** The way to the training worker: started when it is first needed, started again after it was lost. */
import { l10n } from 'vscode';
import type { Disposable } from 'vscode';
import type { WorkerApi, WorkerEvents } from '../protocol';
import { connect } from '../rpc';
import type { Connection, Listeners, Remote } from '../rpc';
import type { WorkerPort } from './platform';

interface Link {
  readonly connection: Connection<WorkerApi, object>;
  readonly port: WorkerPort;
}

export class EngineLink implements Disposable {
  readonly #spawn: () => Promise<WorkerPort>;
  readonly #listeners: Listeners<WorkerEvents>;
  readonly #lost: (reason: string) => void;
  #link: Promise<Link> | undefined;
  #disposed = false;

  /** `lost` is called when the worker ended by itself; what was asked of it has been rejected then. */
  constructor(
    spawn: () => Promise<WorkerPort>,
    listeners: Listeners<WorkerEvents>,
    lost: (reason: string) => void,
  ) {
    this.#spawn = spawn;
    this.#listeners = listeners;
    this.#lost = lost;
  }

  /** The worker's methods. */
  async remote(): Promise<Remote<WorkerApi>> {
    if (this.#disposed) throw new Error(l10n.t('The run of this network was closed.'));
    this.#link ??= this.#connect();
    const link = this.#link;
    try {
      return (await link).connection.remote;
    } catch (error) {
      if (this.#link === link) this.#link = undefined;
      throw error;
    }
  }

  dispose(): void {
    this.#disposed = true;
    const link = this.#link;
    this.#link = undefined;
    void link?.then(close, () => {});
  }

  async #connect(): Promise<Link> {
    const port = await this.#spawn();
    const connection = connect<WorkerApi, object, object, WorkerEvents>(port, {}, this.#listeners);
    const link = { connection, port };
    port.onLost(reason => {
      this.#link = undefined;
      close(link);
      this.#lost(reason);
    });
    return link;
  }
}

function close({ connection, port }: Link): void {
  connection.dispose();
  port.dispose();
}
