/**
 * A training of this document that did not come to its end, because the engine or the window was lost: it is offered to
 * go on with it. Nothing is written, and the curves up to there are shown, until somebody has decided.
 */
import { l10n } from 'vscode';
import type { Disposable, Uri } from 'vscode';
import { marksUpTo, unmarked } from '../engine/changeMarks';
import { checkNetwork, CheckpointError } from '../engine/checkpoint';
import { History } from '../engine/history';
import type { MetricsChunk } from '../engine/history';
import { unpack } from '../export/packed';
import { parseNetwork } from '../network/parse';
import { tuningChanges } from '../network/tuningChanges';
import type { TrainingMoment, UnfinishedNote } from '../protocol';
import type { Unfinished } from '../runs/unfinished';
import { changeBetween } from './compare';
import { nameOf } from './documents';
import { messageOf } from './messageOf';
import type { Notices } from './notices';
import { RunMoments } from './runMoments';
import type { MomentsWorld, Resting } from './runMoments';
import type { RunSync } from './runSync';
import type { RunTraining } from './runTraining';
import { Store } from './store';
import type { Turns } from './turns';

/** Milliseconds that a file waits for its new name, at most. */
export const LEAVE_LIMIT = 3000;

export interface UnfinishedWorld extends MomentsWorld {
  readonly notices: Notices;
  readonly turns: Turns;
  readonly training: RunTraining;
  readonly sync: RunSync;
  /** Whether a designer shows the document. */
  isShown?(uri: Uri): boolean;
}

interface Offer {
  readonly unfinished: Unfinished;
  readonly moment: TrainingMoment;
  readonly history: MetricsChunk;
  /** Why the engine has ended; absent where the window did. */
  readonly reason?: string;
  /** Not now. */
  hidden: boolean;
  /** Why the engine has refused it. */
  refusal?: string;
}

export class RunUnfinished implements Disposable {
  readonly #world: UnfinishedWorld;
  readonly #store = new Store();
  readonly #moments: RunMoments;
  #offer: Offer | undefined;
  #looked: Promise<void> | undefined;

  constructor(world: UnfinishedWorld) {
    this.#world = world;
    this.#moments = this.#store.add(new RunMoments(world));
    this.#store.add(
      world.unfinished.onDidMove(uri => {
        if (uri === world.uri.toString()) void this.#lookAgain();
      }),
    );
    this.#store.add(
      world.record.onDidChange(({ type }) => {
        // With another text it may fit, or fit no more.
        if (type === 'data') this.#tell();
        // Whoever begins another training has decided.
        else if (type === 'state' && world.record.running) this.#end();
      }),
    );
  }

  /** Looks once whether a window before this has left one. */
  look(): Promise<void> {
    return (this.#looked ??= this.#look());
  }

  /**
   * Its file is about to get another name: what is trained there is kept as it is now, and offered under the name that the
   * file has then. Never rejects, and waits for no engine that hangs: nobody's file keeps its name because of that. Then
   * what was kept before is offered.
   *
   * @param paused a training that a change has paused, where somebody is asked about one
   */
  async leave(paused: Resting | undefined): Promise<void> {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<void>(resolve => (timer = setTimeout(resolve, LEAVE_LIMIT)));
    try {
      await Promise.race([this.#leave(paused), late]);
    } catch (error) {
      this.#world.notices.failed(error);
    } finally {
      clearTimeout(timer);
    }
  }

  /** The engine has ended by itself, perhaps in the middle of a training: the person is told so. */
  lost(reason: string): void {
    const { uri, record, unfinished, notices } = this.#world;
    const held = record.running ? unfinished.held(uri) : undefined;
    if (!held) return notices.engineLost(uri, reason);
    this.#offer = offerOf(held, reason);
    const { epoch } = this.#offer.moment.position;
    if (this.#world.isShown?.(uri)) notices.info(`${nameOf({ uri })}: ${reason}`);
    else void notices.engineLostInTraining(uri, reason, epoch).then(yes => this.#answered(yes));
  }

  /** Goes on with it. Rejects with the reason when there is none, or it does not fit. */
  async continue(): Promise<void> {
    const { uri, record, turns, training, sync, unfinished } = this.#world;
    await this.look();
    await training.pause();
    await turns.take(async () => {
      const worker = await sync.followUsable();
      const offer = this.#offer;
      if (!offer) throw none(uri);
      await training.stopQuietly();
      const fault = this.#misfit(offer);
      if (fault !== undefined) throw new Error(fault);
      await worker.goOnFrom(offer.unfinished.moment.slice()).catch((error: unknown) => {
        offer.refusal = messageOf(error);
        this.#tell();
        throw error;
      });
      this.#end();
      record.append({ ...offer.history, restart: true });
      record.begun = offer.unfinished.begun;
      this.#markChanges(offer);
      record.setAhead(true);
      if (isLeft(offer)) await training.start(worker, {});
      else await unfinished.drop(uri);
    });
  }

  /** Nobody wants it. Rejects when there is none. */
  async discard(): Promise<void> {
    const { uri, record, unfinished } = this.#world;
    await this.look();
    if (!this.#offer) throw none(uri);
    this.#end();
    record.showPast(undefined);
    await unfinished.drop(uri);
  }

  /** Not now: it is not offered any more, and can still be gone on with. */
  postpone(): void {
    if (!this.#offer) return;
    this.#offer.hidden = true;
    this.#tell();
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #look(): Promise<void> {
    const { uri, record, unfinished } = this.#world;
    const found = await unfinished.find(uri);
    if (!found || this.#offer || record.running) return;
    this.#offer = offerOf(found);
    this.#tell();
  }

  async #leave(paused: Resting | undefined): Promise<void> {
    const { record, training } = this.#world;
    if (record.running) {
      await this.#moments.leave(() => training.stopQuietly());
      await this.#lookAgain();
    } else if (paused || record.ahead || record.settling) await this.#moments.keepRest(paused);
  }

  #lookAgain(): Promise<void> {
    this.#looked = undefined;
    return this.look();
  }

  #answered(wants: boolean): void {
    if (!wants) return this.postpone();
    // By the time of an answer it may have been decided elsewhere.
    if (this.#offer) this.continue().catch((error: unknown) => this.#world.notices.failed(error));
  }

  #end(): void {
    this.#offer = undefined;
    this.#world.record.setUnfinished(undefined);
  }

  /** Once the network is loaded: before that nobody knows whether it fits. */
  #tell(): void {
    const { record, network } = this.#world;
    const offer = this.#offer;
    if (!offer || !network.loaded) return;
    const { position } = offer.moment;
    // Steps that somebody has made one by one belong to no training.
    const epochs = Math.max(offer.moment.epochs, position.epoch);
    const { reason, hidden } = offer;
    const misfit = this.#misfit(offer);
    const note: UnfinishedNote = { ...position, epochs, hidden, reason, misfit };
    record.setUnfinished(note);
    if (record.state?.step === 0) record.showPast(offer.history);
  }

  /** Settings that are others than when it was last started, and that no mark tells of yet. */
  #markChanges({ unfinished, moment, history: { marks = [] } }: Offer): void {
    const { record, network } = this.#world;
    const then = parseNetwork(new TextDecoder().decode(unfinished.text)).network;
    const changes = then ? tuningChanges(then, network.held.truth) : [];
    const at = { ...moment.position, seconds: moment.seconds };
    record.markChange(at, unmarked(changes, marks));
  }

  /** Why it does not fit the network that is loaded, as a sentence. */
  #misfit({ unfinished, moment, refusal }: Offer): string | undefined {
    const { truth } = this.#world.network.held;
    const then = parseNetwork(new TextDecoder().decode(unfinished.text)).network;
    if (!then || changeBetween(then, truth) === 'parameters')
      return l10n.t('Since then its layers or weights were changed in the file.');
    try {
      checkNetwork(moment.checkpoint.owner, truth);
    } catch (error) {
      if (error instanceof CheckpointError) return error.message;
      throw error;
    }
    return refusal;
  }
}

function offerOf(unfinished: Unfinished, reason?: string): Offer {
  const moment = unpack(unfinished.moment) as TrainingMoment;
  const history = upTo(unfinished.history, moment.position.step);
  return { unfinished, moment, history, reason, hidden: false };
}

/** Whether there is anything to train: its parameters may be those of a training that is over. */
function isLeft({ moment: { watch, epochs, position } }: Offer): boolean {
  return watch !== undefined && epochs > position.epoch;
}

/** The rows of updates up to this one. */
function upTo(chunk: MetricsChunk, step: number): MetricsChunk {
  const history = new History();
  history.append(chunk);
  const rows = history.rowsUpTo(step);
  const { count, columns = [] } = chunk;
  const marks = marksUpTo(history.marks, step);
  if (rows === count) return { ...chunk, marks };
  const all = chunk.values.length / count;
  const values = new Float64Array(all * rows);
  for (let c = 0; c < all; c++)
    values.set(chunk.values.subarray(c * count, c * count + rows), c * rows);
  return { count: rows, values, restart: true, columns, marks };
}

function none(uri: Uri): Error {
  return new Error(l10n.t('There is no unfinished training of {0}.', nameOf({ uri })));
}
