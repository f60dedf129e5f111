/** A strip on each row of weights in the text, as wide as the gradient of the row is large. */
import { Range, ThemeColor, window, workspace } from 'vscode';
import type { Disposable, TextEditor, TextEditorDecorationType, Uri } from 'vscode';
import { writtenRows } from '../network/parameterNumbers';
import type { WrittenRow } from '../network/parameterNumbers';
import type { DesignerEditor } from './designerEditor';
import type { Documents } from './documents';
import { BATCH } from './hoverTexts';
import { SECTION } from './manifest';
import { gradientStripFor } from './settings';
import { Store } from './store';
import { networkEditors } from './textNumbers';
import type { TextNumbers } from './textNumbers';

/**
 * Widths in pixels, from the smallest gradient to the largest: half a power of ten lies between two. The size is
 * seen without any colour; one hue, because a norm has no sign.
 */
export const stripWidths = [1, 2, 3, 4, 6, 8] as const;

/** Which width a norm gets beside the largest of the network; undefined where there is nothing to see. */
export function stripStep(norm: number, largest: number): number | undefined {
  if (!(norm > 0 && largest > 0)) return undefined;
  const halves = Math.floor(-2 * Math.log10(norm / largest));
  return Math.max(0, stripWidths.length - 1 - Math.max(0, halves));
}

/** Milliseconds after the last scrolling. */
const REST = 80;

export class GradientStrips implements Disposable {
  readonly #documents: Documents;
  readonly #designers: DesignerEditor;
  readonly #numbers: TextNumbers;
  readonly #store = new Store();
  readonly #timers = new Map<TextEditor, ReturnType<typeof setTimeout>>();
  /** Made when the first strip is painted. */
  #made: readonly TextEditorDecorationType[] | undefined;
  /** Editors that have strips. */
  readonly #painted = new WeakSet<TextEditor>();

  constructor(documents: Documents, designers: DesignerEditor, numbers: TextNumbers) {
    this.#documents = documents;
    this.#designers = designers;
    this.#numbers = numbers;
    const all = (): void => networkEditors().forEach(editor => this.#paintSoon(editor));
    const of = (uri: Uri): void =>
      networkEditors()
        .filter(({ document }) => document.uri.toString() === uri.toString())
        .forEach(editor => this.#paintSoon(editor));
    this.#store.add(numbers.onDidChange(of));
    this.#store.add(documents.onDidChange(({ uri }) => of(uri)));
    this.#store.add(designers.onDidChangePanels(all));
    this.#store.add(window.onDidChangeVisibleTextEditors(all));
    this.#store.add(
      window.onDidChangeTextEditorVisibleRanges(({ textEditor }) => of(textEditor.document.uri)),
    );
    this.#store.add(
      workspace.onDidChangeConfiguration(event => {
        if (event.affectsConfiguration(SECTION)) all();
      }),
    );
    all();
  }

  dispose(): void {
    for (const timer of this.#timers.values()) clearTimeout(timer);
    this.#timers.clear();
    this.#store.dispose();
  }

  get #types(): readonly TextEditorDecorationType[] {
    return (this.#made ??= stripWidths.map(width => this.#store.add(stripType(width))));
  }

  #paintSoon(editor: TextEditor): void {
    clearTimeout(this.#timers.get(editor));
    const paint = (): void => {
      this.#timers.delete(editor);
      void this.#paint(editor);
    };
    this.#timers.set(editor, setTimeout(paint, REST));
  }

  async #paint(editor: TextEditor): Promise<void> {
    const { document } = editor;
    if (!this.#isWanted(document.uri)) return this.#clear(editor);
    const { parsed, network, version } = this.#documents.read(document);
    // While the text has a mistake the strips stay with their rows.
    if (!network) return;
    const rows = editor.visibleRanges.flatMap(({ start, end }) =>
      writtenRows(parsed, { start: document.offsetAt(start), end: document.offsetAt(end) }),
    );
    if (rows.length === 0) return this.#clear(editor);
    const request = {
      scope: BATCH,
      parameters: [],
      rows: rows.map(({ layer, row }) => ({ layer, row })),
    };
    const found = await this.#numbers.gradients(document, request);
    // Meanwhile the designer may have been closed: what it took away does not come back.
    if (this.#store.disposed || !this.#isWanted(document.uri)) return;
    // A usable text without numbers has lost its data; about a text that is past nothing is said.
    if (!found) return document.version === version ? this.#clear(editor) : undefined;
    this.#show(editor, linesOf(editor, rows, found.rows), found.largestRow);
  }

  #show(editor: TextEditor, lines: ReadonlyMap<number, number>, largest: number): void {
    const ranges = stripWidths.map((): Range[] => []);
    for (const [line, norm] of lines) {
      const step = stripStep(norm, largest);
      if (step !== undefined) ranges[step].push(new Range(line, 0, line, 0));
    }
    this.#types.forEach((type, step) => editor.setDecorations(type, ranges[step]));
    this.#painted.add(editor);
  }

  #clear(editor: TextEditor): void {
    if (!this.#painted.delete(editor)) return;
    for (const type of this.#types) editor.setDecorations(type, []);
  }

  #isWanted(uri: Uri): boolean {
    const setting = gradientStripFor(uri);
    return setting === 'besideDesigner' ? this.#designers.isVisible(uri) : setting === 'always';
  }
}

/** Several rows may stand in one line: it gets the norm of them together. */
function linesOf(
  { document }: TextEditor,
  rows: readonly WrittenRow[],
  norms: Float64Array,
): ReadonlyMap<number, number> {
  const lines = new Map<number, number>();
  rows.forEach(({ range }, index) => {
    const first = document.positionAt(range.start).line;
    const last = document.positionAt(range.end).line;
    for (let line = first; line <= last; line++)
      lines.set(line, Math.hypot(lines.get(line) ?? 0, norms[index]));
  });
  return lines;
}

/** A border and no picture: it has the colours of the theme, also in high contrast, and needs no room of its own. */
function stripType(width: number): TextEditorDecorationType {
  return window.createTextEditorDecorationType({
    isWholeLine: true,
    borderStyle: 'solid',
    borderWidth: `0 0 0 ${width}px`,
    borderColor: new ThemeColor('charts.blue'),
  });
}
