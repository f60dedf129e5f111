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
