/** All paths of a parameter, walked one by one through the sums that each neuron tells of. */
import { describe, expect, it } from 'vitest';
import type { GradientPath, NeuronFacts, ParameterFacts } from '../../src/engine/facts';
import { createInspector } from '../../src/engine/inspect';
import type { Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { randomParameters } from '../explain/support/inspected';
import { dense, network, randomDataset, RESIDUAL, TANGLED, TWO_BRANCHES } from './networks';

const SAMPLE = { type: 'sample', index: 1 } as const;
const NOWHERE = { epoch: 0, step: 0 };

interface Walked {
  readonly paths: readonly GradientPath[];
  /** Connections of the paths, without those at which a value goes on as it is. */
  readonly weighed: readonly number[];
}

const networks: [string, Network][] = [
  ['a chain', network(3, [dense(4, 'tanh'), dense(3, 'sigmoid'), dense(2, 'linear')])],
  ['a residual network', network(3, RESIDUAL)],
  ['two branches', network(3, TWO_BRANCHES)],
  ['many branches', network(3, TANGLED)],
];

describe.each(networks)('%s', (_, net) => {
  const { inputSize, outputSize, layers } = inferShapes(net);
  const inspector = createInspector(net, randomDataset(3, inputSize, outputSize));
  const parameters = randomParameters(net, 4);
  const known = new Map<string, NeuronFacts>();
  const neuron = (layer: number, row: number): NeuronFacts => {
    const key = `${layer} ${row}`;
    const target = { type: 'neuron', layer, row } as const;
    const facts =
      known.get(key) ?? (inspector.inspect(parameters, target, SAMPLE, NOWHERE) as NeuronFacts);
    known.set(key, facts);
    return facts;
  };

  /** From a neuron to every output, in no order; `value` is the product so far. */
  function walk(layer: number, row: number, value: number): Walked {
    const { activation, derivative, delta, outgoing } = neuron(layer, row);
    if (layer === layers.length - 1)
      return { paths: [{ steps: [], output: row, delta, product: value * delta }], weighed: [0] };
    const all = (outgoing?.terms ?? []).map((term): Walked => {
      const { weight, identity } = term;
      const { paths, weighed } = walk(term.layer, term.index, value * derivative * weight);
      const own = { layer, row, activation, derivative, weight };
      const step = identity ? { ...own, identity } : own;
      return {
        paths: paths.map(path => ({ ...path, steps: [step, ...path.steps] })),
        weighed: weighed.map(count => count + (identity ? 0 : 1)),
      };
    });
    return {
      paths: all.flatMap(({ paths }) => paths),
      weighed: all.flatMap(({ weighed }) => weighed),
    };
  }

  const targets = layers.flatMap(({ rows }, layer) =>
    Array.from({ length: net.layers[layer].type === 'dense' ? rows : 0 }, (_, row) => [
      { type: 'bias', layer, row } as const,
      { type: 'weight', layer, row, column: 1 } as const,
    ]).flat(),
  );

  it.each(targets)('$type of layers[$layer], row $row', target => {
    const facts = inspector.inspect(parameters, target, SAMPLE, NOWHERE) as ParameterFacts;
    const { paths: found, source = NaN } = facts;
    const { paths, weighed } = walk(target.layer, target.row, source);
    const sorted = [...paths].sort((a, b) => Math.abs(b.product) - Math.abs(a.product));
    const rest = sorted.slice(12);
    expect(found?.paths).toEqual(
      sorted.slice(0, 12).map(({ product, ...path }) => ({
        ...path,
        product: expect.closeTo(product, 14) as number,
      })),
    );
    expect(found?.count).toBe(paths.length);
    const sum = rest.reduce((total, { product }) => total + product, 0);
    expect(found?.more).toEqual({ count: rest.length, sum: expect.closeTo(sum, 13) as number });
    // Of each path: a slope for every neuron that it leaves, its weights, and the source.
    const apart = paths.reduce((total, { steps }, i) => {
      return total + steps.length + weighed[i] + (target.type === 'weight' ? 1 : 0);
    }, 0);
    expect(found?.multiplications.apart).toBe(apart);
  });
});
