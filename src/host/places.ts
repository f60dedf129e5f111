/** Places in a document's text, in VS Code's words. */
import { Range, Selection, TextEditorRevealType, window } from 'vscode';
import type { Position, TextDocument, TextEditor, Uri } from 'vscode';
import { nearestRange, placeAt as placeAtOffset } from '../network/locate';
import type { Place } from '../network/locate';
import type { JsonPath, TextRange } from '../network/network';
import type { Documents } from './documents';

/** Range of what stands at a path; of what is around it where nothing does. */
export function rangeOf(documents: Documents, document: TextDocument, path: JsonPath): Range {
  return toRange(document, nearestRange(documents.read(document).parsed, path));
}

/** What stands at a position, also in a text that is not a usable network at the moment. */
export function placeAt(
  documents: Documents,
  document: TextDocument,
  position: Position,
): Place | undefined {
  return placeAtOffset(documents.read(document).parsed, document.offsetAt(position));
}

export function toRange(document: TextDocument, { start, end }: TextRange): Range {
  return new Range(document.positionAt(start), document.positionAt(end));
}

/** A text editor of the document that can be seen. */
export function textEditorOf(uri: Uri): TextEditor | undefined {
  const key = uri.toString();
  return window.visibleTextEditors.find(
    editor => editor.document.uri.toString() === key && editor.viewColumn !== undefined,
  );
}

/** Selects a range and brings it into sight. The focus stays where it is. */
export function selectQuietly(editor: TextEditor, range: Range): void {
  editor.selection = new Selection(range.start, range.end);
  editor.revealRange(range, TextEditorRevealType.InCenterIfOutsideViewport);
}
