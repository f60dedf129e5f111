/**
 * Fetches a map: a coarse one at once, the fine one when nothing has asked for another meanwhile. At most five coarse
 * ones a second, and no fine ones, while training runs.
 */
import type { MapRequest, NeuronMaps } from '../../src/protocol';
import { messageOf } from '../messageOf';
import { browserTimer, Refresher, type Timer } from '../refresher';

const INTERVAL = 200;
export const COARSE = 32;
export const FINE = 128;

export type Wanted = Omit<MapRequest, 'cells'>;

export class MapKeeper {
  readonly #ask: (request: MapRequest) => Promise<NeuronMaps>;
  readonly #wanted: () => Wanted | undefined;
  readonly #refines: () => boolean;
  readonly #changed: () => void;
  readonly #refresher: Refresher;
  #subject = 0;
  #map: NeuronMaps | undefined;
  #failure: string | undefined;

  /** `refines`: whether a fine map is worth it now; `changed` is told of a new map, and of a failure. */
  constructor(
    ask: (request: MapRequest) => Promise<NeuronMaps>,
    wanted: () => Wanted | undefined,
    refines: () => boolean,
    changed: () => void,
    timer: Timer = browserTimer,
  ) {
    this.#ask = ask;
    this.#wanted = wanted;
    this.#refines = refines;
    this.#changed = changed;
    this.#refresher = new Refresher(() => this.#fetch(), INTERVAL, timer);
  }

  get map(): NeuronMaps | undefined {
    return this.#map;
  }

  get failure(): string | undefined {
    return this.#failure;
  }

  /** Other numbers of the same. */
  refresh(): void {
    this.#refresher.ask();
  }

  /** Another neuron, range or network: what was shown is gone, unless it is to `keep` its place meanwhile. */
  begin(keep: boolean): void {
    this.#subject += 1;
    if (!keep) this.#map = undefined;
    this.#failure = undefined;
    this.#refresher.ask(true);
  }

  async #fetch(): Promise<void> {
    const subject = this.#subject;
    const first = await this.#get(COARSE, subject);
    if (first && this.#refines() && subject === this.#subject)
      await this.#get(FINE, subject, first);
  }

  /** `after`: the coarse map that is refined: one of other numbers must not be replaced by an older one. */
  async #get(cells: number, subject: number, after?: NeuronMaps): Promise<NeuronMaps | undefined> {
    const wanted = this.#wanted();
    if (!wanted) return undefined;
    try {
      const map = await this.#ask({ ...wanted, cells });
      if (subject !== this.#subject || (after && after !== this.#map)) return undefined;
      // While training runs, pictures come coarse: the next one after a fine one would blink.
      this.#map = map;
      this.#failure = undefined;
      this.#changed();
      return map;
    } catch (error) {
      if (subject !== this.#subject) return undefined;
      if (error instanceof Error && error.name === 'Cancelled') {
        this.#refresher.ask();
        return undefined;
      }
      this.#failure = messageOf(error);
      this.#changed();
      return undefined;
    }
  }
}
