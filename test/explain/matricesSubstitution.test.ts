/** Every equation of matrices holds for the numbers that stand in it: exactly, and as they are printed. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import type { Scope } from '../../src/engine/facts';
import { createInspector } from '../../src/engine/inspect';
import { availableNotations } from '../../src/explain/notation';
import type { Network } from '../../src/network/network';
import {
  dense,
  merge,
  network,
  randomDataset,
  RESIDUAL,
  TANGLED,
  TWO_BRANCHES,
} from '../engine/networks';
import { batchScope, randomParameters, sampleScope } from './support/inspected';
import { checkStep } from './support/checkedMatrices';
import { card, stepsOf } from './support/matrixCards';
import {
  activations,
  hiddenActivations,
  kindOf,
  lossSettings,
  outputActivation,
  penalties,
} from './support/randomNetworks';

/** Every layer, every notation, with the bias as a column and apart. */
function checkNetwork(of: Network, data: Dataset, parameters: Float64Array, scope: Scope): number {
  const inspector = createInspector(of, data);
  let count = 0;
  for (let layer = -1; layer < of.layers.length; layer++) {
    const facts = inspector.layerMatrices(parameters, { scope, layer });
    for (const notation of availableNotations())
      for (const biasColumn of [true, false])
        for (const step of stepsOf(card(facts, notation, biasColumn))) count += checkStep(step);
  }
  return count;
}

const cases = fc.record({
  inputs: fc.integer({ min: 1, max: 18 }),
  units: fc.integer({ min: 1, max: 15 }),
  outputs: fc.integer({ min: 2, max: 14 }),
  between: fc.constantFrom(...hiddenActivations),
  end: fc.constantFrom(...activations),
  useBias: fc.boolean(),
  loss: lossSettings,
  regularization: penalties,
  seed: fc.integer({ min: 0, max: 1e6 }),
  scope: fc.constantFrom(sampleScope, batchScope),
});

describe('equations of matrices', () => {
  it('hold for random networks, all activations, losses and penalties', () => {
    let count = 0;
    fc.assert(
      fc.property(
        cases,
        ({ inputs, units, outputs, between, end, useBias, seed, scope, ...rest }) => {
          const { type } = rest.loss;
          const layers = [
            dense(units, between, { useBias }),
            dense(outputs, outputActivation(type, end), { useBias }),
          ];
          const of = network(inputs, layers, rest);
          const data = randomDataset(5, inputs, outputs, kindOf(type));
          count += checkNetwork(of, data, randomParameters(of, seed), scope);
        },
      ),
      { numRuns: 50, seed: 41 },
    );
    expect(count).toBeGreaterThan(10_000);
  });

  it.each(Object.entries({ RESIDUAL, TWO_BRANCHES, TANGLED }))('hold for %s', (_, layers) => {
    for (const scope of [sampleScope, batchScope]) {
      const of = network(3, layers);
      const data = randomDataset(4, 3, 2, 'real');
      expect(checkNetwork(of, data, randomParameters(of, 5), scope)).toBeGreaterThan(100);
    }
  });

  it('hold for merges of wide layers, of which the middle is left out', () => {
    const layers = [
      dense(20, 'tanh', { id: 'a' }),
      dense(20, 'silu', { id: 'b' }),
      merge('add', 20, ['a', 'b'], 'elu', 'sum'),
      merge('concat', 40, ['sum', 'a'], 'tanh'),
      dense(30, 'softmax'),
    ];
    const of = network(30, layers);
    const data = randomDataset(3, 30, 30, 'real');
    expect(checkNetwork(of, data, randomParameters(of, 9, 0.3), sampleScope)).toBeGreaterThan(1000);
  });
});
