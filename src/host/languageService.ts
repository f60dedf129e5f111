/**
 * A network in the text editor: completions, outline, names, links and layout. VS Code's JSON service stays in charge of
 * settings, folding and syntax.
 */
import {
  DocumentLink,
  DocumentSymbol,
  SymbolKind,
  TextEdit,
  l10n,
  languages,
  workspace,
} from 'vscode';
import type { Disposable, FormattingOptions, Range, TextDocument } from 'vscode';
import { filesNamed } from '../network/dataFiles';
import { layoutEdits } from '../network/layOut';
import { outlineOf } from '../network/outline';
import type { OutlineEntry, OutlineKind } from '../network/outline';
import { Completions, TRIGGERS } from './completions';
import type { CsvHeaders } from './csvHeaders';
import { resolveDataPath } from './dataFiles';
import type { Documents } from './documents';
import { wakeJsonService } from './jsonService';
import { LayerIds } from './layerIds';
import { LANGUAGE, NETWORK_SELECTOR } from './manifest';
import { toRange } from './places';
import { Store } from './store';

/** Others than those of plain JSON, which the outline leaves out of networks (package.json). */
const symbolKinds: { readonly [K in OutlineKind]: SymbolKind } = {
  input: SymbolKind.Interface,
  layer: SymbolKind.Class,
  numbers: SymbolKind.Field,
  setting: SymbolKind.Property,
  data: SymbolKind.Struct,
  test: SymbolKind.Event,
};

export class LanguageService implements Disposable {
  readonly #documents: Documents;
  readonly #store = new Store();
  #isAwake = false;

  constructor(documents: Documents, headers: CsvHeaders) {
    this.#documents = documents;
    const completions = new Completions(headers);
    const ids = new LayerIds(documents);
    const all = NETWORK_SELECTOR;
    for (const registration of [
      languages.registerCompletionItemProvider(all, completions, ...TRIGGERS),
      languages.registerRenameProvider(all, ids),
      languages.registerReferenceProvider(all, ids),
      languages.registerDocumentHighlightProvider(all, ids),
      languages.registerDocumentLinkProvider(all, {
        provideDocumentLinks: document => this.#links(document),
      }),
      // VS Code's outline has a group for each provider that has any symbol, and shows its name even where a setting leaves
      // all of its symbols out (package.json). Only a selector that is `exclusive` would leave the JSON service's group out,
      // and that is proposed API.
      languages.registerDocumentSymbolProvider(
        all,
        { provideDocumentSymbols: document => this.#symbols(document) },
        { label: l10n.t('Network') },
      ),
      languages.registerDocumentFormattingEditProvider(LANGUAGE, {
        provideDocumentFormattingEdits: (document, options) => this.#layout(document, options),
      }),
      languages.registerDocumentRangeFormattingEditProvider(LANGUAGE, {
        provideDocumentRangeFormattingEdits: (document, range, options) =>
          this.#layout(document, options, range),
      }),
      workspace.onDidOpenTextDocument(document => this.#wake(document)),
    ])
      this.#store.add(registration);
  }

  /** Looks at the documents that are open already. */
  start(): void {
    workspace.textDocuments.forEach(document => this.#wake(document));
  }

  dispose(): void {
    this.#store.dispose();
  }

  #wake({ languageId }: TextDocument): void {
    if (languageId !== LANGUAGE || this.#isAwake) return;
    this.#isAwake = true;
    void wakeJsonService();
  }

  /** Files that are there and may be read. */
  async #links(document: TextDocument): Promise<DocumentLink[]> {
    const links = filesNamed(this.#documents.read(document).parsed).map(async file => {
      try {
        const uri = resolveDataPath(document.uri, { path: file.path, place: file.place });
        await workspace.fs.stat(uri);
        return [new DocumentLink(toRange(document, file.range), uri)];
      } catch {
        return [];
      }
    });
    return (await Promise.all(links)).flat();
  }

  #symbols(document: TextDocument): DocumentSymbol[] {
    const symbol = ({ name, detail, kind, range, selection, children }: OutlineEntry) => {
      const [whole, chosen] = [toRange(document, range), toRange(document, selection)];
      const made = new DocumentSymbol(name, detail, symbolKinds[kind], whole, chosen);
      made.children = children.map(symbol);
      return made;
    };
    return outlineOf(this.#documents.read(document).parsed).map(symbol);
  }

  #layout(
    document: TextDocument,
    { insertSpaces, tabSize }: FormattingOptions,
    range?: Range,
  ): TextEdit[] {
    const unit = insertSpaces ? ' '.repeat(tabSize) : '\t';
    const within = range && {
      start: document.offsetAt(range.start),
      end: document.offsetAt(range.end),
    };
    const edits = layoutEdits(this.#documents.read(document).parsed, unit, within);
    return edits.map(({ text, ...place }) => TextEdit.replace(toRange(document, place), text));
  }
}
