/** How a run's worker comes to hold what the text says: in turns, and not before anybody needs it. */
import type { Uri } from 'vscode';
import type { WorkerApi } from '../protocol';
import type { Remote } from '../rpc';
import type { Documents } from './documents';
import type { EngineLink } from './engineLink';
import type { Notices } from './notices';
import type { RunNetwork } from './runNetwork';
import type { RunRecord } from './runRecord';
import type { RunTraining } from './runTraining';
import type { Turns } from './turns';

export interface SyncWorld {
  readonly uri: Uri;
  readonly documents: Documents;
  readonly notices: Notices;
  readonly record: RunRecord;
  readonly engine: EngineLink;
  readonly turns: Turns;
  readonly network: RunNetwork;
  readonly training: RunTraining;
  /** What becomes of a training that a change of the text has paused. */
  interrupted(): Interruption;
}

/** As much of it as is needed here. */
interface Interruption {
  readonly asks: boolean;
  paused(): Promise<boolean>;
  pausedTooLarge(kept: boolean): boolean;
  followed(): Promise<void>;
}

export class RunSync {
  readonly #world: SyncWorld;
  #syncing: Promise<void> | undefined;
  #awake = false;

  constructor(world: SyncWorld) {
    this.#world = world;
  }

  /** Whether anybody has needed the worker yet. */
  get isAwake(): boolean {
    return this.#awake;
  }

  /** The worker, holding what the text says now. */
  async fresh(): Promise<Remote<WorkerApi>> {
    const { network, engine } = this.#world;
    if (this.#syncing || !(await network.isCurrent())) await this.#sync();
    return engine.remote();
  }

  /** The same without anybody who waits: what is wrong becomes a log line. */
  soon(): void {
    this.#sync().catch((error: unknown) => this.#world.notices.info(String(error)));
  }

  /** In a turn: the worker, brought to the text as it is now. */
  async follow(): Promise<Remote<WorkerApi>> {
    const { uri, notices, record, engine, network, training } = this.#world;
    const interrupted = this.#world.interrupted();
    this.#awake = true;
    await network.follow(async kept => {
      if (!record.busy) {
        if (record.ahead && !kept && !interrupted.asks) notices.discarded(uri);
        return;
      }
      const { underWay } = training;
      await training.stopQuietly();
      if (underWay && ((await interrupted.paused()) || interrupted.pausedTooLarge(kept))) return;
      notices.interrupted(uri, kept);
    });
    await interrupted.followed();
    return engine.remote();
  }

  /** The same, for what would be wrong to do with the last valid network while the text is none. */
  async followUsable(): Promise<Remote<WorkerApi>> {
    const { uri, documents, network } = this.#world;
    documents.usable(await documents.document(uri));
    network.wantData();
    return this.follow();
  }

  /** Several changes that come before the first is dealt with are dealt with at once. */
  #sync(): Promise<void> {
    this.#syncing ??= this.#world.turns.take(async () => {
      this.#syncing = undefined;
      await this.follow();
    });
    return this.#syncing;
  }
}
