/** Another end of a training that runs, is paused, or goes on: it counts for that training, not for the next one. */
import { describe, expect, it } from 'vitest';
import type { StopRule } from '../../src/network/network';
import { tuningOf } from '../../src/network/tuning';
import { networkOf } from './support';
import { codecs } from '../../src/worker/codecs';
import { createSession } from '../../src/worker/session';
import type { RunState } from '../../src/protocol';

const network = (epochs = 20) =>
  networkOf({
    version: 1,
    seed: 3,
    input: { shape: [2] },
    layers: [
      { type: 'dense', units: 3, activation: 'tanh' },
      { type: 'dense', units: 1, activation: 'sigmoid' },
    ],
    loss: { type: 'binaryCrossEntropy' },
    training: { optimizer: { type: 'adam', learningRate: 1e-3 }, batchSize: 8, epochs },
    data: { generator: 'circle', samples: 40, validation: 0 },
  });

/** A session in which every look at the clock ends a slice, after 16 ms. */
function open(tick = 16) {
  let time = 0;
  const turns: (() => void)[] = [];
  const states: RunState[] = [];
  const session = createSession(
    { codecs, now: () => (time += tick), later: callback => void turns.push(callback) },
    (name, ...args) => void (name === 'runState' && states.push(args[0] as RunState)),
  );
  void session.load({ network: network(), files: {}, keepParameters: false });
  const idle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
  const finish = async (): Promise<void> => {
    for (await idle(); turns.length > 0; await idle()) turns.shift()?.();
  };
  /** Trains until so many epochs are completed. */
  const until = async (epoch: number): Promise<void> => {
    for (await idle(); (await at()).epoch < epoch; await idle()) turns.shift()?.();
  };
  const at = async () => (await session.tune(tuning())) as RunState;
  let now = tuningOf(network());
  const tuning = () => now;
  const change = (epochs: number, stop: Partial<StopRule> = {}) => {
    now = { ...now, epochs, stop: { ...now.stop, ...stop } };
    return session.tune(now);
  };
  return { session, states, finish, until, change, last: () => states.at(-1) };
}

async function paused(epoch = 8) {
  const world = open();
  world.session.train({});
  await world.until(epoch);
  expect(await world.session.pause()).toMatchObject({ phase: 'paused' });
  return world;
}

const over = { phase: 'finished', reason: 'epochs' };

describe('of a paused training', () => {
  it('more epochs are trained by Continue, with the bits of a training that had them from the start', async () => {
    const { session, change, finish, last } = await paused();
    expect(await change(30)).toMatchObject({ phase: 'paused' });
    session.train({});
    await finish();
    expect(last()).toMatchObject({ ...over, epoch: 30, step: 150 });
    const plain = open();
    await plain.change(30);
    plain.session.train({});
    await plain.finish();
    expect(await session.parameters()).toEqual(await plain.session.parameters());
  });

  it('fewer than are done end it, and more again take that back', async () => {
    const { session, change, finish, last } = await paused();
    expect(await change(5)).toMatchObject(over);
    expect(last()).toMatchObject(over);
    expect(await change(50)).toMatchObject({ phase: 'paused' });
    session.train({});
    await finish();
    expect(last()).toMatchObject({ ...over, epoch: 50 });
    // It has ended by itself: the next one is another training.
    expect(await change(60)).toMatchObject(over);
    session.train({});
    await finish();
    expect(last()).toMatchObject({ ...over, epoch: 110 });
  });

  it('fewer than are done end it: the next training has as many as the network', async () => {
    const { session, change, finish, last } = await paused();
    const { epoch } = (await change(5)) as RunState;
    session.train({});
    await finish();
    expect(last()).toMatchObject({ ...over, epoch: epoch + 5 });
  });

  it('steps by hand behind its last epoch end nothing, whatever is changed then', async () => {
    const { session, change } = await paused();
    await session.step('epoch');
    expect(await change(5)).toMatchObject({ phase: 'paused' });
  });
});

describe('of a training that goes on', () => {
  it('counts after a pause as before it', async () => {
    const { session, change, finish, last } = await paused();
    session.train({});
    await change(30);
    await finish();
    expect(last()).toMatchObject({ ...over, epoch: 30 });
  });

  it('fewer epochs than are done end it with the one under way, or with a pause', async () => {
    const first = open();
    first.session.train({});
    await first.until(8);
    const { epoch } = (await first.change(5)) as RunState;
    await first.finish();
    expect(first.last()).toMatchObject({ ...over, epoch: epoch + 1 });
    const second = open();
    second.session.train({});
    await second.until(8);
    await second.change(5);
    expect(await second.session.pause()).toMatchObject(over);
  });

  it('counts where its epochs are what was left of the network', async () => {
    const ends = [true, false].map(async areLeft => {
      const { session, change, finish, last } = open();
      session.train({ epochs: 12, areLeft });
      await change(30);
      await finish();
      return last();
    });
    expect(await ends[0]).toMatchObject({ ...over, epoch: 22 });
    expect(await ends[1]).toMatchObject({ ...over, epoch: 12 });
  });

  it('a time that is up, and a target that is reached, end it with the epoch under way', async () => {
    const rules = [
      ['maxSeconds', { maxSeconds: 0.01 }],
      ['targetLoss', { targetLoss: 100 }],
    ] as const;
    for (const [reason, stop] of rules) {
      const { session, change, finish, last } = await paused();
      const { epoch } = (await change(20, stop)) as RunState;
      session.train({});
      await finish();
      expect(last()).toMatchObject({ phase: 'finished', reason, epoch: epoch + 1 });
    }
  });
});
