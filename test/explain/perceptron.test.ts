/** The perceptron rule, offered where a step has no gradient. */
import { describe, expect, it } from 'vitest';
import type { ParameterFacts, Scope, Target } from '../../src/engine/facts';
import { createInspector } from '../../src/engine/inspect';
import { explain } from '../../src/explain/explain';
import { profileOf } from '../../src/explain/notation';
import { sectionsOf } from '../../src/explain/sections';
import { toUnicode } from '../../src/explain/unicode';
import { chinese } from '../../src/explain/words.zh';
import { english } from '../../src/explain/words.en';
import type { NotationName, Reduction } from '../../src/network/network';
import { dataset, dense, network, randomDataset } from '../engine/networks';
import { batchScope, inspected, randomParameters, sampleScope } from './support/inspected';

const neuron = network(2, [dense(1, 'step')], {
  loss: { type: 'meanSquaredError', half: true, reduction: 'mean' },
});
const and = dataset(
  [
    [1, 1],
    [0, 1],
    [1, 0],
    [0, 0],
  ],
  [[1], [0], [0], [0]],
);
const weight: Target = { type: 'weight', layer: 0, row: 0, column: 1 };
const bias: Target = { type: 'bias', layer: 0, row: 0 };

function rule(target: Target, scope: Scope, notation: NotationName = 'nielsen', of = neuron) {
  const facts = inspected(of, and, Float64Array.of(0.25, -0.5, 0), target, scope);
  const section = sectionsOf(explain(facts, profileOf(notation), english), english).find(
    ({ name }) => name === 'perceptron',
  );
  return section?.lines.map(({ label, equation }) => `${label}: ${toUnicode(equation)}`);
}

describe('the perceptron rule', () => {
  it('has its formula, its numbers and the next value', () => {
    expect(rule(weight, sampleScope)).toEqual([
      'change: Δw₁₂² = −η·(a₁² − y₁)·a₂¹ = −0.5·(0 − 1)·1 = 0.5',
      'new value: w₁₂² ← w₁₂² + Δw₁₂² = −0.5 + 0.5 = 0',
    ]);
    expect(rule(bias, sampleScope)).toEqual([
      'change: Δb₁² = −η·(a₁² − y₁) = −0.5·(0 − 1) = 0.5',
      'new value: b₁² ← b₁² + Δb₁² = 0 + 0.5 = 0.5',
    ]);
    expect(rule(weight, sampleScope, 'zybuluo')?.[0]).toBe(
      'change: Δw₃₂ = −η·(y₁ − t₁)·x₂ = −0.5·(0 − 1)·1 = 0.5',
    );
  });

  it('moves nothing where the output is right', () => {
    expect(rule(weight, { type: 'sample', index: 1 })?.[0]).toMatch(/ = −0\.5·\(0 − 0\)·1 = 0$/);
  });

  it('is averaged as the loss is, over all samples', () => {
    // Wrong are [1, 1], which should be 1, and [1, 0], which should be 0.
    expect(rule(bias, batchScope)?.[0]).toMatch(
      /^change: Δb₁² = −η·1\/n·Σₓ \(a₁² − y₁\) = −0\.5·1\/4·.* = 0$/,
    );
    expect(rule(weight, batchScope)?.[0]).toMatch(/ = 0\.125$/);
    const summed = { ...neuron, loss: { ...neuron.loss, reduction: 'sum' as const } };
    expect(rule(weight, batchScope, 'nielsen', summed)?.[0]).toMatch(/ = 0\.5$/);
  });

  it.each<[Reduction, number]>([
    ['sum', 1],
    ['mean', 1 / 300],
    ['meanAll', 1 / 900],
  ])(
    'over more samples than are kept or fit in a tile is that of a plain loop: %s',
    (reduction, factor) => {
      const of = network(2, [dense(3, 'step')], { loss: { ...neuron.loss, reduction } });
      const data = randomDataset(300, 2, 3, 'binary');
      const parameters = randomParameters(of, 3);
      const inspector = createInspector(of, data);
      const at = { epoch: 0, step: 0 };
      const target: Target = { type: 'weight', layer: 0, row: 2, column: 1 };
      const { perceptron } = inspector.inspect(
        parameters,
        target,
        batchScope,
        at,
      ) as ParameterFacts;
      let sum = 0;
      for (let sample = 0; sample < 300; sample++) {
        const one = inspector.inspect(parameters, target, { type: 'sample', index: sample }, at);
        const { neuron: of, source = NaN } = one as ParameterFacts;
        sum += ((of?.output ?? NaN) - (of?.outputLayer?.target ?? NaN)) * source;
      }
      expect(perceptron?.sum).toBeCloseTo(sum, 10);
      expect(perceptron?.factor).toBeCloseTo(factor, 15);
    },
  );

  it('learns AND, which no gradient of a step could', () => {
    const inspector = createInspector(neuron, and);
    const parameters = Float64Array.of(0.25, -0.5, 0);
    const targets: Target[] = [{ ...weight, column: 0 } as Target, weight, bias];
    const outputs = (): number[] =>
      [0, 1, 2, 3].map(index => {
        const scope = { type: 'sample', index } as const;
        const target: Target = { type: 'neuron', layer: 0, row: 0 };
        const facts = inspector.inspect(parameters, target, scope, { epoch: 0, step: 0 });
        return facts.type === 'neuron' ? facts.output : NaN;
      });
    for (let step = 0; step < 80; step++) {
      const scope = { type: 'sample', index: step % 4 } as const;
      const next = targets.map(target => {
        const facts = inspector.inspect(parameters, target, scope, { epoch: 0, step: 0 });
        expect(explain(facts, profileOf('nielsen'), english).headline.value).toBeCloseTo(0, 15);
        return explain(facts, profileOf('nielsen'), english).perceptron?.lines[1].equation.value;
      });
      parameters.set(next.map(value => value ?? NaN));
    }
    expect(outputs()).toEqual([1, 0, 0, 0]);
  });

  it('is for a single layer of steps alone', () => {
    const none = (of: typeof neuron): void => {
      const data = randomDataset(2, 2, 1);
      const facts = inspected(of, data, randomParameters(of, 1), weight, sampleScope);
      expect(explain(facts, profileOf('nielsen'), english).perceptron).toBeUndefined();
    };
    none(network(2, [dense(1, 'sigmoid')]));
    none(network(2, [dense(3, 'step'), dense(1, 'step')]));
  });

  it('says why it works, who found it, when it ends, and that training is something else', () => {
    const { perceptron, cautions } = explain(
      inspected(neuron, and, Float64Array.of(0.25, -0.5, 0), weight, sampleScope),
      profileOf('nielsen'),
      english,
    );
    expect(perceptron?.words).toMatch(
      /no gradient to follow.*Rosenblatt 1958.*only whether the output is right.*separates the classes.*Training here/,
    );
    expect(cautions).toContain(english.cautions.stepPerceptron);
    expect(chinese.perceptron).toMatch(/Rosenblatt 1958/);
    const targets: Target[] = [
      { type: 'neuron', layer: 0, row: 0 },
      { type: 'layer', layer: 0 },
    ];
    for (const target of targets)
      for (const scope of [sampleScope, batchScope]) {
        const facts = inspected(neuron, and, Float64Array.of(0.25, -0.5, 0), target, scope);
        const card = explain(facts, profileOf('nielsen'), english);
        expect(card.cautions).toEqual([english.cautions.stepPerceptron]);
      }
  });
});
