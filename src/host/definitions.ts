/** From an id in a `from` to the layer that it names. */
import { Location, languages } from 'vscode';
import type { Definition, DefinitionProvider, Disposable, Position, TextDocument } from 'vscode';
import type { Place } from '../network/locate';
import type { JsonPath } from '../network/network';
import type { Documents } from './documents';
import { NETWORK_SELECTOR } from './manifest';
import { placeAt, rangeOf } from './places';

/**
 * Only what lies in the text is a definition here: where there is none, nothing is underlined and nothing pops up.
 * The way from a number to the canvas is the command `showInDesigner`, on the same key.
 */
export class Definitions implements DefinitionProvider, Disposable {
  readonly #documents: Documents;
  readonly #registration: Disposable;

  constructor(documents: Documents) {
    this.#documents = documents;
    this.#registration = languages.registerDefinitionProvider(NETWORK_SELECTOR, this);
  }

  provideDefinition(document: TextDocument, position: Position): Definition | undefined {
    const place = placeAt(this.#documents, document, position);
    const path = place && namedBy(place);
    return path && new Location(document.uri, rangeOf(this.#documents, document, path));
  }

  dispose(): void {
    this.#registration.dispose();
  }
}

/** Where that stands which an entry of a `from` names; undefined for every other place. */
export function namedBy(place: Place): JsonPath | undefined {
  if (place.kind !== 'source' || place.source === undefined) return undefined;
  return place.source < 0 ? ['input'] : ['layers', place.source, 'id'];
}
