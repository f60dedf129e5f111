import { describe, expect, it } from 'vitest';
import { Random } from '../../../src/math/random';
import {
  decimated,
  decisive,
  extent,
  firstBreak,
  nearestRow,
  picked,
  rowsWithin,
  smoothed,
  ticks,
} from '../../../webview/training/curves';

const ROWS = 100_000;
const all = (length: number): { from: number; to: number } => ({ from: 0, to: length });
const epochs = Float64Array.from({ length: ROWS }, (_, i) => i);

describe('what is left of 100,000 rows', () => {
  const random = new Random(1, 'test:spikes');
  const noise = epochs.map(() => random.normal());

  it('is bounded by pixels and not by rows', () => {
    const rows = decimated(epochs, [noise, noise.map(value => -value)], all(ROWS), 600);
    expect(rows.length).toBeLessThanOrEqual(601 * 6);
    expect(rows[0]).toBe(0);
    expect(rows.at(-1)).toBe(ROWS - 1);
    expect(rows.every((row, i) => i === 0 || row > rows[i - 1])).toBe(true);
  });

  it('has every spike: the lowest and the highest of each pixel, of each line', () => {
    for (let n = 0; n < 200; n++) {
      const at = random.below(ROWS);
      for (const value of [1e6, -1e6]) {
        const spiked = Float64Array.from(noise);
        spiked[at] = value;
        expect(decimated(epochs, [noise, spiked], all(ROWS), 500)).toContain(at);
      }
    }
    const rows = decimated(epochs, [noise], all(ROWS), 500);
    for (let pixel = 0; pixel < 500; pixel++) {
      const within = (row: number): boolean => Math.floor((row / (ROWS - 1)) * 500) === pixel;
      const own = [...epochs].slice(pixel * 199, (pixel + 1) * 202 + 2).filter(within);
      const kept = [...rows].filter(within).map(row => noise[row]);
      expect(Math.max(...kept)).toBe(Math.max(...own.map(row => noise[row])));
      expect(Math.min(...kept)).toBe(Math.min(...own.map(row => noise[row])));
    }
  });

  it('has every gap', () => {
    for (const gap of [NaN, Infinity]) {
      const broken = Float64Array.from(noise);
      broken[12_345] = gap;
      expect(decimated(epochs, [broken], all(ROWS), 300)).toContain(12_345);
    }
  });

  it('is everything where there are few, and part of it where a part is shown', () => {
    expect([...decimated(epochs, [noise], { from: 7, to: 12 }, 300)]).toEqual([7, 8, 9, 10, 11]);
    const rows = decimated(epochs, [noise], { from: 5_000, to: 90_000 }, 300);
    expect([rows[0], rows.at(-1)]).toEqual([5_000, 89_999]);
  });

  it('is one column of pixels where all rows have the same x', () => {
    const still = new Float64Array(5_000);
    expect(decimated(still, [noise], all(5_000), 300).length).toBeLessThanOrEqual(5);
  });
});

describe('rows of an axis', () => {
  const x = Float64Array.of(0, 1, 1, 2, 5, 9);

  it('are those within two values and one on either side', () => {
    expect(rowsWithin(x, 1, 2)).toEqual({ from: 0, to: 5 });
    expect(rowsWithin(x, 3, 4)).toEqual({ from: 3, to: 5 });
    expect(rowsWithin(x, -5, 50)).toEqual({ from: 0, to: 6 });
  });

  it('are found by their value', () => {
    expect([-3, 0.4, 0.6, 3.4, 3.6, 99].map(value => nearestRow(x, value))).toEqual([
      0, 0, 1, 3, 4, 5,
    ]);
  });
});

describe('a mean', () => {
  it('of one value is that value, and of a step half of it after half of the rows', () => {
    for (const value of smoothed(Float64Array.of(3, 3, 3), 2)) expect(value).toBeCloseTo(3, 12);
    const step = Float64Array.from({ length: 400 }, (_, i) => (i < 200 ? 0 : 1));
    const mean = smoothed(step, 10);
    expect(mean[199]).toBe(0);
    expect(mean[209]).toBeCloseTo(0.5, 5);
    expect(mean[219]).toBeCloseTo(0.75, 5);
  });

  it('begins with the first value and not with 0', () => {
    expect(smoothed(Float64Array.of(8, 6), 1)[0]).toBe(8);
    expect(smoothed(Float64Array.of(8, 6), 1)[1]).toBeCloseTo((8 * 0.5 + 6) / 1.5, 12);
  });

  it('has the gaps of the line, and nothing of what is no number', () => {
    const mean = smoothed(Float64Array.of(1, NaN, Infinity, 1), 3);
    expect([...mean]).toEqual([1, NaN, NaN, 1]);
  });
});

describe('what a scale can show', () => {
  it('leaves gaps where there is no number, and on a log scale where there is no logarithm', () => {
    const rows = Uint32Array.of(0, 1, 2, 3);
    expect(picked([3, NaN, Infinity, 2], rows, false)).toEqual([3, null, null, 2]);
    expect(picked([3, 0, -1, 2], rows, true)).toEqual([3, null, null, 2]);
    expect(picked([3, 0, -1, 2], Uint32Array.of(3, 1), false)).toEqual([2, 0]);
  });

  it('decides about its ends: by all rows, or by the last fifth', () => {
    const losses = Float64Array.from({ length: 100 }, (_, i) => (i < 50 ? 1000 : 100 - i));
    expect(extent([losses], decisive(all(100), false), false)).toEqual([1, 1000]);
    expect(extent([losses], decisive(all(100), true), false)).toEqual([1, 20]);
    expect(extent([[NaN, 0, -1]], all(3), true)).toBeUndefined();
    expect(extent([[NaN, Infinity, 4], [2]], { from: 0, to: 1 }, true)).toEqual([2, 2]);
  });
});

it('a break is the first number that is none; what is not measured in a row is no break', () => {
  expect(
    firstBreak(
      [
        [1, 2, NaN, NaN],
        [1, Infinity],
      ],
      false,
    ),
  ).toBe(1);
  expect(firstBreak([[1, NaN, 3, -Infinity]], true)).toBe(3);
  expect(firstBreak([[1, NaN, 3]], true)).toBeUndefined();
  expect(firstBreak([], false)).toBeUndefined();
});

it('ticks are round numbers within the ends, powers of ten on a logarithmic axis', () => {
  expect(ticks(0, 1, false)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticks(0.031, 0.29, false)).toEqual([0.05, 0.1, 0.15, 0.2, 0.25]);
  expect(ticks(0, 100_000, false)).toEqual([0, 20_000, 40_000, 60_000, 80_000, 100_000]);
  expect(ticks(5, 5, false)).toEqual([5]);
  expect(ticks(0.002, 300, true)).toEqual([0.01, 0.1, 1, 10, 100]);
  expect(ticks(1e-12, 1, true)).toEqual([1e-12, 1e-9, 1e-6, 1e-3, 1]);
  expect(ticks(2, 4, true)).toEqual([2, 4]);
});
