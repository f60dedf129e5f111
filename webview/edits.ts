/** What a person changes in the text: each change is asked of the host, on the version that the person saw. */
import type { NetworkEdit } from '../src/network/edit';
import type { TemplateName } from '../src/network/templates';
import type { EditResult } from '../src/protocol';
import { keptWords } from './design/quietLine';
import type { Host } from './host';
import { messageOf } from './messageOf';
import type { Deeds } from './outside';
import type { Store } from './store';

export class Edits {
  readonly #remote: Host['remote'];
  readonly #store: Store;
  readonly #deeds: Deeds;
  readonly #complain: (message: string | undefined) => void;

  /** @param complain shows a sentence to everybody; undefined: the one before is past */
  constructor(
    remote: Host['remote'],
    store: Store,
    deeds: Deeds,
    complain: (message: string | undefined) => void,
  ) {
    this.#remote = remote;
    this.#store = store;
    this.#deeds = deeds;
    this.#complain = complain;
  }

  /**
   * Says what is meant; the host changes the text, and the picture follows the text. The host compares it with
   * the version that the person saw.
   *
   * @param select layers that are selected once the text has changed, by their new indices
   */
  async edit(edit: NetworkEdit, select?: readonly number[]): Promise<EditResult> {
    return this.#change(base => this.#remote.edit(edit, base), select);
  }

  copyLayers(layers: readonly number[]): Promise<void> {
    const base = Math.max(this.#store.state.document?.version ?? 0, this.#deeds.written);
    return this.#remote.copyLayers([...layers], base).catch(error => this.#notice(error));
  }

  cutLayers(layers: readonly number[]): Promise<EditResult> {
    return this.#change(base => this.#remote.cutLayers([...layers], base), []);
  }

  pasteLayers(index: number): Promise<EditResult> {
    return this.#change(base => this.#remote.pasteLayers(index, base), [index]);
  }

  create(template: TemplateName): void {
    void this.createFrom(template).then(result => {
      if (!result.applied) this.#complain(result.message);
    });
  }

  /** Fills an empty file; a refusal is an answer. */
  async createFrom(start: TemplateName | { readonly csv: string }): Promise<EditResult> {
    try {
      return await this.#deeds.during(this.#remote.create(start));
    } catch (error) {
      return { applied: false, message: messageOf(error) };
    }
  }

  async #change(
    ask: (base: number) => Promise<EditResult>,
    select?: readonly number[],
  ): Promise<EditResult> {
    const seen = this.#store.state.document?.version ?? 0;
    try {
      // An edit that follows at once is made on the text that the one before has left.
      const result = await this.#deeds.during(ask(Math.max(seen, this.#deeds.written)));
      this.#complain(result.applied ? undefined : result.message);
      if (result.applied) this.#applied(result, result.version ?? seen + 1, select);
      return result;
    } catch (error) {
      this.#notice(error);
      return { applied: false, message: messageOf(error) };
    }
  }

  #applied(
    { kept }: Extract<EditResult, { applied: true }>,
    version: number,
    select: readonly number[] | undefined,
  ): void {
    // Also when there is nothing to say: why the edit before was refused is past.
    const words = kept && kept.kept + kept.fresh > 0 ? keptWords(kept) : undefined;
    this.#store.dispatch({ type: 'quiet', words });
    if (!select) return;
    const chosen = (): void => this.#store.dispatch({ type: 'selectLayers', layers: select });
    const drawn = (): boolean => (this.#store.state.document?.version ?? 0) >= version;
    if (drawn()) return chosen();
    // The new layers are selected when there is a picture of them.
    const end = this.#store.subscribe(() => {
      if (!drawn()) return;
      end();
      chosen();
    });
  }

  #notice(error: unknown): void {
    this.#complain(messageOf(error));
  }
}
