/** CSV files that are too long, too wide, or cost more than they look. */
import { utf8 } from '../seeds';
import type { Extreme } from '../target';
import type { CsvInput } from './csv';
import { plainLearner } from './dataNetworks';

const MEGABYTE = 1024 * 1024;

const texts: { readonly [name: string]: () => string } = {
  'a cell of a million digits that is no number': () => `a,y\n${'1'.repeat(1_000_000)}x,1\n`,
  'a cell of a million digits': () => `a,y\n${'1'.repeat(1_000_000)},1\n`,
  'a million columns': () => `${'a,'.repeat(1_000_000)}y\n${'1,'.repeat(1_000_000)}1\n`,
  '200,000 columns with names of their own': () =>
    `${Array.from({ length: 200_000 }, (_, i) => `c${i}`).join(',')},y\n${'1,'.repeat(200_000)}1\n`,
  '5 MB of quotes': () => `a,y\n${'"'.repeat(5 * MEGABYTE)}`,
  '5 MB of quotes that close wrongly': () => `a,y\n"${'" '.repeat(2.5 * MEGABYTE)}`,
  '2 MB of cells with a quote each': () => `a,y\n${'"a"b,'.repeat(400_000)}`,
  '50 MB of one cell': () => `a,y\n1,${'x'.repeat(50 * MEGABYTE)}\n`,
  '50 MB of line ends': () => `a,y\n${'\n'.repeat(50 * MEGABYTE)}`,
  '50 MB of commas': () => `a,y\n${','.repeat(50 * MEGABYTE)}`,
  '50 MB of rows of bytes': () => `a,y\n${'1,2\n'.repeat(12.5 * MEGABYTE)}`,
  '50 MB of rows of numbers': () => `a,y\n${'0.5,0.25\n'.repeat(5 * MEGABYTE)}`,
  '50 MB of rows of numbers and a word at the end': () =>
    `a,y\n${'0.5,0.25\n'.repeat(5 * MEGABYTE)}x,y\n`,
  '50 MB of words': () => `a,y\n${'no,yes\n'.repeat(7 * MEGABYTE)}`,
  '70 MB of words': () => `a,y\n${'no,yes\n'.repeat(10 * MEGABYTE)}`,
  '50 MB of rows of ten words': () =>
    `a,y${',b'.repeat(8)}\n${'x,y,z,x,y,z,x,y,z,x\n'.repeat(2.5 * MEGABYTE)}`,
  '50 MB of different words': () =>
    `${Array.from({ length: 400 }, (_, i) => `c${i}`).join(',')},y\n${differentWords(400, 15_000)}`,
  'a million classes': () =>
    `a,y\n${Array.from({ length: 1_000_000 }, (_, i) => `${i},k${i}`).join('\n')}`,
  'a million ragged rows': () => `a,y\n${'1,2,3\n'.repeat(1_000_000)}`,
  nothing: () => '',
  'a byte order mark alone': () => '\ufeff',
};

/** Rows of words of which no column has one twice, and a word more. */
function differentWords(columns: number, rows: number): string {
  const row = (i: number): string => `k${i.toString(36)},`.repeat(columns);
  return Array.from({ length: rows }, (_, i) => `${row(i)}y\n`).join('');
}

/** Read for a softmax: then each number is the name of a class. */
const asClasses = ['50 MB of rows of bytes', '50 MB of rows of numbers', 'a million classes'];

const inputOf = (name: string, classes: boolean): CsvInput => ({
  bytes: utf8(texts[name]()),
  target: 'y',
  learner: { ...plainLearner, classes, outputs: classes ? 2 : 1 },
});

export const csvExtremes: readonly Extreme<CsvInput>[] = [
  ...Object.keys(texts).map(name => ({ name, make: () => inputOf(name, false) })),
  ...asClasses.map(name => ({ name: `${name}, as classes`, make: () => inputOf(name, true) })),
];
