/** Inputs that are 0 are left out, row by row and column by column: the numbers are those of all products. */
import { describe, expect, test } from 'vitest';
import type { Network } from '../../src/network/network';
import { narrow, stateOf, threaded, wasmEngines, type Engine } from './engines';
import { dense, network, type NumberDataset, dataset } from './networks';

/** Rows of groups that have little in common: most are sparse, some have nothing, some have everything. */
function rows(width: number, count: number, zero: number): number[][] {
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: width }, (__, k) => {
      const isThere = row % 9 === 8 || (row % 7 !== 6 && (k + 3 * row) % 11 === 0);
      return isThere ? Math.sin(1 + k + width * row) : zero;
    }),
  );
}

/** Rows of which `isThere` tells what is not zero. */
const rowsWith =
  (isThere: (row: number, column: number) => boolean) =>
  (width: number, count: number, zero: number): number[][] =>
    Array.from({ length: count }, (_, row) =>
      Array.from({ length: width }, (__, k) => (isThere(row, k) ? Math.cos(k + 5 * row) : zero)),
    );

const PATTERNS = {
  'nothing at all': rowsWith(() => false),
  'a single row': rowsWith(row => row === 5),
  'a single column': rowsWith((_, k) => k === 3),
  'a margin of rows': rowsWith(row => row % 10 < 3),
  'all of some columns': rowsWith((_, k) => k % 16 >= 11),
  'as many as not': rowsWith((row, k) => (row + k) % 2 === 0),
  'a group of four in each row': rowsWith((row, k) => k >> 2 === row),
} as const;

const networkOf = (inputs: number, batchSize: number, type: 'sgd' | 'adam' | 'rmsprop'): Network =>
  network(inputs, [dense(43, 'relu'), dense(3, 'tanh')], {
    optimizer: { type, learningRate: 0.01 },
    training: { batchSize, shuffle: true },
  });

const dataOf = (x: number[][]): NumberDataset =>
  dataset(
    x,
    x.map((_, row) => [0.1, 0.2, 0.3].map(share => share * (row % 5))),
    5,
  );

/** Everything after three epochs on these inputs. */
function trained({ create }: Engine, net: Network, x: number[][]): object {
  const trainer = create(net, dataOf(x));
  while (trainer.epoch < 3) trainer.run({ steps: Infinity });
  const outputs = trainer.predict(Float64Array.from(x.flat()), x.length);
  return { state: stateOf(trainer), evaluation: trainer.evaluation, outputs };
}

// −0 is a number like others to what looks for zeros, and adds nothing either.
describe.each(wasmEngines)('$name', engine => {
  test.each([1, 6, 30, 512, 513, 1030])('of %d inputs', inputs => {
    for (const batchSize of [1, 10, 33])
      for (const type of ['sgd', 'adam'] as const) {
        const net = networkOf(inputs, batchSize, type);
        const all = trained(engine, net, rows(inputs, 38, -0));
        expect(trained(engine, net, rows(inputs, 38, 0))).toEqual(all);
      }
  });

  test('of batches of 1 to 33 rows', () => {
    for (let batchSize = 1; batchSize <= 33; batchSize++) {
      const net = networkOf(37, batchSize, (['sgd', 'adam', 'rmsprop'] as const)[batchSize % 3]);
      const all = trained(engine, net, rows(37, 38, -0));
      expect(trained(engine, net, rows(37, 38, 0)), `${batchSize} rows`).toEqual(all);
    }
  });

  test.each(Object.entries(PATTERNS))('%s', (_, pattern) => {
    for (const type of ['sgd', 'adam', 'rmsprop'] as const)
      for (const [inputs, batchSize] of [
        [49, 16],
        [530, 33],
      ]) {
        const net = networkOf(inputs, batchSize, type);
        const all = trained(engine, net, pattern(inputs, 38, -0));
        expect(trained(engine, net, pattern(inputs, 38, 0))).toEqual(all);
      }
  });

  test.each(['norm', 'value'] as const)('with gradients that are clipped by their %s', kind => {
    const net = networkOf(70, 12, 'sgd');
    const clip = { norm: null, value: null, [kind]: 0.01 };
    const clipped = { ...net, training: { ...net.training, clip } };
    const all = trained(engine, clipped, rows(70, 38, -0));
    expect(trained(engine, clipped, rows(70, 38, 0))).toEqual(all);
    expect(trained(engine, net, rows(70, 38, 0))).not.toEqual(all);
  });

  test('0 × ∞ is no number, and told as such', () => {
    // Outputs are 0. Only the row without inputs has a target that is not: its δ, some −25 × 3e38, is −∞.
    const layers = [
      dense(43, 'linear', { useBias: false }),
      dense(2, 'linear', { useBias: false }),
    ];
    const net = network(16, layers, { training: { batchSize: 8, shuffle: false } });
    const initial = new Float64Array((16 + 2) * 43).fill(3e38, 16 * 43);
    const outcomeOf = (zero: number): unknown => {
      const x = rowsWith((row, k) => row !== 3 && k % 8 === row % 8)(16, 8, zero);
      const y = x.map((_, row) => (row === 3 ? [99, 99] : [0, 0]));
      const trainer = engine.create(net, dataset(x, y), initial);
      return [trainer.run({ steps: 1 }), stateOf(trainer)];
    };
    const all = outcomeOf(-0);
    expect(all).toMatchObject([{ type: 'diverged' }, expect.anything()]);
    expect(outcomeOf(0)).toEqual(all);
  });

  test.each(['sgd', 'adam'] as const)('%s diverges at the same place', type => {
    const net = networkOf(64, 16, type);
    const settings = { ...net.training.optimizer, learningRate: 1e37 };
    const steep = { ...net, training: { ...net.training, optimizer: settings } };
    const outcomeOf = (zero: number): unknown => {
      const trainer = engine.create(steep, dataOf(rows(64, 38, zero)));
      for (let calls = 0; calls < 50; calls++) {
        const outcome = trainer.run({ steps: 3 });
        if (outcome.type === 'diverged') return [outcome, trainer.step, stateOf(trainer)];
      }
      return undefined;
    };
    const all = outcomeOf(-0);
    expect(all).toBeDefined();
    expect(outcomeOf(0)).toEqual(all);
  });
});

test.each([2, 3])('%d threads give the bits of one', threads => {
  for (const name of ['plain-4x8', 'plain-4x16'] as const)
    for (const type of ['sgd', 'adam', 'rmsprop'] as const)
      for (const inputs of [70, 530]) {
        const net = networkOf(inputs, 33, type);
        const one = trained(narrow, net, rows(inputs, 38, 0));
        expect(trained(threaded(name, threads), net, rows(inputs, 38, 0))).toEqual(one);
      }
});
