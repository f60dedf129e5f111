/** Each kind of token, comment and bracket, read quickly as the tolerant parser reads it, or left to that. */
import { parseTree } from 'jsonc-parser';
import type { Node, ParseError } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import { numbersIn } from '../../src/network/numberList';
import { readTree } from '../../src/network/readTree';

/** A tree as plain values, to compare it. */
function plain({ type, value, offset, length, colonOffset, children }: Node): unknown {
  const inner = children?.map(plain);
  return { type, value: value as unknown, offset, length, colonOffset, children: inner };
}

/** What the tolerant parser reads; undefined where it finds a mistake. */
function expected(text: string): unknown {
  const errors: ParseError[] = [];
  const root = parseTree(text, errors, { allowTrailingComma: true });
  return root && errors.length === 0 ? plain(root) : undefined;
}

function actual(text: string): unknown {
  const read = readTree(text);
  return read.type === 'tree' ? plain(read.root) : undefined;
}

const right = [
  ...[
    '0',
    '-0',
    '7',
    '10',
    '907',
    '-12',
    '0.5',
    '10.25',
    '-0.125',
    '1e5',
    '1E5',
    '1e+5',
    '1e-5',
    '12.5e-10',
    '0e0',
    '1e400',
  ],
  ...[
    'true',
    'false',
    'null',
    '""',
    '"a"',
    '"a b"',
    '"\\"\\\\\\/\\b\\f\\n\\r\\t"',
    '"\\u0041\\ud83d"',
    '"😀\u2028\u007f"',
    '"//"',
    '"/*"',
    '"[1]"',
  ],
  ...['{}', '{ }', '{"a":1}', '{ "a" : 1 , "b" : [ ] }', '{"a":1,}', '{"":{}}', '{"a":1,"a":2}'],
  ...[
    '[]',
    '[ ]',
    '[1]',
    '[ 1 ]',
    '[1,2]',
    '[1 , 2 , ]',
    '[-1\t,\r\n2]',
    '[1,]',
    '["a",]',
    '[[1],[2],[]]',
    '[{},[],1]',
    '[1,"a"]',
    '["a",1]',
    '[true]',
  ],
];
const wrong = [
  ...[
    '',
    ' ',
    '+1',
    '01',
    '-01',
    '1.',
    '.5',
    '1.e5',
    '1e',
    '1e+',
    '--1',
    '- 1',
    '1 2',
    '0x1',
    '1_0',
    'NaN',
    'Infinity',
    '1a',
  ],
  ...[
    'tru',
    'trues',
    'True',
    'nul',
    'undefined',
    "'a'",
    '"a',
    '"',
    '"\\',
    '"\\"',
    '"\\x"',
    '"\\u12"',
    '"a\nb"',
    '"\t"',
    '"\u0000"',
    '"a"b',
  ],
  ...[
    '{',
    '}',
    '{"a"}',
    '{"a":}',
    '{"a" 1}',
    '{"a":1',
    '{"a":1 "b":2}',
    '{,}',
    '{"a":1,,}',
    '{a:1}',
    '{1:2}',
    '{"a"::1}',
    '{"a":1]',
  ],
  ...[
    '[',
    ']',
    '[1',
    '[1,',
    '[1 2]',
    '[,]',
    '[1,,2]',
    '[1,,]',
    '[,1]',
    '[1}',
    '[01]',
    '[1.]',
    '[-]',
    '[1e]',
    '[1-2]',
    '[1..2]',
    '[1 -2]',
  ],
  ...['/', '/1', '/* ', '/*/', '1 /* ', '[1 / 2]', '{} {}', '[] 1', '\u00a01', '1\ufeff', '\f1'],
];
const around = [
  ...[
    '',
    ' ',
    '\t\n\r ',
    '// c\n',
    '// c\r',
    '/**/',
    '/* c\n * / */',
    '/* // */ ',
    '// /*\n',
    '/***/\n',
  ],
];

describe('a text without a mistake', () => {
  it.each(right)('%s', text => {
    expect(actual(text)).toEqual(expected(text));
    expect(actual(text)).toBeDefined();
    for (const before of around)
      for (const after of [...around, '// c'])
        expect(actual(before + text + after)).toEqual(expected(before + text + after));
  });

  it.each(right)('%s in a list and in an object', text => {
    for (const space of around) {
      const list = `[${space}${text}${space},${space}${text}${space}]`;
      const object = `{${space}"k"${space}:${space}${text}${space},${space}"l"${space}:${text}${space}}`;
      expect(actual(list)).toEqual(expected(list));
      expect(actual(object)).toEqual(expected(object));
      expect([actual(list), actual(object)]).not.toContain(undefined);
    }
  });
});

describe('a text with a mistake is left to the other parser', () => {
  it.each(wrong)('%j', text => {
    expect(expected(text)).toBeUndefined();
    expect(readTree(text).type).toBe('mistake');
    if (text.trim() === '') return;
    expect(actual(`[1, ${text}`)).toEqual(expected(`[1, ${text}`));
    expect(actual(`{"a": ${text}}`)).toEqual(expected(`{"a": ${text}}`));
  });

  it.each([
    ['[1, x]', 4, 4],
    ['{ "a": tru }', 7, 7],
    ['  x', 2, 2],
    ['{} x', 3, 3],
    ['[1, "a\n"]', 4, 7],
  ])('and the mistake of %j is there at the latest', (text, from, to) => {
    const read = readTree(text);
    if (read.type !== 'mistake') throw new Error(read.type);
    expect(read.at).toBeGreaterThanOrEqual(from);
    expect(read.at).toBeLessThanOrEqual(to);
  });
});

describe('what is too much', () => {
  it.each([
    [100, 'tree'],
    [101, 'levels'],
  ])('%i levels: %s', (levels, type) => {
    // The innermost value is one level deeper than the last bracket.
    const lists = `${'['.repeat(levels)}true${']'.repeat(levels)}`;
    expect(readTree(lists).type).toBe(type);
    const objects = `${'{"a":'.repeat(levels)}0${'}'.repeat(levels)}`;
    expect(readTree(objects).type).toBe(type);
    const numbers = `${'['.repeat(levels + 1)}1${']'.repeat(levels + 1)}`;
    expect(readTree(numbers).type).toBe(type);
  });
});

describe('numbers at once', () => {
  it.each([
    ['[1, 2]', [1, 2]],
    ['[ 1 ,2\n, ]', [1, 2]],
    ['[-1.5e-3]', [-0.0015]],
    ['[0,-0]', [0, -0]],
  ])('%s', (text, values) => {
    const read = readTree(`{ "a": ${text} }`);
    const list = read.type === 'tree' ? read.root.children?.[0].children?.[1] : undefined;
    expect(numbersIn(list)?.values).toStrictEqual(values);
    expect(list?.length).toBe(text.length);
  });
});
