/**
 * Inserting and removing members of objects and elements of lists in JSON text, so that everything else
 * keeps its bytes: comments, trailing commas, line ends, indentation.
 *
 * An insertion followed by the removal of what it inserted leaves the text as it was.
 */
import { createScanner } from 'jsonc-parser';
import type { Node } from 'jsonc-parser';
import { mergeEdits } from './json';
import type { TextEdit } from './json';
import { end } from './tree';

/** Numbers of the scanner's tokens; its own enum is not there at run time. */
export const kinds = {
  closeBrace: 2,
  openBracket: 3,
  closeBracket: 4,
  comma: 5,
  colon: 6,
  text: 10,
  lineComment: 12,
  blockComment: 13,
  lineBreak: 14,
  blanks: 15,
  end: 17,
} as const;

/** The text behind a node, up to the next thing that means something. */
interface Gap {
  /** Offset of the comma that follows; undefined where none does. */
  readonly comma: number | undefined;
  /** Behind the comma (or the node) and the comments of the same line. */
  readonly anchor: number;
  /** A comment up to the end of the line stands before the anchor. */
  readonly lineComment: boolean;
}

/** Scans commas and comments from an offset behind an element, or behind the opening bracket. */
function gapAfter(text: string, offset: number): Gap {
  const scanner = createScanner(text, false);
  scanner.setPosition(offset);
  let comma: number | undefined;
  let anchor = offset;
  let lineComment = false;
  let newLine = false;
  for (;;) {
    const token = scanner.scan();
    const start = scanner.getTokenOffset();
    const stop = start + scanner.getTokenLength();
    if (token === kinds.comma) {
      comma = start;
      anchor = stop;
      lineComment = newLine = false;
    } else if (token === kinds.lineBreak) newLine = true;
    else if (token === kinds.lineComment || token === kinds.blockComment) {
      const oneLine = !/[\r\n]/.test(text.slice(start, stop));
      if (!newLine && oneLine) anchor = stop;
      if (!newLine && oneLine) lineComment = token === kinds.lineComment;
      if (!oneLine) newLine = true;
    } else if (token !== kinds.blanks) return { comma, anchor, lineComment };
  }
}

/** Offset of the first character of the line. */
function lineStart(text: string, offset: number): number {
  let start = offset;
  while (start > 0 && !isBreak(text[start - 1])) start--;
  return start;
}

/** The white space that the line of an offset begins with; a byte order mark is none. */
export function indentAt(text: string, offset: number): string {
  const start = lineStart(text, offset);
  return /^\ufeff?([ \t]*)/.exec(text.slice(start, offset))?.[1] ?? '';
}

/** Whether only white space stands before an offset in its line. */
function beginsLine(text: string, offset: number): boolean {
  return /^[ \t]*$/.test(text.slice(lineStart(text, offset), offset));
}

function isBreak(character: string): boolean {
  return character === '\n' || character === '\r';
}

function skipBlanksBack(text: string, offset: number, breaks: boolean): number {
  let at = offset;
  while (/[ \t]/.test(text.charAt(at - 1)) || (breaks && isBreak(text.charAt(at - 1)))) at--;
  return at;
}

function skipBlanks(text: string, offset: number, breaks: boolean): number {
  let at = offset;
  while (/[ \t]/.test(text.charAt(at)) || (breaks && isBreak(text.charAt(at)))) at++;
  return at;
}

/**
 * Inserts items into a list or object before the child `index` (its number of children appends).
 *
 * @param ownLines whether the items stand on lines of their own where no neighbour shows the way
 * @param indent of such lines
 */
export function insertItems(
  text: string,
  container: Node,
  index: number,
  items: readonly string[],
  style: { readonly ownLines: boolean; readonly indent: string; readonly lineEnd: string },
): readonly TextEdit[] {
  const children = container.children ?? [];
  if (items.length === 0) return [];
  if (children.length === 0) return insertFirst(text, container, items, style);
  const neighbour = children[Math.min(index, children.length - 1)];
  const inLine = !beginsLine(text, neighbour.offset);
  const indent = inLine ? style.indent : indentAt(text, neighbour.offset);
  const separator = inLine && !style.ownLines ? ' ' : style.lineEnd + indent;
  if (index >= children.length) return append(text, container, items, separator, style.lineEnd);
  const from = index === 0 ? container.offset + 1 : end(children[index - 1]);
  const { anchor } = gapAfter(text, from);
  if (/[\r\n]/.test(text.slice(anchor, neighbour.offset))) {
    return [insertion(anchor, items.map(item => `${separator}${item},`).join(''))];
  }
  return [insertion(neighbour.offset, items.map(item => `${item},${separator}`).join(''))];
}

function insertion(offset: number, text: string): TextEdit {
  return { start: offset, end: offset, text };
}

/** Behind the last child. A trailing comma stays the file's habit. */
function append(
  text: string,
  container: Node,
  items: readonly string[],
  separator: string,
  lineEnd: string,
): readonly TextEdit[] {
  const children = container.children ?? [];
  const last = end(children[children.length - 1]);
  const { comma, anchor, lineComment } = gapAfter(text, last);
  const gap = lineComment && separator === ' ' ? lineEnd : separator;
  if (comma !== undefined) {
    return [insertion(anchor, items.map(item => `${gap}${item},`).join(''))];
  }
  const inserted = items.map(item => `${gap}${item}`).join(',');
  return mergeEdits(text, [insertion(last, ','), insertion(anchor, inserted)]);
}

function insertFirst(
  text: string,
  container: Node,
  items: readonly string[],
  style: { readonly ownLines: boolean; readonly indent: string; readonly lineEnd: string },
): readonly TextEdit[] {
  const close = end(container) - 1;
  const { anchor, lineComment } = gapAfter(text, container.offset + 1);
  const isObject = container.type === 'object';
  const tail = text.slice(anchor, close);
  if (style.ownLines || lineComment) {
    const separator = style.lineEnd + style.indent;
    const outer = /[\r\n]/.test(tail) ? '' : style.lineEnd + indentAt(text, container.offset);
    return [insertion(anchor, separator + items.join(`,${separator}`) + outer)];
  }
  const pad = isObject ? ' ' : '';
  return [insertion(anchor, pad + items.join(', ') + (tail === '' ? pad : ''))];
}

/** Removes the children at some indices. Comments outside of what is removed stay. */
export function removeItems(
  text: string,
  container: Node,
  indices: readonly number[],
): readonly TextEdit[] {
  const children = container.children ?? [];
  const doomed = new Set(indices);
  if (children.length > 0 && children.every((_, index) => doomed.has(index))) {
    return removeAll(text, container, children);
  }
  const edits: TextEdit[] = [];
  for (let first = 0; first < children.length; first++) {
    if (!doomed.has(first)) continue;
    let last = first;
    while (doomed.has(last + 1)) last++;
    edits.push(
      ...(last === children.length - 1
        ? removeTail(text, children, first)
        : removeRun(text, children[first].offset, end(children[last]))),
    );
    first = last;
  }
  return mergeEdits(text, edits);
}

/** Items that others follow, with the comma behind them. */
function removeRun(text: string, start: number, stop: number): readonly TextEdit[] {
  const comma = gapAfter(text, stop).comma ?? stop;
  const after = comma + 1;
  const rest = skipBlanks(text, after, false);
  const wholeLine = isBreak(text[rest]);
  if (/\S/.test(text.slice(stop, comma))) {
    return [deletion(start, skipBlanks(text, stop, false)), deletion(comma, rest)];
  }
  if (beginsLine(text, start) && wholeLine) {
    return [deletion(skipBreakBack(text, lineStart(text, start)), after)];
  }
  return [deletion(start, wholeLine ? skipBlanks(text, after, true) : rest)];
}

/** Before the line end that stands before a line: that of an item is never the first, for its bracket is above. */
function skipBreakBack(text: string, offset: number): number {
  return text.slice(offset - 2, offset) === '\r\n' ? offset - 2 : offset - 1;
}

/** The last items, with the comma before them, or where the file has one the comma behind them. */
function removeTail(text: string, children: readonly Node[], first: number): readonly TextEdit[] {
  const before = end(children[first - 1]);
  const stop = end(children[children.length - 1]);
  const trailing = gapAfter(text, stop).comma;
  const apart = trailing !== undefined && /\S/.test(text.slice(stop, trailing));
  const after = trailing === undefined || apart ? stop : trailing + 1;
  const start = removalStart(text, before, children[first].offset, after);
  if (apart) return [deletion(start, stop), deletion(trailing, trailing + 1)];
  if (trailing !== undefined) return [deletion(start, after)];
  const comma = gapAfter(text, before).comma ?? start;
  return [deletion(comma, comma + 1), deletion(Math.max(start, comma + 1), stop)];
}

/**
 * The white space before what is removed goes with it, unless what follows in the line would then stand
 * behind a comment that lasts to the end of the line.
 */
function removalStart(text: string, from: number, offset: number, after: number): number {
  const start = skipBlanksBack(text, offset, true);
  const rest = skipBlanks(text, after, false);
  return !isBreak(text[rest]) && isInLineComment(text, from, start) ? offset : start;
}

/** Whether what would follow `offset` in its line would be part of a comment. */
function isInLineComment(text: string, from: number, offset: number): boolean {
  const scanner = createScanner(text, false);
  scanner.setPosition(from);
  let token = scanner.scan();
  while (token !== kinds.end && scanner.getPosition() < offset) token = scanner.scan();
  return token === kinds.lineComment;
}

/** Nothing but comments stays between the brackets. */
function removeAll(text: string, container: Node, children: readonly Node[]): readonly TextEdit[] {
  const [first] = children;
  const stop = end(children[children.length - 1]);
  const { comma } = gapAfter(text, stop);
  const after = comma !== undefined && !/\S/.test(text.slice(stop, comma)) ? comma + 1 : stop;
  const open = container.offset + 1;
  const start = skipBlanksBack(text, first.offset, true);
  const close = skipBlanks(text, after, true);
  const edits =
    start === open && close === end(container) - 1
      ? [deletion(start, close)]
      : [deletion(first.offset, after)];
  if (comma !== undefined && after === stop) edits.push(deletion(comma, comma + 1));
  return edits;
}

function deletion(start: number, stop: number): TextEdit {
  return { start, end: stop, text: '' };
}

/**
 * Inserts items into a list as its neighbours stand: with the same text between them. Where that text holds
 * a comment, or the list has only one item, as `insertItems` does.
 */
export function insertAlike(
  text: string,
  list: Node,
  index: number,
  items: readonly string[],
  lineEnd: string,
): readonly TextEdit[] {
  if (items.length === 0) return [];
  const children = list.children ?? [];
  const { length } = children;
  const second = Math.min(Math.max(index, 1), length - 1);
  const between = length < 2 ? '/' : text.slice(end(children[second - 1]), children[second].offset);
  const tail = length === 0 ? '' : text.slice(end(children[length - 1]), end(list) - 1);
  if (/[^\s,]/.test(between) || (index >= length && /[^\s,]/.test(tail))) {
    const style = { ownLines: false, indent: indentAt(text, list.offset), lineEnd };
    return insertItems(text, list, index, items, style);
  }
  if (index >= length) {
    return [insertion(end(children[length - 1]), items.map(item => between + item).join(''))];
  }
  return [insertion(children[index].offset, items.map(item => item + between).join(''))];
}
