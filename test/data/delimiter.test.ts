/** What stands between cells, however few rows there are. */
import { describe, expect, it } from 'vitest';
import { readCsv } from '../../src/data/csv';
import { findDelimiter } from '../../src/data/delimiter';
import { previewCsv } from '../../src/data/previewCsv';

const found = (text: string, ...targets: string[]) => findDelimiter(text, targets);
const sure = (delimiter: string) => ({ delimiter, doubtful: false });

describe('the delimiter', () => {
  it.each([
    [';', 'a header alone', 'a;b\n'],
    [';', 'a header and one row', 'x;y\n1;2\n'],
    [';', 'decimal commas in one row', 'x;y\n0,5;0,3\n'],
    [';', 'decimal commas in one row of one column more', 'a;b;t\n1,5;2,5;3,5\n'],
    [';', 'decimal commas without a header', '1,5;2,5\n3,5;4,5\n'],
    [';', 'a comma in a name', 'a, b;c\n1,5;2\n'],
    [';', 'commas in quoted cells', 'name;note\n"Ann";"a, b, c"\n'],
    [';', 'quoted names with other delimiters', '"a,b";"c\td"\n1;2\n'],
    [';', 'words with commas', 'name;note\nAnn;a, b\nBo;c\n'],
    [',', 'one row', 'x,y\n1,2\n'],
    [',', 'semicolons in quoted cells', 'text,y\n"a;b;c",1\n"d;e",0\n'],
    [',', 'a semicolon in a name', 'age;years,y\n3,4\n5,6\n'],
    [',', 'rows of other lengths', 'a,b,t\n1,2,3\n4,5\n1,2,3,4'],
    ['\t', 'one row', 'x\ty\n1,5\t2\n'],
    ['\t', 'words with commas and semicolons', 'x\ty\na, b; c\t2\n'],
    ['|', 'one row', 'x|y\n1,5|2\n'],
    [',', 'one column', 'x\n1\n2\n'],
    [',', 'nothing', ''],
    [';', 'one column of decimal commas', 'x\n1,5\n2\n'],
    [',', 'one column of words with commas', 'x\na, b\nc, d\n'],
    [',', 'blank lines before and behind', '\n\nx,y\n\n1,2\n\n\n'],
  ])('is %j: %s', (delimiter, _, text) => {
    expect(found(text)).toEqual(sure(delimiter));
  });

  it('is the one by which the first row has the name of a target', () => {
    expect(found('a,b;t\n1,2;3\n', 't')).toEqual(sure(';'));
    expect(found('a,b;t\n1,2;3\n', 'a')).toEqual(sure(','));
    expect(found('a;"x,t";t\n1;2;3\n', 'x,t')).toEqual(sure(';'));
  });

  it('is doubtful where another one does as well', () => {
    expect(found('what;say, hi\nx;y, z\n')).toEqual({ delimiter: ';', doubtful: true });
    expect(found('what;say, hi\nx;y, z\n', 'what')).toEqual(sure(';'));
  });
});

it('a semicolon file of one row is read with its decimal commas', () => {
  expect(previewCsv('a.csv', 'x;y\n0,5;0,25\n', 13)).toMatchObject({
    ...{ delimiter: ';', decimalComma: true, header: true, rows: 1, badCount: 0 },
    columns: [
      { name: 'x', type: 'number', most: 0.5 },
      { name: 'y', type: 'number', most: 0.25 },
    ],
  });
});

it('a column that is not found says how cells may be separated, where that is the reason', () => {
  const message = (text: string): string => {
    const { issues } = readCsv({ type: 'csv', path: 'a.csv', target: 't' }, text);
    return issues[0].message;
  };
  expect(message('a:b\n1:2\n')).toBe(
    'a.csv has no column t. It has a:b. Cells are separated by commas, semicolons, tabs or |.',
  );
  expect(message('what;say, hi\nx;y, z\n')).toBe(
    'a.csv has no column t. It has what, say, hi. More than one of comma, semicolon, tab and | may separate its cells: quote those that contain one.',
  );
  expect(message('a;b\n1;2\n')).toBe('a.csv has no column t. It has a, b.');
});
