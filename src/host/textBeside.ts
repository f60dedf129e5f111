/** The text of a network beside its designer: what a person does on the canvas is shown in it. */
import { ViewColumn, window } from 'vscode';
import type { TextDocument } from 'vscode';
import type { Target } from '../engine/facts';
import type { JsonPath, TextRange } from '../network/network';
import { same } from './compare';
import type { Documents } from './documents';
import { placeAt, rangeOf, selectQuietly, textEditorOf, toRange } from './places';
import { pathOfTarget, targetOf } from './subjects';

export class TextBeside {
  readonly #document: TextDocument;
  readonly #documents: Documents;

  constructor(document: TextDocument, documents: Documents) {
    this.#document = document;
    this.#documents = documents;
  }

  /** Goes to a place of the text, where the text is shown already, else beside. */
  async reveal(path: JsonPath, range?: TextRange): Promise<void> {
    const selection = range
      ? toRange(this.#document, range)
      : rangeOf(this.#documents, this.#document, path);
    const viewColumn = textEditorOf(this.#document.uri)?.viewColumn ?? ViewColumn.Beside;
    await window.showTextDocument(this.#document, { viewColumn, selection });
  }

  /**
   * Selects the same in the text where it can be seen, unless the cursor is there already. The page tells only what
   * was selected on it; a click on it may be heard before VS Code says that the person is there.
   */
  select(target: Target): void {
    const editor = textEditorOf(this.#document.uri);
    if (!editor) return;
    const here = placeAt(this.#documents, this.#document, editor.selection.active);
    if (here && same(targetOf(here), target)) return;
    selectQuietly(editor, rangeOf(this.#documents, this.#document, pathOfTarget(target)));
  }
}
