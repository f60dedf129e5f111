/** Checkpoints of a training that runs in slices. */
import { expect, it } from 'vitest';
import { isCheckpoint } from '../../src/export/checkpointFile';
import { networkOf, slowSession } from './support';

const network = (more: object = {}) =>
  networkOf({
    version: 1,
    seed: 3,
    input: { shape: [2] },
    layers: [
      { type: 'dense', units: 3, activation: 'tanh' },
      { type: 'dense', units: 1, activation: 'sigmoid' },
    ],
    training: { batchSize: 1, epochs: 20, optimizer: 'adam' },
    data: { generator: 'xor' },
    ...more,
  });

it('is taken between two slices, and the training goes on to the same end', async () => {
  const plain = slowSession(network());
  plain.session.train({});
  await plain.finish();
  const expected = await plain.session.parameters();

  const { session, turns, settle, finish } = slowSession(network());
  session.train({});
  for (let slice = 0; slice < 10; slice++) {
    turns.shift()?.();
    await settle();
  }
  const file = await session.checkpoint();
  expect(isCheckpoint(file)).toBe(true);
  await finish();
  expect(await session.parameters()).toEqual(expected);

  // The rest of its epochs from there, in a session that was elsewhere.
  const other = slowSession(network());
  other.session.train({ epochs: 1 });
  await other.finish();
  const { epoch, phase } = await other.session.resume(file);
  expect(phase).toBe('idle');
  expect(epoch).toBeGreaterThan(0);
  other.session.train({ epochs: 20 - epoch });
  await other.finish();
  expect(await other.session.parameters()).toEqual(expected);
});

it('ends a training that goes on when another one is resumed', async () => {
  const { session, turns, settle, finish } = slowSession(network());
  const file = await session.checkpoint();
  const start = await session.parameters();
  session.train({});
  turns.shift()?.();
  await settle();
  const resumed = session.resume(file);
  await finish();
  expect(await resumed).toMatchObject({ epoch: 0, step: 0, phase: 'idle' });
  expect(await session.parameters()).toEqual(start);
  expect([...(await session.snapshots()).epochs]).toEqual([0]);
});

it('is refused without data, and when it is damaged: nothing changes', async () => {
  const { session, finish } = slowSession(network());
  const file = await session.checkpoint();
  session.train({ epochs: 2 });
  await finish();
  const before = await session.parameters();
  await expect(session.resume(file.slice(1))).rejects.toThrow('The checkpoint cannot be read.');
  expect(await session.parameters()).toEqual(before);
  const empty = slowSession(network({ data: undefined })).session;
  await expect(empty.resume(file)).rejects.toThrow('data');
});
