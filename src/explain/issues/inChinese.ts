/**
 * Says in Chinese what is wrong with a network or its data. The rules that find it write English sentences, each in one
 * place; here those are recognised, and their names and numbers put into the Chinese ones.
 */
import { dataSentences } from './dataSentences.zh';
import { networkSentences } from './networkSentences.zh';
import { phrases } from './phrases.zh';

/**
 * English, Chinese. `{0}` is a name, a number or a phrase, `(s)` a letter that may be missing, `(is|are)` one of two words.
 */
export type Sentence = readonly [english: string, chinese: string];

interface Recognised {
  readonly pattern: RegExp;
  /** What the groups of the pattern stand for, in their order. */
  readonly places: readonly string[];
  readonly chinese: string;
}

const sentences = [...networkSentences, ...dataSentences].map(compile);
const parts = phrases.map(compile);

function compile([english, chinese]: Sentence): Recognised {
  const places: string[] = [];
  const source = english
    .split(/(\{\d\}|\([a-z]*\|[a-z]*\)|\(s\))/)
    .map(part => {
      if (/^\{\d\}$/.test(part)) return (places.push(part), '(.+?)');
      if (part === '(s)') return 's?';
      if (/^\([a-z]*\|[a-z]*\)$/.test(part)) return `(?:${part.slice(1)}`;
      return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
    })
    .join('');
  return { pattern: new RegExp(`^${source}$`, 's'), places, chinese };
}

/** The same of a sentence that nobody knows here: it is left as it is. */
export function inChinese(message: string): string {
  const told = recognised(message, sentences);
  // A name or a number has a space on both sides, a phrase has none.
  return told?.replace(/(?<=[一-鿿]) (?=[一-鿿])/g, '') ?? message;
}

function recognised(text: string, among: readonly Recognised[]): string | undefined {
  for (const { pattern, places, chinese } of among) {
    const found = pattern.exec(text);
    if (!found) continue;
    return chinese.replace(/\{\d\}/g, place => phrase(found[1 + places.indexOf(place)]));
  }
  return undefined;
}

function phrase(text: string): string {
  return recognised(text, parts) ?? listed(text);
}

/** `"a", "b" or "c"` and `a, b, c`, which are names of the file. */
function listed(text: string): string {
  if (/^[\w.]+(?:, [\w.]+)+$/.test(text)) return text.replaceAll(', ', '、');
  if (!/^".*" or "[^"]*"$/s.test(text)) return text;
  return text.replace(/" or (?="[^"]*"$)/, '" 或 ').replaceAll('", "', '"、"');
}
