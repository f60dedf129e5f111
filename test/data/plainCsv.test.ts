import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { codecs } from '../../src/cli/codecs';
import { readCsv } from '../../src/data/csv';
import type { CsvSource } from '../../src/data/csvColumns';
import { readPlainCsv } from '../../src/data/plainCsv';
import type { PlainCsv } from '../../src/data/plainCsv';
import { MAX_TEXT_BYTES } from '../../src/data/steps';
import type { Table } from '../../src/data/table';
import { loadBytes } from './support';

const SOURCE: CsvSource = { type: 'csv', path: 'a.csv', target: 't' };
const encode = (text: string): Uint8Array => new TextEncoder().encode(text);

function plain(text: string, source: CsvSource = SOURCE, classes = false): PlainCsv {
  const steps = readPlainCsv(source, encode(text), codecs, classes);
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}

/** What both readers say of the same numbers. */
const asNumbers = ({ inputs, ...rest }: Table) => ({ ...rest, inputs: [...inputs.values] });

/** A table that is what the text reader makes of the same text. */
function table(text: string, source: CsvSource = SOURCE, classes = false): Table {
  const found = plain(text, source, classes);
  if (found.type !== 'table') throw new Error(JSON.stringify(found));
  const { table: expected } = readCsv(source, text, classes);
  expect(asNumbers(found.table)).toEqual(expected && asNumbers(expected));
  return found.table;
}

describe('a file of plain numbers', () => {
  it('is kept as bytes where all inputs are', () => {
    const { inputs, rowNumbers } = table('a,t,b\n0,7,255\n1,-8.5,20\n');
    expect(inputs).toEqual({ type: 'bytes', values: Uint8Array.of(0, 255, 1, 20), unit: 1 });
    expect(rowNumbers).toEqual([2, 3]);
  });

  it.each(['-1', '256', '1.5', '-0', '1e3', '300', '.5', '+7.5', '99999999999999999999'])(
    'is numbers where one input is %s',
    cell => {
      const { inputs } = table(`a,b,t\n3,4,0\n5,${cell},1\n6,7,0\n`);
      expect(inputs).toEqual({
        type: 'numbers',
        values: Float64Array.of(3, 4, 5, Number(cell), 6, 7),
      });
    },
  );

  it.each(['1.0', '1e2', '+7', ' 12 ', '007', '255.000', '0.0'])(
    'is bytes where a byte is written as %s',
    cell => expect(table(`a,t\n${cell},1\n2,0\n`).inputs.type).toBe('bytes'),
  );

  it('ends its lines as it likes, also the last one', () => {
    const rows = ['a,t', '1,2', '3,4'];
    for (const end of ['\n', '\r\n'])
      for (const last of ['', end, end + end]) table(rows.join(end) + last);
    expect(table('a,t\n\n1,2\n\r\n3,4').rowNumbers).toEqual([3, 5]);
  });

  it('may have no header, a mark, other delimiters and decimal commas', () => {
    table('1,2,3\n4,5,6\n', { ...SOURCE, target: 'column 3' });
    table('\uFEFFa,t\n1,2\n');
    table('\uFEFF1,2,3\n4,5,6\n', { ...SOURCE, target: 'column 3' });
    expect([...table('a;t\n1,5;2\n0,25;,5').inputs.values]).toEqual([1.5, 0.25]);
    table('a\tt\n1.5\t2\n');
    table('a|t\n1|2\n');
    table('"a, b","t"\n1,2\n3,4\n');
  });

  it('may hold anything but a quote in columns that are not used', () => {
    const found = table('a,name,t\n1,x y é,2\n3,,4\n', { ...SOURCE, inputs: ['a'] });
    expect([...found.inputs.values]).toEqual([1, 3]);
  });

  it('has classes or several targets', () => {
    expect(table('a,t\n1,10\n2,9\n3,9.0\n', SOURCE, true).target).toMatchObject({
      type: 'classes',
      classNames: ['9', '10'],
    });
    table('a,t,u\n1,2,3\n', { ...SOURCE, target: ['u', 't'] }, true);
  });
});

describe('what is odd', () => {
  it.each([
    ['a,t\n1,2\n"3",4\n', 3, 'a quote'],
    ['a,t\n1,2\nx,4\n', 3, 'a cell that is no plain number'],
    ['a,t\n1,2\n,4\n', 3, 'a cell that is no plain number'],
    ['a,t\n1,2\n3\n', 3, 'too few cells'],
    ['a,t\n1,2\n3,4,5\n', 3, 'too many cells'],
    ['a,t\n1,2\r3,4\n', 2, 'a line end of another kind'],
    ['a,t\n1,1e999\n', 2, 'a cell that is no plain number'],
    ['a,t,\n1,2,\n', 1, 'a column without a name'],
    ['\na,t\n1,2\n', 1, 'an empty row'],
    ['a,t\n', 2, 'no row of numbers'],
    ['', 1, 'an empty row'],
    ['"a\nb",t\n1,2\n', 1, 'a quote'],
  ])('is told with its line: %j', (text, line, what) => {
    expect(plain(text)).toEqual({ type: 'odd', line, what });
  });

  it('is found behind the first lines, too', () => {
    const rows = '1,2\n'.repeat(60);
    expect(plain(`a,t\n${rows}1,"2"\n`)).toMatchObject({ line: 62 });
    expect(plain(`a,t\n${rows}1,2\r3,4\n`)).toMatchObject({ line: 62 });
  });

  it('is read as a text, unless the file is too large for that', async () => {
    const text = 'a,b,t\n"1",2,3\n';
    const { dataset } = await loadBytes(SOURCE, {}, { 'a.csv': encode(text) });
    expect(dataset?.inputs).toEqual({ type: 'numbers', values: Float64Array.of(1, 2) });
    const large = new Uint8Array(MAX_TEXT_BYTES + 1).fill(0x0a);
    large.set(encode(text));
    const { issues } = await loadBytes(SOURCE, {}, { 'a.csv': large });
    expect(issues).toMatchObject([{ code: 'data.csv.odd', path: ['data', 'csv'] }]);
    expect(issues[0].message).toMatch(/^a\.csv has 65 MB: .* Line 2 has a quote: correct it/);
  });
});

const RUNS = 1500;

describe('the two readers agree', () => {
  const cell = fc.oneof(
    { weight: 150, arbitrary: fc.integer({ min: 0, max: 300 }).map(String) },
    { weight: 40, arbitrary: fc.double({ noNaN: true, noDefaultInfinity: true }).map(String) },
    { weight: 6, arbitrary: fc.stringMatching(/^[+-]?\d{0,17}[.,]?\d{0,17}([eE][+-]?\d{1,3})?$/) },
    {
      weight: 1,
      arbitrary: fc.constantFrom(
        '',
        ' 7',
        '"8"',
        'x',
        '-',
        '.',
        '-0',
        '1,5',
        'é',
        '"',
        '\r',
        '\u00a01',
      ),
    },
  );
  const csv = fc
    .record({
      delimiter: fc.constantFrom(',', ',', ';', '\t', '|'),
      end: fc.constantFrom('\n', '\n', '\n', '\r\n', '\r'),
      header: fc.constantFrom(
        ['a', 'b', 't'],
        ['b', 'a', 't'],
        ['t', '"b"', 'a'],
        ['', 'b', 't'],
        [],
      ),
      rows: fc.array(fc.array(cell, { minLength: 3, maxLength: 3 }), { maxLength: 40 }),
      ragged: fc.option(fc.array(cell, { maxLength: 5 }), { freq: 12 }),
      last: fc.constantFrom('', 'end', 'ends'),
      mark: fc.constantFrom('', '', '\uFEFF'),
    })
    .map(({ delimiter, end, header, rows, ragged, last, mark }) => {
      const lines = [header, ...rows, ...(ragged ? [ragged] : [])].filter(
        ({ length }) => length > 0,
      );
      const ending = { '': '', end, ends: end + end }[last] ?? '';
      return mark + lines.map(line => line.join(delimiter)).join(end) + ending;
    });
  const source = fc.constantFrom<CsvSource>(
    SOURCE,
    { ...SOURCE, inputs: ['a'] },
    { ...SOURCE, inputs: ['b', 'a'] },
    { ...SOURCE, target: ['b', 't'] },
    { ...SOURCE, target: 'column 3' },
  );

  it('on whatever is plain', () => {
    let plainOnes = 0;
    const agree = (text: string, of: CsvSource, classes: boolean): void => {
      const found = plain(text, of, classes);
      if (found.type !== 'table') return;
      plainOnes++;
      const { table: expected, issues } = readCsv(of, text, classes);
      expect(issues).toEqual([]);
      expect(asNumbers(found.table)).toEqual(expected && asNumbers(expected));
    };
    fc.assert(fc.property(csv, source, fc.boolean(), agree), { numRuns: RUNS });
    expect(plainOnes).toBeGreaterThan(120);
  });

  it('on the whole way, whatever it is', async () => {
    const agree = async (text: string, of: CsvSource): Promise<void> => {
      const options = { inputs: 2, outputs: [of.target].flat().length };
      const fromBytes = await loadBytes(of, options, { 'a.csv': encode(text) });
      const fromText = await loadBytes(of, options, { 'a.csv': text });
      expect(fromBytes.issues).toEqual(fromText.issues);
      const values = (loaded: typeof fromText) =>
        loaded.dataset && [...loaded.dataset.inputs.values];
      expect(values(fromBytes)).toEqual(values(fromText));
      expect(fromBytes.dataset?.targets).toEqual(fromText.dataset?.targets);
    };
    await fc.assert(fc.asyncProperty(csv, source, agree), { numRuns: RUNS });
  });
});
