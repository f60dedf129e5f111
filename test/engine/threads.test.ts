/** Several threads give the bits that one gives, whatever the network; and one that is lost takes nothing along. */
import { Worker } from 'node:worker_threads';
import { afterEach, describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import { createTrainer } from '../../src/engine/createTrainer';
import type { ThreadsRequest } from '../../src/engine/engineReport';
import { SteppingTrainer } from '../../src/engine/steppingTrainer';
import type { Trainer } from '../../src/engine/trainer';
import { createWasmMachine } from '../../src/engine/wasm/machine';
import { TEAM } from '../../src/engine/wasm/shared/places';
import * as room from '../../src/engine/wasm/shared/teamRoom';
import type { HelperWork, StartHelper } from '../../src/engine/wasm/team';
import { useHelpers } from '../../src/engine/wasm/threads';
import { sharing } from '../../src/engine/wasm/webAssembly';
import type { Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { backendOf, narrow, runTo, start, stateOf, threaded, wide, type Engine } from './engines';
import { imageData, imageNetwork } from './imageNetworks';
import { dense, merge, network, randomDataset } from './networks';
import { OPTIMIZERS, randomCase } from './randomCases';
import { randomImageCase } from './randomImageCases';

/** Parameters, moments and what is seen of the loss. */
const seen = (trainer: Trainer): unknown => [
  ...[stateOf(trainer), trainer.step, trainer.epoch, trainer.batch, trainer.evaluation],
  trainer.gradientNorm,
];

/** After some steps with an evaluation, which must not change anything either. */
function after({ create }: Engine, net: Network, data: Dataset, initial?: Float64Array): unknown {
  const trainer = create(net, data, initial);
  runTo(trainer, 5);
  trainer.evaluate();
  runTo(trainer, 9);
  return seen(trainer);
}

/** Networks over lists, and over images. */
const draws = [
  ['lists', randomCase],
  ['images', randomImageCase],
] as const;

const NAMES = ['plain-4x8', 'plain-4x16'] as const;

describe.each(NAMES)('%s: the same bits by two and three threads', name => {
  const [single, ...several] = [1, 2, 3].map(count => threaded(name, count));

  test.each(draws)('random networks: %s', (_, draw) => {
    for (let seed = 2000; seed < 2012; seed++) {
      const { network: net, dataset, start: initial } = draw(seed);
      const expected = after(single, net, dataset, initial);
      for (const engine of several)
        expect(after(engine, net, dataset, initial), `network ${seed}`).toEqual(expected);
    }
  });

  const alone = name === 'plain-4x8' ? narrow : wide;
  const layers = [dense(150, 'relu'), dense(70, 'gelu'), dense(3, 'softmax')];
  const data = randomDataset(700, 90, 3, 'oneHot');
  const none = { norm: null, value: null };
  const penalty = { l1: 0.001, l2: 0.01, bias: true };

  test.each([
    ...OPTIMIZERS.map(optimizer => [JSON.stringify(optimizer), { optimizer }] as const),
    ['a penalty', { regularization: penalty, optimizer: { type: 'adam' } }],
    ['clipping by norm', { regularization: penalty, training: { clip: { ...none, norm: 0.1 } } }],
    ['clipping by value', { training: { clip: { ...none, value: 1e-3 } } }],
    ['tiles of one batch', { training: { batchSize: 'all' } }],
    ['tiles, clipped', { training: { batchSize: 'all', clip: { ...none, norm: 0.1 } } }],
  ] as const)('wide layers: %s', (_, settings) => {
    const net = network(90, layers, {
      loss: { type: 'crossEntropy' },
      ...settings,
      training: { batchSize: 50, ...('training' in settings ? settings.training : {}) },
    });
    const expected = after(alone, net, data);
    for (const engine of several) expect(after(engine, net, data)).toEqual(expected);
  });

  test('columns of zeros, branches and dropout', () => {
    const zeros = data.inputs.values.map((x, i) => (i % 90 < 40 ? 0 : x));
    const pictures: Dataset = { ...data, inputs: { type: 'numbers', values: zeros } };
    const net = network(
      90,
      [
        dense(60, 'tanh', { id: 'a' }),
        dense(60, 'silu', { id: 'b', from: ['input'] }),
        merge('add', 60, ['a', 'b']),
        { type: 'dropout', units: 60, rate: 0.4, activation: 'linear', id: 'd' },
        merge('concat', 120, ['a', 'd']),
        dense(3, 'sigmoid'),
      ],
      { training: { batchSize: 33 } },
    );
    const expected = after(alone, net, pictures);
    for (const engine of several) expect(after(engine, net, pictures)).toEqual(expected);
  });

  test('images with padding, of both blocks', () => {
    const net = imageNetwork(
      [
        { type: 'conv2d', filters: 9, kernel: [3, 3], padding: 'same', activation: 'relu' },
        { type: 'maxPool2d', size: [3, 3], stride: [2, 2] },
        { type: 'conv2d', filters: 17, kernel: [2, 2], activation: 'tanh' },
        { type: 'averagePool2d', size: [2, 2] },
        { type: 'flatten' },
        { type: 'dropout', rate: 0.3 },
        { type: 'dense', units: 2 },
      ],
      [11, 10, 3],
    );
    const images = imageData(net, 21);
    const expected = after(alone, net, images);
    for (const engine of several) expect(after(engine, net, images)).toEqual(expected);
  });
});

/** Takes a piece of work after having seen so many, and dies with it. */
const LOST = `
const { workerData: { memory, header, own, skips } } = require('node:worker_threads');
const words = new Int32Array(memory.buffer);
const team = words[header / 4 + ${TEAM}];
const at = byte => (team + byte) / 4;
Atomics.add(words, at(${room.PRESENT}), 1);
Atomics.notify(words, at(${room.PRESENT}));
let [seen, before] = [0, 0];
for (;;) {
  const part = words[at(${room.PART})];
  if (part !== before) seen += 1;
  before = part;
  const left = at(${room.LEFT} + own * ${room.LINE});
  if (seen > skips && Atomics.load(words, left) > 0 && Atomics.sub(words, left, 1) > 0) break;
}`;

const workers: Worker[] = [];
afterEach(() => Promise.all(workers.splice(0).map(worker => worker.terminate())));

const losing =
  (skips: number): StartHelper =>
  work => {
    const worker = new Worker(LOST, { eval: true, workerData: { ...work, skips } });
    workers.push(worker);
    return () => undefined;
  };

describe('a thread that dies with a piece of work', () => {
  const layers = [dense(150, 'relu'), dense(70, 'gelu'), dense(3, 'softmax')];
  const data = randomDataset(700, 90, 3, 'oneHot', 100);

  const build = (batchSize: number | 'all'): Network =>
    network(90, layers, {
      loss: { type: 'crossEntropy' },
      optimizer: { type: 'adam' },
      regularization: { l2: 0.01 },
      training: { batchSize, precision: 'float32' },
    });

  /** Whether it is lost in time, and what is seen then, after an epoch more. */
  function lostOne(net: Network, skips: number): { isLost: boolean; epochs: number; end: unknown } {
    const team = { threads: 2, start: losing(skips), least: 1, rest: 0, patience: 20 };
    const machine = createWasmMachine(net, inferShapes(net), data, backendOf('plain-4x8'), team);
    expect(machine.gatherThreads()).toBe(2);
    const report = { backend: 'wasm', reason: 'the test asks for it' };
    const trainer = new SteppingTrainer(
      net,
      data,
      () => ({ machine, report }),
      undefined,
      undefined,
    );
    let isLost = false;
    while (trainer.epoch < 500 && !isLost) {
      trainer.run({ steps: Infinity });
      isLost = machine.gatherThreads() === 1;
    }
    trainer.run({ steps: Infinity });
    return { isLost, epochs: trainer.epoch, end: seen(trainer) };
  }

  test.each([0, 1, 2, 5, 8, 13, 21, 40, 100])('after %i others takes no number along', skips => {
    for (const batchSize of [50, 'all'] as const) {
      const net = build(batchSize);
      const { isLost, epochs, end } = lostOne(net, skips);
      expect(isLost).toBe(true);
      const alone = narrow.create(net, data);
      while (alone.epoch < epochs) alone.run({ steps: Infinity });
      expect(end).toEqual(seen(alone));
    }
  });
});

describe('the threads of a trainer', () => {
  const wideNet = network(90, [dense(700, 'relu'), dense(700, 'relu'), dense(3, 'linear')], {
    training: { batchSize: 200, precision: 'float32' },
  });
  const data = randomDataset(200, 90, 3);
  const reportOf = (threads: ThreadsRequest = 'auto', net = wideNet): unknown => {
    const { engine } = createTrainer(net, data, { threads });
    return [engine.threads, engine.threadsReason];
  };
  afterEach(() => useHelpers(undefined));

  test('are several where steps are long and there are some, and as many as are asked for', () => {
    const started: HelperWork[] = [];
    const count: StartHelper = work => {
      started.push(work);
      return start(work);
    };
    expect(reportOf()).toEqual([1, 'there are no other threads here']);
    useHelpers({ parallelism: 2, start: count });
    expect(reportOf('all')).toEqual([2, 'of 2 that the machine has, for long steps']);
    expect(reportOf()).toEqual([1, 'of 2 that the machine has, half for the rest of it']);
    expect(reportOf(1)).toEqual([1, 'as asked for']);
    expect(reportOf(3)).toEqual([3, 'as asked for']);
    const small = network(90, [dense(3, 'linear')], { training: { precision: 'float32' } });
    expect(reportOf('auto', small)).toEqual([1, 'steps are too short for more']);
    expect(started.map(({ own, threads }) => [own, threads])).toEqual([
      [1, 2],
      [1, 3],
      [2, 3],
    ]);
    useHelpers({ parallelism: 4, start: count });
    expect(reportOf()).toEqual([2, 'of 4 that the machine has, for long steps']);
    useHelpers({ parallelism: 1, start: count });
    expect(reportOf('all')).toEqual([1, 'the machine has one processor']);
  });

  test('are one where others do not come', () => {
    useHelpers({ parallelism: 2, start: () => () => undefined });
    expect(reportOf('all')).toEqual([1, '1 of 2 threads did not start']);
  });

  test('of another trainer are taken from the one before, which goes on alone', () => {
    const stopped: unknown[] = [];
    useHelpers({
      parallelism: 2,
      start: work => {
        const stop = start(work);
        return () => {
          stopped.push(work.memory);
          stop();
        };
      },
    });
    const first = createTrainer(wideNet, data, { threads: 'all' });
    const alone = narrow.create(wideNet, data);
    createTrainer(wideNet, data, { threads: 'all' });
    expect(stopped).toHaveLength(1);
    for (const trainer of [first, alone]) runTo(trainer, 3);
    expect(seen(first)).toEqual(seen(alone));
  });
});

test('the module of several threads is another by one bit, and nothing else is made one', () => {
  const module = Uint8Array.of(0, 2, 3, 101, 110, 118, 6, 109, 101, 109, 111, 114, 121, 2, 1, 1, 9);
  const twin = sharing(module);
  expect([...twin].map((byte, i) => byte - module[i])).toEqual(
    [...module].map((_, i) => (i === 14 ? 2 : 0)),
  );
  module[14] = 0;
  expect(() => sharing(module)).toThrow('does not import a memory with a limit');
});
