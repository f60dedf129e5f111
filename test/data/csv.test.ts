import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/data/csv';
import type { CsvSource } from '../../src/data/csvColumns';
import { expectChinese } from '../support/english';

const SOURCE: CsvSource = { type: 'csv', path: 'a.csv', target: 't' };

function read(text: string, source: Partial<CsvSource> = {}) {
  const found = readCsv({ ...SOURCE, ...source }, text);
  expectChinese(found.issues);
  return found;
}

/** The one issue of a text that must not be readable. */
function fault(text: string, source: Partial<CsvSource> = {}) {
  const { table, issues } = read(text, source);
  expect(table).toBeUndefined();
  expect(issues).toHaveLength(1);
  expect(issues[0].severity).toBe('error');
  return issues[0];
}

function numbers(text: string, source: Partial<CsvSource> = {}) {
  const { table, issues } = read(text, source);
  expect(issues).toEqual([]);
  expect(table?.target.type).toBe('numbers');
  const values = table?.target.type === 'numbers' ? [...table.target.values] : [];
  return { names: table?.inputNames, x: [...(table?.inputs.values ?? [])], t: values };
}

describe('readCsv', () => {
  it('takes every column but the target as an input', () => {
    const expected = { names: ['a', 'b'], x: [1, 2, 4, 5], t: [3, 6] };
    expect(numbers('a,b,t\n1,2,3\n4,5,6\n')).toEqual(expected);
    expect(numbers('a,t,b\n1,3,2\n4,6,5')).toEqual(expected);
  });

  it('takes the named inputs in the named order', () => {
    expect(numbers('a,b,c,t\n1,2,9,3\n4,5,9,6', { inputs: ['b', 'a'] })).toEqual({
      names: ['b', 'a'],
      x: [2, 1, 5, 4],
      t: [3, 6],
    });
  });

  it('reads several targets', () => {
    const { table } = read('a,u,v\n1,2,3\n4,5,6', { target: ['v', 'u'] });
    expect(table?.target).toEqual({
      type: 'numbers',
      names: ['v', 'u'],
      values: Float64Array.of(3, 2, 6, 5),
    });
  });

  it.each([
    ['comma', 'a,b,t\n1.5,-2,3e-1'],
    ['semicolon', 'a;b;t\n1.5;-2;3e-1'],
    ['semicolon and decimal comma', 'a;b;t\n1,5;-2;3e-1'],
    ['tab and decimal comma', 'a\tb\tt\n1,5\t-2\t0,3'],
    ['bar', 'a|b|t\n1.5|-2|.3'],
    ['byte order mark', '\ufeffa,b,t\n1.5,-2,.3'],
    ['carriage returns', 'a,b,t\r\n1.5,-2,.3\r\n'],
    ['old carriage returns', 'a,b,t\r1.5,-2,.3\r'],
    ['quotes and blanks', '"a", b ,t\n"1.5", -2 ," +0.3 "'],
    ['blank and empty rows', 'a,b,t\n\n1.5,-2,.3\n,,\n\n'],
  ])('reads %s', (_, text) => {
    expect(numbers(text)).toEqual({ names: ['a', 'b'], x: [1.5, -2], t: [0.3] });
  });

  it('reads a decimal comma in a quoted cell of a file with commas as no number', () => {
    expect(fault('a,t\n"1,5",2').message).toContain('row 2, column a: "1,5"');
  });

  it('makes classes of text, sorted by code units, of numbers by value', () => {
    expect(read('a,t\n1,b\n2,B\n3,a\n4,b').table?.target).toEqual({
      type: 'classes',
      name: 't',
      classNames: ['B', 'a', 'b'],
      labels: Uint32Array.of(2, 0, 1, 2),
    });
  });

  it('keeps quoted delimiters, quotes and line breaks in class names', () => {
    const { table } = read('a,t\n1,"x,y"\n2,"say ""hi"""\n3,"two\nlines"');
    const names = table?.target.type === 'classes' ? table.target.classNames : [];
    expect(names).toEqual(['say "hi"', 'two\nlines', 'x,y']);
  });

  it('lists rows and columns of bad cells as a spreadsheet numbers them', () => {
    const { code, path, message } = fault('a,b,t\n1,x,3\n\n4,,6\n7,8,1e999');
    expect(code).toBe('data.csv.number');
    expect(path).toEqual(['data', 'csv']);
    expect(message).toContain('3 cells are not a finite number');
    expect(message).toContain(
      'row 2, column b: "x"; row 4, column b: empty; row 5, column t: "1e999"',
    );
  });

  it('names twenty bad cells and counts the others', () => {
    const text = `a,b,t\n${'1,?,3\n'.repeat(50)}2,2,2`;
    const { message } = fault(text);
    expect(message.match(/row \d+/g)).toHaveLength(20);
    expect(message).toContain('50 cells');
    expect(message).toContain('and 30 more');
  });

  it('advises to leave a column of words out', () => {
    expect(fault('name,b,t\nAda,1,2\nAlan,3,4').message).toContain(
      'Leave name out: name the columns to use in data.inputs.',
    );
  });

  it('does not take a column of numbers with one slip for classes', () => {
    const rows = Array.from({ length: 60 }, (_, i) => `${i},${i === 30 ? '30x' : i}`);
    expect(fault(`a,t\n${rows.join('\n')}`).message).toContain('row 32, column t: "30x"');
  });

  it('reports ragged rows with their number of cells', () => {
    const { code, message } = fault('a,b,t\n1,2,3\n4,5\n1,2,3,4');
    expect(code).toBe('data.csv.ragged');
    expect(message).toContain("2 rows do not have the header's 3 cells: row 3 has 2, row 4 has 4.");
  });

  it('reports an open quote', () => {
    expect(fault('a,t\n1,2\n3,"4').code).toBe('data.csv.quotes');
  });

  it.each([
    ['', 'no content'],
    ['\n\n', 'no content'],
    ['a,t\n', 'no row below its header'],
  ])('reports the empty file %j', (text, words) => {
    const { code, message } = fault(text);
    expect(code).toBe('data.csv.empty');
    expect(message).toContain(words);
  });

  it('names the columns there are when one is missing', () => {
    const missing = fault('a,b,c\n1,2,3');
    expect(missing.path).toEqual(['data', 'target']);
    expect(missing.message).toBe('a.csv has no column t. It has a, b, c.');
    expect(fault('a,T\n1,2').message).toContain('Did you mean T?');
    expect(fault('5.1,3.5\n1,2').message).toContain(
      'name the columns there, or use the names that they have without it: column 1, column 2.',
    );
    expect(fault('a,t\n1,2', { inputs: ['a', 'z'] }).path).toEqual(['data', 'inputs', 1]);
  });

  it('reports a name used twice, an input that is the target, and a file of targets alone', () => {
    expect(fault('a,a,t\n1,2,3', { inputs: ['a'] }).code).toBe('data.csv.duplicate');
    expect(fault('a,a,t\n1,2,3')).toMatchObject({
      code: 'data.csv.duplicate',
      message: 'a.csv has more than one column named a: give each its own name in the first row.',
    });
    expect(fault('a,t,t\n1,2,3').path).toEqual(['data', 'target']);
    expect(numbers('a,a,b,t\n1,2,3,4', { inputs: ['b'] }).x).toEqual([3]);
    expect(fault('a,t\n1,2', { inputs: ['a', 't'] }).code).toBe('data.csv.both');
    expect(fault('t\n1\n2').code).toBe('data.csv.inputs');
  });

  it('drops a column without name and content, speaks of one without name', () => {
    const expected = { names: ['a'], x: [1, 4], t: [3, 6] };
    expect(numbers('a,t,\n1,3,\n4,6,\n')).toEqual(expected);
    expect(numbers(',a,t\n0,1,3\n1,4,6').names).toEqual(['unnamed column 1', 'a']);
    expect(fault('a,t,\n1,3,x\n4,6,2\n').message).toContain('row 2, unnamed column 3: "x"');
    expect(fault('a,b,\n1,3,\n').message).toContain('It has a, b, an unnamed column.');
  });

  it('makes classes of numbers where it is asked to, whatever their form', () => {
    const { table } = readCsv(SOURCE, 'a,t\n1,1.0\n2,1\n3,0', true);
    expect(table?.target).toMatchObject({
      classNames: ['0', '1'],
      labels: Uint32Array.of(1, 1, 0),
    });
  });

  it('takes text among numbers for a bad cell', () => {
    const { code, message } = fault('a,t\n1,0\n2,n/a\n3,1');
    expect(code).toBe('data.csv.number');
    expect(message).toContain('row 3, column t: "n/a"');
  });

  it('refuses more cells than memory should hold', () => {
    const row = `${'1,'.repeat(999)}1\n`;
    const header = `${Array.from({ length: 999 }, (_, i) => `c${i}`).join(',')},t\n`;
    expect(fault(header + row.repeat(5001)).code).toBe('data.csv.size');
  });

  it('reads a file without names by the places of its columns', () => {
    expect(numbers('1,2,3\n4,5,6', { target: 'column 3' })).toEqual({
      names: ['column 1', 'column 2'],
      x: [1, 2, 4, 5],
      t: [3, 6],
    });
    expect(numbers('2019,t\n1,2').x).toEqual([1]);
    expect(numbers('1,2\n3,4', { target: '2' })).toEqual({ names: ['1'], x: [3], t: [4] });
  });
});
