/** What has been found, in lines that a terminal makes links of. */
import type { Verdict } from './judge';
import type { VerdictWords } from './words';
import { verdictEnglish } from './words.en';

/** `file:line:column`, both counted from 1. */
export interface Spot {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

/** `FAIL  xor.nn.json:12:5 [0, 1] → [1]: output[0] = …` */
export function testLine(
  { file, line, column }: Spot,
  label: string,
  { result, message }: Verdict,
  words: VerdictWords = verdictEnglish,
): string {
  return `${words[result]}  ${file}:${line}:${column} ${label}: ${message}`;
}

/** How many of each there are. */
export class Tally {
  readonly #words: VerdictWords;
  readonly counts = { passed: 0, failed: 0, skipped: 0 };

  constructor(words: VerdictWords = verdictEnglish) {
    this.#words = words;
  }

  add({ result }: Verdict): void {
    this.counts[result] += 1;
  }

  /** `3 passed, 1 failed, 1 skipped` */
  get summary(): string {
    const { passed, failed, skipped } = this.counts;
    return this.#words.tally(passed, failed, skipped);
  }
}
