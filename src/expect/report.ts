/** What has been found, in lines that a terminal makes links of. */
import type { Verdict } from './judge';

/** `file:line:column`, both counted from 1. */
export interface Spot {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

const WORDS: { readonly [R in Verdict['result']]: string } = {
  passed: 'pass',
  failed: 'FAIL',
  skipped: 'skip',
};

/** `FAIL  xor.nn.json:12:5 [0, 1] → [1]: output[0] = …` */
export function testLine(
  { file, line, column }: Spot,
  label: string,
  { result, message }: Verdict,
): string {
  return `${WORDS[result]}  ${file}:${line}:${column} ${label}: ${message}`;
}

/** How many of each there are. */
export class Tally {
  readonly counts = { passed: 0, failed: 0, skipped: 0 };

  add({ result }: Verdict): void {
    this.counts[result] += 1;
  }

  /** `3 passed, 1 failed, 1 skipped` */
  get summary(): string {
    const { passed, failed, skipped } = this.counts;
    return `${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}`;
  }
}
