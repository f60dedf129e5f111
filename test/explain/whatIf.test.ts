/** A push in every notation: the printed formula gives the printed prediction. */
import { describe, expect, it } from 'vitest';
import type { NeuronFacts, ParameterFacts } from '../../src/engine/facts';
import { initialParameters } from '../../src/engine/initializers';
import { createInspector } from '../../src/engine/inspect';
import { evaluate } from '../../src/explain/evaluate';
import { explainPush, slopeOf, startOf } from '../../src/explain/explainWhatIf';
import { availableNotations, profileOf } from '../../src/explain/notation';
import { toUnicode } from '../../src/explain/unicode';
import { english } from '../../src/explain/words.en';
import { cos, erf, exp, log, tanh } from '../../src/math/functions';
import { dense, network, randomDataset } from '../engine/networks';

const net = network(2, [dense(3, 'tanh'), dense(1, 'sigmoid')]);
const data = randomDataset(5, 2, 1);
const inspector = createInspector(net, data);
const factsOf = (target: Parameters<typeof inspector.inspect>[1]): NeuronFacts | ParameterFacts =>
  inspector.inspect(
    initialParameters(net),
    target,
    { type: 'sample', index: 1 },
    { epoch: 0, step: 0 },
  ) as NeuronFacts | ParameterFacts;

const targets = [
  { type: 'neuron', layer: 0, row: 2 },
  { type: 'neuron', layer: 1, row: 0 },
  { type: 'weight', layer: 0, row: 1, column: 1 },
  { type: 'bias', layer: 1, row: 0 },
] as const;

describe.each(availableNotations())('%s', notation => {
  it.each(targets)('predicts by the slope: %j', target => {
    const facts = factsOf(target);
    const at = { shift: -0.25, change: 0.5 };
    const { predicted, actual } = explainPush(facts, profileOf(notation), english, at);
    const printed = evaluate(predicted.forms[1], { exp, log, tanh, cos, erf });
    expect(printed).toBeCloseTo(slopeOf(facts) * -0.25, 15);
    expect(predicted.value).toBe(slopeOf(facts) * -0.25);
    expect(actual.value).toBe(0.5);
    expect(toUnicode(actual)).toContain(toUnicode({ type: 'number', value: startOf(facts) }));
  });
});

it.each([
  ['nielsen', 'ΔC = δ₃²·Δz₃²'],
  ['zybuluo', 'ΔE = −δ₅·Δnet₅'],
  ['chain0', 'ΔC = ∂C/∂z₁₂·Δz₁₂'],
] as const)('in %s it reads %s', (notation, words) => {
  const at = { shift: 0.1, change: 0.001 };
  const { predicted } = explainPush(factsOf(targets[0]), profileOf(notation), english, at);
  expect(toUnicode({ ...predicted, forms: predicted.forms.slice(0, 1) })).toContain(words);
});
