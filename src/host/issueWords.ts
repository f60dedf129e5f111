/** What is wrong with a network or its data, as the person reads it. */
import { l10n } from 'vscode';
import { issuesIn } from '../explain/issueTexts';

/** The same few sentences are told again with every key that is typed. */
const known = new Map<string, string>();
const MOST_KNOWN = 2000;

let translate: ((message: string) => string) | undefined;

/** The sentence of an issue in the language of VS Code. */
export function told(message: string): string {
  // No bundle: English.
  if (!l10n.bundle) return message;
  const before = known.get(message);
  if (before !== undefined) return before;
  if (known.size >= MOST_KNOWN) known.clear();
  translate ??= issuesIn(l10n.bundle);
  const words = translate(message);
  known.set(message, words);
  return words;
}
