import { describe, expect, it } from 'vitest';
import { Random } from '../../src/math/random';
import { curveOf, driftTable, judgeDrift, robustSlope } from './drift';
import type { Measure, Point } from './drift';

const heap: Measure = { name: 'heap', unit: 'MB', limit: 6, noise: 2 };

/** Half an hour, a measurement each minute. */
const curve = (valueAt: (minute: number) => number): Point[] =>
  Array.from({ length: 30 }, (_, minute) => ({ hours: minute / 60, value: valueAt(minute) }));

/** From −1 to 1, the same each time. */
function noise(seed: number): () => number {
  const random = new Random(seed, 'drift');
  return () => (random.uint32() / 2 ** 32) * 2 - 1;
}

const judged = (valueAt: (minute: number) => number) => judgeDrift(heap, curve(valueAt));

describe('the judgement on a curve', () => {
  it('a level one does not climb', () => {
    expect(judged(() => 50)).toMatchObject({ first: 50, last: 50, slope: 0, climbs: false });
  });

  it.each([1, 2, 3, 4, 5])('a level one with noise does not climb (seed %i)', seed => {
    const any = noise(seed);
    expect(judged(() => 50 + 2 * any()).climbs).toBe(false);
  });

  it('a sawtooth does not climb, wherever it is broken off', () => {
    for (const period of [3, 5, 7])
      for (let shift = 0; shift < period; shift++)
        expect(judged(minute => 50 + 2 * ((minute + shift) % period)).climbs).toBe(false);
  });

  it('what climbs while it warms up, and then no more, does not climb', () => {
    expect(judged(minute => 50 + 4 * Math.min(minute, 9)).climbs).toBe(false);
  });

  it('a single wild measurement is no climb, and hides none', () => {
    const wild = (minute: number): number => (minute === 25 ? 1000 : 0);
    expect(judged(minute => 50 + wild(minute)).climbs).toBe(false);
    expect(judged(minute => 50 + 0.2 * minute - wild(minute)).climbs).toBe(true);
  });

  it.each([1, 2, 3, 4, 5])('a steady climb is found under noise and a sawtooth (seed %i)', seed => {
    const any = noise(seed);
    const verdict = judged(minute => 50 + 0.2 * minute + any() + (minute % 3));
    expect(verdict.climbs).toBe(true);
    expect(verdict.slope).toBeGreaterThan(8);
    expect(verdict.slope).toBeLessThan(16);
    expect(verdict.last).toBeGreaterThan(verdict.first);
  });

  it('a slope within the limit is allowed, however long', () => {
    expect(judged(minute => 50 + 0.09 * minute)).toMatchObject({ climbs: false });
  });

  it('a steep slope whose climb is no more than noise is allowed', () => {
    const points = curve(minute => 50 + 0.2 * minute).slice(0, 9);
    expect(judgeDrift(heap, points)).toMatchObject({ climbs: false });
    expect(judgeDrift({ ...heap, noise: 0.5 }, points)).toMatchObject({ climbs: true });
  });

  it('counts climb by one at a time', () => {
    const handles: Measure = { name: 'handles', unit: '', limit: 4, noise: 1 };
    const points = curve(minute => 12 + Math.floor(minute / 5));
    expect(judgeDrift(handles, points).climbs).toBe(true);
    expect(
      judgeDrift(
        handles,
        curve(minute => 12 + (minute % 2)),
      ).climbs,
    ).toBe(false);
  });

  it('too few measurements are no verdict', () => {
    expect(() => judgeDrift(heap, curve(() => 1).slice(0, 6))).toThrow(
      'heap: 4 measurements after the warm-up are too few to judge; 5 are needed. Take more minutes.',
    );
  });

  it('has the slope of a line, also where two are of the same moment', () => {
    expect(robustSlope([0, 1, 1, 3].map(hours => ({ hours, value: 2 * hours })))).toBe(2);
    expect(robustSlope([{ hours: 1, value: 3 }])).toBe(0);
  });
});

describe('the table', () => {
  it('has a line for each measure, with its curve', () => {
    const points = curve(minute => 50 + 0.2 * minute);
    const values = new Map([['heap', points.map(({ value }) => value)]]);
    expect(driftTable([judgeDrift(heap, points)], values)).toEqual([
      '✗ heap  50.90 → 54.90 MB  +12.00 MB/h  at most +6  ▁▁▁▁▁▂▂▂▂▃▃▃▃▃▃▄▄▄▄▅▅▅▅▆▆▆▇▇▇█'.replace(
        /\S+$/,
        curveOf(points.map(({ value }) => value)),
      ),
    ]);
  });

  it('draws level ones level, and noise no higher than it is', () => {
    expect(curveOf([5, 5, 5])).toBe('▁▁▁');
    expect(curveOf([0, 1, 2, 3, 4, 5, 6, 7])).toBe('▁▂▃▄▅▆▇█');
    expect(curveOf([5, 6, 5], 8)).toBe('▁▂▁');
  });
});
