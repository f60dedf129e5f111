/** What `npm run mutation` asks, draws, makes and says. The run itself is minutes long: it has no test but its own check of the unchanged sources. */
import { describe, expect, it } from 'vitest';
import { marked, mutated } from './mutate.mjs';
import { liesIn, readOptions } from './options.mjs';
import { isSentence, placed, sources } from './population.mjs';
import { REACHED } from './reached.mjs';
import { report, scoreOf } from './report.mjs';
import type { Tried } from './report.mjs';
import { drawn, interval } from './statistics.mjs';
import { affordable, stepsOf, testsOf } from './tests.mjs';

describe('the command line', () => {
  it('tries everything where nothing is asked for', () => {
    expect(readOptions([])).toEqual({
      sample: undefined,
      seed: 1,
      files: ['src/network', 'src/engine'],
      survivors: false,
    });
  });

  it('takes a sample, a seed and places', () => {
    const line =
      '--sample 30 --seed 7 --files src/engine/lab,src/network/graph.ts --files src/engine/lab';
    expect(readOptions(line.split(' '))).toEqual({
      sample: 30,
      seed: 7,
      files: ['src/engine/lab', 'src/network/graph.ts'],
      survivors: false,
    });
  });

  it.each([
    ['--sample 0', '--sample takes a whole number from 1 to 2147483647, found "0".'],
    ['--sample 1e2', 'found "1e2"'],
    ['--sample 5 --seed -1', "Option '--seed' argument is ambiguous"],
    ['--seed 3', '--seed chooses a sample: say how large, as in --sample 300 --seed 1.'],
    [
      '--files src/host',
      'files and folders of src/network and src/engine, with commas between them; found "src/host"',
    ],
    ['--files src/networks', 'found "src/networks"'],
    [
      '--survivors --sample 3',
      '--survivors tries what the last run left alive: name nothing beside it.',
    ],
    ['--smaple 3', 'There are --sample, --seed, --files and --survivors'],
    ['300', 'There are --sample, --seed, --files and --survivors'],
  ])('%s is refused', (line, reason) => {
    expect(() => readOptions(line.split(' '))).toThrow(reason);
  });

  it('a place is a file, or what lies below a folder', () => {
    expect(liesIn('src/engine/lab/answer.ts', 'src/engine/lab')).toBe(true);
    expect(liesIn('src/engine/lab.ts', 'src/engine/lab.ts')).toBe(true);
    expect(liesIn('src/engine/laboratory.ts', 'src/engine/lab')).toBe(false);
  });
});

describe('a sample', () => {
  const all = Array.from({ length: 50 }, (_, i) => i);

  it('is the same for a seed, another for another, in order and without repetition', () => {
    const sample = drawn(all, 20, 3);
    expect(drawn(all, 20, 3)).toEqual(sample);
    expect(drawn(all, 20, 4)).not.toEqual(sample);
    expect([...new Set(sample)].sort((a, b) => a - b)).toEqual(sample);
    expect(sample).toHaveLength(20);
  });

  it('takes each as often as any other', () => {
    const counts = all.map(() => 0);
    for (let seed = 0; seed < 2000; seed++) for (const i of drawn(all, 10, seed)) counts[i]++;
    // 2000 draws of a fifth: 400 ± 18. Five standard deviations.
    for (const count of counts) expect(Math.abs(count - 400)).toBeLessThan(90);
  });

  it('is no larger than what there is', () => {
    expect(drawn(all, 50, 1)).toEqual(all);
    expect(() => drawn(all, 51, 1)).toThrow(
      '--sample 51: there are 50 mutants; leave it out to try all.',
    );
  });
});

describe('the interval of a score', () => {
  it.each([
    [17, 20],
    [85, 100],
    [250, 300],
    [1, 3],
  ])(
    '%i of %i: its ends are the shares from which it is 1.96 standard deviations away',
    (hits, tries) => {
      for (const end of interval(hits, tries))
        expect(Math.abs(hits / tries - end) / Math.sqrt((end * (1 - end)) / tries)).toBeCloseTo(
          1.959964,
          5,
        );
    },
  );

  it('stays within 0 and 1, and never shrinks to nothing', () => {
    const z2 = 1.959963984540054 ** 2;
    expect(interval(10, 10)).toEqual([expect.closeTo(10 / (10 + z2), 10), expect.closeTo(1, 10)]);
    expect(interval(0, 10)).toEqual([expect.closeTo(0, 10), expect.closeTo(z2 / (10 + z2), 10)]);
  });
});

const mutantOf = (text: string, original: string, replacement: string, mutator = 'Any') => ({
  ...{ file: 'src/engine/a.ts', line: 1, column: 1, mutator, original, replacement },
  start: text.indexOf(original),
  end: text.indexOf(original) + original.length,
});

describe('mutants', () => {
  it('are found by their offsets, in the order of their places', () => {
    const content = 'a;\nb < c;\n';
    const at = (line: number, from: number, to: number) => ({
      location: { start: { line, column: from }, end: { line, column: to } },
      ...{ mutatorName: 'EqualityOperator', replacement: 'b <= c' },
    });
    const [first, second] = placed('x.ts', content, [at(1, 0, 5), at(0, 0, 1)]);
    expect(first).toMatchObject({ start: 0, end: 1, line: 1, original: 'a' });
    expect(second).toMatchObject({ start: 3, end: 8, line: 2, column: 1, original: 'b < c' });
  });

  it('of AssemblyScript are not made, of everything else are', () => {
    const paths = sources();
    expect(paths).toContain('src/network/parse.ts');
    expect(paths).toContain('src/engine/wasm/layout.ts');
    expect(paths.filter(path => /\/assembly\/|\.d\.ts$|\/build\//.test(path))).toEqual([]);
  });

  it.each([
    ["'sigmoid'", false],
    ["'; '", false],
    ['`${a + b}_`', false],
    ["'There is no such layer.'", true],
    ['`layers[${index}] is unknown`', true],
  ])('%s: words for people? %s', (original, is) => {
    expect(isSentence({ mutator: 'StringLiteral', original })).toBe(is);
    expect(isSentence({ mutator: 'ArrayDeclaration', original })).toBe(false);
  });

  it('bind as what they replace: an expression gets brackets', () => {
    const text = 'const x = a && b && c;';
    expect(mutated(text, mutantOf(text, 'a && b', 'a || b'))).toBe('const x = (a || b) && c;');
  });

  it('are no values where a block stands, and no brackets where none can be', () => {
    const block = 'const f = () => { go(); };';
    expect(mutated(block, mutantOf(block, '{ go(); }', '{}', 'BlockStatement'))).toBe(
      'const f = () => {};',
    );
    const choice = 'switch (a) { case 1: go(); }';
    expect(mutated(choice, mutantOf(choice, 'case 1: go();', 'case 1:'))).toBe(
      'switch (a) { case 1: }',
    );
  });

  it('that are no TypeScript are refused with their place', () => {
    const text = 'const x = a;';
    expect(() => mutated(text, mutantOf(text, 'a', ']'))).toThrow(
      'src/engine/a.ts:1: "]" cannot stand here',
    );
  });
});

describe('marks', () => {
  const text = `
    const table = 1 + 2;
    export const twice = (x: number) => x * 2;
    export function choose(a: number, b = a - 1): number {
      if (a > 3) { return a + b; }
      switch (a) { case 1: return b / 2; }
      return 0;
    }
  `;
  const mutants = ['1 + 2', 'x * 2', 'a - 1', 'a > 3', 'a + b', 'b / 2', 'b = a - 1'].map(
    (original, number) => ({ ...mutantOf(text, original, ''), number }),
  );

  it('are set when the innermost block around a mutant is entered, and change nothing', () => {
    const code = marked('a.ts', text, mutants)
      .replaceAll('export ', '')
      .replaceAll(/: number\b/g, '');
    const reached = new Uint8Array(mutants.length);
    const scope = { [REACHED]: reached };
    const make = new Function('globalThis', `${code}; return { table, twice, choose };`) as (
      scope: unknown,
    ) => { table: number; twice(x: number): number; choose(a: number): number };
    const { table, twice, choose } = make(scope);
    const taken = () => {
      const numbers = mutants.map(({ number }) => number).filter(number => reached[number] === 1);
      reached.fill(0);
      return numbers;
    };
    expect([table, taken()]).toEqual([3, [0]]);
    expect([twice(4), taken()]).toEqual([8, [1]]);
    expect([choose(5), taken()]).toEqual([9, [2, 3, 4, 6]]);
    expect([choose(1), taken()]).toEqual([0, [2, 3, 5, 6]]);
    expect([choose(2), taken()]).toEqual([0, [2, 3, 6]]);
  });
});

describe('the tests of a mutant', () => {
  const test = (file: string, name: string, milliseconds: number, ...reached: number[]) => ({
    ...{ file, name, milliseconds },
    reached: new Set(reached),
  });
  const tests = [
    test('test/engine/slow.test.ts', 'long', 400, 1),
    test('test/engine/slow.test.ts', 'short', 5, 1),
    test('test/engine/quick.test.ts', 'one', 2, 1, 2),
    test('test/engine/losses.test.ts', 'two', 9),
  ];
  const knowledge = {
    tests,
    around: new Map([['test/engine/losses.test.ts', new Set([1])]]),
    loading: new Set([3]),
    loads: new Map([
      ['test/engine/slow.test.ts', new Set(['src/engine/losses.ts'])],
      ['test/engine/quick.test.ts', new Set<string>()],
    ]),
    left: new Set<string>(),
  };
  const names = (number: number) =>
    testsOf(knowledge, 'src/engine/losses.ts', number).map(({ name }) => name);

  it('are those that reach it, or whose file does around them', () => {
    expect(names(1)).toEqual(['long', 'short', 'one', 'two']);
    expect(names(2)).toEqual(['one']);
    expect(names(0)).toEqual([]);
  });

  it('are all of the files that load it, where loading is what reaches it', () => {
    expect(names(3)).toEqual(['long', 'short']);
  });

  it('begin with those of its own name and end with the long ones', () => {
    const steps = stepsOf(tests, 'src/engine/losses.ts', file => `file:///${file}`);
    expect(steps.map(({ file, names }) => [file.slice(12, -8), names])).toEqual([
      ['losses', ['two']],
      ['quick', ['one']],
      ['slow', ['short']],
      ['slow', ['long']],
    ]);
    expect(steps[0].url).toBe('file:///test/engine/losses.test.ts');
  });

  it('are the cheapest up to ten seconds, but one at least', () => {
    const costs = [6000, 9000, 3000, 500].map(ms => test('a.test.ts', `${ms}`, ms));
    const { tests: asked, left } = affordable(costs);
    expect([asked.map(({ name }) => name), left]).toEqual([['500', '3000', '6000'], 1]);
    expect(affordable([test('a.test.ts', 'huge', 20_000)])).toMatchObject({ left: 0 });
    expect(affordable([])).toEqual({ tests: [], left: 0 });
  });
});

describe('the report', () => {
  const one = (file: string, verdict: Tried['verdict'], left = 0, compiles = true): Tried => ({
    ...{ file, line: 3, column: 5, start: 0, end: 5, mutator: 'EqualityOperator' },
    ...{
      original: 'a <\n  b',
      replacement: 'a <= b',
      verdict,
      left,
      ran: 3,
      renamed: [],
      seconds: 2,
      compiles,
    },
  });
  const tried = [
    one('src/network/graph.ts', 'killed'),
    one('src/network/graph.ts', 'survived', 4),
    one('src/engine/losses.ts', 'timeout'),
    one('src/engine/losses.ts', 'crashed'),
    one('src/engine/losses.ts', 'unreached', 0, false),
  ];

  it('names what survived with its place, each folder, and the score with its interval', () => {
    expect(report(tried, Array(40).fill(tried[0]))).toEqual([
      '  survived src/network/graph.ts:3:5 EqualityOperator: a < b → a <= b',
      '  no test reaches (TypeScript refuses it) src/engine/losses.ts:3:5 EqualityOperator: a < b → a <= b',
      expect.stringMatching(/^ {2}src\/engine: 66\.7 % of 3 \(95 %: /),
      expect.stringMatching(/^ {2}src\/network: 50\.0 % of 2 \(95 %: /),
      '5 of 40 mutants: 1 killed, 1 hung, 1 ended the process, 1 survived, 1 not reached by any test (2.0 s each)',
      'Not all tests that reach them were asked of 1 survivors: the cheapest up to 10 s of the processor.',
      expect.stringMatching(/^of those that TypeScript takes: 75\.0 % of 4 \(95 %: /),
      'score: 60.0 % of 5 (95 %: 23.1 % to 88.2 %)',
    ]);
  });

  it('has no interval where all were tried', () => {
    expect(report(tried, tried).at(-1)).toBe('score: 60.0 % of 5');
    expect(scoreOf([], false)).toBe('none');
  });
});
