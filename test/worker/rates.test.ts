/** Other settings while the worker trains, and what is seen of them. */
import { describe, expect, it } from 'vitest';
import { loadDataset } from '../../src/data/load';
import type { LayerFacts, ParameterFacts, Scope, Target } from '../../src/engine/facts';
import type { MetricsChunk } from '../../src/engine/history';
import { createTrainer } from '../../src/engine/createTrainer';
import type { Trainer } from '../../src/engine/trainer';
import type { Network } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { withRates, type LearningRates } from '../../src/network/rates';
import { inferShapes } from '../../src/network/shapes';
import { tuningOf, withTuning, type Tuning } from '../../src/network/tuning';
import type { RunState } from '../../src/protocol';
import { codecs } from '../../src/worker/codecs';
import { createSession } from '../../src/worker/session';

const SECOND: LearningRates = { rate: 0.004, scales: [3, 1] };

/** What the host tells of a network whose rates are others. */
const withThese = (network: Network, rates: LearningRates): Tuning =>
  tuningOf(withRates(network, rates));

function networkWith(optimizer: object): Network {
  const text = JSON.stringify({
    version: 1,
    seed: 3,
    input: { shape: [2] },
    layers: [
      { type: 'dense', units: 3, activation: 'tanh' },
      { type: 'dense', units: 1, activation: 'sigmoid', learningRateScale: 0.5 },
    ],
    loss: { type: 'binaryCrossEntropy' },
    training: { optimizer: { learningRate: 0.05, ...optimizer }, batchSize: 8, epochs: 20 },
    data: { generator: 'circle', samples: 40, validation: 0 },
  });
  return parseNetwork(text).network as Network;
}

const OPTIMIZERS = [{ type: 'sgd', momentum: 0.9 }, { type: 'adam' }] as const;

/** `tick`: milliseconds from one look at the clock to the next; a slice has 16. */
function setup(network: Network, tick = 0.1) {
  let time = 0;
  const turns: (() => void)[] = [];
  const states: RunState[] = [];
  const chunks: MetricsChunk[] = [];
  const session = createSession(
    { codecs, now: () => (time += tick), later: callback => void turns.push(callback) },
    (name, ...args) => {
      const [value] = args as readonly unknown[];
      if (name === 'metrics') chunks.push(value as MetricsChunk);
      if (name === 'runState') states.push(value as RunState);
    },
  );
  void session.load({ network, files: {}, keepParameters: false });
  /** Lets one slice go and everything that follows it at once. */
  const turn = async (): Promise<void> => {
    turns.shift()?.();
    await new Promise(resolve => setImmediate(resolve));
  };
  return { session, states, chunks, turn };
}

/** The engine alone, without a worker. */
function trainerOf(network: Network): Trainer {
  const { dataset } = loadDataset(network, inferShapes(network), {});
  if (!dataset) throw new Error('The network has no data.');
  return createTrainer(network, dataset);
}

function runSteps(trainer: Trainer, steps: number): void {
  while (trainer.step < steps) trainer.run({ steps: steps - trainer.step });
}

const bytes = (values: Float64Array): string => Buffer.from(values.buffer).toString('hex');

describe('other learning rates', () => {
  it.each(OPTIMIZERS)('while training goes on: $type', async optimizer => {
    const network = networkWith(optimizer);
    // Every look at the clock ends a slice.
    const { session, states, chunks, turn } = setup(network, 16);
    await session.train({});
    for (let slice = 0; slice < 8; slice++) await turn();
    const kept = await session.snapshots();
    const told = states.length;
    const at = await session.tune(withThese(network, SECOND));
    expect(at.phase).toBe('running');
    expect(at.epoch).toBeGreaterThan(1);
    expect(at.epoch).toBeLessThan(10);
    expect(states.slice(told)).toEqual([at]);
    while (states.at(-1)?.phase === 'running') await turn();
    expect(states.at(-1)).toMatchObject({ phase: 'finished', epoch: 20, step: 100 });
    // One history, one list of kept moments, each number once.
    expect(chunks.map(({ restart }) => restart)).toEqual(chunks.map((_, i) => i === 0));
    expect(chunks.reduce((sum, { count }) => sum + count, 0)).toBe(21);
    const all = [...(await session.snapshots()).ids];
    expect(all.slice(0, kept.ids.length)).toEqual([...kept.ids]);

    const trainer = trainerOf(network);
    runSteps(trainer, at.step);
    trainer.setRates(SECOND);
    runSteps(trainer, 100);
    expect(bytes(await session.parameters())).toBe(bytes(trainer.readParameters()));
  });

  it.each(OPTIMIZERS)('in a pause: $type', async optimizer => {
    const network = networkWith(optimizer);
    const { session, chunks } = setup(network);
    for (let epoch = 0; epoch < 3; epoch++) await session.step('epoch');
    expect(await session.tune(withThese(network, SECOND))).toMatchObject({
      phase: 'paused',
      epoch: 3,
      step: 15,
    });
    for (let epoch = 0; epoch < 3; epoch++) await session.step('epoch');
    expect(chunks.map(({ restart }) => restart)).toEqual(chunks.map((_, i) => i === 0));
    const trainer = trainerOf(network);
    runSteps(trainer, 15);
    trainer.setRates(SECOND);
    runSteps(trainer, 30);
    expect(bytes(await session.parameters())).toBe(bytes(trainer.readParameters()));
  });

  it('are refused where there is not one scale a layer, and training goes on', async () => {
    const { session, states, turn } = setup(networkWith({ type: 'adam' }));
    await session.train({});
    expect(() => session.tune({ ...tuningOf(networkWith({ type: 'adam' })), scales: [1] })).toThrow(
      'expected 2 scales',
    );
    while (states.at(-1)?.phase === 'running') await turn();
    expect(states.at(-1)).toMatchObject({ phase: 'finished', epoch: 20 });
  });
});

describe('other settings while training goes on', () => {
  const changes: Record<string, (tuning: Tuning) => Partial<Tuning>> = {
    momentum: ({ optimizer }) => ({ optimizer: { ...optimizer, momentum: 0.5 } }),
    'no momentum': ({ optimizer }) => ({ optimizer: { ...optimizer, momentum: 0 } }),
    'another optimizer': ({ optimizer }) => ({ optimizer: { ...optimizer, type: 'adam' } }),
    'batch size': () => ({ batchSize: 12 }),
    'the whole batch': () => ({ batchSize: 'all' }),
    penalty: ({ regularization }) => ({ regularization: { ...regularization, l1: 0.01, l2: 0.1 } }),
    clipping: () => ({ clip: { norm: 0.1, value: null } }),
  };

  it.each(Object.keys(changes))('%s: the same bytes as of the engine alone', async name => {
    const network = networkWith({ type: 'sgd', momentum: 0.9 });
    const { session, states, chunks, turn } = setup(network, 16);
    await session.train({});
    for (let slice = 0; slice < 8; slice++) await turn();
    const tuning = { ...tuningOf(network), ...changes[name](tuningOf(network)) };
    const at = await session.tune(tuning);
    expect(at).toMatchObject({ phase: 'running' });
    expect(at.epoch).toBeGreaterThan(1);
    while (states.at(-1)?.phase === 'running') await turn();
    expect(states.at(-1)).toMatchObject({ phase: 'finished', epoch: 20 });
    expect(chunks.map(({ restart }) => restart)).toEqual(chunks.map((_, i) => i === 0));
    expect(chunks.reduce((sum, { count }) => sum + count, 0)).toBe(21);

    const trainer = trainerOf(network);
    runSteps(trainer, at.step);
    trainer.tune(tuning);
    while (trainer.epoch < 20) trainer.run({ steps: Infinity });
    expect(bytes(await session.parameters())).toBe(bytes(trainer.readParameters()));
    const untouched = trainerOf(network);
    while (untouched.epoch < 20) untouched.run({ steps: Infinity });
    expect(bytes(untouched.readParameters())).not.toBe(bytes(trainer.readParameters()));
  });

  it('the end of the training, sooner or later', async () => {
    const network = networkWith({ type: 'adam' });
    const { session, states, turn } = setup(network, 16);
    await session.train({});
    for (let slice = 0; slice < 8; slice++) await turn();
    await session.tune({ ...tuningOf(network), epochs: 30 });
    while (states.at(-1)?.phase === 'running') await turn();
    expect(states.at(-1)).toMatchObject({ phase: 'finished', reason: 'epochs', epoch: 30 });
  });

  it('but not where that was asked for by number', async () => {
    const network = networkWith({ type: 'adam' });
    const { session, states, turn } = setup(network, 16);
    await session.train({ epochs: 10 });
    await turn();
    await session.tune({ ...tuningOf(network), epochs: 30 });
    while (states.at(-1)?.phase === 'running') await turn();
    expect(states.at(-1)).toMatchObject({ phase: 'finished', reason: 'epochs', epoch: 10 });
  });

  it('a target that has been reached already ends it with the next epoch', async () => {
    const network = networkWith({ type: 'adam' });
    const { session, states, turn } = setup(network, 16);
    await session.train({});
    for (let slice = 0; slice < 8; slice++) await turn();
    const stop = { ...network.training.stop, targetLoss: 100 };
    const { epoch } = await session.tune({ ...tuningOf(network), stop });
    while (states.at(-1)?.phase === 'running') await turn();
    expect(states.at(-1)).toMatchObject({ phase: 'finished', reason: 'targetLoss' });
    expect(states.at(-1)?.epoch).toBeLessThanOrEqual(epoch + 1);
  });
});

it('a penalty that is another one is seen in the loss and the gradients at once', async () => {
  const network = networkWith({ type: 'sgd' });
  const { session } = setup(network);
  await session.step('epoch');
  const target: Target = { type: 'weight', layer: 1, row: 0, column: 2 };
  const scope: Scope = { type: 'batch' };
  const before = (await session.inspect(target, scope)) as ParameterFacts;
  const regularization = { ...network.regularization, l2: 0.4 };
  const tuning = { ...tuningOf(network), regularization };
  await session.tune(tuning);
  const after = (await session.inspect(target, scope)) as ParameterFacts;
  expect(after.value).toBe(before.value);
  expect(after.gradient).not.toBe(before.gradient);
  // The same as of a run that began with it.
  const fresh = setup(withTuning(network, tuning));
  await fresh.session.tune(tuningOf(network));
  await fresh.session.step('epoch');
  await fresh.session.tune(tuning);
  expect(await fresh.session.inspect(target, scope)).toEqual(after);
});

describe('what is seen of other learning rates, before any step', () => {
  const WEIGHT: Target = { type: 'weight', layer: 1, row: 0, column: 2 };
  const SCOPES: readonly Scope[] = [{ type: 'sample', index: 4 }, { type: 'batch' }];

  it.each(SCOPES)('the next update is by them, all else is as it was: $type', async scope => {
    const network = networkWith({ type: 'adam' });
    const { session } = setup(network);
    await session.step('epoch');
    const facts = async () => ({
      weight: (await session.inspect(WEIGHT, scope)) as ParameterFacts,
      layer: (await session.inspect({ type: 'layer', layer: 1 }, scope)) as LayerFacts,
      view: await session.view({ scope, updates: true }),
    });
    const before = await facts();
    await session.tune(withThese(network, SECOND));
    const after = await facts();
    expect(before.weight.update.learningRate).toBe(0.025);
    expect(after.weight.update.learningRate).toBe(0.004);
    expect(after.weight.optimizer.learningRate).toBe(0.004);
    expect(after.layer.learningRate).toBe(0.004);
    expect(after.weight.gradient).toBe(before.weight.gradient);
    expect(after.weight.value).toBe(before.weight.value);
    const ratio = after.weight.update.change / before.weight.update.change;
    expect(ratio).toBeCloseTo(0.004 / 0.025, 9);
    const norms = [before, after].map(({ layer }) => layer.weightUpdates?.norm ?? NaN);
    expect(norms[1] / norms[0]).toBeCloseTo(0.004 / 0.025, 9);
    expect(after.view).not.toEqual(before.view);

    // The same as of a run that was begun with them and never changed.
    const fresh = setup(withRates(network, SECOND));
    await fresh.session.tune(withThese(network, { rate: 0.05, scales: [1, 0.5] }));
    await fresh.session.step('epoch');
    await fresh.session.tune(withThese(network, SECOND));
    expect(await fresh.session.inspect(WEIGHT, scope)).toEqual(after.weight);
    expect(await fresh.session.view({ scope, updates: true })).toEqual(after.view);
  });
});
