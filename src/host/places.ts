/** Places in a document's text, in VS Code's words. */
import { Range } from 'vscode';
import type { Position, TextDocument } from 'vscode';
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
