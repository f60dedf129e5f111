/** What may stand at a place of the text, as far as the schema cannot know it. */
import {
  CompletionItem,
  CompletionItemKind,
  RelativePattern,
  SnippetString,
  workspace,
} from 'vscode';
import type { CompletionItemProvider, Position, TextDocument, Uri } from 'vscode';
import { completionAt } from '../network/completion';
import type { FileKind, Offer, Wish } from '../network/completion';
import { nearestFirst, pathFrom } from './csv';
import type { CsvHeaders } from './csvHeaders';
import { dataReach } from './dataFiles';
import { toRange } from './places';

/** Besides letters, which ask everywhere. */
export const TRIGGERS = ['"', ':', '['] as const;

/** Files that are listed; of more, the path can be typed. */
const MOST_FILES = 200;

const globs: { readonly [K in FileKind]: string } = {
  csv: '**/*.{csv,tsv,CSV,TSV}',
  idx: '**/*{ubyte,idx}*',
  weights: '**/*.safetensors',
};

const kinds: { readonly [T in Wish['type']]: CompletionItemKind } = {
  files: CompletionItemKind.File,
  columns: CompletionItemKind.Field,
  layers: CompletionItemKind.Reference,
  id: CompletionItemKind.Value,
  numbers: CompletionItemKind.Snippet,
};

export class Completions implements CompletionItemProvider {
  readonly #headers: CsvHeaders;

  constructor(headers: CsvHeaders) {
    this.#headers = headers;
  }

  async provideCompletionItems(
    document: TextDocument,
    position: Position,
  ): Promise<CompletionItem[]> {
    const found = completionAt(document.getText(), document.offsetAt(position));
    if (!found) return [];
    const range = toRange(document, found.replace);
    const { wish, separator } = found;
    const offers = await this.#offers(document.uri, wish);
    return offers.map(({ insert, label, detail }, index) => {
      const item = new CompletionItem(label, kinds[wish.type]);
      const text = insert + separator;
      item.insertText = wish.type === 'numbers' ? new SnippetString(text) : text;
      item.range = range;
      // What is typed begins with a quote.
      item.filterText = insert;
      item.sortText = String(index).padStart(6, '0');
      if (detail !== '') item.detail = detail;
      return item;
    });
  }

  async #offers(document: Uri, wish: Wish): Promise<readonly Offer[]> {
    if (wish.type === 'files') return (await filesNear(document, wish.kind)).map(textOffer);
    if (wish.type !== 'columns') return wish.offers;
    const names = await this.#headers.names(document, wish.csv);
    return names.filter(name => !wish.without.includes(name)).map(textOffer);
  }
}

function textOffer(label: string): Offer {
  return { insert: JSON.stringify(label), label, detail: '' };
}

/** As the network would call them, the nearest first. */
async function filesNear(document: Uri, kind: FileKind): Promise<readonly string[]> {
  if (document.scheme === 'untitled') return [];
  const pattern = new RelativePattern(dataReach(document), globs[kind]);
  const found = await workspace.findFiles(pattern, '**/node_modules/**', MOST_FILES);
  return found.map(uri => pathFrom(document, uri)).sort(nearestFirst);
}
