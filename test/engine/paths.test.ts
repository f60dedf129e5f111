/** A gradient as the sum over all paths from the parameter to the loss. */
import { describe, expect, it, test } from 'vitest';
import type { ParameterFacts, PathFacts } from '../../src/engine/facts';
import { createInspector } from '../../src/engine/inspect';
import type { Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import {
  inspected,
  randomParameters,
  reference,
  referenceData,
  referenceParameters,
} from '../explain/support/inspected';
import { dense, network, randomDataset, RESIDUAL, TANGLED, TWO_BRANCHES } from './networks';

const SAMPLE = { type: 'sample', index: 0 } as const;

/** Of every weight and bias. */
function everyParameter(of: Network, seed: number): readonly ParameterFacts[] {
  const { inputSize, outputSize, layers } = inferShapes(of);
  const inspector = createInspector(of, randomDataset(3, inputSize, outputSize));
  const parameters = randomParameters(of, seed);
  const position = { epoch: 0, step: 0 };
  const targets = layers.flatMap(({ units, inputs }, layer) => {
    const rule = of.layers[layer];
    if (rule.type !== 'dense') return [];
    return Array.from({ length: units }, (_, row) => [
      ...(rule.useBias ? [{ type: 'bias', layer, row } as const] : []),
      ...Array.from({ length: inputs }, (_, column) => {
        return { type: 'weight', layer, row, column } as const;
      }),
    ]).flat();
  });
  return targets.map(
    target => inspector.inspect(parameters, target, SAMPLE, position) as ParameterFacts,
  );
}

const sumOf = ({ paths, more }: PathFacts): number =>
  paths.reduce((sum, { product }) => sum + product, more.sum);

describe('paths', () => {
  it.each([
    ['a chain', network(3, [dense(4, 'tanh'), dense(3, 'sigmoid'), dense(2, 'linear')])],
    [
      'softmax',
      network(2, [dense(3, 'relu'), dense(3, 'softmax')], { loss: { type: 'crossEntropy' } }),
    ],
    ['a residual network', network(3, RESIDUAL)],
    ['two branches', network(3, TWO_BRANCHES)],
    ['many branches', network(3, TANGLED)],
  ] as const)('%s: their sum is the gradient, and each is its own product', (_, of) => {
    for (const seed of [1, 2, 3]) {
      for (const { paths, gradient, source = NaN, target } of everyParameter(of, seed)) {
        if (!paths) throw new Error(`layers[${target.layer}] has no paths`);
        const scale = Math.max(1, ...paths.paths.map(({ product }) => Math.abs(product)));
        expect(Math.abs(sumOf(paths) - gradient)).toBeLessThanOrEqual(1e-12 * scale);
        for (const { steps, delta, product } of paths.paths) {
          const found = steps.reduce(
            (value, { derivative, weight }) => value * derivative * weight,
            source * delta,
          );
          expect(Math.abs(found - product)).toBeLessThanOrEqual(1e-12 * scale);
        }
        expect(paths.paths.length + paths.more.count).toBe(paths.count);
        expect(
          new Set(paths.paths.map(path => JSON.stringify([path.steps, path.output]))).size,
        ).toBe(paths.paths.length);
      }
    }
  });

  test('of the reference network: one into each output, with and without stored δ', () => {
    const target = { type: 'weight', layer: 0, row: 0, column: 0 } as const;
    const { paths, gradient } = inspected(
      reference,
      referenceData,
      referenceParameters,
      target,
      SAMPLE,
    ) as ParameterFacts;
    expect(paths?.count).toBe(2);
    // x · f′ · w · δ twice; then w · δ twice, f′ and x once.
    expect(paths?.multiplications).toEqual({ apart: 6, shared: 4 });
    expect(paths?.paths.map(({ output }) => output)).toEqual([1, 0]);
    expect(sumOf(paths!)).toBeCloseTo(gradient, 15);
    expect(gradient).toBeCloseTo(0.007358, 6);
  });

  it('keeps the largest and counts all of a wide network', () => {
    const of = network(2, [
      dense(9, 'tanh'),
      dense(8, 'tanh'),
      dense(7, 'tanh'),
      dense(3, 'linear'),
    ]);
    for (const { paths, target, gradient } of everyParameter(of, 5)) {
      if (target.layer !== 0 || !paths) continue;
      expect(paths.count).toBe(8 * 7 * 3);
      expect(paths.paths).toHaveLength(12);
      const sizes = paths.paths.map(({ product }) => Math.abs(product));
      expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
      expect(sumOf(paths)).toBeCloseTo(gradient, 12);
      const own = target.type === 'weight' ? 1 : 0;
      expect(paths.multiplications.apart).toBe(8 * 7 * 3 * (6 + own));
      // Every δ once: its weights and its slope.
      expect(paths.multiplications.shared).toBe(8 + 1 + 8 * (7 + 1) + 7 * (3 + 1) + own);
    }
  });

  it('really are the largest', () => {
    const of = network(1, [
      dense(2, 'tanh'),
      dense(5, 'tanh'),
      dense(4, 'tanh'),
      dense(2, 'linear'),
    ]);
    const parameters = randomParameters(of, 8);
    const data = randomDataset(2, 1, 2);
    const target = { type: 'bias', layer: 0, row: 1 } as const;
    const facts = inspected(of, data, parameters, target, SAMPLE) as ParameterFacts;
    const slope = (layer: number, row: number): number => {
      const found = inspected(of, data, parameters, { type: 'neuron', layer, row }, SAMPLE);
      return found.type === 'neuron' ? found.derivative : NaN;
    };
    const weight = (layer: number, row: number, column: number): number => {
      const found = inspected(of, data, parameters, { type: 'weight', layer, row, column }, SAMPLE);
      return found.type === 'weight' ? found.value : NaN;
    };
    const products: number[] = [];
    for (let i = 0; i < 5; i++)
      for (let j = 0; j < 4; j++)
        for (let k = 0; k < 2; k++) {
          const output = inspected(
            of,
            data,
            parameters,
            { type: 'neuron', layer: 3, row: k },
            SAMPLE,
          );
          const delta = output.type === 'neuron' ? output.delta : NaN;
          const first = slope(0, 1) * weight(1, i, 1) * slope(1, i) * weight(2, j, i);
          products.push(first * slope(2, j) * weight(3, k, j) * delta);
        }
    const largest = products.sort((a, b) => Math.abs(b) - Math.abs(a)).slice(0, 12);
    facts.paths?.paths.forEach(({ product }, i) => expect(product).toBeCloseTo(largest[i], 14));
    expect(facts.paths?.paths).toHaveLength(12);
  });

  it('are not walked where there are too many connections or layers', () => {
    const wide = network(1, [
      dense(1, 'tanh'),
      dense(70, 'tanh'),
      dense(70, 'tanh'),
      dense(1, 'linear'),
    ]);
    expect(everyParameter(wide, 1)[0].paths).toBeUndefined();
    const layers = Array.from({ length: 50 }, () => dense(1, 'tanh'));
    const deep = everyParameter(network(1, layers), 1);
    expect(deep[0].paths).toBeUndefined();
    expect(deep.at(-1)?.paths?.count).toBe(1);
  });
});
