/** All formulas of a network, in the reader's notation and language, as a Markdown preview. */
import { EventEmitter, Uri, commands, workspace } from 'vscode';
import type { Disposable, TextDocument } from 'vscode';
import { notationTitle, profileOf } from '../explain/notation';
import { formulaSheet } from '../explain/sheet';
import { sheetEnglish } from '../explain/sheetWords.en';
import { sheetChinese } from '../explain/sheetWords.zh';
import type { Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import type { Documents } from './documents';
import { nameOf } from './documents';
import { readerOf } from './hoverTexts';
import { inLanguage } from './language';
import { settingIds, SECTION } from './manifest';
import { notationFor } from './settings';
import { Store } from './store';

const SCHEME = 'nabla-formulas';

/** The settings that change what a page says. */
const SHOWN = [settingIds.notation, settingIds.biasAsWeight] as const;

/** Serves the pages. A page follows its network's text, and the settings for the notation. */
export class FormulaSheets implements Disposable {
  readonly #documents: Documents;
  readonly #store = new Store();
  readonly #changed = this.#store.add(new EventEmitter<Uri>());

  constructor(documents: Documents) {
    this.#documents = documents;
    const changes = (document: TextDocument): void => this.#changed.fire(pageOf(document.uri));
    this.#store.add(
      workspace.registerTextDocumentContentProvider(SCHEME, {
        onDidChange: this.#changed.event,
        provideTextDocumentContent: page => this.#page(page),
      }),
    );
    this.#store.add(documents.onDidChange(changes));
    this.#store.add(
      workspace.onDidChangeConfiguration(event => {
        if (SHOWN.some(id => event.affectsConfiguration(`${SECTION}.${id}`)))
          for (const document of documents.open()) changes(document);
      }),
    );
  }

  /** Rejects while the text was never a network. */
  async show(uri: Uri): Promise<void> {
    this.#network(await this.#documents.document(uri));
    await commands.executeCommand('markdown.showPreviewToSide', pageOf(uri));
  }

  dispose(): void {
    this.#store.dispose();
  }

  async #page(page: Uri): Promise<string> {
    const document = await this.#documents.document(networkOf(page));
    const network = this.#network(document);
    const notation = notationFor(document.uri, network.notation);
    const { words } = readerOf(document.uri, network);
    return formulaSheet({
      network,
      shapes: inferShapes(network),
      name: network.name || nameOf(document),
      notation: notationTitle(notation),
      profile: profileOf(notation),
      words,
      sheetWords: inLanguage(sheetEnglish, sheetChinese),
    });
  }

  /** The latest usable one. */
  #network(document: TextDocument): Network {
    return this.#documents.read(document).lastValid?.network ?? this.#documents.usable(document);
  }
}

/** The network's own address is kept in the query, so that every file has a page of its own. */
function pageOf(uri: Uri): Uri {
  const name = (uri.path.split('/').at(-1) ?? '').replace(/\.nn\.json$/, '');
  return Uri.from({ scheme: SCHEME, path: `/${name}.md`, query: uri.toString() });
}

const networkOf = (page: Uri): Uri => Uri.parse(page.query, true);
