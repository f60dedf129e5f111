/**
 * The number of a sample as it is printed. People count from 1, here as in the designer; `--sample` and the JSON count
 * from 0, as the file does. So both are said.
 */
import type { Words } from '../explain/words';

/** `sample 2 (index 1)` */
export function numbered(index: number): string {
  return `sample ${index + 1} (index ${index})`;
}

/** The words of explanations, which name samples for people. */
export function withIndices(words: Words): Words {
  return { ...words, ofSample: number => `${words.ofSample(number)} (index ${number - 1})` };
}
