/** Loading of a network's data that is worked off in slices: whoever loads listens between them, and may give it up. */
import type { Network } from '../network/network';
import type { NetworkShapes } from '../network/shapes';
import type { Dataset } from './dataset';
import { loading } from './load';
import type { LoadedDataset } from './load';
import type { Codecs, DataFiles, Steps } from './steps';

export class LoadJob {
  readonly #steps: Steps<LoadedDataset>;
  #loaded: LoadedDataset | undefined;
  #waits: Promise<unknown> | undefined;
  #part = 0;

  /**
   * @param shapes of the same network
   * @param files contents of the files that `dataFiles(network)` names, by the same names
   * @param like the data that the network is trained with, where others are loaded
   */
  constructor(
    network: Network,
    shapes: NetworkShapes,
    files: DataFiles,
    codecs: Codecs,
    like?: Dataset,
  ) {
    this.#steps = loading(network, shapes, files, codecs, like);
  }

  /** Works on; false when `expired` ended it early, or when it {@link waits}. */
  run(expired: () => boolean = () => false): boolean {
    if (this.#loaded) return true;
    this.#waits = undefined;
    do {
      const next = this.#steps.next();
      if (next.done) {
        this.#loaded = next.value;
        return true;
      }
      if (typeof next.value === 'number') this.#part = next.value;
      else this.#waits = next.value;
    } while (!this.#waits && !expired());
    return false;
  }

  /** What has to come before it can go on: the next piece of a packed file. Never rejects. */
  get waits(): Promise<unknown> | undefined {
    return this.#waits;
  }

  /** The part of the file under way that is done, from 0 to 1. */
  get part(): number {
    return this.#part;
  }

  /** @throws Error before {@link run} has answered true */
  get loaded(): LoadedDataset {
    if (!this.#loaded) throw new Error('The data are not loaded yet.');
    return this.#loaded;
  }

  /** Works until the end, without a rest but for what it waits for. */
  async whole(): Promise<LoadedDataset> {
    while (!this.run()) await this.#waits;
    return this.loaded;
  }

  /** Ends it for good. */
  giveUp(): void {
    this.#steps.return({ issues: [] });
  }
}
