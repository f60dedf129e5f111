/**
 * The layout in which networks are written, for a text that a person has typed or another tool has laid out: one
 * weight row per line, short objects on one line. Only white space and commas change; numbers keep their digits,
 * comments and blank lines their places.
 */
import { createScanner } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';
import type { TextEdit } from './json';
import { mergeEdits } from './json';
import type { TextRange } from './network';
import { numbersIn } from './numberList';
import type { ParsedDocument } from './parse';
import { kinds } from './splice';
import { end } from './tree';
import { WIDTH, pack } from './write';

/**
 * The edits that lay a text out; none where it is no JSON.
 *
 * @param unit one level of indentation
 * @param within only what touches this range changes
 */
export function layoutEdits(
  document: ParsedDocument,
  unit: string,
  within?: TextRange,
): readonly TextEdit[] {
  const { text, root } = document;
  const isJson = !document.issues.some(({ code }) => code.startsWith('json.'));
  if (!root || !isJson || deeper(root, MOST_LEVELS)) return [];
  const after = new Printer(text, unit).file(root);
  const gaps = gapsOf(after);
  const edits = gapsOf(text).flatMap((gap, index): readonly TextEdit[] => {
    if (within && (gap.end < within.start || gap.start > within.end)) return [];
    const { start, end: stop } = gaps[index];
    return [{ ...gap, text: after.slice(start, stop) }];
  });
  const changes = edits.filter(edit => text.slice(edit.start, edit.end) !== edit.text);
  // An editor takes one edit more quickly than thousands.
  return mergeEdits(text, changes, changes.length > MANY ? Infinity : 0);
}

const MANY = 1000;
const MOST_LEVELS = 100;

function deeper({ children = [], type }: Node, levels: number): boolean {
  if (type === 'array' && children.length > 0 && isPlain(children[0])) return false;
  return levels === 0 || children.some(inner => inner.children && deeper(inner, levels - 1));
}

/** What stands before, between and behind the tokens that mean something; commas and comments go with the white space. */
function gapsOf(text: string): readonly TextRange[] {
  const scanner = createScanner(text, true);
  const gaps: TextRange[] = [];
  let start = 0;
  for (;;) {
    const token = scanner.scan();
    // A byte order mark is no token that the scanner knows.
    if (token === kinds.comma || scanner.getTokenValue() === '\ufeff') continue;
    gaps.push({ start, end: scanner.getTokenOffset() });
    if (token === kinds.end) return gaps;
    start = scanner.getTokenOffset() + scanner.getTokenLength();
  }
}

interface Comment extends TextRange {
  readonly isLine: boolean;
}

function commentsOf(text: string): readonly Comment[] {
  const scanner = createScanner(text, false);
  const comments: Comment[] = [];
  for (let token = scanner.scan(); token !== kinds.end; token = scanner.scan()) {
    const isLine = token === kinds.lineComment;
    if (!isLine && token !== kinds.blockComment) continue;
    const start = scanner.getTokenOffset();
    comments.push({ start, end: start + scanner.getTokenLength(), isLine });
  }
  return comments;
}

const isPlain = ({ type }: Node): boolean => !['array', 'object', 'property'].includes(type);

const isFlat = (node: Node): boolean =>
  isPlain(node) || (node.type === 'array' && (node.children ?? []).every(isPlain));

/** Whether it holds no list of lists or objects. */
function isShort(node: Node): boolean {
  if (node.type !== 'object') return isFlat(node);
  return (node.children ?? []).every(({ children: [, value] = [] }) => isShort(value));
}

/** Comments between two things, by where they go. */
interface Between {
  /** In the line of the first, up to its end. */
  readonly trailing: readonly Comment[];
  readonly leading: readonly Comment[];
}

class Printer {
  readonly #text: string;
  readonly #unit: string;
  readonly #lineEnd: string;
  readonly #comments: readonly Comment[];

  constructor(text: string, unit: string) {
    this.#text = text;
    this.#unit = unit;
    this.#lineEnd = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
    this.#comments = commentsOf(text);
  }

  file(root: Node): string {
    const mark = this.#text.startsWith('\ufeff') ? '\ufeff' : '';
    const above = this.#inside(0, root.offset);
    const below = this.#between(end(root), this.#text.length, true);
    const head = this.#lines(above, root.offset, this.#lineEnd);
    const from = lastEnd(below.trailing, end(root));
    const [first] = below.leading;
    const gap = first ? this.#gap(from, first.start, this.#lineEnd) : '';
    const tail = this.#lines(below.leading, this.#text.length, this.#lineEnd).trimEnd();
    return mark + head + this.#node(root, 0, '') + this.#behind(below) + gap + tail + this.#lineEnd;
  }

  /** @param depth of the line in which it begins  @param key under which it stands, lists of lists included */
  #node(node: Node, depth: number, key: string): string {
    if (isPlain(node)) return this.#raw({ start: node.offset, end: end(node) });
    if (node.type === 'property') return this.#property(node, depth);
    const comments = this.#inside(node.offset, end(node));
    const flat = this.#flat(node, depth, key, comments.length > 0);
    if (flat !== undefined) return flat;
    const isLayer = node.type === 'object' && key === 'layers';
    if (!isLayer || this.#own(node, comments)) return this.#expanded(node, depth, key);
    const members = (node.children ?? []).map(member => this.#node(member, depth + 1, key));
    return pack(members, this.#line(depth + 1));
  }

  /** On one line, where it may stand there. */
  #flat(node: Node, depth: number, key: string, commented: boolean): string | undefined {
    const { type, children = [] } = node;
    if (children.length === 0) return commented ? undefined : type === 'array' ? '[]' : '{}';
    if (!isShort(node) || key === '') return undefined;
    const source = this.#raw({ start: node.offset, end: end(node) });
    const text = commented ? source : this.#inline(node);
    if (commented && /[\r\n]/.test(source)) return undefined;
    return type === 'array' || 2 * depth + text.length <= WIDTH ? text : undefined;
  }

  /** With a comment between the two, as it is. */
  #property(node: Node, depth: number): string {
    const [key, value] = node.children ?? [];
    if (this.#inside(end(key), value.offset).length > 0)
      return this.#raw({ start: node.offset, end: end(node) });
    const name = this.#raw({ start: key.offset, end: end(key) });
    return `${name}: ${this.#node(value, depth, key.value as string)}`;
  }

  #inline(node: Node): string {
    const source = this.#raw({ start: node.offset, end: end(node) });
    if (numbersIn(node)) {
      const numbers = source
        .slice(1, -1)
        .split(',')
        .map(number => number.trim());
      return `[${numbers.filter(number => number !== '').join(', ')}]`;
    }
    if (isPlain(node)) return source;
    if (node.type === 'property')
      return (node.children ?? []).map(part => this.#inline(part)).join(': ');
    const items = (node.children ?? []).map(item => this.#inline(item)).join(', ');
    if (node.type === 'array') return `[${items}]`;
    return items === '' ? '{}' : `{ ${items} }`;
  }

  /** Each child on a line of its own; plain values on the lines that they have. */
  #expanded(node: Node, depth: number, key: string): string {
    const children = node.children ?? [];
    const line = this.#line(depth + 1);
    const stop = end(node) - 1;
    const isFilled = node.type === 'array' && children.every(isPlain);
    let text = node.type === 'array' ? '[' : '{';
    let from = node.offset + 1;
    let found = this.#between(from, children[0]?.offset ?? stop, children.length === 0);
    text += this.#behind(found);
    for (const [index, child] of children.entries()) {
      const anchor = lastEnd(found.trailing, from);
      const start = found.leading[0]?.start ?? child.offset;
      const breaks = index === 0 || !isFilled || this.#breaks(anchor, start) > 0;
      text += !breaks ? ' ' : index === 0 ? line : this.#gap(anchor, start, line);
      text += this.#lines(found.leading, child.offset, line) + this.#node(child, depth + 1, key);
      from = end(child);
      const next = children[index + 1];
      found = this.#between(from, next?.offset ?? stop, !next);
      const comma = next || this.#comma(from, stop) ? ',' : '';
      text += comma + this.#behind(found);
    }
    const anchor = lastEnd(found.trailing, from);
    const [first] = found.leading;
    if (first) text += this.#gap(anchor, first.start, line);
    text += this.#lines(found.leading, stop, line).trimEnd();
    return text + this.#line(depth) + this.#text[stop];
  }

  /** The comments that stay in the line. */
  #behind({ trailing }: Between): string {
    return trailing.map(comment => ` ${this.#raw(comment)}`).join('');
  }

  /** Comments before something, each with what separates it from the next. */
  #lines(comments: readonly Comment[], to: number, line: string): string {
    const parts = comments.map((comment, index) => {
      const next = comments[index + 1]?.start ?? to;
      const breaks = comment.isLine || this.#breaks(comment.end, next) > 0;
      return this.#raw(comment) + (breaks ? this.#gap(comment.end, next, line) : ' ');
    });
    return parts.join('');
  }

  /** @param isLast whether nothing but a closing bracket follows */
  #between(from: number, to: number, isLast: boolean): Between {
    const comments = this.#inside(from, to);
    let same = 0;
    while (same < comments.length && this.#sameLine(comments, same, from)) same++;
    const last = comments[same - 1];
    const ends = last && (last.isLine || this.#breaks(last.end, comments[same]?.start ?? to) > 0);
    const staying = ends || (isLast && same === comments.length) ? same : 0;
    return { trailing: comments.slice(0, staying), leading: comments.slice(staying) };
  }

  #sameLine(comments: readonly Comment[], index: number, from: number): boolean {
    const before = index === 0 ? from : comments[index - 1].end;
    return !comments[index - 1]?.isLine && this.#breaks(before, comments[index].start) === 0;
  }

  /** Whether there is a comma between two things, outside of comments. */
  #comma(from: number, to: number): boolean {
    const ends = [from, ...this.#inside(from, to).map(comment => comment.end)];
    const starts = [...this.#inside(from, to).map(({ start }) => start), to];
    return ends.some((at, index) => this.#text.slice(at, starts[index]).includes(','));
  }

  #gap(from: number, to: number, line: string): string {
    return (this.#breaks(from, to) > 1 ? this.#lineEnd : '') + line;
  }

  #breaks(from: number, to: number): number {
    return this.#text.slice(from, to).match(/\r\n|\n|\r/g)?.length ?? 0;
  }

  #line(depth: number): string {
    return this.#lineEnd + this.#unit.repeat(depth);
  }

  /** Whether a comment stands between its members. */
  #own({ children = [] }: Node, comments: readonly Comment[]): boolean {
    const isIn = ({ start }: Comment): boolean =>
      children.some(member => member.offset <= start && start < end(member));
    return !comments.every(isIn);
  }

  #inside(start: number, stop: number): readonly Comment[] {
    let low = 0;
    let high = this.#comments.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#comments[middle].start < start) low = middle + 1;
      else high = middle;
    }
    let last = low;
    while (last < this.#comments.length && this.#comments[last].start < stop) last++;
    return this.#comments.slice(low, last);
  }

  #raw({ start, end: stop }: TextRange): string {
    return this.#text.slice(start, stop);
  }
}

/** Where the last of some comments ends. */
function lastEnd(comments: readonly Comment[], otherwise: number): number {
  return comments[comments.length - 1]?.end ?? otherwise;
}
