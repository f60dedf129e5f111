/** A pause, a step or another training between the last step of an epoch and its evaluation: that epoch is done. */
import { describe, expect, it } from 'vitest';
import { History, METRIC_COLUMNS } from '../../src/engine/history';
import { unpack } from '../../src/export/packed';
import type { Network } from '../../src/network/network';
import type { RunState, TrainingMoment } from '../../src/protocol';
import { codecs } from '../../src/worker/codecs';
import { createSession } from '../../src/worker/session';
import { circle, networkOf } from './support';

/** Three steps an epoch, the last by fewer samples, and an evaluation of many slices behind them. */
const networkWith = (training: object = {}) =>
  circle({ batchSize: 1600, epochs: 6, ...training }, 0.2);

/** A session in which each second look at the clock ends a slice, and what it has told. */
async function open(network = networkWith()) {
  let time = 0;
  const turns: (() => void)[] = [];
  const states: RunState[] = [];
  const history = new History();
  const session = createSession(
    { codecs, now: () => (time += 8), later: callback => void turns.push(callback) },
    (name, ...args) => {
      const [told] = args as readonly unknown[];
      if (name === 'runState') states.push(told as RunState);
      if (name === 'metrics') history.append(told as never);
    },
  );
  const idle = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
  const turn = async (): Promise<void> => {
    turns.shift()?.();
    await idle();
  };
  const finish = async (): Promise<void> => {
    for (await idle(); turns.length > 0;) await turn();
  };
  const loaded = Promise.resolve(session.load({ network, files: {}, keepParameters: false }));
  await finish();
  await loaded;
  return { session, states, history, turn, finish };
}

type World = Awaited<ReturnType<typeof open>>;

/** Trains until an epoch's steps are all made, and its evaluation is not. */
async function toEndOfSteps(world: World, epoch: number): Promise<void> {
  const { session, turn } = world;
  for (let turns = 0; turns < 10_000; turns++) {
    await turn();
    const { position } = unpack((await session.moment()).slice()) as TrainingMoment;
    if (position.epoch === epoch && position.step === 3 * (epoch + 1)) return;
    if (position.epoch > epoch) break;
  }
  throw new Error('The evaluation fitted into the slice of the last step.');
}

/** Pauses there; `settled` when the loss of the pause is known, else as long as it is not. */
async function pausedAtEnd(world: World, epoch: number, settled: boolean): Promise<void> {
  await toEndOfSteps(world, epoch);
  const pause = Promise.resolve(world.session.pause());
  expect(world.states.at(-1)).toMatchObject({ phase: 'paused', settling: true });
  if (!settled) return;
  await world.finish();
  await pause;
}

async function outcome({ session, history, states }: World) {
  const { phase, epoch, step, loss } = states.at(-1)!;
  const names = METRIC_COLUMNS.filter(name => name !== 'seconds');
  const rows = names.map(name => [...history.column(name)]);
  return { phase, epoch, step, loss, rows, parameters: await session.parameters() };
}

async function undisturbed(network = networkWith()) {
  const world = await open(network);
  world.session.train({});
  await world.finish();
  return outcome(world);
}

describe.each([
  ['when its loss is known', true],
  ['before its loss is known', false],
])('a pause behind the last step of an epoch, %s', (_, settled) => {
  it('counts that epoch, and one more epoch is one more', async () => {
    const world = await open();
    world.session.train({});
    await pausedAtEnd(world, 1, settled);
    if (settled) expect(world.states.at(-1)).toMatchObject({ phase: 'paused', epoch: 2, step: 6 });
    world.session.train({ epochs: 1 });
    await world.finish();
    expect(world.states.at(-1)).toMatchObject({ phase: 'finished', epoch: 3, step: 9 });
    world.session.train({ epochs: 3 });
    await world.finish();
    expect(await outcome(world)).toEqual(await undisturbed());
  });

  it.each(['epoch', 'batch', 'sample'] as const)('makes a step of one %s a step', async unit => {
    const world = await open();
    world.session.train({});
    await pausedAtEnd(world, 1, settled);
    const step = Promise.resolve(world.session.step(unit));
    await world.finish();
    const epoch = unit === 'epoch' ? 3 : 2;
    expect(await step).toMatchObject({ phase: 'paused', epoch, step: unit === 'epoch' ? 9 : 7 });
    const [epochs, steps] = [world.history.column('epoch'), world.history.column('step')];
    expect([...steps].slice(0, 4), 'the row of the epoch before').toEqual([
      0,
      3,
      6,
      unit === 'epoch' ? 9 : 7,
    ]);
    expect([...epochs].slice(0, 3)).toEqual([0, 1, 2]);
  });

  it('goes on as if there had been none', async () => {
    const world = await open();
    world.session.train({});
    await pausedAtEnd(world, 1, settled);
    world.session.train({});
    await world.finish();
    expect(await outcome(world)).toEqual(await undisturbed());
  });

  it('reaches a target once, and one more epoch is trained all the same', async () => {
    const network = networkWith({ stop: { targetLoss: 100 } });
    const world = await open(network);
    world.session.train({});
    await pausedAtEnd(world, 0, settled);
    if (settled)
      expect(world.states.at(-1)).toMatchObject({ phase: 'finished', reason: 'targetLoss' });
    world.session.train({ epochs: 1 });
    await world.finish();
    expect(world.states.at(-1)).toMatchObject({ phase: 'finished', epoch: 2, step: 6 });
  });
});

it('a pause behind the very last step is the end of the training', async () => {
  const world = await open();
  world.session.train({});
  await pausedAtEnd(world, 5, true);
  expect(world.states.at(-1)).toMatchObject({ phase: 'finished', reason: 'epochs' });
  expect(await outcome(world)).toEqual(await undisturbed());
});

it('a step of an epoch that is paused behind its last update ends no training', async () => {
  const world = await open(networkWith({ epochs: 1 }));
  world.session.train({});
  await world.finish();
  void world.session.step('epoch');
  await pausedAtEnd(world, 1, true);
  expect(world.states.at(-1)).toMatchObject({ phase: 'paused', epoch: 2, step: 6 });
});

describe('the sizes of the layers’ gradients, which are measured where there is time for it', () => {
  /** An epoch takes about as long as to measure it. */
  const short = (): Network =>
    networkOf({
      version: 1,
      input: { shape: [2] },
      layers: [{ type: 'dense', units: 1, activation: 'sigmoid' }],
      loss: { type: 'meanSquaredError' },
      training: { epochs: 199 },
      data: { generator: 'xor', samples: 4 },
    });

  const measured = ({ history }: World): number[] => {
    const [gradients, epochs] = [history.column('gradient/0'), history.column('epoch')];
    return [...epochs].filter((_, row) => Number.isFinite(gradients[row]));
  };

  it('stand in the last row of a training, so that no curve ends before it', async () => {
    const world = await open(short());
    world.session.train({});
    await world.finish();
    const epochs = measured(world);
    expect(epochs.at(-1)).toBe(199);
    expect(epochs.length, 'not every row').toBeLessThan(150);
    expect(world.history.count, 'no row twice').toBe(200);
  });

  it('stand in the row of a pause at the end of an epoch whose row was told before', async () => {
    const world = await open(short());
    world.session.train({});
    while (world.history.at('epoch', -1) < 120) await world.turn();
    const before = measured(world).at(-1);
    await world.session.pause();
    await world.finish();
    const { epoch } = world.states.at(-1)!;
    expect(epoch).toBeGreaterThan(before ?? 0);
    expect(measured(world).at(-1)).toBe(epoch);
    expect([...world.history.column('epoch')]).toEqual(
      Array.from({ length: epoch + 1 }, (_, i) => i),
    );
  });
});
