/** Which written numbers a part of a text touches: at both ends of each, and when there are too many. */
import { describe, expect, it } from 'vitest';
import { layerNodes, writtenNumbers, writtenRows } from '../../src/network/parameterNumbers';
import { parseNetwork } from '../../src/network/parse';

const TEXT =
  '{"layers": [{"weights": [[10, 20], [30]], "bias": [40, "x", 50]}, {"units": 1}, {"bias": [60]}, {"weights": [7, [80]]}]}';
const document = parseNetwork(TEXT);
const at = (word: string): number => TEXT.indexOf(word);
const numbers = (start: number, end: number, most = 100): string[] =>
  writtenNumbers(document, { start, end }, most).map(
    ({ layer, row, column, range }) =>
      `${layer} ${row} ${column ?? 'b'} ${TEXT.slice(range.start, range.end)}`,
  );
const rows = (start: number, end: number): string[] =>
  writtenRows(document, { start, end }).map(
    ({ layer, row, range }) => `${layer} ${row} ${TEXT.slice(range.start, range.end)}`,
  );

const all = ['0 0 0 10', '0 0 1 20', '0 1 0 30', '0 0 b 40', '0 2 b 50', '2 0 b 60', '3 1 0 80'];

describe('the numbers that a part of the text touches', () => {
  it('are all of them in the whole text, with their places', () => {
    expect(numbers(0, TEXT.length)).toEqual(all);
    expect(layerNodes(document).map(({ offset }) => offset)).toEqual(
      ['{"weights": [[', '{"units"', '{"bias": [60', '{"weights": [7'].map(at),
    );
    expect(layerNodes(parseNetwork('{}'))).toEqual([]);
    expect(layerNodes(parseNetwork(''))).toEqual([]);
  });

  it('begin and end with the number', () => {
    const start = at('20');
    expect(numbers(start, start)).toEqual(['0 0 1 20']);
    expect(numbers(start + 2, start + 2)).toEqual(['0 0 1 20']);
    expect(numbers(start - 1, start - 1)).toEqual([]);
    expect(numbers(start + 3, start + 3)).toEqual([]);
    expect(numbers(at('10') + 2, start)).toEqual(['0 0 0 10', '0 0 1 20']);
    expect(numbers(at('10') + 3, start - 1)).toEqual([]);
    expect(numbers(at('units'), at('units') + 3)).toEqual([]);
    expect(numbers(0, 5)).toEqual([]);
  });

  it('are the first of each list where they are too many, as many of each', () => {
    const whole = (most: number): string[] => numbers(0, TEXT.length, most);
    expect(whole(8)).toEqual(all);
    expect(whole(0)).toEqual([]);
    expect(whole(1)).toEqual(['0 0 0 10']);
    expect(whole(6)).toEqual(['0 0 0 10', '0 1 0 30', '0 0 b 40', '2 0 b 60', '3 1 0 80']);
    const first = at('[[10') - 1;
    expect(numbers(first, at('"units"'), 5)).toHaveLength(3);
    expect(numbers(first, at('"units"'), 6)).toHaveLength(5);
    expect(numbers(first, at(', "bias"'), 2)).toEqual(['0 0 0 10', '0 1 0 30']);
    expect(numbers(first, at(', "bias"'), 3)).toEqual(['0 0 0 10', '0 0 1 20', '0 1 0 30']);
  });

  it('stand in rows', () => {
    expect(rows(0, TEXT.length)).toEqual(['0 0 [10, 20]', '0 1 [30]', '3 0 7', '3 1 [80]']);
    const start = at('[30]');
    expect(rows(start, start)).toEqual(['0 1 [30]']);
    expect(rows(start + 4, start + 4)).toEqual(['0 1 [30]']);
    expect(rows(start - 1, start - 1)).toEqual([]);
    expect(rows(start + 5, start + 5)).toEqual([]);
    expect(rows(at('[40'), at('50'))).toEqual([]);
  });
});
