/** JSON as values, and changes of its text. */

export type JsonValue =
  null | boolean | number | string | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/** Replace `text.slice(start, end)` by `text`. Offsets are UTF-16, of the text before any edit. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

/** The type guard of the language does not know readonly lists. */
export function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

export function isObject(value: JsonValue): value is { readonly [key: string]: JsonValue } {
  return value !== null && typeof value === 'object' && !isList(value);
}

/** The same value; the order of members does not matter, 0 and −0 differ. */
export function sameValue(a: JsonValue, b: JsonValue): boolean {
  if (isList(a)) return isList(b) && a.length === b.length && a.every((v, i) => sameValue(v, b[i]));
  if (!isObject(a)) return Object.is(a, b);
  if (!isObject(b)) return false;
  const keys = Object.keys(a);
  if (keys.length !== Object.keys(b).length) return false;
  return keys.every(key => Object.hasOwn(b, key) && sameValue(a[key], b[key]));
}

/** The text after edits, whose offsets are those of the text before any of them. */
export function applyTextEdits(text: string, edits: readonly TextEdit[]): string {
  const parts: string[] = [];
  let offset = 0;
  for (const edit of inOrder(edits)) {
    if (edit.start < offset) throw new RangeError('Text edits overlap');
    parts.push(text.slice(offset, edit.start), edit.text);
    offset = edit.end;
  }
  return parts.join('') + text.slice(offset);
}

/** The edits that turn the text after `edits` back into `text`. */
export function invertEdits(text: string, edits: readonly TextEdit[]): readonly TextEdit[] {
  let shift = 0;
  return inOrder(edits).map(edit => {
    const start = edit.start + shift;
    shift += edit.text.length - (edit.end - edit.start);
    return { start, end: start + edit.text.length, text: text.slice(edit.start, edit.end) };
  });
}

function inOrder(edits: readonly TextEdit[]): readonly TextEdit[] {
  return [...edits].sort((a, b) => a.start - b.start || a.end - b.end);
}

/**
 * Sorts edits, and joins those with at most `distance` characters between them, which keep their text:
 * an editor is quicker with one change than with thousands. Edits that change nothing are left out.
 */
export function mergeEdits(
  text: string,
  edits: readonly TextEdit[],
  distance = 0,
): readonly TextEdit[] {
  const merged: TextEdit[] = [];
  let parts: string[] = [];
  let start = 0;
  let stop = -Infinity;
  const flush = (): void => {
    if (parts.length > 0) merged.push({ start, end: stop, text: parts.join('') });
  };
  for (const edit of inOrder(edits)) {
    if (edit.start - stop <= distance) parts.push(text.slice(stop, edit.start), edit.text);
    else {
      flush();
      parts = [edit.text];
      start = edit.start;
    }
    // What is inserted within a deletion does not bring back what comes behind it.
    stop = Math.max(stop, edit.end);
  }
  flush();
  return merged.filter(edit => text.slice(edit.start, edit.end) !== edit.text);
}
