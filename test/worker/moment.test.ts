/** A training that goes on in another worker, from a moment of the first. */
import { expect, it } from 'vitest';
import { METRIC_COLUMNS, History } from '../../src/engine/history';
import { unpack } from '../../src/export/packed';
import type { Network } from '../../src/network/network';
import type { TrainingMoment, WorkerEvents } from '../../src/protocol';
import { codecs } from '../../src/worker/codecs';
import { createSession } from '../../src/worker/session';
import { networkOf } from './support';

const network = (more: object = {}, samples = 20) =>
  networkOf({
    version: 1,
    seed: 3,
    input: { shape: [2] },
    layers: [
      { type: 'dense', units: 3, activation: 'tanh' },
      { type: 'dense', units: 1, activation: 'sigmoid' },
    ],
    training: { batchSize: 3, epochs: 20, shuffle: true, optimizer: 'adam', ...more },
    data: { generator: 'circle', samples, validation: 0.2 },
  });

/** A worker whose turns are taken by hand, and what it has told; every look at the clock ends a slice. */
async function open(net: Network, history = new History()) {
  let time = 0;
  const turns: (() => void)[] = [];
  const told: Partial<WorkerEvents> = { metrics: chunk => history.append(chunk) };
  const session = createSession(
    { codecs, now: () => (time += 20), later: callback => void turns.push(callback) },
    (name, ...args) => (told[name] as ((...args: unknown[]) => void) | undefined)?.(...args),
  );
  await session.load({ network: net, files: {}, keepParameters: false });
  const settle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
  const slices = async (most = Infinity): Promise<void> => {
    await settle();
    for (let i = 0; i < most && turns.length > 0; i++, await settle()) turns.shift()?.();
  };
  return { session, slices, history };
}

const column = (history: History, name: (typeof METRIC_COLUMNS)[number]) => [
  ...history.column(name),
];

type Worker = Awaited<ReturnType<typeof open>>;

/** Everything that a run has become and told, but the time that it took. */
async function outcome({ session, history }: Worker) {
  const { phase, epoch, step, loss } = await session.pause();
  const names = METRIC_COLUMNS.filter(name => name !== 'seconds');
  const rows = names.map(name => column(history, name));
  return { phase, epoch, step, loss, rows, parameters: await session.parameters() };
}

/** As the host does it: what was told before the moment stays, the worker is another. */
async function continued(first: Worker, net: Network): Promise<Worker> {
  const moment = await first.session.moment();
  const before = first.history.toChunk();
  const second = await open(net);
  const history = second.history;
  history.append(before);
  await second.session.goOnFrom(moment);
  return second;
}

it.each([0, 1, 7, 16])(
  'ends as if nothing had come between, after %i slices: weights, curves, counters',
  async slices => {
    const plain = await open(network());
    plain.session.train({});
    await plain.slices();
    const expected = await outcome(plain);
    expect(expected).toMatchObject({ phase: 'finished', epoch: 20 });

    const first = await open(network());
    first.session.train({});
    await first.slices(slices);
    const second = await continued(first, network());
    expect(second.session.train({})).toMatchObject({ phase: 'running' });
    await second.slices();
    expect(await outcome(second)).toEqual(expected);
    expect(column(second.history, 'seconds')).toEqual(
      column(second.history, 'seconds').sort((a, b) => a - b),
    );
  },
);

it('counts on where the run before counted on from another', async () => {
  const run = async (stops: boolean) => {
    const first = await open(network());
    await first.session.step('batch');
    first.session.train({ epochs: 5 });
    await first.slices();
    await first.session.step('batch');
    const other = network({ batchSize: 4 });
    await first.session.load({ network: other, files: {}, keepParameters: true });
    first.session.train({ epochs: 9 });
    await first.slices(6);
    if (!stops) {
      await first.slices();
      return outcome(first);
    }
    const second = await continued(first, other);
    second.session.train({});
    await second.slices();
    return outcome(second);
  };
  const expected = await run(false);
  expect(expected.epoch).toBe(6 + 9);
  expect(await run(true)).toEqual(expected);
});

it('remembers how long the loss has not become less', async () => {
  const stop = { patience: 3 };
  const net = network({ epochs: 1000, stop, optimizer: { type: 'adam', learningRate: 0.5 } });
  const plain = await open(net);
  plain.session.train({});
  await plain.slices();
  const expected = await outcome(plain);
  expect(expected.epoch).toBeLessThan(1000);
  const first = await open(net);
  first.session.train({});
  while ((await first.session.pause()).epoch < expected.epoch - 1) {
    first.session.train({});
    await first.slices(2);
  }
  const second = await continued(first, net);
  second.session.train({});
  await second.slices();
  expect(await outcome(second)).toEqual(expected);
});

it('says where it is, and when the training is over', async () => {
  const { session, slices } = await open(network());
  session.train({ epochs: 12 });
  await slices(30);
  const moment = unpack(await session.moment()) as TrainingMoment;
  const { epoch, step, seconds } = await session.pause();
  expect(moment).toMatchObject({ position: { epoch, step }, epochs: 12 });
  expect(moment.trained).toBeCloseTo(epoch + (step % 6) / 6, 9);
  expect(moment.seconds).toBeLessThanOrEqual(seconds);
});

it('is refused for another network or other data; nothing changes', async () => {
  const first = await open(network());
  first.session.train({});
  await first.slices(9);
  const moment = await first.session.moment();
  const other = await open(network({ batchSize: 4 }));
  await expect(other.session.goOnFrom(moment)).rejects.toThrow('batchSize is 3 in it and 4 here');
  expect((await other.session.pause()).step).toBe(0);
  const elsewhere = await open(network({}, 21));
  await expect(elsewhere.session.goOnFrom(moment)).rejects.toThrow('of other data');
});
