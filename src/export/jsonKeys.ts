/** What `JSON.parse` does not say of a text: a key that an object has twice, of which it keeps the last; and its depth. */

/**
 * The first key that is repeated within one object; undefined when there is none.
 *
 * @param json a valid JSON text
 */
export function repeatedKey(json: string): string | undefined {
  /** The keys of each object or list around; of a list they stay empty. */
  const open: Set<string>[] = [];
  for (let at = 0; at < json.length; at++) {
    const character = json[at];
    if (character === '{' || character === '[') open.push(new Set());
    else if (character === '}' || character === ']') open.pop();
    if (character !== '"') continue;
    const end = closingQuote(json, at);
    if (isFollowedByColon(json, end + 1)) {
      const key = JSON.parse(json.slice(at, end + 1)) as string;
      const keys = open[open.length - 1];
      if (keys.has(key)) return key;
      keys.add(key);
    }
    at = end;
  }
  return undefined;
}

/** Whether lists and objects of a text, which may be anything, lie within each other more than so often. */
export function isDeeper(text: string, most: number): boolean {
  let levels = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text[at];
    if (character === '"') at = closingQuote(text, at);
    else if (character === ']' || character === '}') levels--;
    else if ((character === '[' || character === '{') && ++levels > most) return true;
  }
  return false;
}

/** Where the text ends before, its end. */
function closingQuote(json: string, open: number): number {
  let at = open + 1;
  while (at < json.length && json[at] !== '"') at += json[at] === '\\' ? 2 : 1;
  return at;
}

function isFollowedByColon(json: string, start: number): boolean {
  let at = start;
  while (' \t\r\n'.includes(json[at] ?? ':')) at++;
  return json[at] === ':';
}
