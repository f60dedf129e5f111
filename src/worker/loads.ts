/** Loading of data while everything else is answered: the newest load ends an older one. */
import type { LoadedDataset } from '../data/load';
import { LoadJob } from '../data/loadJob';
import type { Codecs } from '../data/steps';
import { inferShapes } from '../network/shapes';
import type { LoadRequest, WorkerEvents } from '../protocol';
import { cancelled } from './newest';
import { Reports } from './reports';
import type { Slices } from './slices';

/** Milliseconds before anybody is told that it takes a while. */
const PATIENCE_MS = 1000;

export class Loads {
  readonly #slices: Slices;
  readonly #codecs: Codecs;
  readonly #tell: WorkerEvents['loadProgress'];
  #newest = 0;

  constructor(slices: Slices, codecs: Codecs, tell: WorkerEvents['loadProgress']) {
    this.#slices = slices;
    this.#codecs = codecs;
    this.#tell = tell;
  }

  /** At once where one slice is enough. Rejects with the name `Cancelled` when it was ended. */
  load({ network, files }: LoadRequest): LoadedDataset | Promise<LoadedDataset> {
    this.cancel();
    const job = new LoadJob(network, inferShapes(network), files, this.#codecs);
    return job.run(this.#slices.end()) ? job.loaded : this.#goOn(job);
  }

  /** Ends the one under way. */
  cancel(): void {
    this.#newest += 1;
  }

  async #goOn(job: LoadJob): Promise<LoadedDataset> {
    const mine = this.#newest;
    const reports = new Reports(this.#slices.now() + PATIENCE_MS);
    do {
      await (job.waits ?? this.#slices.turn());
      if (mine !== this.#newest) {
        job.giveUp();
        throw cancelled('The loading of the data was cancelled.');
      }
      if (reports.isDue(this.#slices.now())) this.#tell(job.part);
    } while (!job.run(this.#slices.end()));
    return job.loaded;
  }
}
