/** How long a check of all parameters would take: with a clock that goes as each table costs. */
import { describe, expect, it } from 'vitest';
import { Estimate } from '../../src/engine/gradcheck/estimate';
import type { ParameterTable, TableKind } from '../../src/engine/plan';

const table = (layer: number, kind: TableKind, offset: number, length: number): ParameterTable => ({
  ...{ layer, kind, offset, length, rows: length, columns: 1, penalised: false },
});
/** 100 weights, 10 biases, statistics that nobody checks, and 1000 weights. */
const tables = [
  table(0, 'weight', 0, 100),
  table(0, 'bias', 100, 10),
  table(1, 'mean', 110, 40),
  table(2, 'weight', 150, 1000),
];
const places = Uint32Array.of(0, 99, 100, 109, 150, 700, 1149);
const [WEIGHT, BIAS, LAST] = [0, 1, 2];
const tableAt = (place: number): number => (place < 100 ? WEIGHT : place < 150 ? BIAS : LAST);

/** A clock that each check moves on by what it costs; answers what was checked until it was known. */
function timed(cost: (table: number, check: number) => number, most = 1e6) {
  let now = 1000;
  const checked: number[] = [];
  const estimate = new Estimate(tables, places, () => now);
  while (estimate.seconds === undefined && checked.length < most) {
    const result = estimate.timed(place => {
      now += cost(tableAt(place), checked.length);
      checked.push(place);
      return `found ${place}`;
    });
    if (checked.length < 9) expect(result).toBe(`found ${checked.at(-1)}`);
  }
  return { seconds: estimate.seconds, checked };
}

/** Rounds of 1, 2, 4 … times all places. */
const rounds = (count: number): number[] =>
  Array.from({ length: 2 ** count - 1 }, () => [...places]).flat();

describe('the time that all parameters take', () => {
  it('is that of each table, as many times as it has parameters', () => {
    // A round of 7 checks takes 2 + 2 · 10 + 3 · 30 ms.
    const costs = [1, 10, 30];
    const { seconds, checked } = timed(each => costs[each]);
    expect(seconds).toBeCloseTo((100 * 1 + 10 * 10 + 1000 * 30) / 1000, 12);
    // 112 + 224 + 448 ms are more than half a second.
    expect(checked).toEqual(rounds(3));
  });

  it('is told when four rounds were long enough, and the last of fifty milliseconds', () => {
    // Rounds of 7, 14, 28 and 56 ms.
    const { seconds, checked } = timed(() => 1);
    expect([seconds, checked]).toEqual([1.11, rounds(4)]);
    // Rounds of 6.3, … 50.4 ms, and of 6.2, … 49.6 ms.
    expect(timed(() => 0.9).checked).toEqual(rounds(4));
    expect(timed(() => 0.885).checked).toEqual(rounds(5));
  });

  it('does not count rounds that a clock can hardly tell', () => {
    // 3.5 ms are too few, 7 are not.
    const { seconds, checked } = timed(() => 0.5);
    expect(seconds).toBeCloseTo(0.555, 12);
    expect(checked).toEqual(rounds(5));
  });

  it('is told by the fastest round, for whatever else goes on makes one slower', () => {
    // The first is ten times as slow as the others, and the third three times.
    const { seconds } = timed((_, check) => (check < 7 ? 10 : check >= 21 && check < 49 ? 3 : 1));
    expect(seconds).toBeCloseTo(1.11, 12);
    // Of each table its own fastest.
    const turns = timed((each, check) => (check < 7 === (each === LAST) ? 1 : 2));
    expect(turns.seconds).toBeCloseTo((1000 * 1 + 110 * 1) / 1000, 12);
  });

  it('is told at last where the clock stands still, or goes very slowly', () => {
    const still = timed(() => 0);
    expect(still.seconds).toBe(0);
    // 2¹² · 7 are the first that are 20,000.
    expect(still.checked).toHaveLength(7 * (2 ** 13 - 1));
    expect(timed(() => 1e-5).seconds).toBeCloseTo(1110 * 1e-8, 12);
  });

  it('is not known before the first round has ended', () => {
    const { seconds, checked } = timed(() => 1000, 6);
    expect([seconds, checked]).toEqual([undefined, [...places.subarray(0, 6)]]);
    expect(timed(() => 1000).checked).toEqual([...places]);
    expect(timed(() => 500 / 7 + 1e-9).checked).toEqual([...places]);
    expect(timed(() => 490 / 7).checked).toEqual(rounds(2));
  });
});
