/** CSV texts of more cells than could be held at once: what is told of them is told of the whole file. */
import { beforeAll, describe, expect, it } from 'vitest';
import { readCsv } from '../../src/data/csv';
import { inferNetwork } from '../../src/data/infer';
import { previewCsv } from '../../src/data/previewCsv';
import { MAX_TEXT_CELLS, readRecords } from '../../src/data/records';
import { MAX_DIFFERENT, MOST_DIFFERENT } from '../../src/data/values';

const ROWS = 900_000;
const names = Array.from({ length: 9 }, (_, i) => `x${i}`);
const source = { type: 'csv', path: 'a.csv', target: 'y' } as const;

describe('900,000 rows of ten columns, a class only at the end', () => {
  let text = '';

  beforeAll(() => {
    const row = (y: string): string => `1,2,3,4,5,6,7,8,9,${y}\n`;
    const both = row('a') + row('b');
    text = `${names.join(',')},y\n${both.repeat(ROWS / 2 - 1)}${row('b')}${row('c')}`;
  });

  it('are previewed to the last row', () => {
    expect(ROWS * 10).toBeGreaterThan(MAX_TEXT_CELLS);
    const preview = previewCsv('a.csv', text, text.length);
    expect(preview).toMatchObject({ rows: ROWS, badCount: 0, blocking: 0 });
    expect(preview.columns[9]).toMatchObject({ type: 'class', distinct: 3 });
    expect(preview.columns[9].examples).toEqual(['a', 'b', 'c']);
    expect(preview.columns[8]).toMatchObject({ type: 'number', least: 9, most: 9 });
  });

  it('become a network for three classes', () => {
    const varied = text.replace('\n1,2,3,', '\n0,0,0,');
    const made = inferNetwork(previewCsv('a.csv', varied, varied.length));
    expect(made).toMatchObject({
      loss: { type: 'crossEntropy' },
      layers: [{}, { units: 3, activation: 'softmax' }],
    });
  });

  it('are read where few columns are chosen', () => {
    const { table, issues } = readCsv({ ...source, inputs: ['x2', 'x0', 'x1'] }, text);
    expect(issues).toEqual([]);
    expect(table).toMatchObject({ samples: ROWS, inputNames: ['x2', 'x0', 'x1'] });
    expect(table?.inputs.values.subarray(-3)).toEqual(Float64Array.of(3, 1, 2));
    expect(table?.target).toMatchObject({ classNames: ['a', 'b', 'c'] });
    expect(table?.rowNumbers?.at(-1)).toBe(ROWS + 1);
  });

  it('are refused where all columns are used, with what helps', () => {
    const { table, issues } = readCsv(source, text);
    expect(table).toBeUndefined();
    expect(issues).toMatchObject([{ code: 'data.csv.size' }]);
    expect(issues[0].message).toContain('fewer columns (data.inputs)');
  });

  it('tell of a column that is not there, and of a bad cell in the last row', () => {
    const fault = (inputs: string[], of = text): unknown =>
      readCsv({ ...source, inputs }, of).issues.map(({ message }) => message);
    expect(fault(['x0', 'X1'])).toEqual([expect.stringContaining('Did you mean x1?')]);
    const spoilt = `${text}1,2,?,4,5,6,7,8,9,c\n`;
    expect(fault(['x2', 'x0'], spoilt)).toEqual([
      expect.stringContaining(`row ${ROWS + 2}, column x2: "?"`),
    ]);
    expect(previewCsv('a.csv', spoilt, 1)).toMatchObject({
      badCount: 1,
      bad: [{ line: ROWS + 2, column: 'x2', kind: 'text', text: '?' }],
    });
  });
});

it('holds the cells of chosen columns alone, and does not count those of a column that is none', () => {
  const chosen = readRecords('a,b,c,y\n1,2,3,x\n\n4,5\n6,7,8,z\n', ['y'], ['b']);
  expect(chosen).toMatchObject({ places: [1, 3], filled: 4, isWhole: true });
  expect(chosen.rows.map(({ cells, number }) => [...cells, number])).toEqual([
    ['2', 'x', 2],
    ['7', 'z', 5],
  ]);
  expect(chosen.ragged).toEqual({ count: 1, first: [{ number: 4, cells: 2 }] });
  const trailing = `a,y,,,,,,,,\n${'1,k,,,,,,,,\n'.repeat(900_000)}`;
  expect(readCsv(source, trailing).table).toMatchObject({ samples: 900_000, inputNames: ['a'] });
});

describe('very many different texts', () => {
  it('of one column are counted as far as a network tells classes apart', () => {
    const rows = Array.from({ length: MOST_DIFFERENT + 10 }, (_, i) => `k${i},1`);
    const [column] = previewCsv('a.csv', `a,y\n${rows.join('\n')}`, 1).columns;
    expect(column).toMatchObject({ type: 'class', distinct: MOST_DIFFERENT + 1 });
  });

  const table = (cell: (row: number) => string, last: string): string => {
    const [columns, rows] = [200, MAX_DIFFERENT / 200 + 3000];
    const lines = Array.from({ length: rows }, (_, i) => `${cell(i)},`.repeat(columns));
    const header = Array.from({ length: columns }, (_, i) => `c${i}`).join(',');
    return `${header},y\n${lines.map((line, i) => `${line}${i % 2 === 0 ? 'a' : 'b'}`).join('\n')}\n${`${last},`.repeat(columns)}c`;
  };

  it('of numbers are let go, and the classes beside them are not', () => {
    const preview = previewCsv('a.csv', table(String, '7'), 1);
    expect(preview).toMatchObject({ rows: 23_001, badCount: 0, blocking: 0 });
    expect(preview.columns[0]).toMatchObject({ type: 'number', least: 0, most: 22_999 });
    expect(preview.columns[0].examples).toHaveLength(20);
    expect(preview.columns[200]).toMatchObject({ type: 'class', distinct: 3 });
  });

  it('of words block the file, and no network is made of a half', () => {
    const preview = previewCsv(
      'a.csv',
      table(i => `k${i}`, 'k'),
      1,
    );
    expect(preview).toMatchObject({ blocking: 1, badCount: 1, bad: [{ kind: 'size' }] });
    expect(() => inferNetwork(preview)).toThrow('"text":"4,000,000","kind":"size"');
  });
});
