/** The way to the training worker: started when it is first needed, started again after it was lost, and moved. */
import { l10n } from 'vscode';
import type { Disposable } from 'vscode';
import type { EnginePlace } from '../enginePlace';
import type { WorkerApi, WorkerEvents } from '../protocol';
import { connect } from '../rpc';
import type { Connection, Listeners, Remote } from '../rpc';
import { endReason, engineStopped } from './endReason';
import { EngineWatch } from './engineWatch';
import { messageOf } from './messageOf';
import type { WorkerPort } from './platform';

interface Link {
  readonly connection: Connection<WorkerApi, object>;
  readonly port: WorkerPort;
  readonly watch: EngineWatch;
  /** Why the worker has ended by itself, once it has. */
  lost: string | undefined;
}

/** What becomes of a worker. */
export interface EngineEvents {
  /** It has ended by itself, or was given up; what was asked of it has been rejected then. */
  lost(reason: string): void;
  /**
   * It has not answered for so many seconds. Resolves with whether it is given up; that is forgotten where it has answered
   * meanwhile.
   */
  hangs(seconds: number): Promise<boolean>;
  /** Whether it is computing although nobody has asked it anything. */
  isBusy(): boolean;
}

/** A process that did not start, or ended before it held its first network. */
export class ProcessFailed extends Error {
  override readonly name = 'ProcessFailed';
}

export class EngineLink implements Disposable {
  readonly #spawn: (place: EnginePlace) => Promise<WorkerPort>;
  readonly #listeners: Listeners<WorkerEvents>;
  readonly #hears: EngineEvents;
  #link: Promise<Link> | undefined;
  /** In which something is being begun, elsewhere. */
  #next: Promise<Link> | undefined;
  #place: EnginePlace = 'thread';
  #disposed = false;

  constructor(
    spawn: (place: EnginePlace) => Promise<WorkerPort>,
    listeners: Listeners<WorkerEvents>,
    hears: EngineEvents,
  ) {
    this.#spawn = spawn;
    this.#listeners = listeners;
    this.#hears = hears;
  }

  /** Where the worker is, or will be. */
  get place(): EnginePlace {
    return this.#place;
  }

  /** The worker's methods. */
  async remote(): Promise<Remote<WorkerApi>> {
    this.#requireOpen();
    if (!this.#link && this.#next) return (await this.#next).connection.remote;
    this.#link ??= this.#connect(this.#place);
    const link = this.#link;
    try {
      return (await link).connection.remote;
    } catch (error) {
      if (this.#link === link) this.#link = undefined;
      throw error;
    }
  }

  /** Of the worker in which something is being begun. */
  async beginning(): Promise<Remote<WorkerApi>> {
    return this.#next ? (await this.#next).connection.remote : this.remote();
  }

  /**
   * Begins something in a worker at that place. The worker that there was elsewhere answers until it has succeeded; then
   * that one ends. Rejects with {@link ProcessFailed} when a process cannot be used.
   */
  async beginAt<T>(
    place: EnginePlace,
    begin: (worker: Remote<WorkerApi>) => Promise<T>,
  ): Promise<T> {
    if (place === this.#place) return begin(await this.remote());
    this.#requireOpen();
    const next = this.#connect(place);
    this.#next = next;
    try {
      const result = await this.#begun(await next, place, begin);
      void this.#link?.then(
        each => close(each),
        () => {},
      );
      this.#link = next;
      this.#place = place;
      return result;
    } finally {
      this.#next = undefined;
    }
  }

  dispose(): void {
    this.#disposed = true;
    for (const link of [this.#link, this.#next])
      void link?.then(
        each => close(each),
        () => {},
      );
    this.#link = undefined;
    this.#next = undefined;
  }

  /** Ends the worker where it does not succeed. */
  async #begun<T>(
    link: Link,
    place: EnginePlace,
    begin: (worker: Remote<WorkerApi>) => Promise<T>,
  ): Promise<T> {
    try {
      const result = await begin(link.connection.remote);
      this.#requireOpen();
      if (link.lost !== undefined) throw new Error(link.lost);
      return result;
    } catch (error) {
      close(link);
      throw link.lost !== undefined && place === 'process' ? new ProcessFailed(link.lost) : error;
    }
  }

  #requireOpen(): void {
    if (this.#disposed) throw new Error(l10n.t('The run of this network was closed.'));
  }

  #connect(place: EnginePlace): Promise<Link> {
    const connected: Promise<Link> = this.#started(place).then(port => {
      const lost = (reason: string): void => {
        if (link.lost !== undefined) return;
        link.lost = endReason(reason);
        close(link, engineStopped(link.lost));
        // Of the end of one in which something is being begun hears who begins it.
        if (this.#link !== connected) return;
        this.#link = undefined;
        this.#hears.lost(link.lost);
      };
      const link = this.#linked(port, lost);
      port.onLost(lost);
      return link;
    });
    return connected;
  }

  #linked(port: WorkerPort, lost: (reason: string) => void): Link {
    const { isBusy, hangs } = this.#hears;
    let isAsked = false;
    const hung = async (seconds: number): Promise<void> => {
      if (isAsked) return;
      isAsked = true;
      const isGivenUp = await hangs(seconds);
      isAsked = false;
      if (isGivenUp && watch.isSilent) lost(l10n.t('it did not answer, and was ended'));
    };
    const ask = (): void => void connection.remote.alive().catch(() => undefined);
    const watch = new EngineWatch(port, isBusy, ask, seconds => void hung(seconds));
    const connection = connect<WorkerApi, object, object, WorkerEvents>(
      watch.port,
      {},
      this.#listeners,
    );
    return { connection, port, watch, lost: undefined };
  }

  async #started(place: EnginePlace): Promise<WorkerPort> {
    try {
      return await this.#spawn(place);
    } catch (error) {
      throw place === 'process' ? new ProcessFailed(messageOf(error)) : error;
    }
  }
}

/** @param reason what those hear who wait for an answer */
function close({ connection, port, watch }: Link, reason?: string): void {
  watch.dispose();
  connection.dispose(reason);
  port.dispose();
}
