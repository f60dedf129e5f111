/** The language that VS Code speaks, for texts that have a table of words for each. */
import { env } from 'vscode';

/** That of the two which the person reads. */
export function inLanguage<T>(english: T, chinese: T): T {
  return env.language.startsWith('zh') ? chinese : english;
}
