import { describe, expect, it } from 'vitest';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes, sizesText } from '../../src/network/shapes';

type LayerJson = { readonly units?: number; readonly [key: string]: unknown };

function sizesOf(inputs: number, layers: readonly LayerJson[]): string {
  const text = JSON.stringify({
    version: 1,
    input: { shape: [inputs] },
    layers: layers.map(layer => ({ type: 'dense', ...layer })),
  });
  const { network } = parseNetwork(text);
  if (!network) throw new Error('no network');
  return sizesText(inferShapes(network), (...counts) => counts.join('|'));
}

const many = (count: number, units: (i: number) => number): LayerJson[] =>
  Array.from({ length: count }, (_, i) => ({ units: units(i) }));

describe('the sizes of a network', () => {
  it('stand in a row, thousands apart', () => {
    expect(sizesOf(784, [{ units: 1200 }, { units: 10 }])).toBe('784 – 1,200 – 10');
    expect(sizesOf(2, [{ units: 2, from: 'input' }])).toBe('2 – 2');
  });

  it('are counted where many are equal', () => {
    expect(sizesOf(16, [...many(40, () => 16), { units: 10 }])).toBe('16 – 40 × 16 – 10');
    expect(
      sizesOf(
        16,
        many(4, () => 8),
      ),
    ).toBe('16 – 8 – 8 – 8 – 8');
  });

  it('are summed up where there are branches: they are no row', () => {
    const branched = [
      { units: 24, id: 'a' },
      { units: 24 },
      { units: 24, id: 'b' },
      { type: 'add', from: ['a', 'b'] },
      { units: 10 },
    ];
    expect(sizesOf(64, branched)).toBe('5|64|10');
    // Without a merge as well: the last layer leaves one out.
    const skipped = [{ units: 3, id: 'a' }, { units: 4 }, { units: 2, from: 'a' }];
    expect(sizesOf(2, skipped)).toBe('3|2|2');
  });

  it('are summed up where the row is long', () => {
    expect(
      sizesOf(
        2,
        many(12, i => i + 3),
      ),
    ).toBe('12|2|14');
    expect(
      sizesOf(
        2,
        many(11, i => i + 3),
      ),
    ).toMatch(/^2 – 3 – .* – 13$/);
  });
});
