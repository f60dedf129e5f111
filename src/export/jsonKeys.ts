/** What `JSON.parse` does not say of a text: a key that an object has twice, of which it keeps the last; and its depth. */
import { code } from '../network/jsonCharacters';

/**
 * Goes through a text, which may be anything, once.
 *
 * @param most lists and objects within each other
 * @returns the first key that is repeated within one object, or that there are more levels; undefined where neither is so
 */
export function keyFault(
  json: string,
  most: number,
): { readonly repeated: string } | 'deeper' | undefined {
  /** The keys of each object or list around; of a list they stay empty. */
  const open: Set<string>[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json.charCodeAt(at);
    if (character === code.quote) {
      const end = closingQuote(json, at);
      const keys = open[open.length - 1];
      if (keys && isFollowedByColon(json, end + 1)) {
        const key = textOf(json, at, end);
        if (keys.has(key)) return { repeated: key };
        keys.add(key);
      }
      at = end;
    } else if (character === code.openBrace || character === code.openBracket) {
      if (open.push(new Set()) > most) return 'deeper';
    } else if (character === code.closeBrace || character === code.closeBracket) open.pop();
  }
  return undefined;
}

/** Of a key that is none, its characters. */
function textOf(json: string, open: number, close: number): string {
  const raw = json.slice(open + 1, close);
  if (!raw.includes('\\')) return raw;
  try {
    return JSON.parse(json.slice(open, close + 1)) as string;
  } catch {
    return raw;
  }
}

/** Where the text ends before, its end. */
function closingQuote(json: string, open: number): number {
  let at = open + 1;
  for (; at < json.length; at++) {
    const character = json.charCodeAt(at);
    if (character === code.quote) break;
    if (character === code.backslash) at++;
  }
  return at;
}

function isFollowedByColon(json: string, start: number): boolean {
  let at = start;
  while (isBlank(json.charCodeAt(at))) at++;
  return json.charCodeAt(at) === code.colon;
}

function isBlank(character: number): boolean {
  return character === 32 || character === 10 || character === 13 || character === 9;
}
