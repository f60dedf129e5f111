import { describe, expect, it } from 'vitest';
import { alignColumns, formatLoss, formatNumber, formatShare } from '../../src/cli/table';

describe('numbers for people', () => {
  it.each([
    [0, '0'],
    [-0, '0'],
    [0.342100123, '0.342100'],
    [-0.0001, '-0.000100'],
    [0.00001234567, '1.23457e-5'],
    [999999.5, '999999.500000'],
    [1e6, '1.00000e+6'],
    [-Infinity, '-Infinity'],
    [NaN, 'NaN'],
  ])('%f is %s', (value, text) => expect(formatNumber(value)).toBe(text));

  it('shows a dash for what does not exist', () => {
    expect(formatLoss(NaN)).toBe('–');
    expect(formatShare(NaN)).toBe('–');
    expect(formatShare(0.96666)).toBe('96.7 %');
  });

  it('aligns columns', () => {
    expect(
      alignColumns([
        ['a', '1'],
        ['bcd', '23'],
      ]),
    ).toBe('a     1\nbcd  23\n');
    expect(
      alignColumns(
        [
          ['a', 'x'],
          ['bcd', 'yz'],
        ],
        [0, 1],
      ),
    ).toBe('a    x\nbcd  yz\n');
  });
});
