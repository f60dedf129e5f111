/**
 * Keeps the training of a run as it is, now and then while it goes on: what it goes on from when the engine or the window
 * is lost. A moment that took long to keep leaves training a hundred times as long before the next. At the end of the
 * training nothing of it is needed any more.
 */
import type { Disposable, Uri } from 'vscode';
import { momentCount } from '../engine/optimizers';
import type { MetricsChunk } from '../engine/history';
import type { Begun } from '../runs/unfinished';
import type { Documents } from './documents';
import type { EngineLink } from './engineLink';
import type { Loaded, RunNetwork } from './runNetwork';
import type { RunPlace } from './runPlace';
import type { RunRecord } from './runRecord';
import { Store } from './store';
import type { UnfinishedFiles } from './unfinishedFiles';

/** Milliseconds until the first, and more for each byte: how long that one takes is not known yet. */
const FIRST = 1000;
const FIRST_OF_BYTE = 500e-6;
/** Milliseconds between two at least. */
const INTERVAL = 3000;
/** Training keeps at least 99 % of the time. */
const REST = 100;
/** Of a larger network nothing is kept: the engine would not answer for too long. */
const MOST_BYTES = 32 * 2 ** 20;

export interface MomentsWorld {
  readonly uri: Uri;
  readonly documents: Documents;
  readonly record: RunRecord;
  readonly engine: EngineLink;
  readonly network: RunNetwork;
  readonly place: RunPlace;
  readonly unfinished: UnfinishedFiles;
}

/** A training that rests, as it was when it was paused. */
export interface Resting {
  /** A `TrainingMoment`, packed. */
  readonly packed: Uint8Array;
  readonly history: MetricsChunk | undefined;
  readonly begun: Begun | undefined;
}

const NO_ROWS: MetricsChunk = { count: 0, values: new Float64Array(0), restart: true };

export class RunMoments implements Disposable {
  readonly #world: MomentsWorld;
  readonly #now: () => number;
  readonly #store = new Store();
  /** What the document said when the training under way was started. */
  #started: Begun | undefined;
  /** The same of the latest, also when it is over. */
  #latest: Begun | undefined;
  #waiting = false;
  #next = Infinity;
  /** What is kept stays, although the training ends here. */
  #leaves = false;

  constructor(world: MomentsWorld, now: () => number = () => performance.now()) {
    this.#world = world;
    this.#now = now;
    this.#store.add(
      world.record.onDidChange(({ type }) => {
        if (type === 'state') this.#follow();
      }),
    );
  }

  /**
   * Keeps the training as it is now, of whatever size, and ends it with `stop`: it goes on elsewhere. Rejects when the engine
   * is gone; then what was kept before stays.
   */
  async leave(stop: () => Promise<void>): Promise<void> {
    this.#leaves = true;
    try {
      await this.#keepNow();
      await stop();
    } finally {
      this.#leaves = false;
    }
  }

  /**
   * Keeps what is not being trained now, and the text does not have: a training that a change has paused, or else the
   * parameters of the run. Rejects when the engine is gone.
   */
  async keepRest(paused: Resting | undefined): Promise<void> {
    const { uri, record, engine, place, unfinished } = this.#world;
    const now = this.#said();
    const moment = paused?.packed ?? (await (await engine.remote()).moment());
    const { history = NO_ROWS, begun = now } = paused ?? record;
    // Since the pause it says another network.
    const { text } = (paused && this.#latest) ?? now;
    const what = { begun, text, engine: place.computes, history, moment };
    await unfinished.keep({ uri: uri.toString(), ...what });
  }

  dispose(): void {
    this.#started = undefined;
    this.#store.dispose();
  }

  #follow(): void {
    const { record, unfinished, uri } = this.#world;
    if (record.running && !this.#started) this.#begin();
    else if (record.running && this.#isDue) void this.#keep();
    else if (!record.running && this.#started) {
      this.#started = undefined;
      // Where there is no state any more the engine was lost, and what was kept is needed.
      if (record.state && !this.#leaves) void unfinished.drop(uri);
    }
  }

  #begin(): void {
    this.#started = this.#latest = this.#said();
    this.#next = this.#now() + FIRST + FIRST_OF_BYTE * this.#bytes;
  }

  /** What the document says now. */
  #said(): Begun {
    const key = this.#world.uri.toString();
    const document = this.#world.documents.open().find(({ uri }) => uri.toString() === key);
    const text = new TextEncoder().encode(document?.getText());
    return { at: new Date().toISOString(), text };
  }

  get #isDue(): boolean {
    return !this.#waiting && this.#now() >= this.#next && this.#bytes <= MOST_BYTES;
  }

  get #bytes(): number {
    return momentBytes(this.#world.network.held);
  }

  async #keep(): Promise<void> {
    const start = this.#now();
    this.#waiting = true;
    try {
      await this.#keepNow();
    } catch {
      // The engine was lost meanwhile: the moment before is the last.
    } finally {
      this.#waiting = false;
      const end = this.#now();
      this.#next = end + Math.max(INTERVAL, REST * (end - start));
    }
  }

  async #keepNow(): Promise<void> {
    const { uri, record, engine, place, unfinished } = this.#world;
    const started = this.#started;
    const moment = await (await engine.remote()).moment();
    const { history } = record;
    if (!started || started !== this.#started || !history) return;
    const { text } = started;
    const begun = record.begun ?? started;
    const what = { begun, text, engine: place.computes, history, moment };
    await unfinished.keep({ uri: uri.toString(), ...what });
  }
}

/** Of a moment: the parameters, and as many numbers for each moment that the optimizer keeps of them. */
export function momentBytes({ truth, shapes }: Loaded): number {
  return 8 * shapes.stored * (1 + momentCount(truth.training.optimizer));
}
