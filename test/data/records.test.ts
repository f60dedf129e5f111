/** A long text is cut into rows piece by piece: they are those of the whole. */
import Papa from 'papaparse';
import { expect, it } from 'vitest';
import { readRecords } from '../../src/data/records';

/** Longer than several pieces, so that one ends within each kind of cell. */
const rows = Array.from({ length: 90_000 }, (_, i) =>
  i % 7 === 0 ? `"a ""${i}"", b","two\n\nlines",${i}` : i % 11 === 0 ? '' : `x${i},,${i}.5`,
);

it('with quotes, line breaks in cells, blank rows and any line end', () => {
  const text = ['first,second,y', ...rows, 'x,,1'].join('\n');
  expect(text.length).toBeGreaterThan(1 << 20);
  const whole = Papa.parse(text, { delimiter: ',' }).data;
  const filled = whole.flatMap((cells, i) => (cells.every(cell => cell === '') ? [] : [i + 1]));
  for (const end of ['\n', '\r\n']) {
    const records = readRecords(text.replaceAll('\n', end), ['y']);
    expect(records).toMatchObject({ delimiter: ',', header: true, isWhole: true });
    expect(records.quote).toBeUndefined();
    expect(records.rows.map(({ cells }) => cells)).toEqual(
      filled.slice(1).map(number => whole[number - 1]),
    );
    expect(records.rows.map(({ number }) => number)).toEqual(filled.slice(1));
    const [last] = records.rows.slice(-1);
    expect(last.line).toBe(text.split('\n').length);
  }
});

it('tells the row of a quote that does not close, also in a later piece', () => {
  const text = ['a,y', ...Array<string>(150_000).fill('1,22'), '"open,3', '4,5'].join('\n');
  const { quote } = readRecords(text);
  expect(quote?.row).toMatchObject({ number: 150_002, line: 150_002 });
});
