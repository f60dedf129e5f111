/** The same bits from WebAssembly: whatever block it computes by, however its calls are cut, wherever samples lie. */
import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import { inputsOf } from '../../src/data/inputs';
import type { Trainer } from '../../src/engine/trainer';
import { holdingOf } from '../../src/engine/wasm/samples';
import { Random } from '../../src/math/random';
import type { Network } from '../../src/network/network';
import { ratesOf } from '../../src/network/rates';
import { narrow, runTo, stateOf, wasmEngines, wide, type Engine } from './engines';
import { dense, network, randomDataset } from './networks';
import { OPTIMIZERS, randomCase, type RandomCase } from './randomCases';
import { randomImageCase } from './randomImageCases';

function withOptimizer({ network: net, ...rest }: RandomCase, n: number): RandomCase {
  const { learningRate } = net.training.optimizer;
  const optimizer = { ...net.training.optimizer, ...OPTIMIZERS[n], learningRate };
  return { ...rest, network: { ...net, training: { ...net.training, optimizer } } };
}

/** Parameters, moments and what is seen of the loss. */
const seen = (trainer: Trainer): unknown => [
  ...[stateOf(trainer), trainer.step, trainer.epoch, trainer.batch, trainer.evaluation],
];

/** Networks over lists, and over images. */
const draws = [
  ['lists', randomCase],
  ['images', randomImageCase],
] as const;

describe.each(OPTIMIZERS.map((optimizer, n) => ({ n, optimizer })))('$optimizer', ({ n }) => {
  test.each(draws)('both blocks give the same bits for 20 networks: %s', (_, draw) => {
    for (let seed = 1000; seed < 1020; seed++) {
      const one = withOptimizer(draw(seed), n);
      const [a, b] = [narrow, wide].map(({ create }) => {
        const trainer = create(one.network, one.dataset, one.start);
        for (let epoch = 0; epoch < 2; epoch++) trainer.run({ steps: Infinity });
        return seen(trainer);
      });
      expect(b, `network ${seed}`).toEqual(a);
    }
  });

  test.each(draws)('a run in pieces is the whole run: %s', (_, draw) => {
    for (let seed = 1020; seed < 1032; seed++) {
      const one = withOptimizer(draw(seed), n);
      const whole = narrow.create(one.network, one.dataset, one.start);
      runTo(whole, 17);
      whole.evaluate();
      expect(inPieces(one, 17), `network ${seed}`).toEqual(seen(whole));
    }
  });
});

/** In calls of some steps with everything between that a trainer can be asked, on three trainers one after the other. */
function inPieces({ network: net, dataset, start }: RandomCase, steps: number): unknown {
  const random = new Random(net.seed, 'test:pieces');
  let trainer = narrow.create(net, dataset, start);
  for (const goal of [Math.floor(steps / 3), Math.floor((2 * steps) / 3), steps]) {
    while (trainer.step < goal) {
      const expired = random.uniform() < 0.5 ? () => random.uniform() < 0.5 : undefined;
      trainer.run({ steps: Math.min(1 + random.below(4), goal - trainer.step), expired });
      if (random.uniform() < 0.5) trainer.evaluate(expired);
      if (random.uniform() < 0.5) trainer.predict(inputsOf(dataset, 1), 1);
      if (random.uniform() < 0.3) trainer.setRates(ratesOf(net));
    }
    if (goal === steps) break;
    const next = narrow.create(net, dataset);
    next.resume(structuredClone(trainer.checkpoint()));
    trainer = next;
  }
  // Ends an epoch whose evaluation has been interrupted.
  trainer.run({ steps: 0 });
  trainer.evaluate();
  return seen(trainer);
}

describe.each(wasmEngines)('$name', ({ create }: Engine) => {
  const layers = [dense(9, 'gelu'), dense(3, 'softmax')];
  const build = (inputs: number, batchSize: number | 'all'): Network =>
    network(inputs, layers, {
      loss: { type: 'crossEntropy' },
      optimizer: { type: 'adam', learningRate: 0.01 },
      training: { batchSize },
    });
  const after = (net: Network, data: Dataset, steps = 23): unknown => {
    const trainer = create(net, data);
    runTo(trainer, steps);
    trainer.evaluate();
    return seen(trainer);
  };

  /** Sample s and column k as a byte, then as a number. */
  const pair = (offset: number, scale: number, inputs = 21): readonly [Dataset, Dataset] => {
    const base = randomDataset(700, inputs, 3, 'oneHot', 150);
    const values = Uint8Array.from(base.inputs.values, x => Math.max(0, Math.min(255, 90 * x)));
    const columns = (value: number): Float64Array => new Float64Array(inputs).fill(value);
    const bytes: Dataset = {
      ...base,
      inputs: { type: 'bytes', values, offset: columns(offset), scale: columns(scale) },
    };
    const numbers = Float64Array.from(values, byte => (byte - offset) / scale);
    return [bytes, { ...base, inputs: { type: 'numbers', values: numbers } }];
  };

  /** Whether float32 computes the same numbers; where it does not, bytes are staged as numbers. */
  const SCALES = [
    [0, 255, true],
    [128, 64, true],
    [33.318421449829934, 78.56748998339798, false],
  ] as const;

  test.each([1, 16, 300, 'all'] as const)('bytes are the numbers they stand for: %s', batch => {
    for (const [offset, scale, exact] of SCALES) {
      const [bytes, numbers] = pair(offset, scale);
      expect(holdingOf(bytes, 1)).toMatchObject({ staged: true, asBytes: exact });
      expect(after(build(21, batch), bytes)).toEqual(after(build(21, batch), numbers));
    }
  });

  test('samples that are too many to be held are the same where they are staged', () => {
    const inputs = 1100;
    const few = randomDataset(90, inputs, 3, 'oneHot', 20);
    // 1,100 numbers of 4 bytes: more than 64 MiB, of which only the first 90 rows are ever touched.
    const samples = 16_000;
    const values = new Float64Array(samples * inputs);
    values.set(few.inputs.values);
    const targets = new Float64Array(samples * 3);
    targets.fill(0).set(few.targets);
    for (let i = few.targets.length; i < targets.length; i += 3) targets[i] = 1;
    const many: Dataset = { ...few, samples, inputs: { type: 'numbers', values }, targets };
    expect([many, few].map(data => holdingOf(data, 1).staged)).toEqual([true, false]);
    for (const batch of [1, 16, 'all'] as const) {
      expect(after(build(inputs, batch), many, 9)).toEqual(after(build(inputs, batch), few, 9));
    }
  });

  test.each(draws)('a checkpoint goes on in the other block: %s', (_, draw) => {
    const { network: net, dataset, start } = draw(1033);
    const other = create === narrow.create ? wide : narrow;
    const whole = create(net, dataset, start);
    runTo(whole, 7);
    const resumed = other.create(net, dataset);
    resumed.resume(whole.checkpoint());
    runTo(whole, 19);
    runTo(resumed, 19);
    expect(seen(resumed)).toEqual(seen(whole));
  });
});
