/** Every printed formula, with its printed numbers, gives the printed result. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { explain } from '../../src/explain/explain';
import type { Equation } from '../../src/explain/explanation';
import { availableNotations, notationOf, profileOf } from '../../src/explain/notation';
import { english } from '../../src/explain/words.en';
import type { Facts, Scope } from '../../src/engine/facts';
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
import { checkEquation, checkFacts } from './support/checkedFacts';
import { allFacts, batchScope, randomParameters, sampleScope } from './support/inspected';
import { compute, meet } from './support/printed';
import {
  activations,
  hiddenActivations,
  kindOf,
  courses,
  losses,
  lossSettings,
  outputActivation,
  penalties,
} from './support/randomNetworks';

const branched = { RESIDUAL, TWO_BRANCHES, TANGLED };

interface Case {
  readonly network: Network;
  readonly outputs: number;
  readonly samples: number;
  readonly seed: number;
  readonly scope: Scope;
  /** Completed epochs of the schedule. */
  readonly epoch?: number;
}

const cases: fc.Arbitrary<Case> = fc
  .record({
    inputs: fc.integer({ min: 1, max: 20 }),
    units: fc.integer({ min: 1, max: 14 }),
    outputs: fc.integer({ min: 1, max: 6 }),
    between: fc.constantFrom(...hiddenActivations),
    end: fc.constantFrom(...activations),
    useBias: fc.boolean(),
    loss: lossSettings,
    regularization: penalties,
    optimizer: fc.constantFrom(
      { type: 'sgd' as const },
      { type: 'sgd' as const, momentum: 0.9 },
      { type: 'adam' as const },
      { type: 'adamw' as const },
    ),
    training: courses,
    epoch: fc.integer({ min: 0, max: 30 }),
    samples: fc.integer({ min: 1, max: 20 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
    batch: fc.boolean(),
  })
  .map(
    ({
      inputs,
      units,
      between,
      end,
      useBias,
      outputs,
      samples,
      seed,
      batch,
      epoch,
      ...settings
    }) => ({
      network: network(
        inputs,
        [
          dense(units, between, { useBias }),
          dense(outputs, outputActivation(settings.loss.type, end), { useBias }),
        ],
        settings,
      ),
      outputs,
      samples,
      seed,
      scope: batch ? batchScope : sampleScope,
      epoch,
    }),
  );

const ofSample = { outputs: 2, samples: 5, seed: 8, scope: sampleScope };

function factsOf({ network: of, outputs, samples, seed, scope, epoch }: Case): readonly Facts[] {
  const data = randomDataset(samples, of.input.shape[0], outputs, kindOf(of.loss.type));
  return allFacts(of, data, randomParameters(of, seed), scope, epoch);
}

/** One target of each kind; which one differs from network to network. */
function oneOfEachKind(item: Case): readonly Facts[] {
  const kinds = new Map<string, Facts[]>();
  for (const facts of factsOf(item)) {
    const { target } = facts;
    const place = target.type === 'neuron' && target.layer < 0 ? 'input' : '';
    const kind = `${target.type} ${place}`;
    kinds.set(kind, [...(kinds.get(kind) ?? []), facts]);
  }
  return [...kinds.values()].map(ofKind => ofKind[item.seed % ofKind.length]);
}

describe('substitution', () => {
  it('holds for 500 random networks, losses, scopes, penalties and optimizers', () => {
    const kinds = new Set<string>();
    fc.assert(
      fc.property(cases, item => {
        for (const facts of oneOfEachKind(item)) {
          kinds.add(facts.target.type);
          expect(checkFacts(facts, [english])).toBeGreaterThan(0);
        }
      }),
      { numRuns: 500, seed: 20 },
    );
    expect([...kinds].sort()).toEqual(['bias', 'layer', 'loss', 'neuron', 'weight']);
  });

  it('holds for every schedule and both limits, in every notation and language', () => {
    let count = 0;
    for (const type of ['constant', 'step', 'exponential', 'cosine'] as const)
      for (const clip of [
        { norm: 0.1, value: null },
        { norm: null, value: 0.02 },
      ])
        for (const epoch of [0, 3, 17, 25]) {
          const schedule = { type, every: 3, factor: 0.7, minimum: 0.01, warmUp: 5 };
          const layers = [dense(2, 'tanh', { learningRateScale: 0.5 }), dense(2, 'linear')];
          const settings = { training: { schedule, clip, epochs: 20 } };
          const of = network(2, layers, { ...settings, regularization: { l2: 0.1 } });
          for (const scope of [sampleScope, batchScope])
            for (const facts of factsOf({ network: of, ...ofSample, scope, epoch }))
              count += checkFacts(facts);
        }
    expect(count).toBeGreaterThan(1000);
  });

  it.each(activations)('holds for %s, with every loss that it may have', activation => {
    let count = 0;
    for (const type of losses) {
      if (outputActivation(type, activation) !== activation) continue;
      const loss = { type, half: true, reduction: 'mean' as const };
      const layers = [
        dense(3, activation === 'softmax' ? 'tanh' : activation),
        dense(2, activation),
      ];
      const of = network(2, layers, { loss });
      for (const scope of [sampleScope, batchScope])
        for (const facts of factsOf({ network: of, outputs: 2, samples: 7, seed: 3, scope }))
          count += checkFacts(facts);
    }
    expect(count).toBeGreaterThan(100);
  });

  it.each(Object.keys(branched) as (keyof typeof branched)[])('holds for %s', name => {
    let count = 0;
    for (const loss of ['meanSquaredError', 'huber'] as const) {
      const of = network(3, branched[name], { loss: { type: loss } });
      for (const scope of [sampleScope, batchScope])
        for (const facts of factsOf({ network: of, outputs: 2, samples: 7, seed: 3, scope }))
          count += checkFacts(facts);
    }
    expect(count).toBeGreaterThan(1000);
  });

  it('holds for a merge that is the output, with every loss that it may have', () => {
    let count = 0;
    for (const type of losses) {
      for (const end of hiddenActivations) {
        if (outputActivation(type, end) !== end && end !== 'linear') continue;
        const layers = [
          dense(2, 'tanh', { id: 'a' }),
          dense(2, 'silu', { id: 'b' }),
          merge('add', 2, ['b', 'a'], outputActivation(type, end)),
        ];
        const of = network(2, layers, { loss: { type } });
        for (const facts of factsOf({ network: of, ...ofSample })) count += checkFacts(facts);
      }
    }
    expect(count).toBeGreaterThan(1000);
  });

  it('holds for merges of wide layers, whose terms are left out', () => {
    const layers = [
      dense(20, 'tanh', { id: 'a' }),
      dense(20, 'silu', { id: 'b' }),
      merge('add', 20, ['a', 'b'], 'elu', 'sum'),
      dense(20, 'tanh', { id: 'c', from: ['a'] }),
      merge('concat', 60, ['sum', 'a', 'c'], 'tanh'),
      dense(2, 'linear'),
    ];
    const of = network(15, layers);
    for (const facts of factsOf({ network: of, ...ofSample }))
      expect(checkFacts(facts)).toBeGreaterThan(0);
  });

  it('holds with the bias as a weight, in every notation', () => {
    const asWeight = availableNotations().map(name => notationOf(name, true));
    let count = 0;
    for (const end of ['sigmoid', 'softmax'] as const) {
      const of = network(3, [dense(12, 'tanh'), dense(2, end)]);
      for (const scope of [sampleScope, batchScope])
        for (const facts of factsOf({ network: of, ...ofSample, scope }))
          count += checkFacts(facts, [english], asWeight);
    }
    expect(count).toBeGreaterThan(1000);
  });

  it.each(['sum', 'mean', 'meanAll'] as const)(
    'holds for the perceptron rule, loss: %s',
    reduction => {
      const loss = { type: 'meanSquaredError', half: true, reduction } as const;
      for (const samples of [1, 5, 20])
        for (const scope of [sampleScope, batchScope]) {
          const of = network(2, [dense(2, 'step')], { loss });
          for (const facts of factsOf({ network: of, outputs: 2, samples, seed: 4, scope }))
            expect(checkFacts(facts)).toBeGreaterThan(0);
        }
    },
  );

  it('holds for why δ = a − y, also where targets do not sum to 1', () => {
    for (const [type, end] of [
      ['binaryCrossEntropy', 'sigmoid'],
      ['crossEntropy', 'softmax'],
    ] as const)
      for (const outputs of [1, 3, 9])
        for (const kind of ['oneHot', 'real'] as const) {
          if (type === 'binaryCrossEntropy' && kind === 'real') continue;
          const of = network(2, [dense(outputs, end)], { loss: { type } });
          const data = randomDataset(3, 2, outputs, kind);
          for (const facts of allFacts(of, data, randomParameters(of, 7), sampleScope)) {
            expect(checkFacts(facts, [english])).toBeGreaterThan(0);
            if (facts.type !== 'neuron') continue;
            const { derivation = [] } = explain(facts, profileOf('nielsen'), english);
            expect(derivation.at(-1)?.equation.value).toBe(facts.delta);
          }
        }
  });

  it('holds where activations are saturated', () => {
    for (const [loss, end] of [
      ['binaryCrossEntropy', 'sigmoid'],
      ['crossEntropy', 'softmax'],
      ['meanSquaredError', 'softmax'],
      ['meanSquaredError', 'tanh'],
    ] as const) {
      const of = network(2, [dense(3, 'sigmoid'), dense(3, end)], { loss: { type: loss } });
      const data = randomDataset(5, 2, 3, 'oneHot');
      for (const size of [20, 200])
        for (const facts of allFacts(of, data, randomParameters(of, 9, size), sampleScope))
          expect(checkFacts(facts)).toBeGreaterThan(0);
    }
  });

  it('finds a wrong formula', () => {
    const wrong: Equation = {
      left: { type: 'symbol', text: 'C' },
      forms: [
        {
          type: 'sum',
          terms: [
            { type: 'number', value: 1 },
            { type: 'rest', count: 2, sum: 0.25, label: '2 more' },
          ],
        },
      ],
      value: 1.26,
    };
    expect(() => checkEquation(wrong)).toThrow();
    checkEquation({ ...wrong, value: 1.25 });
    expect(meet(compute('0.1·(−0.1379) + 0.3·0.145'), compute('0.02973'))).toBe(true);
    expect(meet(compute('0.1·0.1379 + 0.3·0.145'), compute('0.02973'))).toBe(false);
    expect(meet(compute('(0.4406 − 1)·0.2465'), compute('0.1379'))).toBe(false);
  });
});
