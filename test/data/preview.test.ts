import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { previewCsv } from '../../src/data/previewCsv';

const preview = (text: string) => previewCsv('a.csv', text, text.length);
const places = (text: string) =>
  preview(text).bad.map(({ line, column, text: cell, kind }) => [line, column, cell, kind]);

describe('previewCsv', () => {
  it('describes iris', () => {
    const text = readFileSync(new URL('../../media/examples/iris.csv', import.meta.url), 'utf8');
    const { rows, delimiter, header, decimalComma, columns, head, badCount } = preview(text);
    expect({ rows, delimiter, header, decimalComma, badCount }).toEqual({
      rows: 150,
      delimiter: ',',
      header: true,
      decimalComma: false,
      badCount: 0,
    });
    expect(head).toHaveLength(8);
    expect(head[0]).toEqual(['5.1', '3.5', '1.4', '0.2', 'setosa']);
    expect(columns[0]).toMatchObject({ name: 'sepal_length', type: 'number', distinct: 35 });
    expect([columns[0].least, columns[0].most]).toEqual([4.3, 7.9]);
    expect(columns[4]).toMatchObject({
      name: 'species',
      type: 'class',
      distinct: 3,
      examples: ['setosa', 'versicolor', 'virginica'],
      bad: 0,
    });
  });

  it.each([
    ['comma', 'a,b\n1.5,x', ',', false],
    ['semicolon', 'a;b\n1,5;x', ';', true],
    ['tab', 'a\tb\n1,5\tx', '\t', true],
    ['bar', 'a|b\n1.5|x', '|', true],
    ['byte order mark', '\ufeffa,b\r\n1.5,x\r\n', ',', false],
    ['quotes', '"a","b"\n"1.5","x"', ',', false],
  ])('detects: %s', (_, text, delimiter, decimalComma) => {
    const found = preview(text);
    expect(found).toMatchObject({ delimiter, decimalComma, header: true, rows: 1, badCount: 0 });
    expect(found.columns.map(({ name, type }) => [name, type])).toEqual([
      ['a', 'number'],
      ['b', 'class'],
    ]);
    expect(found.columns[0].most).toBe(1.5);
  });

  it('sees that the first row is a sample', () => {
    const { header, rows, columns, head } = preview('1,2\n3,4\n');
    expect({ header, rows }).toEqual({ header: false, rows: 2 });
    expect(columns.map(({ name }) => name)).toEqual(['column 1', 'column 2']);
    expect(head).toEqual([
      ['1', '2'],
      ['3', '4'],
    ]);
  });

  it.each([
    ['nothing', '', 0, 0],
    ['blank lines', '\n \n,,\n', 0, 0],
    ['a byte order mark alone', '\ufeff', 0, 0],
    ['a header alone', 'a,b\n', 2, 0],
    ['one column', 'a\n1\n2\n', 1, 2],
  ])('takes %s', (_, text, columns, rows) => {
    const found = preview(text);
    expect(found.columns).toHaveLength(columns);
    expect(found).toMatchObject({ rows, badCount: 0 });
  });

  it('lists bad cells by line and column, whichever column comes first', () => {
    expect(places('a,b\n1,2\n2,x\n\ny,3\n,1e999\n4,5\n6,7')).toEqual([
      [3, 'b', 'x', 'text'],
      [5, 'a', 'y', 'text'],
      [6, 'a', '', 'empty'],
      [6, 'b', '1e999', 'large'],
    ]);
  });

  it('counts lines over quoted cells that span several', () => {
    expect(places('a,t\n1,"two\nlines"\nx,u\n2,v')).toEqual([[4, 'a', 'x', 'text']]);
  });

  it('lists ragged rows, and does not take their cells for those of a column', () => {
    const found = preview('a,b\n1,2\n3\n4,5,6\n7,8');
    expect(found.bad).toEqual([
      expect.objectContaining({ line: 3, column: '', kind: 'cells', text: '1 / 2' }),
      expect.objectContaining({ line: 4, column: '', kind: 'cells', text: '3 / 2' }),
    ]);
    expect(found).toMatchObject({ rows: 4, badCount: 2, blocking: 2 });
    expect(found.columns.map(({ bad }) => bad)).toEqual([0, 0]);
  });

  it('lists the first twenty and counts all', () => {
    const { bad, badCount } = preview(`a,b\n${'?,1\n3,x\n5,6\n7,8\n'.repeat(2000)}`);
    expect(badCount).toBe(4000);
    expect(bad.map(({ line }) => line)).toEqual(
      Array.from({ length: 10 }, (_, i) => [4 * i + 2, 4 * i + 3]).flat(),
    );
  });

  it('names what keeps the whole file from being used', () => {
    expect(places('a,a\n1,2')).toEqual([[1, 'a', 'a', 'name']]);
    const long = 'x'.repeat(5000);
    expect(places(`${long},${long}\n1,2`)).toEqual([[1, long, `${'x'.repeat(59)}…`, 'name']]);
    expect(preview('a,b\n1,"2').bad[0]).toMatchObject({ line: 2, kind: 'quote' });
    expect(preview('a,b\n1,"2').blocking).toBeGreaterThan(0);
  });

  it('judges a column by what most of its cells are', () => {
    const typeOf = (cells: string) => preview(`a\n${cells}`).columns[0];
    expect(typeOf('1\n2\nn/a')).toMatchObject({ type: 'number', bad: 1 });
    expect(typeOf('x\ny\n3')).toMatchObject({ type: 'class', bad: 0, distinct: 3 });
    expect(preview('a,b\n1,\n2,\n').columns[1]).toMatchObject({ type: 'empty', bad: 0 });
    expect(preview('a,b\nx,1\n,2\n').columns[0]).toMatchObject({ type: 'class', bad: 1 });
  });

  it('knows numbers that only count the rows', () => {
    const { columns } = preview('i,j,k\n1,1,0.5\n2,3,0.6\n3,2,0.7');
    expect(columns.map(({ whole, ascending }) => [whole, ascending])).toEqual([
      [true, true],
      [true, false],
      [false, true],
    ]);
  });

  it('shortens long cells', () => {
    const { head, columns } = preview(`a,b\n1,${'x'.repeat(500)}`);
    expect(head[0][1]).toHaveLength(60);
    expect(columns[1].examples[0]).toHaveLength(60);
  });
});
