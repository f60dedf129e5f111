/** Inputs that are 0 are left out, group of rows by group of rows: the numbers are those of all products. */
import { describe, expect, test } from 'vitest';
import type { Network } from '../../src/network/network';
import { stateOf, wasmEngines, type Engine } from './engines';
import { dataset, dense, network } from './networks';

/** Rows of groups that have little in common: most are sparse, some have nothing, some have everything. */
function rows(width: number, count: number, zero: number): number[][] {
  return Array.from({ length: count }, (_, row) =>
    Array.from({ length: width }, (__, k) => {
      const isThere = row % 9 === 8 || (row % 7 !== 6 && (k + 3 * row) % 11 === 0);
      return isThere ? Math.sin(1 + k + width * row) : zero;
    }),
  );
}

const networkOf = (inputs: number, batchSize: number, type: 'sgd' | 'adam'): Network =>
  network(inputs, [dense(11, 'relu'), dense(3, 'tanh')], {
    optimizer: { type, learningRate: 0.01 },
    training: { batchSize, shuffle: true },
  });

/** Everything after three epochs on these inputs. */
function trained({ create }: Engine, net: Network, x: number[][]): object {
  const y = x.map((_, row) => [0.1, 0.2, 0.3].map(share => share * (row % 5)));
  const trainer = create(net, dataset(x, y, 5));
  while (trainer.epoch < 3) trainer.run({ steps: Infinity });
  const outputs = trainer.predict(Float64Array.from(x.flat()), x.length);
  return { state: stateOf(trainer), evaluation: trainer.evaluation, outputs };
}

describe.each(wasmEngines)('$name', engine => {
  test.each([1, 6, 30, 512, 513, 1030])('of %d inputs', inputs => {
    for (const batchSize of [1, 10, 33])
      for (const type of ['sgd', 'adam'] as const) {
        const net = networkOf(inputs, batchSize, type);
        // −0 is a number like others to what looks for zeros, and adds nothing either.
        const all = trained(engine, net, rows(inputs, 38, -0));
        expect(trained(engine, net, rows(inputs, 38, 0))).toEqual(all);
      }
  });
});
