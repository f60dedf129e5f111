/** What every edit works with: the document, its layout, and edits of single members and elements. */
import { isNumberKey } from './layerNumbers';
import type { Node } from 'jsonc-parser';
import { EditError } from './editError';
import { isList, isObject, sameValue } from './json';
import type { JsonValue, TextEdit } from './json';
import { formatPath } from './network';
import type { JsonPath, Precision } from './network';
import type { ParsedDocument } from './parse';
import { indentAt, insertItems, removeItems } from './splice';
import { child, descend, elements, range, toValue } from './tree';
import { flowsOf, sizeIn, wiringOf } from './wiring';
import type { Flow, Wiring } from './wiring';
import { formatAt, formatInline } from './write';
import type { Layout } from './write';

export { EditError };

export class Editing {
  readonly document: ParsedDocument;
  readonly text: string;
  readonly root: Node;
  readonly layout: Layout;
  /** Of the weights and biases in the file. */
  readonly precision: Precision;
  /** Whether the file has more than one line. */
  readonly multiLine: boolean;
  #wiring: Wiring | undefined;
  #flows: readonly Flow[] | undefined;

  constructor(document: ParsedDocument) {
    const { text, root } = document;
    if (root?.type !== 'object' || hasSyntaxError(document)) {
      throw new EditError(
        'The text is no JSON object, so nothing in it can be changed: correct it.',
      );
    }
    this.document = document;
    this.text = text;
    this.root = root;
    this.layout = layoutOf(text, root);
    this.multiLine = /[\r\n]/.test(text.slice(root.offset, root.offset + root.length));
    const precision = descend(root, ['training', 'precision'])?.value as unknown;
    this.precision = precision === 'float64' ? 'float64' : 'float32';
  }

  get layers(): readonly Node[] {
    return elements(child(this.root, 'layers'));
  }

  /** The layer's object. */
  layer(index: number): Node {
    const layer = this.layers[index];
    if (layer?.type === 'object') return layer;
    throw new EditError(`There is no layers[${index}]: the network has ${this.layers.length}.`);
  }

  /** The network's seed; 0 where none is written. */
  get seed(): number {
    const seed = child(this.root, 'seed')?.value as unknown;
    return typeof seed === 'number' ? seed : 0;
  }

  /** Who takes values from whom. */
  get wiring(): Wiring {
    return (this.#wiring ??= wiringOf(this.root));
  }

  /** What flows into and out of each layer. */
  get flows(): readonly Flow[] {
    return (this.#flows ??= flowsOf(this.wiring));
  }

  /** Number of values that go out of a layer; NaN where that is not known. */
  units(index: number): number {
    return sizeIn(this.flows[index].outgoing);
  }

  /** Number of values that come into a layer; NaN where that is not known. */
  inputs(index: number): number {
    return sizeIn(this.flows[index].incoming);
  }

  replace(node: Node, text: string): TextEdit {
    return { ...range(node), text };
  }

  /** One level deeper than the line in which a node begins. */
  inside(node: Node): string {
    return indentAt(this.text, node.offset) + this.layout.unit;
  }

  /** Weights and biases in the file's precision, everything else exactly. */
  format(value: JsonValue, path: JsonPath, indent: string): string {
    const keys = path.filter(key => typeof key === 'string');
    const [top, key] = keys;
    const parameter = top === 'layers' && isNumberKey(key);
    if (!this.multiLine || !isStructure(value)) {
      return formatInline(value, parameter ? this.precision : 'float64');
    }
    return formatAt(value, keys, this.precision, indent, this.layout);
  }

  /** Whether a value is the one in the text, in the precision in which it is used. */
  unchanged(node: Node, value: JsonValue, path: JsonPath): boolean {
    const isParameter = path[0] === 'layers' && isNumberKey(path[2]);
    if (isParameter && node.type === 'number' && typeof value === 'number') {
      return sameNumber(node.value, value, this.precision);
    }
    return sameValue(toValue(node), value);
  }

  /** Sets the value at a path; what is missing on the way is added. */
  set(path: JsonPath, value: JsonValue): readonly TextEdit[] {
    assertFinite(value, path);
    const existing = descend(this.root, path);
    if (existing) {
      if (this.unchanged(existing, value, path)) return [];
      return [
        this.replace(existing, this.format(value, path, indentAt(this.text, existing.offset))),
      ];
    }
    const [owner, key] = [path.slice(0, -1), path[path.length - 1]];
    if (typeof key !== 'string') {
      throw new EditError(`There is no ${formatPath(path)}: the list is shorter.`);
    }
    const object = descend(this.root, owner);
    if (!object) return this.set(owner, { [key]: value });
    if (object.type === 'object') return this.add(object, key, value, path);
    const shorthand = ['optimizer', 'schedule', 'init'].includes(String(owner[owner.length - 1]));
    if (object.type === 'string' && shorthand) {
      return this.set(owner, { type: object.value as string, [key]: value });
    }
    throw new EditError(`${formatPath(owner)} is no object: ${key} cannot be set in it.`);
  }

  /** Adds a member behind the last one. */
  add(object: Node, key: string, value: JsonValue, path: JsonPath): readonly TextEdit[] {
    const members = object.children ?? [];
    const indent = this.inside(object);
    const text = `${JSON.stringify(key)}: ${this.format(value, path, indent)}`;
    const ownLines = object === this.root && (this.multiLine || members.length === 0);
    return insertItems(this.text, object, members.length, [text], {
      ownLines,
      indent,
      lineEnd: this.layout.lineEnd,
    });
  }

  /** Removes members of an object by their names; all that are written twice, too. */
  removeKeys(object: Node, keys: readonly string[]): readonly TextEdit[] {
    const indices = (object.children ?? []).flatMap((member, index) =>
      keys.includes(member.children?.[0].value) ? [index] : [],
    );
    return indices.length === 0 ? [] : removeItems(this.text, object, indices);
  }

  /** Removes the member or element at a path; nothing happens where there is none. */
  unset(path: JsonPath): readonly TextEdit[] {
    const [owner, key] = [path.slice(0, -1), path[path.length - 1]];
    if (typeof key === 'number') return this.remove(owner, key);
    const object = descend(this.root, owner);
    return object?.type === 'object' && key !== undefined ? this.removeKeys(object, [key]) : [];
  }

  /** Inserts an element into a list. */
  insert(path: JsonPath, index: number, value: JsonValue): readonly TextEdit[] {
    assertFinite(value, path);
    const list = this.list(path);
    const length = list.children?.length ?? 0;
    if (!Number.isInteger(index) || index < 0 || index > length) {
      throw new EditError(
        `${formatPath(path)} has ${length} entries: nothing can be put at ${index}.`,
      );
    }
    const indent = this.inside(list);
    const ownLines = length === 0 && this.multiLine && isStructure(value);
    return insertItems(this.text, list, index, [this.format(value, path, indent)], {
      ownLines,
      indent,
      lineEnd: this.layout.lineEnd,
    });
  }

  remove(path: JsonPath, index: number): readonly TextEdit[] {
    const list = this.list(path);
    if (list.children?.[index]) return removeItems(this.text, list, [index]);
    throw new EditError(`There is no ${formatPath([...path, index])}, so it cannot be removed.`);
  }

  list(path: JsonPath): Node {
    const list = descend(this.root, path);
    if (list?.type === 'array') return list;
    throw new EditError(`There is no list at ${formatPath(path)}.`);
  }
}

/** Whether a value may be worth more than one line. */
function isStructure(value: JsonValue): boolean {
  return isObject(value) || (isList(value) && value.some(item => isList(item) || isObject(item)));
}

export function sameNumber(a: number, b: number, precision: Precision): boolean {
  return Object.is(a, b) || (precision === 'float32' && Object.is(Math.fround(a), Math.fround(b)));
}

/** Lists and objects in each other: no setting needs more than a few, and each takes a piece of the call stack. */
const MOST_LEVELS = 100;

/** @throws EditError where a number has no text in JSON, and where values are nested too deeply to be written */
export function assertFinite(value: JsonValue, path: JsonPath): void {
  if (path.length > MOST_LEVELS) {
    const place = formatPath(path.slice(0, 3));
    throw new EditError(
      `Lists and objects in ${place} are nested more than ${MOST_LEVELS} deep: nothing was written.`,
    );
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    const place = formatPath(path) || 'the file';
    throw new EditError(`${value} cannot be written to ${place}: only finite numbers can.`);
  }
  if (isList(value)) {
    value.forEach((item, index) => {
      // Most items by far are numbers: no path is built for those that are right.
      if (!Number.isFinite(item)) assertFinite(item, [...path, index]);
    });
  } else if (isObject(value))
    Object.entries(value).forEach(([key, item]) => assertFinite(item, [...path, key]));
}

function hasSyntaxError({ issues }: ParsedDocument): boolean {
  return issues.some(({ code }) => code.startsWith('json.'));
}

/** The first line end of the file and the indentation of its first member. */
function layoutOf(text: string, root: Node): Layout {
  const lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  const first = root.children?.find(member =>
    /^[ \t]*$/.test(text.slice(text.lastIndexOf('\n', member.offset) + 1, member.offset)),
  );
  const outer = indentAt(text, root.offset);
  const indent = first ? indentAt(text, first.offset) : '';
  return { lineEnd, unit: indent.slice(outer.length) || '  ' };
}
