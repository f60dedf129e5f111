/** Rules of the formula lab in the worker: in slices, given up for newer ones, and without a trace in the run. */
import { describe, expect, it } from 'vitest';
import { labPresets } from '../../src/engine/lab/presets';
import type { LabRequest } from '../../src/engine/lab/lab';
import { networkOf, slowSession } from './support';

const WITHOUT_DATA = {
  version: 1,
  seed: 3,
  input: { shape: [2] },
  layers: [
    { type: 'dense', units: 3, activation: 'tanh' },
    { type: 'dense', units: 1, activation: 'linear' },
  ],
  loss: { type: 'meanSquaredError' },
};
const NETWORK = networkOf({ ...WITHOUT_DATA, data: { generator: 'circle', samples: 40 } });
const REQUEST: LabRequest = {
  rule: labPresets.note000Hidden,
  scope: { type: 'batch' },
  tried: {},
};

describe('a rule', () => {
  it('is tried in slices, and the parameters stay what they were', async () => {
    const { session, finish } = slowSession(NETWORK);
    const before = await session.parameters();
    const report = session.lab(REQUEST, 1);
    expect(await finish()).toBeGreaterThan(10);
    const { layers, samples, failed } = await report;
    expect(samples).toBe(8);
    expect(failed).toBe(9);
    expect(layers.map(({ finding }) => finding.type)).toEqual(['factors', 'right']);
    expect(await session.parameters()).toEqual(before);
  });

  it('is given up for a newer one of the same page, not for another page', async () => {
    const { session, finish } = slowSession(NETWORK);
    const old = session.lab(REQUEST, 1);
    const other = session.lab(REQUEST, 2);
    const newest = session.lab({ ...REQUEST, rule: labPresets.standard }, 1);
    const refused = expect(old).rejects.toMatchObject({ name: 'Cancelled' });
    await finish();
    await refused;
    expect((await other).failed).toBe(9);
    expect((await newest).failed).toBe(0);
  });

  it('needs data, and says so', async () => {
    const { session } = slowSession(networkOf(WITHOUT_DATA));
    await expect(session.lab(REQUEST, 1)).rejects.toThrow('The formula lab');
  });
});
