/** Collects what is wrong with a document. */
import type { Issue, JsonPath, Severity, TextRange } from './network';
import { readable } from './sentence';

/** The issue that counts those that are not listed. */
export const MORE = 'issues.more';

/** A document with thousands of wrong numbers is told so once, not thousands of times. */
const MOST = 500;

export class IssueList {
  readonly #kinds: { readonly [K in Severity]: Kind } = {
    error: new Kind(),
    warning: new Kind(),
    information: new Kind(),
  };

  get errors(): number {
    return this.#kinds.error.count;
  }

  add(severity: Severity, code: string, path: JsonPath, range: TextRange, message: string): void {
    this.#kinds[severity].add({ code, severity, path, range, message: readable(message) });
  }

  /** The gravest first, each kind in the order of the text. Where there are too many, the last are counted. */
  sorted(): readonly Issue[] {
    const told: Issue[] = [];
    let untold = 0;
    let gravest: Severity | undefined;
    for (const severity of severities) {
      const { count, first } = this.#kinds[severity];
      const shown = first.slice(0, MOST - told.length);
      told.push(...shown);
      untold += count - shown.length;
      if (count > shown.length) gravest ??= severity;
    }
    if (gravest === undefined) return told;
    const { path, range } = told[told.length - 1];
    const message = `${untold} more problems are not listed. Correct those above first.`;
    return [...told, { code: MORE, severity: gravest, path, range, message }];
  }
}

const severities: readonly Severity[] = ['error', 'warning', 'information'];

/** The issues of one severity: all are counted, the first {@link MOST} are kept. */
class Kind {
  #kept: Issue[] = [];
  #count = 0;

  get count(): number {
    return this.#count;
  }

  /** In the order of the text. */
  get first(): readonly Issue[] {
    this.#kept = this.#kept.sort((a, b) => a.range.start - b.range.start).slice(0, MOST);
    return this.#kept;
  }

  add(issue: Issue): void {
    this.#count++;
    this.#kept.push(issue);
    if (this.#kept.length >= 2 * MOST) this.#kept = [...this.first];
  }
}
