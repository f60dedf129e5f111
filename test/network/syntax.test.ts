/** What is told of a text that is no JSON: the place, what was expected, what was found. */
import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/network/parse';
import { unmark } from './support/marked';

/** What is told, with the text at its place. */
const told = (text: string) =>
  parseNetwork(text).issues.map(({ range, message }) => [
    text.slice(range.start, range.end),
    message,
  ]);

describe('one mistake is told at its place', () => {
  it.each([
    ['{ "a": «NaN» }', 'NaN is no number that a network can hold: write a finite number.'],
    ['{ "a": «-NaN» }', '-NaN is no number that a network can hold: write a finite number.'],
    [
      '{ "a": «Infinity» }',
      'Infinity is no number that a network can hold: write a finite number.',
    ],
    [
      '{ "a": «-Infinity» }',
      '-Infinity is no number that a network can hold: write a finite number.',
    ],
    [
      '{ "a": «- Infinity» }',
      '- Infinity is no number that a network can hold: write a finite number.',
    ],
    [
      '{ "a": «undefined» }',
      'undefined is no number that a network can hold: write a finite number.',
    ],
    ['{ "a": «None» }', 'None is no number that a network can hold: write a finite number.'],
    [
      '{ "a": «True» }',
      'A value was expected: a number, text in double quotes, true, false, null, […] or {…}; found True.',
    ],
    ['{ "a": «» }'.replace('«» }', '«}»'), 'A value was expected; found }.'],
    ['{ "a" «1» }', 'A colon was expected between the name and its value; found 1.'],
    ['{ "a": 1 «"b"»: 2 }', 'A comma was expected; found "b".'],
    ['[1 «2»]', 'A comma was expected; found 2.'],
    [
      '{ "a": «1.» }',
      'The number is not complete: write digits after the point, the sign or the e; found 1..',
    ],
    [
      '{ "a": «"b\\x"» }',
      'After a backslash one of " \\ / b f n r t u was expected; found "b\\x".',
    ],
    ['{ "a": «"\\u12"» }', 'After \\u four hexadecimal digits were expected; found "\\u12".'],
    ['{} «7»', 'The end of the file was expected: a network is one object {…}; found 7.'],
    ['{ "a": 1«\n»', 'A closing brace } was expected; found the end of the file.'],
    ['[1«\n»', 'A closing bracket ] was expected; found the end of the file.'],
    [
      '{ "a": "b\u0001c" }'.replace('"b', '«"b').replace('c"', 'c"»'),
      'A control character cannot stand in a text: write it as \\n, \\t or \\u0000; found "b\u0001c".',
    ],
    [
      `{ "a": «${'x'.repeat(30)}» }`,
      `A value was expected: a number, text in double quotes, true, false, null, […] or {…}; found ${'x'.repeat(30)}.`,
    ],
    [
      `{ "a": «${'x'.repeat(31)}» }`,
      `A value was expected: a number, text in double quotes, true, false, null, […] or {…}; found ${'x'.repeat(29)}….`,
    ],
  ])('%s', (marked, message) => {
    const { text, range } = unmark(marked);
    expect(parseNetwork(text).issues).toEqual([
      { code: 'json.syntax', severity: 'error', path: [], range, message },
    ]);
  });

  it.each(['', ' ', '\n\t', '\ufeff', ' \ufeff\r\n', '\ufeff\n'])('%j is empty', text => {
    expect(parseNetwork(text)).toEqual({
      text,
      root: undefined,
      issues: [
        {
          code: 'json.empty',
          severity: 'error',
          path: [],
          range: { start: 0, end: text.length },
          message: 'The file is empty: choose a template in the designer, or write a network here.',
        },
      ],
    });
  });

  it.each([
    ['// nothing', 'g'],
    ['/* nothing', '/* nothing'],
    ['{', '{'],
    ['{ "a": "b', '"b'],
  ])('%s', (text, place) => {
    const [[found]] = told(text);
    expect(found).toBe(place);
  });
});

describe('several mistakes', () => {
  it('are told each once, and not those that follow', () => {
    expect(told('{ "a": NaN, "b": - Infinity, "c": [1 2] }').map(([place]) => place)).toEqual([
      'NaN',
      '- Infinity',
      '2',
    ]);
    expect(told('[NaN, NaN]').map(([place]) => place)).toEqual(['NaN', 'NaN']);
    expect(told('[-, a]').map(([place]) => place)).toEqual(['-', 'a']);
    expect(told('[a b]').map(([place]) => place)).toEqual(['a', 'b']);
  });

  it.each([4, 5, 6, 50])('of %i at most five are told', count => {
    const text = `[${Array(count).fill('NaN').join(', ')}]`;
    expect(told(text)).toEqual(
      Array(Math.min(count, 5)).fill([
        'NaN',
        'NaN is no number that a network can hold: write a finite number.',
      ]),
    );
  });
});

describe('a byte order mark', () => {
  it('moves no place', () => {
    expect(told('\ufeff{ "a": NaN }').map(([place]) => place)).toEqual(['NaN']);
    expect(told('\ufeff[1 2]').map(([place]) => place)).toEqual(['2']);
  });

  it('is none elsewhere', () => {
    expect(told('{ \ufeff"a": 1 }')).not.toEqual([]);
    expect(parseNetwork('{ \ufeff"a": 1 }').issues[0].code).toBe('json.syntax');
  });
});
