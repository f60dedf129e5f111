/**
 * What a designer changes: gestures, the clipboard, a first network. Each is one undo step on the newest text, or
 * is refused with a sentence.
 *
 * A gesture that changes layers or weights starts from the weights that the person sees. Where a run is ahead of
 * the text (nobody has written back what was trained), those are the run's: they go into the text in the same
 * undo step. Who chose never to write back is asked, because what the run has trained would be lost.
 */
import { env, l10n } from 'vscode';
import type { TextDocument } from 'vscode';
import { initialParameters } from '../engine/initializers';
import { layersIn, layersText } from '../network/clipboard';
import { editLabel } from '../network/edit';
import type { NetworkEdit } from '../network/edit';
import { hasParameters } from '../network/layerTypes';
import { parameterRows } from '../network/parameterRows';
import { inferShapes } from '../network/shapes';
import type { TemplateName } from '../network/templates';
import type { EditResult } from '../protocol';
import { EditRefused, refusing } from './documents';
import type { Documents, Kept } from './documents';
import { startText } from './csv';
import { askAboutTrained } from './trained';
import { changeBetween } from './compare';
import type { Run } from './run';
import { writeBackFor } from './settings';

export class DesignerEdits {
  readonly #document: TextDocument;
  readonly #documents: Documents;
  readonly #run: Run;

  constructor(document: TextDocument, documents: Documents, run: Run) {
    this.#document = document;
    this.#documents = documents;
    this.#run = run;
  }

  edit(edit: NetworkEdit, base: number): Promise<EditResult> {
    return this.#answer(() => this.#apply(edit, base, editLabel(edit)));
  }

  /** Rejects with {@link EditRefused} when the layers are no longer those that the person saw. */
  async copyLayers(layers: readonly number[], base: number): Promise<void> {
    this.#documents.checkBase(this.#document, [{ type: 'removeLayers', layers }], base);
    const { parsed } = this.#documents.read(this.#document);
    await env.clipboard.writeText(layersText(parsed, layers));
  }

  cutLayers(layers: readonly number[], base: number): Promise<EditResult> {
    const edit: NetworkEdit = { type: 'removeLayers', layers };
    return this.#answer(async () => {
      // What cannot be removed is not put on the clipboard either.
      this.#documents.plan(this.#document, [edit], base);
      await this.copyLayers(layers, base);
      const label =
        layers.length === 1
          ? l10n.t('Cut layers[{0}]', layers[0])
          : l10n.t('Cut {0} layers', layers.length);
      return this.#apply(edit, base, label);
    });
  }

  pasteLayers(index: number, base: number): Promise<EditResult> {
    return this.#answer(async () => {
      const text = await env.clipboard.readText();
      const layers = refusing(() => layersIn(text));
      const label =
        layers.length === 1 ? l10n.t('Paste a layer') : l10n.t('Paste {0} layers', layers.length);
      return this.#apply({ type: 'insertLayers', index, layers }, base, label);
    });
  }

  /** Fills a file that is empty. */
  create(start: TemplateName | { csv: string }): Promise<EditResult> {
    return this.#answer(async () => {
      const text = await startText(this.#document.uri, start);
      await this.#documents.fill(this.#document, text, l10n.t('New network'));
      return undefined;
    });
  }

  /** Waits with what concerns layers or weights until nothing is being trained. */
  async #apply(edit: NetworkEdit, base: number, label: string): Promise<Kept | undefined> {
    const apply = (edits: readonly NetworkEdit[]): Promise<Kept | undefined> =>
      this.#documents.apply(this.#document, edits, label, { base });
    const { weights } = this.#documents.usable(this.#document);
    const asked = [this.#filled(edit)];
    // In a text whose numbers are in a file none can be set alone: they come into it first.
    if (!weights || edit.type !== 'setParameter') {
      const { next, current } = this.#documents.plan(this.#document, asked, base);
      if (changeBetween(current, next) !== 'parameters') return apply(asked);
    }
    return this.#run.change(await this.#writesTrained(edit), async seen => {
      const edits = seen.length > 0 ? [...seen, edit] : asked;
      if (!weights) return apply(edits);
      const whole: NetworkEdit[] = [...edits, { type: 'unset', path: ['weights'] }];
      const { kept } = this.#documents.plan(this.#document, whole, base);
      await apply(await this.#run.backToFile(edits));
      return kept;
    });
  }

  /** Whether the run's parameters go into the text with an edit. Rejects where the person makes none then. */
  async #writesTrained(edit: NetworkEdit): Promise<boolean> {
    const { uri } = this.#document;
    if (edit.type === 'setParameter' || writeBackFor(uri) !== 'never') return true;
    const { ahead, running } = this.#run.record;
    return ahead || running ? askAboutTrained(uri) : false;
  }

  /**
   * One number by hand where the file has none of its kind: the others are those that the layer starts with, which
   * the canvas shows.
   */
  #filled(edit: NetworkEdit): NetworkEdit {
    if (edit.type !== 'setParameter') return edit;
    const network = this.#documents.usable(this.#document);
    const layer = network.layers[edit.layer];
    if (!layer || !hasParameters(layer) || network.weights) return edit;
    if (edit.kind === 'weight' ? layer.weights : layer.bias) return edit;
    const rows = parameterRows(inferShapes(network), initialParameters(network));
    return { ...edit, parameters: rows[edit.layer] };
  }

  /** A refusal is an answer, not a failure. */
  async #answer(change: () => Promise<Kept | undefined>): Promise<EditResult> {
    try {
      const kept = await change();
      const { version } = this.#document;
      return { applied: true, version, ...(kept && { kept }) };
    } catch (error) {
      if (error instanceof EditRefused) return { applied: false, message: error.message };
      throw error;
    }
  }
}
