/** Which moments of the run are kept, which of them the page looks from, and the ways to another. */
import type { RunState, SnapshotList } from '../../src/protocol';
import { messageOf } from '../messageOf';
import { epochs } from '../numbers';
import { browserTimer, Refresher, type Timer } from '../refresher';
import type { Store } from '../store';
import { text } from '../strings';
import { atSnapshot, nearestTo, placeAt, placesOf, type Place } from './places';

export interface PastWorld {
  list(): Promise<SnapshotList>;
  /** Rejects with why the weights of that moment are not those of the text now. */
  restore(snapshot: number): Promise<void>;
  /** Says what went wrong. */
  complain(message: string): void;
}

/** At most twice a second while training runs. */
const INTERVAL = 500;

export class Past {
  readonly #world: PastWorld;
  readonly #store: Store;
  readonly #listeners = new Set<() => void>();
  readonly #refresher: Refresher;
  #list: SnapshotList | undefined;
  /** The places, of what they were made. */
  #made: { list: SnapshotList | undefined; run: RunState | undefined; places: readonly Place[] } = {
    list: undefined,
    run: undefined,
    places: [],
  };
  /** Counts runs: what is told of an earlier one is dropped. */
  #run = 0;
  /** Of the moment that is looked at: where to go when it is not kept any more. */
  #epoch = 0;

  constructor(store: Store, world: PastWorld, timer: Timer = browserTimer) {
    this.#store = store;
    this.#world = world;
    this.#refresher = new Refresher(() => this.#fetch(), INTERVAL, timer);
    // Undo leads to another of the moments, and nothing is recorded.
    store.subscribe(({ run }, before) => {
      if (run?.step !== before.run?.step) this.refresh();
    });
  }

  get places(): readonly Place[] {
    const list = this.#list;
    const { run } = this.#store.state;
    // Asked for many times in each drawing, and there are hundreds.
    if (this.#made.list !== list || this.#made.run !== run)
      this.#made = { list, run, places: placesOf(list, run) };
    return this.#made.places;
  }

  /** Index of the place that is looked from; the last: now. */
  get index(): number {
    const { places } = this;
    const found = placeAt(places, this.#store.state.show.scope);
    return found < 0 ? places.length - 1 : found;
  }

  /** The place that is looked back from; undefined: the page shows now. */
  get place(): Place | undefined {
    if (!this.isBack) return undefined;
    const { scope } = this.#store.state.show;
    const { places } = this;
    return places[placeAt(places, scope)];
  }

  /** The epoch that the page looks from where that is not the last one. */
  get mark(): number | undefined {
    const { places, index } = this;
    return index < places.length - 1 ? places[index]?.epoch : undefined;
  }

  get isBack(): boolean {
    return this.#store.state.show.scope.snapshot !== undefined;
  }

  /** Called when the places are others; while nobody listens nothing is asked for. The returned function ends that. */
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener);
    this.refresh();
    return () => this.#listeners.delete(listener);
  }

  /** There may be more of them, or fewer. */
  refresh(): void {
    if (this.#listeners.size > 0 || this.isBack) this.#refresher.ask();
  }

  go(index: number): void {
    const place = this.places[index];
    if (!place) return;
    this.#epoch = place.epoch;
    this.#look(place.snapshot);
  }

  goToEpoch(epoch: number): void {
    this.go(nearestTo(this.places, epoch));
  }

  goToNow(): void {
    this.#look(undefined);
  }

  /** The weights of the moment that is looked at become those of the text and of the run. */
  async restore(): Promise<void> {
    const { place } = this;
    if (place?.snapshot === undefined) return;
    try {
      await this.#world.restore(place.snapshot);
      this.goToNow();
      this.refresh();
      const words = text('past.restored', epochs(place.epoch));
      this.#store.dispatch({ type: 'quiet', words });
    } catch (error) {
      this.#world.complain(messageOf(error));
    }
  }

  /** The run begins anew: what was kept of it is gone. */
  forget(): void {
    this.#run += 1;
    this.#list = undefined;
    if (!this.isBack) return;
    this.goToNow();
    this.#store.dispatch({ type: 'quiet', words: text('past.over') });
  }

  #look(snapshot: number | undefined): void {
    const { scope } = this.#store.state.show;
    if (scope.snapshot === snapshot) return;
    this.#store.dispatch({ type: 'show', change: { scope: atSnapshot(scope, snapshot) } });
  }

  async #fetch(): Promise<void> {
    const run = this.#run;
    // Nothing is loaded, or not yet: the page says itself what is wrong.
    const list = await this.#world.list().catch(() => undefined);
    if (run !== this.#run) return;
    this.#list = list;
    if (this.isBack && placeAt(this.places, this.#store.state.show.scope) < 0) {
      if (this.places.length > 1) this.goToEpoch(this.#epoch);
      else this.goToNow();
    }
    for (const listener of this.#listeners) listener();
  }
}
