import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatNumber, printNumber } from '../../src/explain/numbers';

describe('numbers', () => {
  it.each([
    [0.05, '0.05'],
    [0.0073579, '0.007358'],
    [-0.137873, '−0.1379'],
    [1, '1'],
    [12, '12'],
    [1234.56, '1235'],
    [12345.678, '12346'],
    [999999.7, '1e6'],
    [1234567, '1.235e6'],
    [0.000123456, '0.0001235'],
    [0.0000123456, '1.235e−5'],
    [-1e-300, '−1e−300'],
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
  const readBack = (text: string) => Number(text.replaceAll('−', '-'));

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

  it('gives the parts to renderers', () => {
    expect(printNumber(-7.35812e-5)).toEqual({ negative: true, digits: '7.358', exponent: -5 });
    expect(printNumber(0.25)).toEqual({ negative: false, digits: '0.25' });
  });
});
