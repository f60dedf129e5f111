/** The layout of single parts of a text: lists, short objects, layers, comments, line ends, a selection. */
import { describe, expect, it } from 'vitest';
import { applyTextEdits } from '../../src/network/json';
import type { JsonValue } from '../../src/network/json';
import { layoutEdits } from '../../src/network/layOut';
import type { TextRange } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { formatJson } from '../../src/network/write';

const formatted = (text: string, unit = '  ', within?: TextRange): string =>
  applyTextEdits(text, layoutEdits(parseNetwork(text), unit, within));

/** As it is laid out, and that this is so already. */
function expectLaidOut(text: string, expected: string): void {
  expect(formatted(text)).toBe(expected);
  expect(formatted(expected)).toBe(expected);
}

/** A member of the file, by its lines. */
const member = (...lines: string[]): string => `{\n  "a": ${lines.join('\n  ')}\n}\n`;

describe('without comments it is the layout of the product, whatever the layout before', () => {
  const layer = { type: 'dense', units: 2, activation: 'tanh' };
  const values: { readonly [name: string]: JsonValue } = {
    'an empty object': {},
    'empty lists and objects': { a: [], b: {}, c: [[]], d: [{}], e: { f: {} } },
    'lists of words': { a: ['x', 'y'], b: [true, null, 'z'], c: [1, -2.5e-7, 'x'] },
    'lists of lists': { a: [[1, 2], [3]], b: [[[1], []], [['x']]], c: [1, [2]], d: [[1], 2] },
    'short objects': { a: { b: 1, c: [1, 2], d: { e: 'x' } }, f: [{ g: 1 }, { h: { i: 2 } }] },
    'objects with lists of lists': { a: { b: [[1]] }, c: { d: { e: [{}] } } },
    layers: {
      layers: [
        layer,
        {
          ...layer,
          weights: [
            [1, 2],
            [3, 4],
          ],
          bias: [0, 0],
        },
      ],
    },
    'a layer that begins with weights': { layers: [{ weights: [[1]], ...layer }] },
    'layers with more of their own': { layers: [{ ...layer, layers: [{ a: [[1]] }], b: [[]] }] },
    'an object called layers': { layers: { a: [[1]], b: 1 }, other: [{ a: [[1]], b: 1 }] },
    'keys with quotes': { 'a "b"': { '\\': '\n\t' } },
  };

  it.each(Object.entries(values))('%s', (_, value) => {
    const written = formatJson(value);
    for (const text of [JSON.stringify(value), JSON.stringify(value, null, '\t'), written])
      expect(formatted(text)).toBe(written);
    expect(formatted(JSON.stringify(value, null, 1).replace(/:/g, '  :  '))).toBe(
      written.replaceAll(/(?<=": )$/g, ''),
    );
  });

  it('a short object stands on one line up to column 80, a list whatever its length', () => {
    for (let length = 50; length <= 80; length++) {
      const word = 'x'.repeat(length);
      const value = {
        a: { word },
        b: { c: { word } },
        d: [{ word }],
        e: [[{ word }]],
        f: [word, word],
      };
      expect(formatted(JSON.stringify(value)), `${length}`).toBe(formatJson(value));
    }
  });
});

it('numbers keep their digits, and lists lose what is too much', () => {
  expectLaidOut('{"a":[1 ,2.50,\n3e0 , ]}', member('[1, 2.50, 3e0]'));
  expectLaidOut('{"a":["x" ,"y" ,]}', member('["x", "y"]'));
  expectLaidOut('{"a":{"b" :1 , },}', member('{ "b": 1 }').replace('}\n}', '},\n}'));
  expectLaidOut(
    '{"a":[[1,],\n\n[2 ],],"b":{"c":[{},]} , }',
    `{
  "a": [
    [1],

    [2],
  ],
  "b": {
    "c": [
      {},
    ]
  },
}
`,
  );
});

describe('blank lines', () => {
  it('stay as one between members and elements, and go within brackets', () => {
    expectLaidOut(
      '\n\n{\n\n\n"a":1,\n\n\n\n"b":[\n\n[1],\n\n[2]\n\n],\n"c":2\n\n}\n\n\n',
      '{\n  "a": 1,\n\n  "b": [\n    [1],\n\n    [2]\n  ],\n  "c": 2\n}\n',
    );
  });

  it('stay as one around comments', () => {
    expectLaidOut(
      '// one\n\n\n// two\n{\n// three\n\n\n// four\n\n"a":1\n\n\n// five\n\n// six\n\n}\n\n\n// seven\n\n\n// eight\n\n',
      '// one\n\n// two\n{\n  // three\n\n  // four\n\n  "a": 1\n\n  // five\n\n  // six\n}\n\n// seven\n\n// eight\n',
    );
  });
});

describe('comments', () => {
  it.each([
    ['above the file', '/* x */{"a":1}', '/* x */ {\n  "a": 1\n}\n'],
    ['above the file, in lines', '/* x */\n/* y */ {"a":1}', '/* x */\n/* y */ {\n  "a": 1\n}\n'],
    ['behind the file', '{"a":1} /* x */ // y', '{\n  "a": 1\n} /* x */ // y\n'],
    ['below the file', '{"a":1}\n/* x */', '{\n  "a": 1\n}\n/* x */\n'],
    ['behind and below', '{"a":1}// x\n// y', '{\n  "a": 1\n} // x\n// y\n'],
    ['in an empty object', '{ /* x */ }', '{ /* x */\n}\n'],
    ['in an empty list', '{"a":[ // x\n]}', member('[ // x', ']')],
    ['in an empty list, below', '{"a":[\n// x\n]}', member('[', '  // x', ']')],
    ['in a line of a list', '{"a":[1 ,/* x */ 2]}', member('[1 ,/* x */ 2]')],
    ['in a line of an object', '{"a":{"b":/* x */1}}', member('{"b":/* x */1}')],
    [
      'in lines of words, which stay on them',
      '{"a":["u", "v", // x\n"w","x",\n"y"]}',
      member('[', '  "u", "v", // x', '  "w", "x",', '  "y"', ']'),
    ],
    ['before a value', '{"a"/* x */:\n[ 1]}', '{\n  "a"/* x */:\n[ 1]\n}\n'],
    ['behind a key', '{"a": // x\n1}', '{\n  "a": // x\n1\n}\n'],
    ['before a comma', '{"a":1 /* x */,"b":2}', '{\n  "a": 1,\n  /* x */ "b": 2\n}\n'],
    ['before a comma and a line', '{"a":1 /* x */,\n"b":2}', '{\n  "a": 1, /* x */\n  "b": 2\n}\n'],
    [
      'behind a comma',
      '{"a":1, /* x */ /* y */\n"b":2}',
      '{\n  "a": 1, /* x */ /* y */\n  "b": 2\n}\n',
    ],
    ['of the next in its line', '{"a":1,\n/* x */"b":2}', '{\n  "a": 1,\n  /* x */ "b": 2\n}\n'],
    ['over the next', '{"a":1,\n/* x */\n"b":2}', '{\n  "a": 1,\n  /* x */\n  "b": 2\n}\n'],
    ['two lines', '{"a":1, // x\n// y\n"b":2}', '{\n  "a": 1, // x\n  // y\n  "b": 2\n}\n'],
    ['behind the last', '{"a":1 // x\n}', '{\n  "a": 1 // x\n}\n'],
    ['behind the last, in the line', '{"a":1 /* x */}', '{\n  "a": 1 /* x */\n}\n'],
    ['below the last', '{"a":1\n/* x */}', '{\n  "a": 1\n  /* x */\n}\n'],
    ['behind a last comma', '{"a":1, // x\n}', '{\n  "a": 1, // x\n}\n'],
    ['with a comma in it', '{"a":1 /* , */\n}', '{\n  "a": 1 /* , */\n}\n'],
    ['with a comma in it and behind it', '{"a":1 /* , */,\n}', '{\n  "a": 1, /* , */\n}\n'],
    ['with a comma before it', '{"a":1 , /* x */\n}', '{\n  "a": 1, /* x */\n}\n'],
    ['with brackets in it', '{"a":[1 /* ] */ , 2]}', member('[1 /* ] */ , 2]')],
    ['behind the bracket', '{ // x\n"a":1}', '{ // x\n  "a": 1\n}\n'],
    ['behind the bracket, of the first', '{ /* x */ "a":1}', '{\n  /* x */ "a": 1\n}\n'],
    ['behind the bracket, in the line', '{ /* x */\n"a":1}', '{ /* x */\n  "a": 1\n}\n'],
    [
      'between elements',
      '{"a":[[1], // x\n[2]\n// y\n]}',
      member('[', '  [1], // x', '  [2]', '  // y', ']'),
    ],
    ['of more lines', '{"a":[/* x\n  y */ [1]]}', member('[', '  /* x\n  y */ [1]', ']')],
  ])('%s', (_, text, expected) => {
    expectLaidOut(text, expected);
  });

  it('in a layer leave it packed, between its members they put each on a line', () => {
    const layers = (...lines: string[]): string =>
      `{\n  "layers": [\n    ${lines.join('\n    ')}\n  ]\n}\n`;
    expectLaidOut(
      '{"layers":[{"units":1,"weights":[[1], // x\n[2]]}]}',
      layers('{ "units": 1,', '  "weights": [', '    [1], // x', '    [2]', '  ] }'),
    );
    expectLaidOut(
      '{"layers":[{"units":1, // x\n"bias":[1]}]}',
      layers('{', '  "units": 1, // x', '  "bias": [1]', '}'),
    );
    expectLaidOut(
      '{"layers":[{"bias":[1,/* x */2],"weights":[[1]] /* y */}]}',
      layers('{', '  "bias": [1,/* x */2],', '  "weights": [', '    [1]', '  ] /* y */', '}'),
    );
  });
});

describe('line ends and indentation', () => {
  it.each(['\n', '\r\n', '\r'])('are those of the text: %j', lineEnd => {
    const text = ['// x', '{"a":[[1],', '', '[2]], // y', '"b":1', '}', '// z', ''].join(lineEnd);
    const lines = ['// x', '{', '    "a": [', '        [1],', '', '        [2]', '    ], // y'];
    const expected = [...lines, '    "b": 1', '}', '// z', ''].join(lineEnd);
    expect(formatted(text, '    ')).toBe(expected);
    expect(formatted(expected, '    ')).toBe(expected);
  });

  it('end the file in any case, once; a byte order mark stays in front', () => {
    for (const end of ['', '\n', '\n\n', ' \n  '])
      expect(formatted(`\ufeff{"a":1}${end}`)).toBe('\ufeff{\n  "a": 1\n}\n');
    expect(formatted('\ufeff// x\n{}')).toBe('\ufeff// x\n{}\n');
  });
});

describe('a selection', () => {
  const text = '{"a":1,"b":[[1],[2]],"c":{"d":"x y"}}';
  const tokens = /"[^"]*"|[\d]+|[[\]{}:]/g;
  /** What stands before each token, and at the end. */
  const gaps = (of: string): TextRange[] => {
    const found = [...of.matchAll(tokens)].map(({ index, 0: token }) => ({ index, token }));
    const starts = [0, ...found.map(({ index, token }) => index + token.length)];
    return starts.map((start, k) => ({ start, end: found[k]?.index ?? of.length }));
  };

  it('changes what it touches, and nothing else', () => {
    const after = formatted(text);
    const pieces = text.match(tokens) ?? [];
    const laidOut = gaps(after);
    for (let start = 0; start <= text.length; start++)
      for (const end of [start, start + 1, start + 7]) {
        const expected = gaps(text).map((gap, k) => {
          const isTouched = gap.start <= end && start <= gap.end;
          const [from, of] = isTouched ? [laidOut[k], after] : [gap, text];
          return of.slice(from.start, from.end) + (pieces[k] ?? '');
        });
        expect(formatted(text, '  ', { start, end })).toBe(expected.join(''));
      }
  });
});

describe('the edits', () => {
  it('are none where nothing is to be done, and else as small as may be', () => {
    expect(layoutEdits(parseNetwork('{\n  "a": 1\n}\n'), '  ')).toEqual([]);
    expect(layoutEdits(parseNetwork('{\n  "a":1,\n  "b":  2\n}\n'), '  ')).toEqual([
      { start: 8, end: 8, text: ' ' },
      { start: 17, end: 19, text: ' ' },
    ]);
  });

  it('are one where they would be thousands', () => {
    const rows = (count: number) => `{"a":[${Array(count).fill('[1]').join(',')}]}`;
    expect(layoutEdits(parseNetwork(rows(400)), '  ').length).toBeGreaterThan(400);
    expect(layoutEdits(parseNetwork(rows(1100)), '  ')).toHaveLength(1);
    expect(formatted(rows(1100))).toBe(formatJson({ a: Array(1100).fill([1]) }));
  });

  it('are none for lists in lists in lists, beyond reason', () => {
    const nested = (levels: number) => `{"a":${'['.repeat(levels)}1${']'.repeat(levels)}}`;
    for (const levels of [1, 50, 99])
      expect(formatted(nested(levels)).replace(/\s/g, ''), `${levels}`).toBe(nested(levels));
    expect(layoutEdits(parseNetwork(nested(50)), '  ').length).toBeGreaterThan(0);
    expect(layoutEdits(parseNetwork(nested(140)), '  ')).toEqual([]);
    expect(layoutEdits(parseNetwork('{"a":1,'), '  ')).toEqual([]);
    expect(layoutEdits(parseNetwork(''), '  ')).toEqual([]);
  });
});
