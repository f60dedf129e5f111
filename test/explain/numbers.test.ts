import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatCount, formatNumber, printNumber } from '../../src/explain/numbers';
import { chinese } from '../../src/explain/words.zh';
import { english } from '../../src/explain/words.en';

describe('numbers', () => {
  it.each([
    [0.05, '0.05'],
    [0.0073579, '0.007358'],
    [-0.137873, '−0.1379'],
    [1, '1'],
    [12, '12'],
    [1234.56, '1235'],
    [12345.678, '12346'],
    [999999.7, '1×10⁶'],
    [1234567, '1.235×10⁶'],
    [0.000123456, '0.0001235'],
    [0.0000123456, '1.235×10⁻⁵'],
    [-1e-300, '−1×10⁻³⁰⁰'],
    [9.9996, '10'],
    [0, '0'],
    [-0, '0'],
    [NaN, 'NaN'],
    [Infinity, '∞'],
    [-Infinity, '−∞'],
  ])('%d is printed as %s', (value, text) => {
    expect(formatNumber(value)).toBe(text);
  });

  const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e300, max: 1e300 });
  const raised = '⁰¹²³⁴⁵⁶⁷⁸⁹';
  const plain = (power: string): string =>
    [...power].map(digit => (digit === '⁻' ? '-' : raised.indexOf(digit))).join('');
  const readBack = (text: string) =>
    Number(text.replace(/×10(\S+)/, (_, power: string) => `e${plain(power)}`).replaceAll('−', '-'));

  it('17 digits read back as the same number', () => {
    fc.assert(
      fc.property(finite, value => {
        expect(readBack(formatNumber(value, { digits: 17 }))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('4 digits are at most half a unit away, and never a signed zero', () => {
    fc.assert(
      fc.property(finite, value => {
        const text = formatNumber(value);
        expect(text).not.toMatch(/^−0$/);
        expect(Math.abs(readBack(text) - value)).toBeLessThanOrEqual(
          Math.max(0.50001e-3 * Math.abs(value), 5e-324),
        );
      }),
    );
  });

  it('prints counts with all digits while they are exact', () => {
    expect(formatCount(407_050)).toBe('407050');
    expect(formatCount(2 ** 53 - 1)).toBe('9007199254740991');
    expect(formatCount(9 ** 39)).toBe('1.642×10³⁷');
    // 39 layers of 9 neurons: so many paths has a weight of the first.
    for (const words of [english, chinese])
      expect(words.pathCounts(9 ** 39, 80 * 9 ** 39, 3000)).not.toMatch(/e\+|\d{17}/);
  });

  it('gives the parts to renderers', () => {
    expect(printNumber(-7.35812e-5)).toEqual({ negative: true, digits: '7.358', exponent: -5 });
    expect(printNumber(0.25)).toEqual({ negative: false, digits: '0.25' });
  });
});
