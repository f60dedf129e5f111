/** Curves in the worker: in slices, beside other inspections, and given up for newer ones. */
import { describe, expect, it } from 'vitest';
import type { WhatIfRequest } from '../../src/protocol';
import { networkOf, slowSession } from './support';

const NETWORK = networkOf({
  version: 1,
  seed: 3,
  input: { shape: [2] },
  layers: [
    { type: 'dense', units: 3, activation: 'tanh' },
    { type: 'dense', units: 1, activation: 'sigmoid' },
  ],
  loss: { type: 'binaryCrossEntropy' },
  data: { generator: 'circle', samples: 400, validation: 0 },
});

const REQUEST: WhatIfRequest = {
  target: { type: 'weight', layer: 0, row: 0, column: 0 },
  scope: { type: 'batch' },
  from: -1,
  to: 1,
  points: 257,
};

const cancelled = { name: 'Cancelled', message: 'Another curve was asked for.' };

describe('a curve over the training part', () => {
  it('is computed in slices, all samples and all points', async () => {
    const { session, finish } = slowSession(NETWORK);
    const curve = session.whatIf(REQUEST, 1);
    expect(await finish()).toBeGreaterThan(10);
    const { changes, facts, at } = await curve;
    expect(changes).toHaveLength(257);
    expect(changes[128]).toBe(0);
    expect(facts.samples).toBe(400);
    expect(at?.shift).toBe('update' in facts && facts.update.change);
  });

  it('is given up when its asker asks anew', async () => {
    const { session, finish, turns, settle } = slowSession(NETWORK);
    const first = session.whatIf(REQUEST, 1);
    for (let i = 0; i < 8; i++) {
      await settle();
      turns.shift()?.();
    }
    const second = session.whatIf({ ...REQUEST, points: 3 }, 1);
    const given = expect(first).rejects.toMatchObject(cancelled);
    await finish();
    await given;
    expect((await second).changes).toHaveLength(3);
  });

  it('leaves that of another page alone', async () => {
    const { session, finish } = slowSession(NETWORK);
    const both = [session.whatIf(REQUEST, 1), session.whatIf(REQUEST, 2)];
    await finish();
    const [one, other] = await Promise.all(both);
    expect(one.changes).toEqual(other.changes);
  });

  it('is given up when another network is loaded', async () => {
    const { session, finish, turns, settle } = slowSession(NETWORK);
    const curve = session.whatIf(REQUEST, 1);
    for (let i = 0; i < 8; i++) {
      await settle();
      turns.shift()?.();
    }
    void session.load({ network: NETWORK, files: {}, keepParameters: true });
    const given = expect(curve).rejects.toMatchObject(cancelled);
    await finish();
    await given;
  });

  it('keeps no card waiting', async () => {
    const { session, finish, turns, settle } = slowSession(NETWORK);
    const done: string[] = [];
    const curve = session.whatIf(REQUEST, 1);
    void Promise.resolve(curve).then(() => done.push('curve'));
    await settle();
    turns.shift()?.();
    const card = session.inspect(REQUEST.target, REQUEST.scope);
    void Promise.resolve(card).then(() => done.push('card'));
    await finish();
    expect(done).toEqual(['card', 'curve']);
  });
});

it('needs data', async () => {
  const { session, finish } = slowSession(NETWORK);
  void session.load({
    network: { ...NETWORK, data: undefined },
    files: {},
    keepParameters: false,
  });
  const given = expect(session.whatIf(REQUEST, 1)).rejects.toThrow(/needs data/);
  await finish();
  await given;
});
