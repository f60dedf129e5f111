import { describe, expect, it } from 'vitest';
import { parameterPath } from '../../src/network/parameterPath';
import { layerNodes, writtenNumbers, writtenRows } from '../../src/network/parameterNumbers';
import { parseNetwork } from '../../src/network/parse';

const TEXT = `{
  "version": 1,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 2,
      "weights": [
        [0.1, 0.2],
        [0.3, 0.4]
      ],
      "bias": [1, 2] },
    { "type": "dense", "units": 1, "weights": [[5, 6]] }
  ],
  "loss": { "type": "meanSquaredError" }
}
`;
const all = { start: 0, end: TEXT.length };

/** The part from one piece of the text to the end of another. */
const part = (from: string, to: string) => ({
  start: TEXT.indexOf(from),
  end: TEXT.indexOf(to) + to.length,
});
const parsed = parseNetwork(TEXT);
const words = (numbers: ReturnType<typeof writtenNumbers>): string[] =>
  numbers.map(({ layer, row, column, range }) =>
    [layer, row, column ?? 'b', TEXT.slice(range.start, range.end)].join(' '),
  );

describe('the numbers in a text', () => {
  it('stand where their paths lead', () => {
    for (const { layer, row, column, range } of writtenNumbers(parsed, all, 100)) {
      const path = parameterPath(
        column === undefined
          ? { type: 'bias', layer, row }
          : { type: 'weight', layer, row, column },
      );
      const value = path.reduce<unknown>(
        (at, key) => (at as Record<string | number, unknown>)[key],
        JSON.parse(TEXT),
      );
      expect(value).toBe(Number(TEXT.slice(range.start, range.end)));
    }
  });

  it('are the weights and the biases where they stand', () => {
    expect(words(writtenNumbers(parsed, all, 100))).toEqual([
      '0 0 0 0.1',
      '0 0 1 0.2',
      '0 1 0 0.3',
      '0 1 1 0.4',
      '0 0 b 1',
      '0 1 b 2',
      '1 0 0 5',
      '1 0 1 6',
    ]);
  });

  it('are only those in the part that is asked for', () => {
    expect(words(writtenNumbers(parsed, part('0.2', '0.3'), 100))).toEqual([
      '0 0 1 0.2',
      '0 1 0 0.3',
    ]);
  });

  it('are the first of each row where there are too many', () => {
    expect(words(writtenNumbers(parsed, all, 4))).toEqual([
      '0 0 0 0.1',
      '0 1 0 0.3',
      '0 0 b 1',
      '1 0 0 5',
    ]);
    expect(writtenNumbers(parsed, all, 2)).toHaveLength(2);
  });

  it('are found in rows, also in a text with a mistake', () => {
    const broken = parseNetwork(TEXT.replace('"loss"', '"loss'));
    expect(broken.network).toBeUndefined();
    const rows = writtenRows(broken, part('[0.3', '[5'));
    expect(rows.map(({ layer, row }) => [layer, row])).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(layerNodes(broken)).toHaveLength(2);
  });
});
