/**
 * A training that was paused because the network was changed in the middle of it: the person is asked whether to go on or
 * to begin again. Nothing is written, and the curves up to there are shown, until somebody has decided. Where the change
 * is taken back, the training rests where it was paused, as if nothing had come between.
 */
import { l10n } from 'vscode';
import type { Disposable, Uri } from 'vscode';
import { carriedOver } from '../engine/carryOver';
import type { MetricsChunk } from '../engine/history';
import { unpack } from '../export/packed';
import type { Network } from '../network/network';
import { inferShapes, sizesText } from '../network/shapes';
import { tuningChanges } from '../network/tuningChanges';
import type { SettingChange } from '../network/tuningChanges';
import type { CarriedRun, InterruptedNote, TrainingMoment } from '../protocol';
import { changeBetween, changedPart } from './compare';
import type { Documents } from './documents';
import { nameOf } from './documents';
import type { EngineLink } from './engineLink';
import { messageOf } from './messageOf';
import type { Notices } from './notices';
import type { Resting } from './runMoments';
import type { Loaded, RunNetwork } from './runNetwork';
import type { RunRecord } from './runRecord';
import type { RunSync } from './runSync';
import { askAboutLarge, isTooLarge } from './runTooLarge';
import type { RunTraining } from './runTraining';
import { Store } from './store';
import type { Turns } from './turns';

export interface InterruptedWorld {
  readonly uri: Uri;
  readonly notices: Notices;
  readonly documents: Documents;
  readonly record: RunRecord;
  readonly engine: EngineLink;
  readonly turns: Turns;
  readonly network: RunNetwork;
  readonly training: RunTraining;
  readonly sync: RunSync;
  /** Whether a designer shows the document. */
  isShown?(uri: Uri): boolean;
  /** Back to the start of the run, in a turn of its own. */
  reset(): Promise<void>;
}

/** Everything as it was when the training was paused. */
interface Question extends Resting {
  /** What the worker held then, and holds as long as nothing else was loaded. */
  readonly loaded: Loaded;
  readonly moment: TrainingMoment;
  readonly ahead: boolean;
  /** Not now. */
  hidden: boolean;
  /** In a message, where no designer is seen. */
  asked: boolean;
  /** So is that the text is no network. */
  said: boolean;
}

export class RunInterrupted implements Disposable {
  readonly #world: InterruptedWorld;
  readonly #store = new Store();
  #question: Question | undefined;

  constructor(world: InterruptedWorld) {
    this.#world = world;
    this.#store.add(
      world.record.onDidChange(({ type }) => {
        // Whoever begins another training has decided.
        if (type === 'state' && world.record.running) this.end();
      }),
    );
  }

  /** What somebody is asked about. */
  get resting(): Resting | undefined {
    return this.#question;
  }

  /** Whether somebody is asked, or has put it off. */
  get asks(): boolean {
    return this.#question !== undefined;
  }

  /**
   * In a turn: a training has just been paused, and the network of the worker is about to be changed.
   *
   * @returns whether there is anything left of that training to go on with
   */
  async paused(): Promise<boolean> {
    const { record, network, engine } = this.#world;
    const { loaded } = network;
    if (record.state?.phase !== 'paused' || !loaded || isTooLarge(network)) return false;
    const packed = await (await engine.remote()).moment();
    const moment = unpack(packed.slice()) as TrainingMoment;
    if (!moment.watch || moment.epochs <= moment.position.epoch) return false;
    const { history, ahead, begun } = record;
    const told = { hidden: false, asked: false, said: false };
    this.#question = { loaded, packed, moment, history, ahead, begun, ...told };
    return true;
  }

  /** In the same turn, where `paused` has found nothing: whether a training is too large for that, and it is asked so. */
  pausedTooLarge(kept: boolean): boolean {
    const { record, network } = this.#world;
    if (record.state?.phase !== 'paused' || !isTooLarge(network)) return false;
    askAboutLarge(this.#world, kept);
    return true;
  }

  /** In a turn: the worker holds what the text says now, as far as that is a network. */
  async followed(): Promise<void> {
    const { uri, documents, network } = this.#world;
    const question = this.#question;
    if (!question || !network.loaded) return;
    const text = documents.read(await documents.document(uri)).network;
    if (!text) return this.#tellOfText(question);
    const { truth } = question.loaded;
    if (changeBetween(truth, text) === 'none') return this.#goBack(question);
    this.#tell(question, changedPart(truth, text));
    this.#ask(question, changedPart(truth, text));
  }

  /** Goes on for the epochs that are left. Rejects with the reason when there is nothing to go on with. */
  async continue(): Promise<void> {
    const { uri, record, turns, network, training, sync } = this.#world;
    const asked = this.#question;
    if (!asked) throw none(uri);
    await turns.take(async () => {
      const worker = await sync.followUsable();
      if (record.busy) return;
      // The change was taken back at the same moment: it rests where it was paused.
      if (!this.#question) return training.start(worker, {});
      const { truth } = network.held;
      const left = leftOf(asked, truth);
      if (!this.#isKept(asked, truth)) await this.#carry(asked, truth);
      record.setAhead(true);
      const { epoch = 0 } = record.state ?? {};
      const areLeft = !asked.moment.watch?.goal.isAsked;
      await training.start(worker, { epochs: Math.max(1, left - epoch), areLeft });
      // Where it could not go on, without data, it is asked still.
      this.end();
    });
  }

  /** Back to the start of the network as it is now, and all epochs from there. */
  async restart(): Promise<void> {
    const { uri, turns, training, sync, reset } = this.#world;
    if (!this.#question) throw none(uri);
    await reset();
    await turns.take(async () => training.start(await sync.followUsable(), {}));
  }

  /** Not now: it is not asked any more, and can still be answered. */
  postpone(): void {
    const { record } = this.#world;
    if (!this.#question || !record.interrupted) return;
    this.#question.hidden = true;
    record.setInterrupted({ ...record.interrupted, hidden: true });
  }

  /** The person has decided: what is kept for the question goes. */
  end(): void {
    if (!this.#question) return;
    this.#question = undefined;
    this.#world.record.setInterrupted(undefined);
    this.#world.record.showPast(undefined);
  }

  dispose(): void {
    this.#store.dispose();
  }

  #tell(question: Question, what: InterruptedNote['what']): void {
    const { record, network } = this.#world;
    const { moment, hidden, history } = question;
    const { epoch } = moment.position;
    const epochs = what === 'text' ? moment.epochs : leftOf(question, network.held.truth);
    record.setInterrupted({ epoch, epochs, what, hidden });
    // Another network begins without curves.
    if (record.state?.step === 0 && history) record.showPast(history);
  }

  /** There is nothing to ask yet. Where no designer is seen it must be said why nothing is trained any more. */
  #tellOfText(question: Question): void {
    const { uri, notices, isShown } = this.#world;
    this.#tell(question, 'text');
    if (question.said || isShown?.(uri)) return;
    question.said = true;
    notices.interrupted(uri, true);
  }

  #ask(question: Question, what: InterruptedNote['what']): void {
    const { uri, notices, record } = this.#world;
    const note = record.interrupted;
    if (question.asked || question.hidden || !note) return;
    if (this.#world.isShown?.(uri)) return;
    question.asked = true;
    void notices.askAboutChange(uri, { ...note, what }).then(answer => {
      // By the time of an answer it may have been decided elsewhere, or another one asked.
      if (this.#question !== question) return;
      if (!answer) return this.postpone();
      const done = answer === 'continue' ? this.continue() : this.restart();
      done.catch((error: unknown) => notices.failed(error));
    });
  }

  /** The text is as it was: so is the training. Where that cannot be, the text is right. */
  async #goBack(question: Question): Promise<void> {
    const { record, network, engine, notices, uri } = this.#world;
    const { packed, history, begun, ahead, loaded } = question;
    this.end();
    if (network.loaded === loaded) return;
    try {
      await (await engine.remote()).goOnFrom(packed.slice());
      if (history) record.append({ ...history, restart: true });
      record.begun = begun;
      record.setAhead(ahead);
    } catch (error) {
      notices.info(`${nameOf({ uri })}: ${messageOf(error)}`);
    }
  }

  /** Whether the worker goes on by itself with what was trained. */
  #isKept({ loaded, moment }: Question, now: Network): boolean {
    const { state, ahead } = this.#world.record;
    const isSame = changeBetween(loaded.truth, now) !== 'parameters';
    return isSame && ahead && (state?.step ?? 0) >= moment.position.step;
  }

  /** Loads the network as it is with the numbers to go on with; counting and curves go on where they were. */
  async #carry({ loaded, moment, history }: Question, now: Network): Promise<void> {
    const { record, network, engine } = this.#world;
    const { checkpoint, position } = moment;
    const own = await (await engine.remote()).parameters();
    const before = { network: loaded.truth, parameters: checkpoint.parameters };
    // An epoch that was begun counts: its order is that of other batches now.
    const epoch = position.epoch + (checkpoint.position > 0 ? 1 : 0);
    const carried: CarriedRun = {
      shapes: network.held.shapes,
      parameters: carriedOver(before, { network: now, parameters: own }),
      course: { begun: { epoch, step: position.step }, resting: undefined },
      snapshots: { kept: [], spacing: 0, lastId: 0 },
    };
    await network.load(now, { keepParameters: true, carried });
    if (history) record.append({ ...withoutLayers(history), restart: true });
    record.markChange({ ...position, seconds: moment.seconds }, changesBetween(loaded.truth, now));
  }
}

/** The epoch at which it is over: another number of epochs counts, unless they were asked for by number. */
function leftOf({ moment, loaded }: Question, now: Network): number {
  const before = loaded.truth.training.epochs;
  return moment.epochs + (moment.watch?.goal.isAsked ? 0 : now.training.epochs - before);
}

/** Rows of the whole network: with other layers their numbers mean others. */
function withoutLayers({ columns = [], ...chunk }: MetricsChunk): MetricsChunk {
  const { count, values } = chunk;
  return { ...chunk, values: values.subarray(0, values.length - columns.length * count) };
}

/** For the mark on the charts. */
function changesBetween(before: Network, now: Network): readonly SettingChange[] {
  const [from, to] = [before, now].map(network =>
    sizesText(
      inferShapes(network),
      (layers, inputs, outputs) => `${inputs} – … – ${outputs} (${layers})`,
    ),
  );
  const layers = from === to ? [] : [{ path: ['layers'], from, to }];
  const settings = before.layers.length === now.layers.length ? tuningChanges(before, now) : [];
  return [...layers, ...settings];
}

function none(uri: Uri): Error {
  return new Error(
    l10n.t('No training of {0} waits for an answer after a change.', nameOf({ uri })),
  );
}
