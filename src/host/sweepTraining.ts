/** One training of a sweep, in a worker of its own: neither the run that a person sees nor the text is touched. */
import { l10n } from 'vscode';
import type { Disposable, Uri } from 'vscode';
import { History } from '../engine/history';
import type { Network } from '../network/network';
import type { RunState } from '../protocol';
import type { EndedRun } from '../runs/writeRun';
import { readDataFiles } from './dataFiles';
import { engineStopped } from './endReason';
import { EngineLink } from './engineLink';
import type { RunWorld } from './run';
import { columnsOf } from './cutOffRun';
import { endOf } from './runKeeper';
import { RunPlace } from './runPlace';

type Result = Pick<EndedRun, 'engine' | 'network' | 'columns' | 'end' | 'parameters'>;

export class SweepTraining implements Disposable {
  readonly #uri: Uri;
  readonly #network: Network;
  readonly #history = new History();
  readonly #engine: EngineLink;
  readonly #place: RunPlace;
  readonly #ended: Promise<RunState>;
  #end: (state: RunState) => void = () => {};
  #fail: (error: Error) => void = () => {};
  #running = false;

  /** @param told the completed epochs, while it trains */
  constructor(uri: Uri, network: Network, world: RunWorld, told: (epoch: number) => void) {
    this.#uri = uri;
    this.#network = network;
    this.#ended = new Promise((resolve, reject) => {
      this.#end = resolve;
      this.#fail = reject;
    });
    // Whoever hears of a failure elsewhere does not wait for the end as well.
    this.#ended.catch(() => {});
    this.#engine = new EngineLink(
      place => world.spawnWorker(place),
      {
        runState: state => {
          if (state.phase === 'running') told(state.epoch);
          else if (this.#running) this.#end(state);
        },
        metrics: chunk => this.#history.append(chunk),
        gradcheckProgress() {},
        loadProgress() {},
      },
      {
        lost: reason => this.#fail(new Error(engineStopped(reason))),
        hangs: seconds => world.notices.engineHangs(uri, seconds, false),
        isBusy: () => this.#running,
      },
    );
    this.#place = new RunPlace(uri, this.#engine, world);
  }

  /** From the start to the end. Rejects with what is wrong with data or engine, and when it is disposed. */
  async train(): Promise<Result> {
    const network = this.#network;
    const files = await readDataFiles(this.#uri, network);
    await this.#during(this.#place.load({ network, files, keepParameters: false }, false));
    const worker = await this.#during(this.#engine.remote());
    this.#running = true;
    await this.#during(worker.train({}));
    const end = endOf(await this.#ended);
    const parameters = await this.#during(worker.parameters());
    if (!end) throw new Error(l10n.t('The run of this network was closed.'));
    const columns = columnsOf(this.#history.toChunk());
    return { engine: this.#place.computes, network, columns, end, parameters };
  }

  dispose(): void {
    this.#fail(new Error(l10n.t('The run of this network was closed.')));
    this.#engine.dispose();
  }

  /** Rejects also when the worker is gone. */
  #during<T>(task: Promise<T>): Promise<T> {
    return Promise.race([task, this.#ended.then(() => task)]);
  }
}
