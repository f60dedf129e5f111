/** Collects what is wrong with a document. */
import type { Issue, JsonPath, Severity, TextRange } from './network';

/** A document with thousands of wrong numbers is told so once, not thousands of times. */
const MOST = 500;

export class IssueList {
  readonly #issues: Issue[] = [];
  #errors = 0;
  #untold = 0;

  get errors(): number {
    return this.#errors;
  }

  add(severity: Severity, code: string, path: JsonPath, range: TextRange, message: string): void {
    if (severity === 'error') this.#errors++;
    if (this.#issues.length >= MOST) this.#untold++;
    else this.#issues.push({ code, severity, path, range, message });
  }

  /** In the order of the text; at one place the gravest first. */
  sorted(): readonly Issue[] {
    const sorted = [...this.#issues].sort(
      (a, b) => a.range.start - b.range.start || weight[a.severity] - weight[b.severity],
    );
    if (this.#untold === 0) return sorted;
    const { path, range } = sorted[sorted.length - 1];
    const message = `${this.#untold} more problems are not listed. Correct those above first.`;
    const severity = this.#errors > 0 ? 'error' : 'warning';
    return [...sorted, { code: 'issues.more', severity, path, range, message }];
  }
}

const weight: { readonly [K in Severity]: number } = { error: 0, warning: 1, information: 2 };
