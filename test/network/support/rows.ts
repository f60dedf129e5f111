/** A document with one mistake, and what is told about it. */
import { expect } from 'vitest';
import { parseNetwork } from '../../../src/network/parse';
import { expectChinese } from '../../support/english';
import { unmark } from './marked';

/** severity, code, text with the «place», and words that the message must contain */
export type Row = readonly [
  severity: string,
  code: string,
  text: string,
  ...words: (string | RegExp)[],
];

/** The issue is told at its place, and there is a network unless something is really wrong. */
export function check([severity, code, marked, ...words]: Row): void {
  const { text, range } = unmark(marked);
  const { issues, network } = parseNetwork(text);
  const shown = issues.map(issue => `${issue.severity} ${issue.code} ${issue.message}`);
  const found = issues.filter(issue => issue.code === code);
  expect(shown.join('\n')).toContain(`${severity} ${code}`);
  expect(found.map(issue => text.slice(issue.range.start, issue.range.end))).toContain(
    text.slice(range.start, range.end),
  );
  const issue = found.find(({ range: { start } }) => start === range.start);
  expect(issue?.range).toEqual(range);
  expect(issue?.severity).toBe(severity);
  for (const word of words)
    expect(issue?.message).toMatch(word instanceof RegExp ? word : escape(word));
  expectChinese(issues);
  const fatal = issues.some(({ severity, code }) => severity === 'error' && !drawable.has(code));
  expect(network === undefined).toBe(fatal);
}

/** The network itself is whole, only its data are not. */
const drawable = new Set(['data.inputs', 'data.outputs', 'data.targetRange']);

function escape(text: string): RegExp {
  return new RegExp(text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
}
