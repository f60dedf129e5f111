/** What is told of a text, whole: nothing else may be told with it. */
import { expect } from 'vitest';
import { formatPath } from '../../../src/network/network';
import { parseNetwork } from '../../../src/network/parse';
import { expectChinese } from '../../support/english';
import { unmark } from './marked';

/** `severity code path`, the text with its «place», and the sentence. */
export type Told = readonly [issue: string, marked: string, message: string];

/** One thing is told of the text: this one, at its «place», in these words. */
export function expectOnly([issue, marked, message]: Told): void {
  const { text, range } = unmark(marked);
  const { issues } = parseNetwork(text);
  const found = issues.map(each => ({ ...each, path: formatPath(each.path) }));
  const [severity, code, path = ''] = issue.split(' ');
  expect(found).toEqual([{ severity, code, path, range, message }]);
  expectChinese(issues);
}

/** `code path` of everything that is told, the gravest first. */
export function codesOf(text: string): readonly string[] {
  return parseNetwork(text).issues.map(({ code, path }) => `${code} ${formatPath(path)}`.trim());
}
