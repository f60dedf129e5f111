import { describe, expect, it } from 'vitest';
import { METRIC_COLUMNS, type MetricColumn } from '../../src/engine/history';
import type { Data, Network, Training } from '../../src/network/network';
import type { WorkerEvents } from '../../src/protocol';
import { codecs } from '../../src/worker/codecs';
import { createSession } from '../../src/worker/session';
import { STEADY } from '../engine/networks';

/** XOR on 2-3-1, as a parsed document would have it. */
function xorNetwork(training: Partial<Training> = {}, data?: Data): Network {
  const init = { type: 'xavierUniform', value: 0, scale: 1 } as const;
  const dense = { type: 'dense', useBias: true, init, learningRateScale: 1 } as const;
  return {
    version: 1,
    name: 'xor',
    seed: 7,
    input: { shape: [2] },
    layers: [
      { ...dense, units: 3, activation: 'tanh' },
      { ...dense, units: 1, activation: 'sigmoid' },
    ],
    loss: { type: 'binaryCrossEntropy', half: false, reduction: 'mean' },
    regularization: { l2: 0, l1: 0, scale: 'lambda/2m', bias: false },
    training: {
      precision: 'float64',
      optimizer: {
        type: 'sgd',
        learningRate: 0.5,
        momentum: 0,
        nesterov: false,
        decay: 0.9,
        beta1: 0.9,
        beta2: 0.999,
        epsilon: 1e-8,
        weightDecay: 0,
      },
      ...STEADY,
      batchSize: 1,
      epochs: 50,
      shuffle: true,
      stop: { targetLoss: null, patience: null, maxSeconds: null },
      ...training,
    },
    data: data ?? {
      source: { type: 'generator', name: 'xor', samples: 4, noise: 0 },
      validation: 0,
      normalize: 'none',
    },
  };
}

type Told = { [K in keyof WorkerEvents]: Parameters<WorkerEvents[K]>[0][] };

/** A session in a world whose clock moves by `tick` at each look and whose turns are taken by hand or at once. */
function world(tick = 0.01, byHand = false) {
  let time = 0;
  const turns: (() => void)[] = [];
  const told: Told = { runState: [], metrics: [], gradcheckProgress: [], loadProgress: [] };
  const session = createSession(
    {
      codecs,
      now: () => (time += tick),
      later: callback => (byHand ? void turns.push(callback) : void setImmediate(callback)),
    },
    (name, ...args) => (told[name] as unknown[]).push(args[0]),
  );
  /** Lets one waiting turn go and everything that follows it at once. */
  const turn = async (): Promise<void> => {
    turns.shift()?.();
    await new Promise(resolve => setImmediate(resolve));
  };
  const ended = async (): Promise<(typeof told.runState)[number]> => {
    for (let i = 0; i < 10_000; i++) {
      const last = told.runState.at(-1);
      if (last && last.phase !== 'running' && last.phase !== 'idle') return last;
      await (byHand ? turn() : new Promise(resolve => setImmediate(resolve)));
    }
    throw new Error('The run did not end.');
  };
  return { session, told, turns, turn, ended };
}

function column(told: Told, name: MetricColumn): number[] {
  const all: readonly MetricColumn[] = [...METRIC_COLUMNS, ...(told.metrics[0].columns ?? [])];
  const c = all.indexOf(name);
  return told.metrics.flatMap(({ count, values }) => [
    ...values.subarray(c * count, (c + 1) * count),
  ]);
}

const bytes = (values: Float64Array): string => Buffer.from(values.buffer).toString('hex');

async function parametersAfter(training: Partial<Training>, tick: number): Promise<string> {
  const { session, ended } = world(tick);
  await session.load({ network: xorNetwork(training), files: {}, keepParameters: false });
  await session.train({});
  await ended();
  return bytes(await session.parameters());
}

describe('training', () => {
  it('records the start and every epoch, and finishes after the epochs of the network', async () => {
    const { session, told, ended } = world();
    const { state } = await session.load({
      network: xorNetwork(),
      files: {},
      keepParameters: false,
    });
    expect(state).toMatchObject({ phase: 'idle', epoch: 0, step: 0 });
    expect(state.loss).toBeGreaterThan(0.5);
    await session.train({});
    expect(await ended()).toMatchObject({
      phase: 'finished',
      reason: 'epochs',
      epoch: 50,
      step: 200,
    });
    expect(new Set(column(told, 'epoch'))).toEqual(
      new Set(Array.from({ length: 51 }, (_, i) => i)),
    );
    expect(told.metrics.map(chunk => chunk.restart)).toEqual(told.metrics.map((_, i) => i === 0));
    expect(column(told, 'loss').at(-1)).toBe(told.runState.at(-1)?.loss);
  });

  it('records rate, gradients and updates of each layer, of the step that comes next', async () => {
    const { session, told, ended } = world();
    const schedule = { ...STEADY.schedule, type: 'exponential', factor: 0.9 } as const;
    const network = xorNetwork({ schedule, batchSize: 'all' });
    await session.load({ network, files: {}, keepParameters: false });
    await session.train({});
    await ended();
    expect(told.metrics[0].columns).toEqual(['gradient/0', 'gradient/1', 'ratio/0', 'ratio/1']);
    const rates = column(told, 'learningRate');
    rates.forEach((rate, epoch) => expect(rate).toBeCloseTo(0.5 * 0.9 ** epoch, 12));
    // The norm that a step tells is that of the row before it.
    const norms = column(told, 'gradientNorm');
    const [first, second] = [column(told, 'gradient/0'), column(told, 'gradient/1')];
    for (let row = 0; row < 50; row++)
      expect(Math.hypot(first[row], second[row])).toBeCloseTo(norms[row + 1], 12);
    // Plain descent: Δθ = −η ∂C/∂θ.
    const ratios = column(told, 'ratio/1');
    expect(ratios.every(ratio => ratio > 0 && ratio < 1)).toBe(true);
    expect(new Set(ratios).size).toBe(51);
  });

  it('passes epochs over whose loss nobody sees, and records the same as with all of them', async () => {
    const records: unknown[] = [];
    // Patience watches every epoch.
    for (const patience of [null, 1e9]) {
      const { session, told, ended } = world(0);
      const stop = { targetLoss: null, patience, maxSeconds: null };
      const network = xorNetwork({ epochs: 3000, stop });
      await session.load({ network, files: {}, keepParameters: false });
      await session.train({});
      const end = await ended();
      records.push([told.metrics, end, session.snapshots(), bytes(await session.parameters())]);
      const epochs = column(told, 'epoch');
      expect(epochs.length).toBeLessThan(1000);
      expect(epochs.at(-1)).toBe(3000);
    }
    expect(records[0]).toEqual(records[1]);
  });

  it('tells every epoch of the start of a run, and of fast epochs behind it some in each frame', async () => {
    const { session, told, ended } = world(0.01);
    const network = xorNetwork({ epochs: 20_000 });
    await session.load({ network, files: {}, keepParameters: false });
    await session.train({});
    await ended();
    const counts = told.metrics.map(({ count }) => count);
    const steady = counts.slice(counts.findIndex(count => count > 100) + 3);
    expect(steady.length).toBeGreaterThan(3);
    expect(Math.max(...counts)).toBeLessThanOrEqual(1000);
    expect(Math.max(...steady)).toBeLessThanOrEqual(65);
    const epochs = column(told, 'epoch');
    expect(epochs.slice(0, 2)).toEqual([0, 1]);
    expect(epochs.at(-1)).toBe(20_000);
    expect(epochs.every((epoch, i) => i === 0 || epoch > epochs[i - 1])).toBe(true);
  });

  it('gives the same bytes however the slices fall, also across pause and resume', async () => {
    const whole = await parametersAfter({}, 0.0001);
    expect(await parametersAfter({}, 7), 'a turn after every second batch').toBe(whole);
    const { session, turn, ended } = world(7, true);
    await session.load({ network: xorNetwork(), files: {}, keepParameters: false });
    await session.train({});
    await turn();
    const paused = await session.pause();
    expect(paused.phase).toBe('paused');
    expect(paused.epoch).toBeLessThan(50);
    await turn();
    expect((await session.pause()).step, 'no slice runs after the pause').toBe(paused.step);
    await session.train({});
    expect(await ended()).toMatchObject({ phase: 'finished', epoch: 50 });
    expect(bytes(await session.parameters())).toBe(whole);
  });

  it('answers requests between the slices of a running training', async () => {
    const { session, turns, turn } = world(7, true);
    await session.load({ network: xorNetwork(), files: {}, keepParameters: false });
    await session.train({});
    expect(turns, 'the first slice gave the thread back').toHaveLength(1);
    const facts = await session.inspect(
      { type: 'weight', layer: 0, row: 0, column: 1 },
      { type: 'sample', index: 2 },
    );
    expect(facts).toMatchObject({ type: 'weight', sizes: [2, 3, 1] });
    await turn();
    expect(turns, 'and training went on').toHaveLength(1);
  });

  it('steps one epoch, one batch and one sample', async () => {
    const { session } = world();
    await session.load({ network: xorNetwork({ batchSize: 2 }), files: {}, keepParameters: false });
    expect(await session.step('epoch')).toMatchObject({ phase: 'paused', epoch: 1, step: 2 });
    const batch = await session.step('batch');
    expect(batch).toMatchObject({ phase: 'paused', epoch: 1, step: 3 });
    expect(await session.step('sample')).toMatchObject({ epoch: 1, step: 4 });
  });

  it('goes back to the same start, and from there the same way again', async () => {
    const { session, told, ended } = world();
    await session.load({ network: xorNetwork(), files: {}, keepParameters: false });
    const start = bytes(await session.parameters());
    await session.train({});
    await ended();
    const trained = bytes(await session.parameters());
    expect(await session.reset()).toMatchObject({ phase: 'idle', epoch: 0, step: 0, seconds: 0 });
    expect(told.metrics.at(-1)).toMatchObject({ count: 1, restart: true });
    expect(bytes(await session.parameters())).toBe(start);
    await session.train({});
    await ended();
    expect(bytes(await session.parameters())).toBe(trained);
  });

  it('keeps parameters on a reload that asks for it, where the shapes allow', async () => {
    const { session } = world();
    await session.load({ network: xorNetwork(), files: {}, keepParameters: false });
    await session.step('epoch');
    const trained = bytes(await session.parameters());
    await session.load({ network: xorNetwork({ epochs: 9 }), files: {}, keepParameters: true });
    expect(bytes(await session.parameters())).toBe(trained);
    const wider = xorNetwork();
    const layers = [{ ...wider.layers[0], units: 4 }, wider.layers[1]];
    await session.load({ network: { ...wider, layers }, files: {}, keepParameters: true });
    expect(await session.parameters()).toHaveLength(4 * 3 + 5);
  });
});

describe('the end of a run', () => {
  it('comes with the target loss, with lost patience and with the time', async () => {
    const reasons: unknown[] = [];
    const stops = [
      { targetLoss: 10, patience: null, maxSeconds: null },
      { targetLoss: null, patience: 3, maxSeconds: null },
      { targetLoss: null, patience: null, maxSeconds: 0.5 },
    ];
    for (const stop of stops) {
      const { session, ended } = world(3);
      const optimizer = { ...xorNetwork().training.optimizer, learningRate: 1e-300 };
      await session.load({
        network: xorNetwork({ stop, optimizer, epochs: 1000 }),
        files: {},
        keepParameters: false,
      });
      await session.train({});
      const state = await ended();
      reasons.push(state.phase === 'finished' && state.reason);
    }
    expect(reasons).toEqual(['targetLoss', 'patience', 'maxSeconds']);
  });

  it('is told with its place when numbers overflow, and the last finite parameters stay', async () => {
    const { session, ended } = world();
    const network = xorNetwork({
      optimizer: { ...xorNetwork().training.optimizer, learningRate: 1e200 },
    });
    const layers = network.layers.map(layer => ({ ...layer, activation: 'linear' as const }));
    const loss = { type: 'meanSquaredError', half: true, reduction: 'sum' } as const;
    await session.load({ network: { ...network, layers, loss }, files: {}, keepParameters: false });
    await session.train({});
    const state = await ended();
    expect(state).toMatchObject({ phase: 'diverged', where: { learningRate: 1e200 } });
    expect((await session.parameters()).every(Number.isFinite)).toBe(true);
  });
});

describe('a loss that is not finite', () => {
  /** One update brings a weight to where the loss overflows, though each number of the update is finite. */
  function growing(training: Partial<Training>): Network {
    const optimizer = { ...xorNetwork().training.optimizer, learningRate: 1e100 };
    const samples = [
      { x: [1, 0], y: [1] },
      { x: [0, 0], y: [0] },
    ];
    const data: Data = { source: { type: 'inline', samples }, validation: 0, normalize: 'none' };
    const network = xorNetwork({ optimizer, shuffle: false, ...training }, data);
    const layers = [
      { ...network.layers[1], useBias: false, activation: 'linear' as const, weights: [[1e60, 0]] },
    ];
    const loss = { type: 'meanSquaredError', half: true, reduction: 'sum' } as const;
    return { ...network, layers, loss };
  }

  it('ends training as diverged, with the weights before it', async () => {
    const { session, ended } = world();
    await session.load({ network: growing({ epochs: 1 }), files: {}, keepParameters: false });
    await session.train({});
    const where = { layer: -1, quantity: 'loss', epoch: 0 };
    expect(await ended()).toMatchObject({ phase: 'diverged', where });
  });

  it.each(['sample', 'batch'] as const)(
    'never becomes a pause after a step of a %s',
    async unit => {
      const { session, told } = world();
      await session.load({ network: growing({}), files: {}, keepParameters: false });
      const state = await session.step(unit);
      expect(state).toMatchObject({ phase: 'diverged', step: 0, where: { quantity: 'loss' } });
      expect(await session.parameters()).toEqual(Float64Array.of(1e60, 0));
      expect(Number.isFinite(state.loss)).toBe(true);
      expect(told.runState.map(({ phase }) => phase)).not.toContain('paused');
    },
  );

  it('is never shown as that of a pause, also where the evaluation takes several slices', async () => {
    const { session, told, turns, turn } = world(7, true);
    const network = growing({ batchSize: 1 });
    const source = {
      type: 'inline',
      samples: Array.from({ length: 700 }, (_, i) => ({ x: [i === 0 ? 1 : 0, 0], y: [0] })),
    } as const;
    const data = { source, validation: 0, normalize: 'none' } as const;
    await session.load({ network: { ...network, data }, files: {}, keepParameters: false });
    await session.train({});
    const paused = session.pause();
    expect(told.runState.at(-1)).toMatchObject({ phase: 'paused', settling: true, loss: NaN });
    while (turns.length > 0) await turn();
    const diverged = { phase: 'diverged', where: { quantity: 'loss' } };
    expect(told.runState.at(-1)).toMatchObject(diverged);
    expect((await paused).phase).toBe('diverged');
  });
});

describe('gradcheck', () => {
  it('agrees on every parameter, and can be cancelled', async () => {
    const { session, told, turn } = world(20, true);
    await session.load({ network: xorNetwork(), files: {}, keepParameters: false });
    const first = Promise.resolve(session.gradcheck({}));
    await session.cancelGradcheck();
    const rejected = expect(first).rejects.toMatchObject({ name: 'Cancelled' });
    await turn();
    await rejected;
    const second = Promise.resolve(session.gradcheck({}));
    let done = false;
    void second.then(() => (done = true));
    for (let i = 0; i < 1000 && !done; i++) await turn();
    expect(await second).toMatchObject({ parameters: 13, checked: 13, failed: [] });
    expect(told.gradcheckProgress.length).toBeGreaterThan(0);
  });
});

describe('without usable data', () => {
  it('draws and predicts a network that has none, and says what training needs', async () => {
    const { session } = world();
    const { data: _, ...network } = xorNetwork();
    const loaded = await session.load({ network, files: {}, keepParameters: false });
    expect(loaded.data).toBeUndefined();
    const view = await session.view({ scope: { type: 'sample', index: 0 } });
    expect(view.layers.map(layer => layer.units)).toEqual([2, 3, 1]);
    expect(Number.isFinite(view.values[view.layers[1].weights])).toBe(true);
    expect(await session.predict([[0, 1]])).toHaveLength(1);
    await expect((async () => session.train({}))()).rejects.toThrow('needs data');
    // The page says it in its own language, which it finds by this name.
    await expect((async () => session.train({}))()).rejects.toMatchObject({ name: 'NoData' });
  });

  it('rejects with the issues of the data', async () => {
    const { session } = world();
    const csv = { type: 'csv', path: 'a.csv', target: 'y' } as const;
    const network = xorNetwork({}, { source: csv, validation: 0, normalize: 'none' });
    const load = async () =>
      session.load({ network, files: { 'a.csv': 'a,b,c\n1,2,3\n' }, keepParameters: false });
    await expect(load()).rejects.toMatchObject({
      name: 'IssuesError',
      issues: [{ severity: 'error' }],
    });
  });
});

describe('prediction', () => {
  it('works without the data that the network names', async () => {
    const csv = { type: 'csv', path: 'a.csv', target: 'y' } as const;
    const network = xorNetwork({}, { source: csv, validation: 0, normalize: 'none' });
    const { session } = world();
    const request = { files: {}, keepParameters: false };
    const load = async () => session.load({ network, ...request });
    await expect(load()).rejects.toMatchObject({ issues: [{ code: 'data.csv.missing' }] });
    await session.load({ network: xorNetwork(), ...request });
    const expected = await session.predict([[0, 1]]);
    await session.load({ network: { ...network, data: undefined }, ...request });
    expect(await session.predict([[0, 1]])).toEqual(expected);
  });

  it('takes raw inputs and normalises them as the data were', async () => {
    const csv = 'a,b,y\n0,10,0\n0,30,1\n2,10,1\n2,30,0\n';
    const source = { type: 'csv', path: 'a.csv', target: 'y' } as const;
    const network = xorNetwork({}, { source, validation: 0, normalize: 'standard' });
    const { session } = world();
    await session.load({ network, files: { 'a.csv': csv }, keepParameters: false });
    const { samples } = await session.samples(0, 1);
    expect(samples[0].x).toEqual([-1, -1]);
    const facts = await session.inspect(
      { type: 'neuron', layer: 1, row: 0 },
      { type: 'sample', index: 0 },
    );
    expect(await session.predict([[0, 10]])).toEqual([[facts.type === 'neuron' && facts.output]]);
  });
});

describe('samples', () => {
  it('are listed with part and label', async () => {
    const { session } = world();
    await session.load({ network: xorNetwork(), files: {}, keepParameters: false });
    const list = await session.samples(1, 2);
    expect(list).toMatchObject({ start: 1, total: 4 });
    expect(list.samples.map(sample => sample.index)).toEqual([1, 2]);
    expect(list.samples[0]).toMatchObject({
      part: 'training',
      x: expect.any(Array),
      y: [expect.any(Number)],
    });
  });
});
