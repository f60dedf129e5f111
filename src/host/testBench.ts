/**
 * Computes what tests ask for, in a worker of its own: neither the run that a person sees nor the text is touched.
 */
import { l10n } from 'vscode';
import type { Disposable, Uri } from 'vscode';
import type { GradcheckReport } from '../engine/gradcheck';
import type { LossFound } from '../expect/judge';
import type { Bench } from '../expect/run';
import type { Network } from '../network/network';
import type { RunState, WorkerApi } from '../protocol';
import type { Remote } from '../rpc';
import { readDataFiles } from './dataFiles';
import { engineStopped } from './endReason';
import { EngineLink } from './engineLink';
import type { RunWorld } from './run';
import { RunPlace } from './runPlace';
import { readWeights } from './weightsFiles';

export class WorkerBench implements Bench, Disposable {
  readonly network: Network;
  readonly #uri: Uri;
  readonly #engine: EngineLink;
  readonly #place: RunPlace;
  /** Set as soon as nothing can be computed any more. */
  #fault: Error | undefined;
  #state: RunState | undefined;
  /** Who waits for the end of a training. */
  #waiting: { ended(state: RunState): void; failed(error: Error): void } | undefined;

  constructor(uri: Uri, network: Network, world: RunWorld) {
    this.#uri = uri;
    this.network = network;
    this.#engine = new EngineLink(
      place => world.spawnWorker(place),
      {
        runState: state => this.#hear(state),
        metrics() {},
        gradcheckProgress() {},
        loadProgress() {},
      },
      {
        lost: reason => this.#end(new Error(engineStopped(reason))),
        hangs: seconds => world.notices.engineHangs(uri, seconds, false),
        isBusy: () => this.#waiting !== undefined,
      },
    );
    this.#place = new RunPlace(uri, this.#engine, world);
  }

  /** Rejects with what is wrong with the files that the network names, as a run does. */
  async load(): Promise<void> {
    const network = await readWeights(this.#uri, this.network);
    const files = await readDataFiles(this.#uri, network);
    const { state } = await this.#place.load({ network, files, keepParameters: false }, false);
    this.#state = state;
  }

  get hasData(): boolean {
    return this.network.data !== undefined;
  }

  async predict(input: readonly number[]): Promise<readonly number[]> {
    const [output] = await (await this.#untrained()).predict([[...input]]);
    return output;
  }

  async gradcheck(): Promise<GradcheckReport> {
    return (await this.#untrained()).gradcheck({});
  }

  async loss(epochs: number): Promise<LossFound> {
    const worker = await this.#untrained();
    if (epochs > 0) {
      const ended = new Promise<RunState>(
        (resolve, reject) => (this.#waiting = { ended: resolve, failed: reject }),
      );
      // Whoever is told of a failure here does not wait for the end as well.
      ended.catch(() => {});
      await worker.train({ epochs });
      this.#state = await ended;
    }
    const { loss = NaN, epoch = 0, phase } = this.#state ?? {};
    return { loss, epochs: epoch, diverged: phase === 'diverged' };
  }

  /** What is being computed rejects. */
  dispose(): void {
    this.#end(new Error(l10n.t('The run of this network was closed.')));
    this.#engine.dispose();
  }

  /** The worker with the parameters of the file. */
  async #untrained(): Promise<Remote<WorkerApi>> {
    if (this.#fault) throw this.#fault;
    const worker = await this.#engine.remote();
    if (this.#state?.phase !== 'idle') this.#state = await worker.reset();
    return worker;
  }

  #hear(state: RunState): void {
    if (state.phase === 'running') return;
    this.#waiting?.ended(state);
    this.#waiting = undefined;
  }

  #end(fault: Error): void {
    this.#fault ??= fault;
    this.#waiting?.failed(fault);
    this.#waiting = undefined;
  }
}
