import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  count,
  epochs,
  exact,
  format,
  niceCeiling,
  percent,
  tiny,
  trueMinus,
} from '../../webview/numbers';

describe('numbers', () => {
  it('prints four digits, or a dash', () => {
    expect(format(-0.13787296)).toBe('−0.1379');
    expect(format(NaN)).toBe('–');
  });

  it('sets thousands apart as the browser would', () => {
    fc.assert(
      fc.property(fc.maxSafeInteger(), value => {
        expect(count(value)).toBe(value.toLocaleString('en-US'));
      }),
    );
    expect([0, 999, 1000, -1000, 1234567.25].map(count)).toEqual([
      '0',
      '999',
      '1,000',
      '-1,000',
      '1,234,567.25',
    ]);
  });

  it('prints parts of an epoch on two decimals', () => {
    expect([0, 0.1333333, 12.5, 10000].map(epochs)).toEqual(['0', '0.13', '12.5', '10,000']);
  });

  it('gives numbers, not names, their true minus sign', () => {
    expect(['-0.5', '-1.5e-7, 2', 'setosa', 'type-2', '2-3'].map(trueMinus)).toEqual([
      '−0.5',
      '−1.5e−7, 2',
      'setosa',
      'type-2',
      '2-3',
    ]);
  });

  it('prints every digit where it says so', () => {
    fc.assert(
      fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), value => {
        expect(Number(exact(value).replaceAll('−', '-'))).toBe(value === 0 ? 0 : value);
      }),
    );
  });

  it('fits into a neuron', () => {
    expect(
      [0.549834, -0.07, 0, 0.004, -2.4e-6, 3e-12, 1e-200, 0.997, -1.26, 12.3, 480, 65536].map(tiny),
    ).toEqual([
      '.55',
      '−.07',
      '0',
      '4e−3',
      '−2e−6',
      '3e−12',
      '0',
      '1.0',
      '−1.3',
      '12',
      '480',
      '7e4',
    ]);
    fc.assert(
      fc.property(fc.double({ min: -9e4, max: 9e4, noNaN: true }), value => {
        expect(tiny(value).length).toBeLessThanOrEqual(Math.abs(value) < 0.0095 ? 6 : 4);
      }),
    );
  });

  it('never rounds a share to all or nothing', () => {
    expect([0, 0.004, 0.966667, 0.996, 1, NaN].map(percent)).toEqual([
      '0 %',
      '0.4 %',
      '97 %',
      '99.6 %',
      '100 %',
      '–',
    ]);
  });

  it('ends a scale at a round number that holds the largest value', () => {
    expect([0.34, 1, 1.2, 0.00021, 7, 9, 4200].map(niceCeiling)).toEqual([
      0.4, 1, 1.5, 0.00025, 8, 10, 5000,
    ]);
    expect(niceCeiling(0)).toBe(1);
    fc.assert(
      fc.property(fc.double({ min: 1e-300, max: 1e300, noNaN: true }), value => {
        const end = niceCeiling(value);
        expect(end).toBeGreaterThanOrEqual(value);
        expect(end).toBeLessThanOrEqual(value * 1.67);
      }),
    );
  });
});
