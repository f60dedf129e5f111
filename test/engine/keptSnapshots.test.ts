/** What is kept of a run to look back at: evenly spread, bounded, and never without its start and its end. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { KeptSnapshots, MOST_SNAPSHOTS, type KeptSnapshot } from '../../src/engine/keptSnapshots';
import { startClock } from '../../src/engine/optimizers';
import { evenly, MOST_POINTS } from '../../src/engine/parameterHistory';

const snapshotAt = (at: number, parameters = 3): Omit<KeptSnapshot, 'id'> => ({
  at,
  position: { epoch: Math.floor(at), step: at },
  loss: 1 / (1 + at),
  parameters: new Float64Array(parameters),
  optimizer: { moments: [], clock: startClock() },
});

/** As a run does: after every epoch, where it is wanted, and once more at the end. */
function train(kept: KeptSnapshots, from: number, to: number, parameters?: number): void {
  for (let at = from; at <= to; at++)
    if (at === to || kept.wants(at)) kept.keep(snapshotAt(at, parameters));
}

const places = (kept: KeptSnapshots): number[] => kept.all.map(({ at }) => at);

describe('snapshots that are kept of a run', () => {
  it('are all epochs of a short run', () => {
    const kept = new KeptSnapshots();
    train(kept, 0, 300);
    expect(places(kept)).toEqual(Array.from({ length: 301 }, (_, epoch) => epoch));
  });

  it('are every second one, then every fourth, once they become too many', () => {
    const kept = new KeptSnapshots(4);
    train(kept, 0, 3);
    expect(places(kept)).toEqual([0, 1, 2, 3]);
    train(kept, 4, 4);
    expect(places(kept)).toEqual([0, 2, 4]);
    expect(kept.wants(5)).toBe(false);
    train(kept, 5, 9);
    expect(places(kept)).toEqual([0, 4, 8, 9]);
  });

  it('stay up to the place from which a run goes another way, and are dropped behind it', () => {
    const kept = new KeptSnapshots();
    train(kept, 0, 9);
    kept.dropAfter(6);
    expect(places(kept)).toEqual([0, 1, 2, 3, 4, 5, 6]);
  });

  it('lie evenly over the whole run, the first and the last among them', () => {
    const anyRun = fc.record({
      epochs: fc.integer({ min: 1, max: 4000 }),
      most: fc.integer({ min: 4, max: 64 }).map(n => 2 * n),
    });
    fc.assert(
      fc.property(anyRun, ({ epochs, most }) => {
        const kept = new KeptSnapshots(most);
        train(kept, 0, epochs);
        const at = places(kept);
        expect(at.length).toBeLessThanOrEqual(most);
        expect(at.length).toBeGreaterThan(Math.min(epochs, most / 2 - 1));
        expect(at[0]).toBe(0);
        expect(at[at.length - 1]).toBe(epochs);
        const gaps = at.slice(1).map((each, i) => each - at[i]);
        // The last comes when the run ends, wherever that is.
        for (const gap of gaps.slice(0, -1)) expect(gap).toBe(gaps[0]);
        if (gaps.length > 1) expect(gaps[gaps.length - 1]).toBeLessThanOrEqual(gaps[0]);
      }),
      { numRuns: 60 },
    );
  });

  it('stay within their bounds however steps and pauses fall', () => {
    const gap = fc.oneof(
      fc.constant(0),
      fc.double({ min: 1e-3, max: 1, noNaN: true }),
      fc.integer({ min: 1, max: 50 }),
    );
    fc.assert(
      fc.property(fc.array(gap, { maxLength: 300 }), gaps => {
        const kept = new KeptSnapshots(20);
        let at = 0;
        kept.keep(snapshotAt(at));
        for (const each of gaps) {
          at += each;
          kept.keep(snapshotAt(at));
          expect(kept.all.length).toBeLessThanOrEqual(20);
          expect(places(kept)[0]).toBe(0);
          expect(kept.last?.at).toBe(at);
          const ids = kept.all.map(({ id }) => id);
          expect(ids).toEqual([...new Set(ids)].sort((a, b) => a - b));
        }
      }),
      { numRuns: 60 },
    );
  });

  it('are at least the start and the end of a network that is larger than all that may be kept', () => {
    const kept = new KeptSnapshots(MOST_SNAPSHOTS, 1000);
    train(kept, 0, 40, 500);
    expect(places(kept)).toEqual([0, 40]);
    train(kept, 41, 900, 500);
    expect(places(kept)).toEqual([0, 900]);
  });

  it('take no more memory than they may, the state of the optimizer included', () => {
    const kept = new KeptSnapshots(MOST_SNAPSHOTS, 10_000);
    const moments = [new Float64Array(50), new Float64Array(50)];
    for (let at = 0; at < 200; at++)
      kept.keep({ ...snapshotAt(at, 50), optimizer: { moments, clock: startClock() } });
    const each = 8 * 150;
    expect(kept.all.length * each).toBeLessThanOrEqual(10_000);
    expect(kept.all.length).toBeGreaterThan(10_000 / each / 2 - 1);
  });

  it('keep the one that is looked at, until another is', () => {
    const kept = new KeptSnapshots(6);
    train(kept, 0, 5);
    const third = kept.all[3];
    expect(kept.look(third.id)).toBe(third);
    train(kept, 6, 100);
    expect(places(kept)).toContain(3);
    expect(kept.look(third.id)).toBe(third);
    kept.look(kept.all[0].id);
    train(kept, 101, 400);
    expect(kept.look(third.id)).toBeUndefined();
  });

  it('never get a number twice, also after a fresh start', () => {
    const kept = new KeptSnapshots();
    train(kept, 0, 5);
    const old = kept.all.map(({ id }) => id);
    kept.clear();
    expect(kept.all).toEqual([]);
    train(kept, 0, 5);
    expect(kept.all.filter(({ id }) => old.includes(id))).toEqual([]);
    expect(places(kept)).toEqual([0, 1, 2, 3, 4, 5]);
  });
});

describe('the points of a history', () => {
  it('are few, with both ends, and evenly chosen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 2000 }), count => {
        const all = Array.from({ length: count }, (_, i) => i);
        const chosen = evenly(all);
        expect(chosen.length).toBeLessThanOrEqual(MOST_POINTS);
        expect(chosen.length).toBeGreaterThanOrEqual(Math.min(count, MOST_POINTS / 2 - 1));
        expect(chosen[0]).toBe(all[0]);
        expect(chosen.at(-1)).toBe(all.at(-1));
      }),
    );
  });

  it('stay the same ones while more are added behind', () => {
    const chosen = (count: number): readonly number[] =>
      evenly(Array.from({ length: count }, (_, i) => i));
    for (const i of chosen(100).slice(0, -1)) expect(chosen(110)).toContain(i);
  });
});
