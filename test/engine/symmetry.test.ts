/** Neurons that stay copies: told by their numbers, and proved by their gradients, which are then the same. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { batchGradient } from '../../src/engine/gradient';
import { twinsOf } from '../../src/engine/health/symmetry';
import { compile, type ParameterTable } from '../../src/engine/plan';
import type { Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { imageNetwork } from './imageNetworks';
import { randomDataset } from './networks';

const dense = (units: number, more: object = {}): object => {
  return { type: 'dense', units, activation: 'tanh', ...more };
};
const OUT = { type: 'dense', units: 2 };

const networks: [string, Network][] = [
  ['a chain', imageNetwork([dense(3), dense(3), OUT], [2])],
  ['a chain without biases', imageNetwork([dense(4, { useBias: false }), OUT], [2])],
  [
    'several consumers and a concat',
    imageNetwork(
      [
        dense(3, { id: 'a' }),
        dense(2, { id: 'b', from: ['input'] }),
        { type: 'concat', id: 'c', from: ['b', 'a'] },
        dense(2, { id: 'd', from: ['a'] }),
        { type: 'concat', from: ['c', 'd'] },
        OUT,
      ],
      [2],
    ),
  ],
  ['a batchNorm', imageNetwork([dense(3), { type: 'batchNorm' }, OUT], [2])],
  [
    'images',
    imageNetwork(
      [
        { type: 'conv2d', filters: 3, kernel: [2, 2], activation: 'tanh' },
        { type: 'conv2d', filters: 2, kernel: [2, 1], activation: 'tanh' },
        { type: 'flatten' },
        OUT,
      ],
      [3, 3, 1],
    ),
  ],
  [
    'images with pools',
    imageNetwork(
      [
        { type: 'conv2d', filters: 3, kernel: [2, 2], activation: 'tanh' },
        { type: 'batchNorm' },
        { type: 'averagePool2d', size: [2, 2], stride: [1, 1] },
        { type: 'dropout', rate: 0.5 },
        { type: 'flatten' },
        OUT,
      ],
      [4, 3, 1],
    ),
  ],
];

/** The trained numbers of a neuron or a filter itself: its row of weights, and its bias. */
function rowOf(
  tables: readonly ParameterTable[],
  values: Float64Array,
  layer: number,
  row: number,
) {
  return tables
    .filter(table => table.layer === layer && (table.kind === 'weight' || table.kind === 'bias'))
    .flatMap(({ offset, columns }) => [
      ...values.subarray(offset + row * columns, offset + (row + 1) * columns),
    ]);
}

describe.each(networks)('%s', (_, net) => {
  const shapes = inferShapes(net);
  const plan = compile(net, shapes, 1);
  const tables = plan.parameterTables;
  const last = tables[tables.length - 1];
  const count = last.offset + last.length;
  const data = randomDataset(7, shapes.inputSize, shapes.outputSize);
  const layers = [...new Set(tables.map(({ layer }) => layer))].filter(
    layer => net.layers[layer].type !== 'batchNorm' && layer < net.layers.length - 1,
  );

  /** Two kinds of numbers by their places, so that there are copies; of variances above 0. */
  const parametersOf = (coins: readonly number[]): Float64Array => {
    const values = Float64Array.from({ length: count }, (_coin, i) => [0.6, -0.35][coins[i]]);
    for (const { kind, offset, length } of tables)
      if (kind === 'variance')
        values.subarray(offset, offset + length).forEach((v, i, own) => (own[i] = Math.abs(v)));
    return values;
  };

  /** Rows of a layer whose own numbers and their gradients are the same. */
  function copiesIn(layer: number, parameters: Float64Array): number[] {
    const gradient = batchGradient(net, data, data.training, parameters);
    const rows = tables.find(table => table.layer === layer)?.rows ?? 0;
    const all = Array.from({ length: rows }, (_row, row) => [
      rowOf(tables, parameters, layer, row),
      rowOf(tables, gradient, layer, row),
    ]);
    const isCopy = ([own, slopes]: number[][], [others, theirs]: number[][]): boolean =>
      own.every((value, i) => value === others[i]) &&
      slopes.every((value, i) => Math.abs(value - theirs[i]) < 1e-12);
    return all.flatMap((each, row) =>
      all.some((other, i) => i !== row && isCopy(each, other)) ? [row] : [],
    );
  }

  const coins = (odds: number) =>
    fc.array(
      fc.integer({ min: 0, max: odds }).map(n => (n === 0 ? 1 : 0)),
      {
        minLength: count,
        maxLength: count,
      },
    );

  it.each([1, 3, 12])('has as copies only those that learn alike, with odds of 1 to %i', odds => {
    fc.assert(
      fc.property(coins(odds), given => {
        const parameters = parametersOf(given);
        for (const { layer, rows } of twinsOf(plan, parameters)) {
          expect(layers).toContain(layer);
          expect(rows.length).toBeGreaterThan(1);
          const copies = copiesIn(layer, parameters);
          expect(rows.filter(row => copies.includes(row))).toEqual(rows);
        }
      }),
      { numRuns: 25 },
    );
  });

  it('has them all where all numbers are the same, and without one of which any number is another', () => {
    const alike = parametersOf(Array<number>(count).fill(0));
    const all = layers.map(layer => {
      const rows = tables.find(table => table.layer === layer)?.rows ?? 0;
      return { layer, rows: Array.from({ length: rows }, (_row, row) => row) };
    });
    expect(twinsOf(plan, alike)).toEqual(all);
    for (const { layer, offset, length } of tables)
      for (let i = 0; i < length; i++) {
        const parameters = alike.slice();
        parameters[offset + i] += 0.125;
        const byGradients = layers
          .map(own => ({ layer: own, rows: copiesIn(own, parameters) }))
          .filter(({ rows }) => rows.length > 0);
        // What a batchNorm has of a feature tells it apart, though a step by the statistics of its batch does not show it.
        const first = { layer: 0, rows: all[0].rows.filter(row => row !== i) };
        const isOfNorm = net.layers[layer].type === 'batchNorm';
        expect(twinsOf(plan, parameters)).toEqual(isOfNorm ? [first] : byGradients);
      }
  });
});

it('of a chain are those whose weights in and out, and whose biases, are the same', () => {
  const net = imageNetwork([dense(4), dense(3), OUT], [1]);
  const shapes = inferShapes(net);
  const plan = compile(net, shapes, 1);
  const [w1, b1, w2, b2, w3] = plan.parameterTables;
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom(1, 1, 1, 2), {
        minLength: shapes.parameters,
        maxLength: shapes.parameters,
      }),
      numbers => {
        const at = ({ offset, columns }: ParameterTable, row: number, column = 0): number =>
          numbers[offset + row * columns + column];
        const range = (length: number): number[] => Array.from({ length }, (_, i) => i);
        const keys = [
          range(4).map(j => [at(w1, j), at(b1, j), ...range(3).map(i => at(w2, i, j))].join()),
          range(3).map(j =>
            [
              ...range(4).map(k => at(w2, j, k)),
              at(b2, j),
              ...range(2).map(i => at(w3, i, j)),
            ].join(),
          ),
        ];
        const wanted = keys.flatMap((own, layer) => {
          const rows = range(own.length).filter(j => own.filter(key => key === own[j]).length > 1);
          return rows.length > 0 ? [{ layer, rows }] : [];
        });
        expect(twinsOf(plan, Float64Array.from(numbers))).toEqual(wanted);
      },
    ),
    { numRuns: 150 },
  );
});

it('what flows into a sum, or is an output itself, goes its own way', () => {
  const twins = (layers: readonly object[]) => {
    const net = imageNetwork(layers, [2]);
    const shapes = inferShapes(net);
    return twinsOf(compile(net, shapes, 1), new Float64Array(shapes.parameters).fill(0.5));
  };
  const [a, b] = [dense(2, { id: 'a' }), dense(2, { id: 'b', from: ['input'] })];
  const add = { type: 'add', from: ['a', 'b'] };
  const concat = { type: 'concat', from: ['a', 'b'] };
  expect(twins([a, b, add, OUT])).toEqual([]);
  expect(twins([a, b, concat])).toEqual([]);
  expect(twins([a, b, concat, OUT])).toEqual([
    { layer: 0, rows: [0, 1] },
    { layer: 1, rows: [0, 1] },
  ]);
  expect(twins([dense(2), { type: 'batchNorm' }])).toEqual([]);
  expect(twins([OUT])).toEqual([]);
  expect(twins([a, b, dense(2, { from: ['a'] }), OUT])).toEqual([
    { layer: 0, rows: [0, 1] },
    { layer: 2, rows: [0, 1] },
  ]);
});
