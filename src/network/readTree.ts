/**
 * Reads the syntax tree of a text without mistakes, comments and trailing commas included.
 *
 * The tree is that of `jsonc-parser` (without `parent`), which reads everything else: a text with a mistake has no
 * tree here. Written weights make a file large; so a list of numbers is read as a whole, and is the one of the
 * version before where its text is the same.
 */
import type { Node } from 'jsonc-parser';
import { code } from './jsonCharacters';
import { KnownLists } from './knownLists';
import { limits } from './limits';
import { NumberList, numbersOf } from './numberList';
import type { Numbers } from './numberList';
import { end } from './tree';

/** Nested too deeply for this reader; or too many values, or numbers in lists. */
export type Excess = 'levels' | 'nodes' | 'numbers';

/** `mistake`: at `at` at the latest. */
export type ReadTree =
  | { readonly type: 'tree'; readonly root: Node }
  | { readonly type: 'mistake'; readonly at: number }
  | { readonly type: Excess };

/** Deeper values are left to `jsonc-parser`. */
const MOST_LEVELS = 100;

/** The lists of a tree, by its root. */
const listsOf = new WeakMap<Node, readonly NumberList[]>();

/** @param previous root of the tree of a similar text */
export function readTree(text: string, previous?: Node): ReadTree {
  const reader = new Reader(text, (previous && listsOf.get(previous)) ?? []);
  const root = reader.document();
  if (reader.exceeds) return { type: reader.exceeds };
  if (!root) return { type: 'mistake', at: reader.at };
  listsOf.set(root, reader.lists);
  return { type: 'tree', root };
}

const comment = /\/\/[^\n\r]*|\/\*[^]*?\*\//y;
const literal = /-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][-+]?\d+)?|true|false|null/y;
const numbers = /\[[ \t\n\r]*[-\d][-+.\deE, \t\n\r]*\]/y;

/** Each method returns undefined where it meets a mistake: then there is no tree. */
class Reader {
  /** In the order of the text. */
  readonly lists: NumberList[] = [];
  readonly #text: string;
  readonly #known: KnownLists;
  #at = 0;
  #nodes = 0;
  #numbers = 0;
  #exceeds: Excess | undefined;

  constructor(text: string, known: readonly NumberList[]) {
    this.#text = text;
    this.#known = new KnownLists(known);
  }

  /** Where it stands: in front of a mistake, or in it. */
  get at(): number {
    return this.#at;
  }

  /** Why it has stopped, where that is no mistake. */
  get exceeds(): Excess | undefined {
    return this.#exceeds;
  }

  document(): Node | undefined {
    this.#skip();
    const root = this.#value(0);
    this.#skip();
    return this.#at === this.#text.length ? root : undefined;
  }

  #value(level: number): Node | undefined {
    if (level > MOST_LEVELS) this.#exceeds = 'levels';
    if (++this.#nodes > limits.nodes) this.#exceeds = 'nodes';
    if (this.#exceeds) return undefined;
    switch (this.#next) {
      case code.quote:
        return this.#string();
      case code.openBrace:
        return this.#object(level);
      case code.openBracket:
        return this.#numberList() ?? (this.#exceeds ? undefined : this.#list(level));
      default:
        return this.#literal();
    }
  }

  get #next(): number {
    return this.#text.charCodeAt(this.#at);
  }

  /** White space and comments. */
  #skip(): void {
    for (;;) {
      let at = this.#at;
      while (isBlank(this.#text.charCodeAt(at))) at++;
      this.#at = at;
      if (this.#next !== code.slash || this.#match(comment) === undefined) return;
    }
  }

  /** What stands here, if it is of the pattern: then it is passed. */
  #match(pattern: RegExp): string | undefined {
    pattern.lastIndex = this.#at;
    if (!pattern.test(this.#text)) return undefined;
    const start = this.#at;
    this.#at = pattern.lastIndex;
    return this.#text.slice(start, this.#at);
  }

  /** Passes a separator, and what is around it. */
  #passes(separator: number): boolean {
    this.#skip();
    if (this.#next !== separator) return false;
    this.#at++;
    this.#skip();
    return true;
  }

  #object(level: number): Node | undefined {
    const children: Node[] = [];
    return this.#members('object', code.closeBrace, children, () => this.#property(level));
  }

  #list(level: number): Node | undefined {
    const children: Node[] = [];
    return this.#members('array', code.closeBracket, children, () => this.#value(level + 1));
  }

  /** From bracket to bracket. */
  #members(
    type: 'object' | 'array',
    close: number,
    children: Node[],
    member: () => Node | undefined,
  ): Node | undefined {
    const offset = this.#at++;
    this.#skip();
    while (this.#next !== close) {
      const child = member();
      if (!child) return undefined;
      children.push(child);
      if (!this.#passes(code.comma) && this.#next !== close) return undefined;
    }
    this.#at++;
    return { type, offset, length: this.#at - offset, children };
  }

  #property(level: number): Node | undefined {
    const key = this.#next === code.quote ? this.#string() : undefined;
    if (!key) return undefined;
    this.#skip();
    const colonOffset = this.#at;
    const value = this.#passes(code.colon) ? this.#value(level + 1) : undefined;
    if (!value) return undefined;
    const { offset } = key;
    const length = end(value) - offset;
    return { type: 'property', offset, length, colonOffset, children: [key, value] };
  }

  #string(): Node | undefined {
    const offset = this.#at;
    let at = offset + 1;
    let escaped = false;
    for (; this.#text.charCodeAt(at) !== code.quote; at++) {
      // Neither a control character nor the end of the text.
      if (!(this.#text.charCodeAt(at) >= code.blank)) return undefined;
      if (this.#text.charCodeAt(at) !== code.backslash) continue;
      escaped = true;
      at++;
    }
    this.#at = at + 1;
    const value = escaped
      ? parsed(this.#text.slice(offset, at + 1))
      : this.#text.slice(offset + 1, at);
    if (typeof value !== 'string') return undefined;
    return { type: 'string', value, offset, length: this.#at - offset };
  }

  #literal(): Node | undefined {
    const offset = this.#at;
    const token = this.#match(literal);
    if (token === undefined) return undefined;
    const value = parsed(token) as number | boolean | null;
    const type = value === null ? 'null' : typeof value === 'number' ? 'number' : 'boolean';
    return { type, value, offset, length: token.length };
  }

  /** Numbers of a very long list are counted before they are made. */
  #hasRoom(list: string): boolean {
    if (list.length <= limits.numbers || commasIn(list) <= limits.numbers) return true;
    this.#exceeds = 'numbers';
    return false;
  }

  /** Undefined also where a list is another one: with comments, or with other things than numbers. */
  #numberList(): Node | undefined {
    const offset = this.#at;
    const known = this.#known.at(this.#text, offset);
    const list = known?.text ?? this.#match(numbers);
    const found = known?.numbers ?? (list && this.#hasRoom(list) && parsedNumbers(list));
    this.#at = offset;
    if (this.#exceeds || list === undefined || !found) return undefined;
    this.#at += list.length;
    this.#numbers += found.values.length;
    if (this.#numbers > limits.numbers) this.#exceeds = 'numbers';
    const node = new NumberList(this.#text, offset, list.length, found);
    this.lists.push(node);
    return node;
  }
}

function commasIn(list: string): number {
  let count = 0;
  for (let at = list.indexOf(','); at >= 0; at = list.indexOf(',', at + 1)) count++;
  return count;
}

/** @param list its text, of which the characters are right */
function parsedNumbers(list: string): Numbers | undefined {
  const values = parsed(withoutTrailingComma(list)) as readonly number[] | undefined;
  return values && numbersOf(values);
}

function withoutTrailingComma(list: string): string {
  let last = list.length - 2;
  while (isBlank(list.charCodeAt(last))) last--;
  return list.charCodeAt(last) === code.comma ? `${list.slice(0, last)}]` : list;
}

function parsed(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    return undefined;
  }
}

function isBlank(character: number): boolean {
  return (
    character === code.blank ||
    character === code.lineFeed ||
    character === code.return ||
    character === code.tab
  );
}
