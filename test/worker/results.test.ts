/** Results in the worker: in slices, given up for newer ones, of kept moments, and without a trace in the run. */
import { describe, expect, it } from 'vitest';
import type { ResultsRequest } from '../../src/protocol';
import { networkOf, slowSession } from './support';

const WITHOUT_DATA = {
  version: 1,
  seed: 3,
  input: { shape: [2] },
  layers: [
    { type: 'dense', units: 3, activation: 'tanh' },
    { type: 'dense', units: 1, activation: 'sigmoid' },
  ],
  loss: { type: 'binaryCrossEntropy' },
};
const NETWORK = networkOf({
  ...WITHOUT_DATA,
  data: { generator: 'circle', samples: 1000, split: { validation: 0.25 } },
});
const REQUEST: ResultsRequest = { part: 'training' };

describe('results', () => {
  it('are computed in slices, agree with the run, and change nothing', async () => {
    const { session, finish } = slowSession(NETWORK);
    const before = await session.parameters();
    const asked = session.results(REQUEST, 1);
    expect(await finish()).toBeGreaterThan(3);
    const training = await asked;
    if (training.type !== 'classes') throw new Error('expected classes');
    const paused = await session.pause();
    expect(training).toMatchObject({ samples: 750, epoch: 0, step: 0 });
    expect(training.accuracy).toBeCloseTo(paused.accuracy, 12);
    expect(training.meanLoss).toBeCloseTo(paused.loss, 5);
    const other = session.results({ part: 'validation' }, 1);
    await finish();
    expect(await other).toMatchObject({ samples: 250 });
    expect(await session.parameters()).toEqual(before);
  });

  it('are given up for newer ones of the same page, not for another page', async () => {
    const { session, finish } = slowSession(NETWORK);
    const old = session.results(REQUEST, 1);
    const other = session.results(REQUEST, 2);
    const newest = session.results({ part: 'validation' }, 1);
    const refused = expect(old).rejects.toMatchObject({ name: 'Cancelled' });
    await finish();
    await refused;
    expect((await other).samples).toBe(750);
    expect((await newest).samples).toBe(250);
  });

  it('say how far they are, to each page of its own', async () => {
    const { session, turns, settle } = slowSession(NETWORK);
    expect(await session.resultsPart(1)).toBeUndefined();
    const asked = session.results(REQUEST, 1);
    const parts: number[] = [];
    for (await settle(); turns.length > 0; await settle()) {
      parts.push((await session.resultsPart(1)) ?? NaN);
      expect(await session.resultsPart(2)).toBeUndefined();
      turns.shift()?.();
    }
    expect(await session.resultsPart(1)).toBeUndefined();
    expect((await asked).samples).toBe(750);
    expect(parts.length).toBeGreaterThan(3);
    expect(parts).toEqual([...parts].sort((a, b) => a - b));
    expect(parts[0]).toBeLessThan(0.2);
    expect(parts.at(-1)).toBeGreaterThan(0.8);
    expect(parts.at(-1)).toBeLessThan(1);
  });

  it('are ended by their page, and by no other', async () => {
    const { session, finish } = slowSession(NETWORK);
    const mine = session.results(REQUEST, 1);
    const other = session.results(REQUEST, 2);
    const refused = expect(mine).rejects.toMatchObject({ name: 'Cancelled' });
    await session.cancelResults(1);
    await finish();
    await refused;
    expect((await other).samples).toBe(750);
    expect(await session.resultsPart(1)).toBeUndefined();
    const again = session.results(REQUEST, 1);
    await finish();
    expect((await again).samples).toBe(750);
  });

  it('are those of a kept moment, where one is asked for', async () => {
    const { session, finish } = slowSession(NETWORK);
    const start = session.results(REQUEST, 1);
    await finish();
    const { meanLoss } = await start;
    const [first] = (await session.snapshots()).ids;
    const stepped = session.step('epoch');
    await finish();
    await stepped;
    const now = session.results(REQUEST, 1);
    await finish();
    expect((await now).meanLoss).not.toBe(meanLoss);
    const then = session.results({ ...REQUEST, snapshot: first }, 1);
    await finish();
    expect(await then).toMatchObject({ meanLoss, step: 0 });
  });

  it('need data, and say so', async () => {
    const { session } = slowSession(networkOf(WITHOUT_DATA));
    await expect(session.results(REQUEST, 1)).rejects.toThrow('A result needs data');
  });
});
