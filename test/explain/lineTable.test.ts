import { describe, expect, it } from 'vitest';
import type { Line } from '../../src/explain/explanation';
import { number, product, sum, symbol } from '../../src/explain/expressions';
import { lineTable } from '../../src/explain/lineTable';

const line = (label: string, terms: number, note?: string): Line => ({
  role: 'value',
  label,
  equation: {
    left: symbol('z'),
    forms: [
      sum(
        ...Array.from({ length: terms }, (_, i) => product(symbol('w', String(i)), number(0.25))),
      ),
    ],
    value: 0.25 * terms,
  },
  ...(note && { note }),
});

/** Cells of the rows below the rule. */
const cells = (table: string): string[][] =>
  table
    .split('\n')
    .slice(2)
    .map(row => row.split(/(?<!\\)\|/).map(cell => cell.trim()))
    .map(row => row.slice(1, -1));

describe('the lines as a table', () => {
  it('leave a short equation in one row', () => {
    expect(cells(lineTable([line('sum', 2)]))).toEqual([['sum', 'z', '= w₀·0.25 + w₁·0.25 = 0.5']]);
  });

  it('give each step of a long one a row, with the signs of equality under each other', () => {
    const rows = cells(lineTable([line('sum', 8, 'a share')]));
    expect(rows.map(([label, left]) => [label, left])).toEqual([
      ['sum', 'z'],
      ['', ''],
    ]);
    expect(rows.every(([, , step]) => step.startsWith('= '))).toBe(true);
    expect(rows[1][2]).toBe('= 2\u2003a share');
  });

  it('lets no name of a file begin a cell, a row or a link', () => {
    const table = lineTable([line('a | b\n[x](command:y)', 1)]);
    expect(table.split('\n')).toHaveLength(3);
    const [[label]] = cells(table);
    expect(label.replaceAll('\u00a0', ' ')).toBe('a \\| b \\[x\\](command:y)');
  });

  it('is nothing without lines', () => {
    expect(lineTable([])).toBe('');
  });
});
