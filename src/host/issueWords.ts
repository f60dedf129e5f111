/** What is wrong with a network or its data, as the person reads it. */
import { inChinese } from '../explain/issues/inChinese';
import { inLanguage } from './language';

/** The same few sentences are told again with every key that is typed. */
const known = new Map<string, string>();
const MOST_KNOWN = 2000;

/** The sentence of an issue in the language of VS Code. */
export function told(message: string): string {
  const before = known.get(message);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  const words = inLanguage((english: string) => english, inChinese)(message);
  known.set(message, words);
  return words;
}
