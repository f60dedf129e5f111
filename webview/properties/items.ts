/** A list in one field: entries between commas, those with a comma, a quote or outer spaces in quotes. Pure. */

export function joinItems(items: readonly string[]): string {
  return items.map(item => (isPlain(item) ? item : JSON.stringify(item))).join(', ');
}

const isPlain = (item: string): boolean =>
  item !== '' && item === item.trim() && !/[",，\n]/.test(item);

/** Inverse of {@link joinItems}; an empty text is an empty list. Undefined where a quote is not closed. */
export function splitItems(typed: string): readonly string[] | undefined {
  if (typed.trim() === '') return [];
  const items: string[] = [];
  const entry = /\s*(?:("(?:[^"\\]|\\.)*")\s*|([^",，]*))(,|，|$)/gy;
  for (;;) {
    const match = entry.exec(typed);
    if (!match) return undefined;
    const [, quoted, plain = '', end] = match;
    const item = quoted === undefined ? plain.trim() : unquoted(quoted);
    if (item === undefined) return undefined;
    items.push(item);
    if (end === '') return items;
  }
}

function unquoted(quoted: string): string | undefined {
  try {
    return JSON.parse(quoted) as string;
  } catch {
    return undefined;
  }
}

/** `4`, `28 × 28`, `28x28`, `28, 28`: the numbers, NaN for what is none. */
export const lengthsIn = (typed: string): readonly number[] =>
  typed
    .split(/[\s,，×x*]+/i)
    .filter(Boolean)
    .map(Number);
