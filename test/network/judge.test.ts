/** Where the rules of validation point, and in which order what they tell is listed. */
import { describe, expect, it } from 'vitest';
import { readDraft } from '../../src/network/draft';
import { IssueList } from '../../src/network/issues';
import { Judge, many, sizesOf } from '../../src/network/judge';
import { syntaxTree } from '../../src/network/syntaxTree';

const TEXT =
  ' { "a": { "b": [10, { "c": 5 }] }, "layers": [{ "type": "dense", "units": 3 }, {}], "a2": null }';

function judgeOf(text = TEXT) {
  const { root } = syntaxTree(text);
  if (!root) throw new Error('no tree');
  const issues = new IssueList();
  return { judge: new Judge(root, readDraft(root), issues), issues };
}
const shown = (range?: { start: number; end: number }) =>
  range && TEXT.slice(range.start, range.end);

describe('a judge points', () => {
  const { judge } = judgeOf();

  it.each([
    [['a', 'b', 1, 'c'], '5'],
    [['a', 'b', 0], '10'],
    [['a', 'b'], '[10, { "c": 5 }]'],
    [['a2'], 'null'],
    // What is not there is told around its place.
    [['a', 'b', 2], '[10, { "c": 5 }]'],
    [['a', 'b', 1, 'x', 'y'], '{ "c": 5 }'],
    [['a', 'x'], '{ "b": [10, { "c": 5 }] }'],
    [['x'], '{'],
    [['x', 'y'], '{'],
    [[], '{'],
  ])('at %j', (path, text) => {
    expect(shown(judge.place(path))).toBe(text);
  });

  it('at a key', () => {
    expect(shown(judge.key(['a']))).toBe('"a"');
    expect(shown(judge.key(['a', 'b', 1, 'c']))).toBe('"c"');
    expect(judge.key(['x'])).toBeUndefined();
    expect(judge.key(['x', 'y'])).toBeUndefined();
    expect(judge.key(['a', 'b', 0])).toBeUndefined();
  });

  it('at the type of a layer', () => {
    expect(shown(judge.head(0))).toBe('"type": "dense"');
    expect(judge.head(1)).toBeUndefined();
    expect(judge.head(2)).toBeUndefined();
  });
});

describe('a judge tells', () => {
  it('of settings in vain, each that is there', () => {
    const { judge, issues } = judgeOf();
    judge.unused(['a', 'b', 1], ['c', 'd'], ['c'], 'x');
    judge.unused(['layers', 0], ['units', 'rate', 'type'], ['type'], 'x');
    judge.unused(['a'], ['b'], [], 'y');
    const told = issues.sorted().map(({ severity, code, path, range, message }) => ({
      ...{ severity, code, path: path.join('.'), message },
      text: shown(range),
    }));
    expect(told).toEqual([
      {
        ...{ severity: 'information', code: 'setting.unused', path: 'a.b' },
        message: 'a.b has no effect on y (it has no settings). Remove it.',
        text: '"b": [10, { "c": 5 }]',
      },
      {
        ...{ severity: 'information', code: 'setting.unused', path: 'layers.0.units' },
        message: 'layers[0].units has no effect on x (it has type). Remove it.',
        text: '"units": 3',
      },
    ]);
  });

  it('at the place of a path, or where it is told to', () => {
    const { judge, issues } = judgeOf();
    expect(judge.errors).toBe(0);
    judge.tell('error', 'one', ['a', 'b', 0], 'words');
    judge.tell('warning', 'two', ['a'], 'words', { start: 1, end: 2 });
    judge.tell('error', 'three', ['a2'], 'words');
    expect(judge.errors).toBe(2);
    expect(issues.sorted().map(({ code, range }) => [code, shown(range)])).toEqual([
      ['one', '10'],
      ['three', 'null'],
      ['two', '{'],
    ]);
  });
});

it('counts in words', () => {
  expect([0, 1, 2, 1000].map(count => many(count, 'row'))).toEqual([
    '0 rows',
    '1 row',
    '2 rows',
    '1,000 rows',
  ]);
});

it('sizes are those of input, layers and the last of them', () => {
  const of = (text: string) => sizesOf(judgeOf(text).judge.draft);
  expect(of('{}')).toEqual({ inputs: undefined, layers: [], outputs: undefined });
  const sizes = of(
    '{ "input": { "shape": [2, 3] }, "layers": [{ "type": "dense", "units": 4 }, { "type": "flatten" }] }',
  );
  expect([sizes.inputs, sizes.outputs]).toEqual([6, 4]);
  expect(sizes.layers.map(({ units }) => units)).toEqual([4, 4]);
});

describe('what is told', () => {
  const issuesOf = (
    ...all: readonly (readonly ['error' | 'warning' | 'information', number])[]
  ) => {
    const issues = new IssueList();
    for (const [severity, start] of all)
      issues.add(severity, `${severity}.${start}`, [start], { start, end: start + 1 }, 'words');
    return issues;
  };

  it('is listed the gravest first, each kind in the order of the text', () => {
    const issues = issuesOf(
      ['information', 0],
      ['error', 5],
      ['warning', 1],
      ['error', 2],
      ['warning', 0],
    );
    expect(issues.errors).toBe(2);
    expect(issues.sorted().map(({ code }) => code)).toEqual([
      'error.2',
      'error.5',
      'warning.0',
      'warning.1',
      'information.0',
    ]);
    expect(issues.sorted()[1]).toEqual({
      ...{ code: 'error.5', severity: 'error', path: [5], message: 'words' },
      range: { start: 5, end: 6 },
    });
  });

  it.each([499, 500])('is listed whole where there are %i', count => {
    const all = Array.from({ length: count }, (_, n) => ['warning', n] as const);
    const sorted = issuesOf(...all).sorted();
    expect(sorted).toHaveLength(count);
    expect(sorted.at(-1)?.code).toBe(`warning.${count - 1}`);
  });

  it.each([501, 1000, 1001, 1700])(
    'is listed to the 500th of %i in the order of the text, and counted',
    count => {
      // From the end of the text to its beginning.
      const all = Array.from({ length: count }, (_, n) => ['error', count - n] as const);
      const issues = issuesOf(...all);
      expect(issues.errors).toBe(count);
      const sorted = issues.sorted();
      expect(sorted.slice(0, 500).map(({ range }) => range.start)).toEqual(
        Array.from({ length: 500 }, (_, n) => n + 1),
      );
      expect(sorted.slice(500)).toEqual([
        {
          ...{
            code: 'issues.more',
            severity: 'error',
            path: [500],
            range: { start: 500, end: 501 },
          },
          message: `${count - 500} more problems are not listed. Correct those above first.`,
        },
      ]);
    },
  );

  it.each([
    ['warning', 300, 201, 0, 1],
    ['warning', 500, 3, 4, 7],
    ['information', 300, 200, 1, 1],
    ['information', 0, 0, 502, 2],
  ] as const)(
    'is counted as a %s of %i errors, %i warnings and %i others',
    (severity, errors, warnings, others, more) => {
      const of = (kind: 'error' | 'warning' | 'information', count: number) =>
        Array.from({ length: count }, (_, n) => [kind, n] as const);
      const sorted = issuesOf(
        ...of('information', others),
        ...of('warning', warnings),
        ...of('error', errors),
      ).sorted();
      expect(sorted).toHaveLength(501);
      expect(sorted[500]).toMatchObject({
        severity,
        path: sorted[499].path,
        range: sorted[499].range,
      });
      expect(sorted[500].message).toBe(
        `${more} more problems are not listed. Correct those above first.`,
      );
    },
  );
});
