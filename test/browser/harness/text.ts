/** The text of the harness's document: edits as undo steps, and layers on a clipboard. */
import { editTools } from '../../../src/engine/grow';
import {
  applyTextEdits,
  EditError,
  planEdits,
  type LayerValue,
  type NetworkEdit,
} from '../../../src/network/edit';
import { keptParameters } from '../../../src/network/keptParameters';
import { parseNetwork } from '../../../src/network/parse';
import type { EditResult } from '../../../src/protocol';

export class TextDocument {
  text: string;
  clipboard = '';
  readonly #readOnly: boolean;
  readonly #changed: () => Promise<void>;
  /** Texts to go back to, and forth again. */
  readonly #done: string[] = [];
  readonly #undone: string[] = [];

  constructor(text: string, readOnly: boolean, changed: () => Promise<void>) {
    this.text = text;
    this.#readOnly = readOnly;
    this.#changed = changed;
  }

  /** One undo step, or the sentence that refuses it. */
  async edit(change: NetworkEdit): Promise<EditResult> {
    if (this.#readOnly) return { applied: false, message: 'The file is read-only.' };
    try {
      const before = parseNetwork(this.text);
      const { edits, drawn } = planEdits(before, [change], editTools);
      const text = applyTextEdits(this.text, edits);
      const kept = keptParameters(before, parseNetwork(text), drawn);
      await this.write(text);
      return { applied: true, ...(kept && { kept }) };
    } catch (error) {
      if (error instanceof EditError) return { applied: false, message: error.message };
      throw error;
    }
  }

  async write(changed: string): Promise<void> {
    if (changed === this.text) return;
    this.#done.push(this.text);
    this.#undone.length = 0;
    this.text = changed;
    await this.#changed();
  }

  undo(): Promise<void> {
    return this.#go(this.#done, this.#undone);
  }

  redo(): Promise<void> {
    return this.#go(this.#undone, this.#done);
  }

  /** Layers as they stand in the text, one behind the other. */
  copy(layers: readonly number[]): void {
    const root = JSON.parse(this.text) as { layers: unknown[] };
    this.clipboard = layers.map(layer => JSON.stringify(root.layers[layer])).join(',\n');
  }

  paste(index: number): Promise<EditResult> {
    const layers = JSON.parse(`[${this.clipboard}]`) as LayerValue[];
    return this.edit({ type: 'insertLayers', index, layers });
  }

  async #go(from: string[], to: string[]): Promise<void> {
    const next = from.pop();
    if (next === undefined) return;
    to.push(this.text);
    this.text = next;
    await this.#changed();
  }
}
