/** The ids of layers as names of the text: renamed, found and highlighted wherever they are written. */
import { DocumentHighlight, DocumentHighlightKind, Location, WorkspaceEdit, l10n } from 'vscode';
import type {
  DocumentHighlightProvider,
  Position,
  Range,
  ReferenceContext,
  ReferenceProvider,
  RenameProvider,
  TextDocument,
} from 'vscode';
import { idAt, idFault, renameEdits, usesOf } from '../network/idUses';
import type { IdFault, IdUse } from '../network/idUses';
import { limits } from '../network/limits';
import type { Documents } from './documents';
import { toRange } from './places';

const faults: { readonly [F in IdFault]: (name: string) => string } = {
  empty: () => l10n.t('A layer’s id cannot be empty.'),
  long: () => l10n.t('A layer’s id has at most {0} characters.', limits.id),
  reserved: name => l10n.t('"{0}" means the network’s input: choose another name.', name),
  taken: name => l10n.t('Another layer is called "{0}": choose another name.', name),
};

export class LayerIds implements RenameProvider, ReferenceProvider, DocumentHighlightProvider {
  readonly #documents: Documents;

  constructor(documents: Documents) {
    this.#documents = documents;
  }

  /** Throws a sentence at every place that is no id of a layer. */
  prepareRename(document: TextDocument, position: Position): { range: Range; placeholder: string } {
    const use = this.#layerAt(document, position);
    return { range: toRange(document, use.range), placeholder: use.name };
  }

  /** All at once. Throws a sentence where the layer cannot be called so. */
  provideRenameEdits(document: TextDocument, position: Position, name: string): WorkspaceEdit {
    const { parsed } = this.#documents.read(document);
    const use = this.#layerAt(document, position);
    const fault = idFault(parsed, use, name);
    if (fault) throw new Error(faults[fault](name));
    const edit = new WorkspaceEdit();
    for (const { text, ...range } of renameEdits(parsed, use, name))
      edit.replace(document.uri, toRange(document, range), text);
    return edit;
  }

  provideReferences(
    document: TextDocument,
    position: Position,
    { includeDeclaration }: ReferenceContext,
  ): Location[] {
    return this.#uses(document, position)
      .filter(({ declares }) => includeDeclaration || !declares)
      .map(({ range }) => new Location(document.uri, toRange(document, range)));
  }

  provideDocumentHighlights(
    document: TextDocument,
    position: Position,
  ): DocumentHighlight[] | undefined {
    const uses = this.#uses(document, position).map(({ range, declares }) => {
      const kind = declares ? DocumentHighlightKind.Write : DocumentHighlightKind.Read;
      return new DocumentHighlight(toRange(document, range), kind);
    });
    return uses.length > 0 ? uses : undefined;
  }

  #uses(document: TextDocument, position: Position): readonly IdUse[] {
    const { parsed } = this.#documents.read(document);
    const use = idAt(parsed, document.offsetAt(position));
    return use ? usesOf(parsed, use) : [];
  }

  #layerAt(document: TextDocument, position: Position): IdUse {
    const use = idAt(this.#documents.read(document).parsed, document.offsetAt(position));
    if (!use) throw new Error(l10n.t('Only the id of a layer can be renamed here.'));
    if (use.named === -1)
      throw new Error(l10n.t('"{0}" is what the network’s input is always called.', use.name));
    if (use.named === undefined)
      throw new Error(l10n.t('No layer has the id "{0}": correct it first.', use.name));
    return use;
  }
}
