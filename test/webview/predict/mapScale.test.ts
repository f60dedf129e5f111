import { describe, expect, it } from 'vitest';
import { extremes, levelOf, mapPixels, mapScale, ticksOf } from '../../../webview/predict/mapScale';

const found = (...values: number[]) => extremes(Float64Array.from(values));

describe('the scale of a map', () => {
  it('has one half in the middle where values are shares, else 0', () => {
    expect(mapScale('sigmoid', found(0.1, 0.2))).toEqual({ centre: 0.5, end: 0.5 });
    expect(mapScale('softmax', found(0, 1))).toEqual({ centre: 0.5, end: 0.5 });
    expect(mapScale('tanh', found(0.1, 0.2))).toEqual({ centre: 0, end: 1 });
    expect(mapScale('relu', found(0, 3.4))).toEqual({ centre: 0, end: 4 });
    expect(mapScale('linear', found(-7, 2))).toEqual({ centre: 0, end: 8 });
  });

  it('has the middle of values that are far from 0', () => {
    const { centre, end } = mapScale('linear', found(100, 120));
    expect(centre).toBe(110);
    expect(end).toBe(10);
  });

  it('is there without a number', () => {
    expect(found(NaN, Infinity)).toBeUndefined();
    expect(mapScale('linear', undefined)).toEqual({ centre: 0, end: 1 });
    expect(mapScale('linear', found(3, 3))).toEqual({ centre: 0, end: 3 });
  });

  it('finds the extremes and where they are', () => {
    expect(found(2, NaN, -1, 5)).toEqual({ least: -1, most: 5, leastAt: 2, mostAt: 3 });
  });

  it('ends at −1 and 1', () => {
    const scale = { centre: 0.5, end: 0.5 };
    expect([0, 0.25, 0.5, 1, 9].map(value => levelOf(value, scale))).toEqual([-1, -0.5, 0, 1, 1]);
  });
});

describe('the pixels of a map', () => {
  it('turn the second input up, colour by sign, and leave no number empty', () => {
    const pixels = mapPixels(
      Float64Array.of(0, 1, 0.5, NaN),
      2,
      { centre: 0.5, end: 0.5 },
      {
        positive: [0, 0, 255],
        negative: [255, 128, 0],
      },
    );
    const at = (i: number): number[] => Array.from(pixels.subarray(4 * i, 4 * i + 4));
    const full = Math.round(0.7 * 255);
    // The first row of values is the lower one.
    expect(at(2).slice(0, 3)).toEqual([255, 128, 0]);
    expect(at(3).slice(0, 3)).toEqual([0, 0, 255]);
    expect(Math.abs(at(2)[3] - full)).toBeLessThanOrEqual(1);
    expect([at(0)[3], at(1)[3]]).toEqual([0, 0]);
  });
});

it('marks axes at round numbers', () => {
  expect(ticksOf([-1.1, 1.1], 4)).toEqual([-1, 0, 1]);
  expect(ticksOf([0, 1], 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1]);
  expect(ticksOf([3.94, 8.26], 4)).toEqual([4, 6, 8]);
  expect(ticksOf([100, 300], 2)).toEqual([100, 200, 300]);
});
