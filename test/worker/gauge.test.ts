import { expect, test } from 'vitest';
import { Gauge } from '../../src/worker/gauge';

/** Epochs that are measured, of those that take so many milliseconds each, where a measurement takes `cost`. */
function measured(epochs: number, milliseconds: number, cost: number, estimate = 0): number[] {
  let time = 0;
  let trained = 0;
  const gauge = new Gauge(() => time, estimate);
  const of = (): true => {
    time += cost;
    return true;
  };
  return Array.from({ length: epochs }, (_, i) => i).filter(epoch => {
    if (epoch > 0) trained += milliseconds / 1000;
    return gauge.measure({ epoch, seconds: trained, last: epoch === epochs - 1 }, of);
  });
}

test('every row of a short training is measured', () => {
  expect(measured(100, 0.001, 0.02)).toHaveLength(100);
});

test('a long one gives a twentieth of its time to it, at epochs that stay when rows are left out', () => {
  const epochs = measured(100_000, 1, 1);
  expect(epochs.length).toBeGreaterThan(2_500);
  expect(epochs.length).toBeLessThanOrEqual(50 + 5_000);
  const late = epochs.filter(epoch => epoch > 2000 && epoch < 99_999);
  expect(late.every(epoch => epoch % 32 === 0)).toBe(true);
  expect(epochs.at(-1)).toBe(99_999);
});

test('what is cheap beside an epoch is measured at each', () => {
  expect(measured(10_000, 100, 4)).toHaveLength(10_000);
});

test('what is estimated to take long waits until there is time for it', () => {
  const epochs = measured(1000, 100, 400, 500);
  expect(epochs[0]).toBeGreaterThanOrEqual(90);
  expect(epochs.length).toBeLessThanOrEqual(13);
  expect(epochs.length).toBeGreaterThan(5);
});

test('the row that a run ends with is measured, however short the run was', () => {
  expect(measured(100, 0.001, 20)).toEqual([0, 1, 99]);
});
