/** A neuron edge by edge: every share is w · a or w · δ, and the shares add up. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/explain/explain';
import type { Line } from '../../src/explain/explanation';
import { availableNotations, profileOf } from '../../src/explain/notation';
import { toUnicode } from '../../src/explain/unicode';
import { chinese } from '../../src/explain/words.zh';
import { english } from '../../src/explain/words.en';
import { inferShapes } from '../../src/network/shapes';
import { dense, network, randomDataset, RESIDUAL, TWO_BRANCHES } from '../engine/networks';
import { inspected, randomParameters, referenceFacts, sampleScope } from './support/inspected';

const neuron = (layer: number, row: number) => ({ type: 'neuron', layer, row }) as const;

function shown(lines: readonly Line[] | undefined): readonly string[] {
  return (lines ?? []).map(({ label, equation }) => `${label}  ${toUnicode(equation)}`);
}

describe('edge by edge', () => {
  it('the first hidden neuron of the reference network', () => {
    const facts = referenceFacts(neuron(0, 0));
    const { edges } = explain(facts, profileOf('zybuluo'), english);
    expect(shown(edges?.incoming)).toEqual([
      'from input 1  w₄₁·x₁ = 0.05·1 = 0.05',
      'from input 2  w₄₂·x₂ = 0·0.5 = 0',
      'from input 3  w₄₃·x₃ = −0.05·(−1) = 0.05',
      'bias of neuron 4 of layer 1  w_4b = 0.1',
      'together  net₄ = 0.2',
    ]);
    expect(shown(edges?.outgoing)).toEqual([
      'by way of neuron 8 of layer 2  w₈₄·δ₈ = 0.1·0.1379 = 0.01379',
      'by way of neuron 9 of layer 2  w₉₄·δ₉ = 0.3·(−0.145) = −0.04351',
      'together  Σₖ wₖ₄·δₖ = −∂E/∂a₄ = −0.02973',
    ]);
    expect(explain(facts, profileOf('zybuluo'), chinese).edges?.outgoing[0].label).toMatch(/^经过/);
  });

  it('an output sends nothing back to itself, an input brings nothing', () => {
    const of = (target: ReturnType<typeof neuron>) =>
      explain(referenceFacts(target), profileOf('nielsen'), english).edges;
    expect(of(neuron(1, 0))?.outgoing).toEqual([]);
    expect(of(neuron(-1, 0))?.incoming).toEqual([]);
    expect(of(neuron(-1, 0))?.outgoing).toHaveLength(5);
  });

  it('an output says its δ and the derivative, each with its number', () => {
    const facts = referenceFacts(neuron(1, 0));
    const lines = explain(facts, profileOf('zybuluo'), english).lines.map(({ equation }) =>
      toUnicode(equation),
    );
    expect(lines).toContain('δ₈ = −∂E/∂net₈ = −(−0.1379) = 0.1379');
  });

  it('adds up for random networks, with what is left out of long sums', () => {
    const wide = network(15, [dense(14, 'tanh'), dense(3, 'sigmoid')]);
    fc.assert(
      fc.property(
        fc.constantFrom(network(4, RESIDUAL), network(4, TWO_BRANCHES), wide),
        fc.integer({ min: 1, max: 1e6 }),
        fc.constantFrom(...availableNotations()),
        (net, seed, notation) => {
          const { inputSize, outputSize } = inferShapes(net);
          const data = randomDataset(3, inputSize, outputSize);
          const facts = inspected(
            net,
            data,
            randomParameters(net, seed),
            neuron(0, 1),
            sampleScope,
          );
          const { edges } = explain(facts, profileOf(notation), english);
          for (const lines of [edges?.incoming ?? [], edges?.outgoing ?? []]) {
            const values = lines.map(({ equation }) => equation.value ?? NaN);
            const total = values.pop() ?? NaN;
            expect(values.reduce((sum, value) => sum + value, 0)).toBeCloseTo(total, 10);
          }
        },
      ),
      { numRuns: 60 },
    );
  });
});
