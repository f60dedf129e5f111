/**
 * The input that a person tries: typed, dragged, painted, or a sample's. One for the whole page, so that panel and
 * map speak of the same. Nothing of it gets into the network's text.
 */
import type { DataRange } from '../../src/protocol';
import type { Controller } from '../controller';
import { messageOf } from '../messageOf';
import { Refresher } from '../refresher';
import type { State } from '../store';

/** At most ten predictions a second. */
const INTERVAL = 100;

const trials = new WeakMap<Controller, Trial>();

export function trialOf(controller: Controller): Trial {
  const known = trials.get(controller);
  if (known) return known;
  const made = new Trial(controller);
  trials.set(controller, made);
  return made;
}

export class Trial {
  readonly #controller: Controller;
  readonly #listeners = new Set<() => void>();
  readonly #predicting = new Refresher(() => this.#predict(), INTERVAL);
  #range: DataRange | undefined;
  #inputs: readonly number[] | undefined;
  #outputs: readonly number[] | undefined;
  #failure: string | undefined;
  /** The sample whose values these are; undefined once one was changed. */
  #sample: number | undefined;
  /** Follows the sample in scope until a person chooses another input. */
  #follows = true;
  /** Counts networks and inputs: an answer about an earlier one is dropped. */
  #network = 0;
  #choice = 0;
  #isRead = false;
  /** A command has asked for the keyboard to come to the first input. */
  wantsFocus = false;

  constructor(controller: Controller) {
    this.#controller = controller;
    controller.store.subscribe((state, before) => this.#follow(state, before));
  }

  get range(): DataRange | undefined {
    return this.#range;
  }

  /** In the units of the data. */
  get inputs(): readonly number[] | undefined {
    return this.#inputs;
  }

  get outputs(): readonly number[] | undefined {
    return this.#outputs;
  }

  get failure(): string | undefined {
    return this.#failure;
  }

  get sample(): number | undefined {
    return this.#sample;
  }

  /** Calls back after every change; the returned function ends that. What nobody looks at is not asked for. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    if (!this.#isRead) void this.#read();
    else this.#predicting.ask(true);
    return () => this.#listeners.delete(listener);
  }

  choose(inputs: readonly number[]): void {
    this.#choice += 1;
    this.#follows = false;
    this.#sample = undefined;
    this.#take(inputs);
  }

  set(input: number, value: number): void {
    if (this.#inputs) this.choose(this.#inputs.map((own, k) => (k === input ? value : own)));
  }

  /** Puts a sample in. */
  async putSample(sample: number): Promise<void> {
    this.#follows = false;
    await this.#fetchSample(sample);
  }

  /** Back to the sample in scope; without data to the middle. */
  async reset(): Promise<void> {
    this.#follows = true;
    await this.#fetchStart();
  }

  enter(): void {
    this.wantsFocus = true;
    this.#tell();
  }

  #tell(): void {
    for (const listener of this.#listeners) listener();
  }

  #take(inputs: readonly number[]): void {
    this.#inputs = inputs;
    this.#predicting.ask(true);
    this.#tell();
  }

  #follow(state: State, before: State): void {
    const { document, show, view } = state;
    if (
      document?.network !== before.document?.network ||
      document?.data !== before.document?.data
    ) {
      this.#isRead = false;
      if (this.#listeners.size > 0) void this.#read();
      return;
    }
    if (this.#listeners.size === 0 || !this.#isRead) return;
    if (show.scope !== before.show.scope && this.#follows) void this.#fetchStart();
    if (view !== before.view) this.#predicting.ask();
  }

  /** Another network or other data: what was typed stays where it still fits. */
  async #read(): Promise<void> {
    const { document } = this.#controller.store.state;
    if (!document?.network || document.stale) return;
    const network = ++this.#network;
    this.#isRead = true;
    try {
      const range = await this.#controller.asks.dataRange();
      if (network !== this.#network) return;
      this.#range = range;
      this.#failure = undefined;
    } catch (error) {
      if (network !== this.#network) return;
      this.#isRead = false;
      return this.#fail(error);
    }
    const fits = this.#inputs?.length === this.#range.inputNames.length;
    if (!fits || this.#follows) await this.reset();
    else this.#predicting.ask(true);
    this.#tell();
  }

  async #fetchStart(): Promise<void> {
    const { document, show, sample } = this.#controller.store.state;
    if (document?.data)
      return this.#fetchSample(
        show.scope.type === 'sample' ? show.scope.index : (sample?.index ?? 0),
      );
    this.#choice += 1;
    this.#sample = undefined;
    if (this.#range) this.#take(this.#range.inputNames.map(() => 0));
  }

  async #fetchSample(sample: number): Promise<void> {
    const choice = ++this.#choice;
    try {
      const { values } = await this.#controller.asks.dataPoints({ sample });
      if (choice !== this.#choice || !this.#range) return;
      this.#sample = sample;
      this.#take(Array.from(values.subarray(1, 1 + this.#range.inputNames.length)));
    } catch (error) {
      if (choice === this.#choice) this.#fail(error);
    }
  }

  async #predict(): Promise<void> {
    const inputs = this.#inputs;
    const { document, show } = this.#controller.store.state;
    if (!inputs || this.#listeners.size === 0 || document?.stale) return;
    const network = this.#network;
    try {
      const [outputs] = await this.#controller.asks.predict([[...inputs]], show.scope.snapshot);
      if (network !== this.#network) return;
      this.#outputs = outputs;
      this.#failure = undefined;
    } catch (error) {
      if (network !== this.#network) return;
      return this.#fail(error);
    }
    this.#tell();
  }

  /** Outputs of before are no answer to what was asked now. */
  #fail(error: unknown): void {
    this.#failure = messageOf(error);
    this.#outputs = undefined;
    this.#tell();
  }
}
