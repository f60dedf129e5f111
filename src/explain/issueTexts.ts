/**
 * Says in another language what is wrong with a network or its data. The rules that find it write English sentences, each
 * in one place; the bundle of translations (`l10n`) has them as `issue: …`, and what stands in their places as `part: …`.
 * Those are recognised, and their names and numbers put into the translation. In the bundle the narrow come before the wide.
 */

const SENTENCE = 'issue: ';
const PART = 'part: ';

/** English text → its translation. */
export type Bundle = Readonly<Record<string, string>>;

interface Recognised {
  readonly pattern: RegExp;
  /** What the groups of the pattern stand for, in their order. */
  readonly places: readonly string[];
  readonly translation: string;
}

/** Whether a text of the bundle is one of those that are recognised. */
export const isOfIssues = (english: string): boolean =>
  english.startsWith(SENTENCE) || english.startsWith(PART);

/** What says a sentence in the language of the bundle; one that the bundle does not have is left as it is. */
export function issuesIn(bundle: Bundle): (message: string) => string {
  const all = Object.entries(bundle);
  const beginning = (mark: string): readonly Recognised[] =>
    all
      .filter(([english]) => english.startsWith(mark))
      .map(([english, translation]) => compiled(english.slice(mark.length), translation));
  const [sentences, parts] = [beginning(SENTENCE), beginning(PART)];
  const part = (text: string): string => recognised(text, parts, part) ?? listed(text);
  return message => {
    const told = recognised(message, sentences, part);
    // A name or a number has a space on both sides, a phrase has none.
    return told?.replace(/(?<=[一-鿿]) (?=[一-鿿])/g, '') ?? message;
  };
}

/**
 * @param english as much of the text as tells it from the others, `…` for the rest; `{0}` is a name, a number or a part,
 *   `(s)` a letter that may be missing, `(is|are)` one of two words
 */
function compiled(english: string, translation: string): Recognised {
  const places: string[] = [];
  const source = english
    .split(/(\{\d\}|\([a-z]*\|[a-z]*\)|\(s\))/)
    .map(piece => {
      if (/^\{\d\}$/.test(piece)) {
        places.push(piece);
        return '(.+?)';
      }
      if (piece === '(s)') return 's?';
      if (/^\([a-z]*\|[a-z]*\)$/.test(piece)) return `(?:${piece.slice(1)}`;
      return piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&').replaceAll('…', '.*?');
    })
    .join('');
  return { pattern: new RegExp(`^${source}$`, 's'), places, translation };
}

function recognised(
  text: string,
  among: readonly Recognised[],
  part: (text: string) => string,
): string | undefined {
  for (const { pattern, places, translation } of among) {
    const found = pattern.exec(text);
    if (!found) continue;
    return translation.replace(/\{\d\}/g, place => part(found[1 + places.indexOf(place)]));
  }
  return undefined;
}

/** `"a", "b" or "c"` and `a, b, c`, which are names of the file. */
function listed(text: string): string {
  if (/^[\w.]+(?:, [\w.]+)+$/.test(text)) return text.replaceAll(', ', '、');
  if (!/^".*" or "[^"]*"$/s.test(text)) return text;
  return text.replace(/" or (?="[^"]*"$)/, '" 或 ').replaceAll('", "', '"、"');
}
