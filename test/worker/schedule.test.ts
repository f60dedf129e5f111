/** A schedule in the worker: what is told of its rate, and that a run which goes on from a kept moment goes on in it. */
import { describe, expect, it } from 'vitest';
import { rateAt } from '../../src/engine/schedule';
import { parseNetwork } from '../../src/network/parse';
import type { Network } from '../../src/network/network';
import { codecs } from '../../src/worker/codecs';
import { createSession } from '../../src/worker/session';

function networkWith(training: object): Network {
  const text = JSON.stringify({
    version: 1,
    input: { shape: [2] },
    layers: [{ type: 'dense', units: 1, activation: 'sigmoid', learningRateScale: 0.5 }],
    loss: { type: 'binaryCrossEntropy' },
    training: { optimizer: { learningRate: 0.5 }, batchSize: 8, epochs: 9, ...training },
    data: { generator: 'circle', samples: 40 },
  });
  return parseNetwork(text).network as Network;
}

function open(network: Network) {
  let time = 0;
  const session = createSession(
    { codecs, now: () => (time += 0.1), later: callback => void setImmediate(callback) },
    () => {},
  );
  const load = (of: Network, keepParameters = false) =>
    session.load({ network: of, files: {}, keepParameters });
  void load(network);
  const nextRate = async (): Promise<number> => {
    const facts = await session.inspect({ type: 'bias', layer: 0, row: 0 }, { type: 'batch' });
    if (facts.type !== 'bias') throw new Error('a bias was asked for');
    return facts.update.learningRate / 0.5;
  };
  return { session, load, nextRate };
}

const falling = networkWith({ schedule: { type: 'exponential', factor: 0.5 } });
const rate = (epoch: number): number => rateAt(falling.training, epoch);

describe('the rate of the epoch under way', () => {
  it('is told of the run and in a card, where a schedule changes it', async () => {
    const { session, nextRate } = open(falling);
    for (let epoch = 0; epoch < 3; epoch++) {
      expect(await nextRate()).toBe(rate(epoch));
      const { learningRate } = await session.step('epoch');
      expect(learningRate).toBe(rate(epoch + 1));
    }
    const steady = open(networkWith({}));
    expect(await steady.session.step('epoch')).not.toHaveProperty('learningRate');
  });

  it('goes on from a kept moment, after another setting, and from a checkpoint', async () => {
    const { session, load, nextRate } = open(falling);
    for (let epoch = 0; epoch < 4; epoch++) await session.step('epoch');
    const { ids, epochs } = await session.snapshots();
    const kept = epochs.indexOf(2);
    expect(await session.restore(ids[kept])).toMatchObject({ epoch: 2, learningRate: rate(2) });
    expect(await nextRate()).toBe(rate(2));
    expect(await session.step('epoch')).toMatchObject({ epoch: 3, learningRate: rate(3) });
    const other = { ...falling, training: { ...falling.training, batchSize: 4 } };
    expect((await load(other, true)).state).toMatchObject({ epoch: 3, learningRate: rate(3) });
    expect(await session.step('epoch')).toMatchObject({ epoch: 4, learningRate: rate(4) });
    const file = await session.checkpoint();
    const again = open(other);
    expect(await again.session.resume(file)).toMatchObject({ epoch: 4, learningRate: rate(4) });
    expect(await again.nextRate()).toBe(rate(4));
    expect(await session.reset()).toMatchObject({ epoch: 0, learningRate: rate(0) });
  });
});
