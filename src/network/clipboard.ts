/** Layers as text: what a clipboard holds is a piece of a network file, so it goes into a text editor and back. */
import { EditError } from './editing';
import { isObject } from './json';
import type { JsonValue } from './json';
import type { LayerValue } from './edit';
import { layerGroups } from './layerCatalog';
import { shortened } from './shortened';
import { indentAt } from './splice';
import { syntaxTree } from './syntaxTree';
import type { ParsedDocument } from './parse';
import { child, elements, toValue } from './tree';

/** Longer texts are not read: a clipboard may hold anything. */
const MOST_CHARACTERS = 64 * 1024 * 1024;

/**
 * The text of layers as it stands in the file, without the indentation that the list gives it; several are
 * separated as in a list. In the order of the file.
 *
 * @throws EditError when there is no such layer
 */
export function layersText({ text, root }: ParsedDocument, layers: readonly number[]): string {
  const nodes = elements(child(root, 'layers'));
  const texts = [...new Set(layers)]
    .sort((a, b) => a - b)
    .map(index => {
      const node = nodes[index];
      if (!node) {
        throw new EditError(`There is no layers[${index}]: the network has ${nodes.length}.`);
      }
      const own = text.slice(node.offset, node.offset + node.length);
      return dedented(own, indentAt(text, node.offset));
    });
  if (texts.length === 0) throw new EditError('No layer is selected: select one to copy it.');
  const [lineEnd = '\n'] = /\r\n|\n|\r/.exec(text) ?? [];
  return texts.join(`,${lineEnd}`);
}

/** Every line but the first loses the indentation where it has it. */
function dedented(text: string, indent: string): string {
  if (indent === '') return text;
  return text.replace(/(\r\n|\n|\r)([ \t]*)/g, (_, lineEnd: string, space: string) =>
    space.startsWith(indent) ? lineEnd + space.slice(indent.length) : lineEnd,
  );
}

/**
 * The layers that a text holds: one object, several with commas between them, or a list; with comments and
 * trailing commas.
 *
 * @throws EditError when it holds anything else
 */
export function layersIn(text: string): readonly LayerValue[] {
  if (text.trim() === '') throw noLayer('it is empty');
  if (text.length > MOST_CHARACTERS) throw noLayer(`it has ${text.length} characters`);
  const items = listIn(text.replace(/^\uFEFF/, ''));
  if (items.length === 0) throw noLayer('its list is empty');
  return items.map(item => {
    if (!isObject(item)) throw noLayer(`it holds ${shortened(JSON.stringify(item), 60)}`);
    const { type } = item;
    if (typeof type === 'string' && Object.hasOwn(layerGroups, type)) return item;
    const found =
      type === undefined ? 'no "type"' : `the type ${shortened(JSON.stringify(type), 60)}`;
    throw noLayer(`it holds an object with ${found}`);
  });
}

/** A list on the clipboard is the list; anything else becomes the entries of one. */
function listIn(text: string): readonly JsonValue[] {
  // The line end closes a comment at the end of the text.
  const { root, errors } = syntaxTree(`[${text}\n]`);
  if (!root || errors.length > 0) throw noLayer(`it is no JSON: ${shortened(text.trim(), 60)}`);
  const items = elements(root);
  return (items.length === 1 && items[0].type === 'array' ? elements(items[0]) : items).map(
    toValue,
  );
}

function noLayer(found: string): EditError {
  return new EditError(
    `The clipboard holds no layer: ${found}. Copy a layer here, or its text: {"type": "dense", "units": 4}.`,
  );
}
