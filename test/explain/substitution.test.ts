/** Every printed formula, with its printed numbers, gives the printed result. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evaluate } from '../../src/explain/evaluate';
import { explain } from '../../src/explain/explain';
import type { Equation, Expression, Rule } from '../../src/explain/explanation';
import { availableNotations, profileOf } from '../../src/explain/notation';
import { formatNumber } from '../../src/explain/numbers';
import { toUnicode } from '../../src/explain/unicode';
import { chinese } from '../../src/explain/words.zh';
import { english } from '../../src/explain/words.en';
import * as elementary from '../../src/math/functions';
import type { Facts, Scope } from '../../src/engine/facts';
import type {
  ActivationName,
  Loss,
  LossName,
  Network,
  Regularization,
} from '../../src/network/network';
import {
  dense,
  merge,
  network,
  randomDataset,
  RESIDUAL,
  TANGLED,
  TWO_BRANCHES,
} from '../engine/networks';
import { allFacts, batchScope, randomParameters, sampleScope } from './support/inspected';
import { compute, meet } from './support/printed';

const hidden: readonly ActivationName[] = [
  'linear',
  'step',
  'sigmoid',
  'tanh',
  'relu',
  'leakyRelu',
  'elu',
  'gelu',
  'silu',
  'softplus',
];
const activations: readonly ActivationName[] = [...hidden, 'softmax'];
const losses: readonly LossName[] = [
  'meanSquaredError',
  'meanAbsoluteError',
  'huber',
  'binaryCrossEntropy',
  'crossEntropy',
];

const { exp, log, tanh, erf } = elementary;
const functions = { exp, log, tanh, erf };

/** The largest number that is printed: what rounding errors are measured against. */
function largest(expression: Expression): number {
  let found = 0;
  JSON.stringify(expression, (key, value: unknown) => {
    if (typeof value === 'number' && key !== 'count') found = Math.max(found, Math.abs(value));
    return value;
  });
  return found;
}

/** The last form in three ways: the tree, the text with all digits, the text as people see it. */
export function checkEquation(equation: Equation | Rule): void {
  const { value } = equation;
  if (value === undefined || !Number.isFinite(value)) return;
  const last = equation.forms[equation.forms.length - 1];
  const scale = Math.max(Math.abs(value), largest(last));
  const what = toUnicode(equation, { digits: 17 });
  expect(Math.abs(evaluate(last, functions) - value), what).toBeLessThanOrEqual(1e-12 * scale);
  const [exact] = compute(toUnicode(last, { digits: 17 }), 17);
  expect(Math.abs(exact - value), what).toBeLessThanOrEqual(1e-12 * scale);
  const printed = toUnicode(last);
  const result = compute(formatNumber(value));
  expect(meet(compute(printed), result, 1e-15), `${printed} = ${formatNumber(value)}`).toBe(true);
}

/** Every equation of every explanation, in every notation; returns how many there were. */
export function checkFacts(facts: Facts): number {
  let count = 0;
  for (const name of availableNotations()) {
    for (const words of [english, chinese]) {
      const explanation = explain(facts, profileOf(name), words);
      for (const { equation } of [{ equation: explanation.headline }, ...explanation.lines]) {
        checkEquation(equation);
        if (equation.value !== undefined) count += 1;
      }
    }
  }
  return count;
}

const branched = { RESIDUAL, TWO_BRANCHES, TANGLED };

interface Case {
  readonly network: Network;
  readonly outputs: number;
  readonly samples: number;
  readonly seed: number;
  readonly scope: Scope;
}

const penalties: fc.Arbitrary<Partial<Regularization>> = fc.record({
  l2: fc.constantFrom(0, 0.3),
  l1: fc.constantFrom(0, 0.02),
  scale: fc.constantFrom('lambda/2m' as const, 'lambda/2' as const, 'lambda' as const),
  bias: fc.boolean(),
});

/** The activation that goes with a cross-entropy, else any. */
function outputActivation(loss: LossName, any: ActivationName): ActivationName {
  if (loss === 'binaryCrossEntropy') return 'sigmoid';
  return loss === 'crossEntropy' ? 'softmax' : any;
}

const lossSettings: fc.Arbitrary<Loss> = fc.record({
  type: fc.constantFrom(...losses),
  half: fc.boolean(),
  reduction: fc.constantFrom('sum' as const, 'mean' as const, 'meanAll' as const),
});

const cases: fc.Arbitrary<Case> = fc
  .record({
    inputs: fc.integer({ min: 1, max: 20 }),
    units: fc.integer({ min: 1, max: 14 }),
    outputs: fc.integer({ min: 1, max: 6 }),
    between: fc.constantFrom(...hidden),
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
    samples: fc.integer({ min: 1, max: 20 }),
    seed: fc.integer({ min: 0, max: 1e6 }),
    batch: fc.boolean(),
  })
  .map(({ inputs, units, between, end, useBias, outputs, samples, seed, batch, ...settings }) => ({
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
  }));

const targetsOf = { binaryCrossEntropy: 'binary', crossEntropy: 'oneHot' } as const;

const ofSample = { outputs: 2, samples: 5, seed: 8, scope: sampleScope };

function factsOf({ network: of, outputs, samples, seed, scope }: Case): readonly Facts[] {
  const { type } = of.loss;
  const kind =
    type === 'binaryCrossEntropy' || type === 'crossEntropy' ? targetsOf[type] : ('real' as const);
  const data = randomDataset(samples, of.input.shape[0], outputs, kind);
  return allFacts(of, data, randomParameters(of, seed), scope);
}

describe('substitution', () => {
  it('holds for random networks, losses, scopes, penalties and optimizers', () => {
    fc.assert(
      fc.property(cases, item => {
        for (const facts of factsOf(item)) checkFacts(facts);
      }),
      { numRuns: 60, seed: 20 },
    );
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
      for (const end of hidden) {
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
