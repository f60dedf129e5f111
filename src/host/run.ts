/**
 * The run of one document: its worker, what is known about it, and the rule that ties it to the text.
 *
 * The rule: whenever nothing is being trained, the text holds the run's parameters. Training and steps write
 * them back as one undo step when they end (unless the settings say otherwise: then the run is `ahead`). A
 * change of the text by somebody else reloads the run; one of learning rates alone is taken on by it as it goes.
 *
 * What touches the worker's network or the text waits its turn; looking (inspect, view) does not.
 */
import { l10n } from 'vscode';
import type { Disposable, TextDocument, Uri } from 'vscode';
import type { Facts, Scope, Target } from '../engine/facts';
import type { GradientsRequest, SomeGradients } from '../engine/inspect';
import type { NetworkEdit } from '../network/edit';
import type {
  GradcheckRequest,
  LookApi,
  GradcheckState,
  RunState,
  StepUnit,
  WorkerEvents,
} from '../protocol';
import type { Listeners, Remote } from '../rpc';
import { EngineLink } from './engineLink';
import type { EngineEvents } from './engineLink';
import { stepLabel } from './parameters';
import { RunGradcheck } from './runGradcheck';
import { RunHealth } from './runHealth';
import { changeByGesture } from './runChange';
import type { ChangeTask, ChangeWorld } from './runChange';
import { RunInterrupted } from './runInterrupted';
import { RunJumps } from './runJumps';
import { RunNetwork } from './runNetwork';
import { RunPlace } from './runPlace';
import { RunRecord } from './runRecord';
import { RunSync } from './runSync';
import { RunTraining } from './runTraining';
import { RunUnfinished } from './runUnfinished';
import type { RunWorld } from './runWorld';
import { Store } from './store';
import type { Trained } from './trainedNetwork';
import { Turns } from './turns';
import { WriteBack } from './writeBack';

export type { RunWorld } from './runWorld';

export class Run implements Disposable {
  readonly uri: Uri;
  readonly record: RunRecord;
  /** A training that was cut off, where there is one. */
  readonly unfinished: RunUnfinished;
  /** A training that was paused because the network was changed, where there is one. */
  readonly interrupted: RunInterrupted;
  readonly #world: RunWorld;
  readonly #store = new Store();
  readonly #turns = new Turns();
  readonly #engine: EngineLink;
  readonly #place: RunPlace;
  readonly #network: RunNetwork;
  readonly #writeBack: WriteBack;
  readonly #training: RunTraining;
  readonly #gradcheck: RunGradcheck;
  readonly #sync: RunSync;
  readonly #jumps: RunJumps;
  readonly #changing: ChangeWorld;

  constructor(uri: Uri, world: RunWorld) {
    this.uri = uri;
    this.#world = world;
    const { notices, documents } = world;
    this.record = this.#store.add(new RunRecord());
    this.#engine = this.#store.add(
      new EngineLink(place => world.spawnWorker(place), this.#heard(), this.#events()),
    );
    this.#gradcheck = new RunGradcheck(this.#engine, this.record);
    const place = (this.#place = new RunPlace(uri, this.#engine, world));
    this.#network = this.#store.add(
      new RunNetwork(uri, documents, this.#engine, place, this.record, () => this.#sync.soon()),
    );
    this.#store.add(new RunHealth(this.#engine, this.record, () => this.#network.loaded?.truth));
    const { record } = this;
    const [engine, turns, network] = [this.#engine, this.#turns, this.#network];
    const parts = { uri, notices, documents, record, engine, turns, network };
    const writeBack = (this.#writeBack = new WriteBack({
      ...parts,
      follow: () => this.#sync.follow(),
      writeWeights: () => this.writeWeights(),
    }));
    const training = (this.#training = new RunTraining({ ...parts, writeBack }));
    const asker = () => this.interrupted;
    const sync = (this.#sync = new RunSync({ ...parts, training, interrupted: asker }));
    const more = { ...parts, training, sync };
    this.#jumps = new RunJumps({ ...more, writeBack });
    this.unfinished = this.#store.add(new RunUnfinished({ ...world, ...more, place }));
    const reset = (): Promise<void> => this.reset();
    const interrupted = new RunInterrupted({ ...world, ...more, reset });
    this.interrupted = this.#store.add(interrupted);
    this.#changing = { ...more, interrupted };
  }

  /** What becomes of the worker. */
  #events(): EngineEvents {
    return {
      lost: reason => this.#lost(reason),
      hangs: seconds => this.#world.notices.engineHangs(this.uri, seconds, true),
      isBusy: () => this.record.busy,
    };
  }

  /** What the worker tells. */
  #heard(): Listeners<WorkerEvents> {
    return {
      runState: state => this.#training.receive(state),
      metrics: chunk => this.record.append(chunk),
      gradcheckProgress: progress => this.#gradcheck.showProgress(progress),
      loadProgress: part => this.#network.loading.showProgress(part),
    };
  }

  /** Loads the network if that was not done yet. What is wrong with it is told as issues and log lines. */
  start(): void {
    this.#sync.soon();
    void this.unfinished.look();
  }

  /** The document's text has changed, by whomever. A run that was never needed stays asleep. */
  textChanged(document: TextDocument): void {
    if (this.#sync.isAwake) this.#network.textChanged(document);
  }

  /** What computes it since the latest load. */
  get computes(): RunPlace['computes'] {
    return this.#place.computes;
  }

  /** The setting of the engine is another: nothing that is being trained is moved. */
  engineChanged(): void {
    if (this.#sync.isAwake && !this.record.busy) this.#sync.soon();
  }

  /** The worker with the newest text loaded, for requests that change nothing in it. Rejects with what is wrong. */
  looks(): Promise<Remote<LookApi>> {
    return this.#sync.fresh();
  }

  inspect(target: Target, scope: Scope): Promise<Facts> {
    return this.looks().then(worker => worker.inspect(target, scope));
  }

  /** Some gradients, of the newest text or of the training that goes on. */
  gradients(request: GradientsRequest): Promise<SomeGradients> {
    return this.#sync.fresh().then(worker => worker.gradients(request));
  }

  /** Starts or resumes training; resolves when it has started. */
  train(options: { epochs?: number } = {}): Promise<void> {
    return this.#turns.take(async () =>
      this.#training.start(await this.#sync.followUsable(), options),
    );
  }

  /** Resolves when nothing is being trained any more and the weights are written (or refused, or asked for). */
  async whenStopped(): Promise<RunState | undefined> {
    await this.#training.stopped;
    return this.record.state;
  }

  pause(): Promise<void> {
    return this.#training.pause();
  }

  async step(unit: StepUnit): Promise<void> {
    await this.#training.settled();
    return this.#turns.take(async () => {
      const worker = await this.#sync.followUsable();
      const before = this.record.state;
      if (!before || this.record.busy) return;
      this.record.outdateGradcheck();
      const after = await worker.step(unit);
      this.interrupted.end();
      this.record.setAhead(true);
      if (after.phase === 'diverged') this.#world.notices.diverged(this.uri, after.where);
      else await this.#writeBack.after(stepLabel(unit, before, after));
    });
  }

  /** Back to the parameters at the start of the run, in the worker and in the text. */
  reset(): Promise<void> {
    return this.#decided(this.#jumps.reset());
  }

  /** Back to the parameters of a kept snapshot, in the worker and in the text, whatever the settings say. */
  restore(snapshot: number): Promise<void> {
    return this.#decided(this.#jumps.restore(snapshot));
  }

  /** The file of a checkpoint of the training as it is; it goes on meanwhile. */
  checkpoint(): Promise<Uint8Array> {
    return this.#turns.take(async () => (await this.#sync.followUsable()).checkpoint());
  }

  /** Goes on where the checkpoint in a file was taken, with its optimizer's state. */
  resume(file: Uint8Array): Promise<void> {
    return this.#decided(this.#jumps.resume(file));
  }

  /** Another seed, and parameters drawn from it: those in the text are removed. */
  newSeed(seed: number): Promise<void> {
    return this.#decided(this.#jumps.newSeed(seed));
  }

  /** Writes the run's parameters into the text now, whatever the settings say. */
  async writeWeights(): Promise<void> {
    await this.#training.settled();
    return this.#turns.take(async () => {
      await this.#sync.follow();
      if (this.record.busy || !this.record.ahead) return;
      await this.#network.writeParameters(l10n.t('Write Weights'));
    });
  }

  /** A change of layers or weights by a gesture ({@link changeByGesture}). */
  change<T>(wantsTrained: boolean, task: ChangeTask<T>): Promise<T> {
    return changeByGesture(this.#changing, wantsTrained, task);
  }

  /**
   * Parameters that somebody has for the network as it is then, with settings of it, in the worker and in the text, whatever the settings
   * say: undo leads back to those before.
   */
  takeParameters(...args: Parameters<RunJumps['takeParameters']>): Promise<void> {
    return this.#decided(this.#jumps.takeParameters(...args));
  }

  /** What is being trained, as it is at this moment, whatever is loaded next. Rejects when the worker is gone. */
  async trained(): Promise<Trained> {
    const { truth: network } = this.#network.held;
    const engine = this.#place.computes;
    const parameters = await (await this.#engine.remote()).parameters();
    return { network, engine, parameters };
  }

  /** For a change by a gesture: edits that end with the weights in a file again, where the text names one. */
  async backToFile(edits: readonly NetworkEdit[]): Promise<readonly NetworkEdit[]> {
    const document = await this.#world.documents.document(this.uri);
    return this.#network.weights.backToFile(document, edits);
  }

  /** Checks every gradient, or those that are asked for. The answer is also the record's gradcheck state. */
  async checkGradients(request: GradcheckRequest = {}): Promise<GradcheckState> {
    await this.pause();
    const worker = await this.#turns.take(() => this.#sync.followUsable());
    return this.#gradcheck.check(worker, this.#network.held.shapes.parameters, request);
  }

  cancelGradcheck(): Promise<void> {
    return this.#gradcheck.cancel();
  }

  cancelLoad(): Promise<void> {
    return this.#network.loading.cancel();
  }

  /** Its file was deleted: what is trained ends, and is kept among the runs alone. */
  stop(): Promise<void> {
    return this.#training.stopQuietly();
  }

  dispose(): void {
    this.#training.abandon();
    this.#store.dispose();
  }

  /** Whoever brings the run elsewhere wants nothing else of it. */
  async #decided(jump: Promise<void>): Promise<void> {
    await jump;
    this.interrupted.end();
  }

  #lost(reason: string): void {
    const hadLoaded = this.#network.loaded !== undefined;
    this.unfinished.lost(reason);
    this.#place.lost();
    this.#network.forget();
    this.#training.abandon();
    this.record.setState(undefined);
    this.record.setAhead(false);
    // A network that ends the worker while it is loaded is not loaded again and again.
    if (hadLoaded) this.#sync.soon();
  }
}
