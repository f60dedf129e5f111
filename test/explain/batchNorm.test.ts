/** Cards of batchNorm: every formula with its numbers, in every notation and both languages. */
import { describe, expect, it, test } from 'vitest';
import { createTrainer } from '../../src/engine/createTrainer';
import type { LayerFacts, NeuronFacts, ParameterFacts, Target } from '../../src/engine/facts';
import { batchGradient } from '../../src/engine/gradient';
import { createInspector } from '../../src/engine/inspect';
import { parameterTablesOf } from '../../src/engine/plan';
import { availableNotations, profileOf } from '../../src/explain/notation';
import { formulaSheet } from '../../src/explain/sheet';
import { sheetEnglish } from '../../src/explain/sheetWords.en';
import { toUnicode } from '../../src/explain/unicode';
import { chinese } from '../../src/explain/words.zh';
import { english } from '../../src/explain/words.en';
import { inferShapes } from '../../src/network/shapes';
import { imageData, imageNetwork } from '../engine/imageNetworks';
import { cardsOf, describeSubstitution } from './support/cards';
import { batchScope, sampleScope } from './support/inspected';

const LAYERS = [
  { type: 'conv2d', filters: 2, kernel: [3, 3], activation: 'linear', useBias: false },
  { type: 'batchNorm', activation: 'tanh' },
  { type: 'flatten' },
  { type: 'dense', units: 3 },
  { type: 'batchNorm', epsilon: 0.01, momentum: 0.5, activation: 'sigmoid' },
  { type: 'dense', units: 2 },
];

const net = imageNetwork(LAYERS, [5, 4, 1]);
const data = imageData(net, 9);
const parameters = trained();
const inspector = createInspector(net, data);
const position = { epoch: 0, step: 0 };

function trained(): Float64Array {
  const trainer = createTrainer(net, data);
  trainer.run({ steps: 3 });
  return trainer.readParameters();
}

const { explained, line } = cardsOf(net, data, parameters);

const facts = <T>(target: Target, scope: typeof sampleScope | typeof batchScope = sampleScope): T =>
  inspector.inspect(parameters, target, scope, position) as T;

describeSubstitution(net, data, parameters);

test('facts add up: z from γ x̂ + β, what comes back, every parameter’s gradient', () => {
  const all = batchGradient(net, data, data.training, parameters);
  const { layers } = inferShapes(net);
  layers.forEach(({ units }, layer) => {
    for (let row = 0; row < units; row++) {
      const found = facts<NeuronFacts>({ type: 'neuron', layer, row });
      const sum = found.incoming.terms.reduce((t, { weight, factor }) => t + weight * factor, 0);
      expect(sum + found.incoming.more.sum + (found.bias ?? 0)).toBeCloseTo(
        found.weightedInput,
        10,
      );
      if (!found.outgoing) continue;
      const back = found.outgoing.terms.reduce((t, { weight, factor }) => t + weight * factor, 0);
      expect(back + found.outgoing.more.sum).toBeCloseTo(found.outputGradient, 10);
    }
  });
  for (const { layer, kind, rows, columns, offset } of parameterTablesOf(net, inferShapes(net))) {
    if (kind !== 'weight' && kind !== 'bias') continue;
    for (let i = 0; i < rows * columns; i++) {
      const [row, column] = [Math.floor(i / columns), i % columns];
      const target: Target =
        kind === 'weight' ? { type: kind, layer, row, column } : { type: kind, layer, row };
      const one = facts<ParameterFacts>(target);
      const { shared } = one;
      const products = shared?.terms.reduce((t, { delta, source }) => t + delta * source, 0) ?? NaN;
      const own = shared ? products + shared.more.sum : (one.delta ?? NaN) * (one.source ?? NaN);
      expect(own).toBeCloseTo(one.gradient, 10);
      const batch = facts<ParameterFacts>(target, batchScope);
      expect(batch.gradient).toBeCloseTo(all[offset + i], 10);
      const named = batch.perSample.reduce((t, each) => t + each.gradient, batch.moreSamples.sum);
      expect(named * batch.reductionFactor).toBeCloseTo(batch.data, 10);
      expect(one.rank?.of).toBe(inferShapes(net).parameters);
    }
  }
});

describe('a neuron', () => {
  const neuron = { type: 'neuron', layer: 4, row: 1 } as const;

  it('is normalised by the running statistics of its feature, then scaled and shifted', () => {
    expect(line(neuron, 'normalised')).toMatch(/^x̂₂⁶ = \(a₂⁵ − μ₂⁶\)\/√\(v₂⁶ \+ 0\.01\) = .+ = /);
    expect(line(neuron, 'weighted input')).toMatch(/^z₂⁶ = γ₂⁶·x̂₂⁶ \+ β₂⁶ = /);
    expect(explained(neuron).cautions.join(' ')).toContain('the running ones');
    expect(explained(neuron, 'nielsen', chinese).cautions.join(' ')).toContain('移动均值');
  });

  it('of an image has the numbers of its channel', () => {
    const at = { type: 'neuron', layer: 1, row: 4 } as const;
    expect(line(at, 'normalised')).toMatch(/= \(a₅² − μ₁³\)\/√\(v₁³ \+ 1×10⁻⁵\) = /);
    expect(explained(at).path).toBe('layers[1].weights[0]');
  });

  it('before it gets back γ/√(v + ε) of its error', () => {
    expect(line({ type: 'neuron', layer: 3, row: 0 }, 'error term')).toMatch(
      /^δ₁⁵ = \(?γ₁⁶\/√\(v₁⁶ \+ 0\.01\)·δ₁⁶/,
    );
  });
});

describe('γ and β', () => {
  const gamma = { type: 'weight', layer: 4, row: 2, column: 0 } as const;

  it('of a list have one neuron', () => {
    expect(explained(gamma).words).toBe('γ of feature 3 of layer 6');
    expect(toUnicode(explained(gamma).headline)).toMatch(/^∂C\/∂γ₃⁶ = x̂₃⁶·δ₃⁶ = /);
    expect(explained(gamma, 'nielsen', chinese).words).toBe('第 6 层特征 3 的 γ');
    const beta = { type: 'bias', layer: 4, row: 0 } as const;
    expect(explained(beta).words).toBe('β of feature 1 of layer 6');
    expect(toUnicode(explained(beta).headline)).toMatch(/^∂C\/∂β₁⁶ = δ₁⁶/);
  });

  it('of an image add up all places of the channel', () => {
    const channel = { type: 'weight', layer: 1, row: 1, column: 0 } as const;
    expect(explained(channel).words).toBe('γ of channel 2 of layer 3');
    expect(toUnicode(explained(channel).headline)).toMatch(/^∂C\/∂γ₂³ = Σₚ x̂ₚ³·δₚ³ = /);
    expect(facts<ParameterFacts>(channel).shared).toMatchObject({ places: 6, used: 6 });
  });

  it('are counted as parameters, the statistics are not', () => {
    expect(facts<LayerFacts>({ type: 'layer', layer: 4 }).parameters).toBe(6);
  });
});

test('a layer says its rules, in every notation', () => {
  for (const name of availableNotations()) {
    const { lines } = explained({ type: 'layer', layer: 4 }, name);
    const rules = lines.filter(({ role }) => role === 'rule').map(each => toUnicode(each.equation));
    expect(rules[0]).toMatch(/γ.+⊙.+μ.+√.*v.+0\.01.+β/);
  }
  expect(explained({ type: 'layer', layer: 4 }).words).toBe(
    'layer 6 (hidden) · batch normalisation of 3 values',
  );
  expect(explained({ type: 'layer', layer: 1 }).words).toContain('each channel of an image');
});

test('the formula sheet has it', () => {
  const text = formulaSheet({
    ...{ network: net, shapes: inferShapes(net), name: 'n', notation: 'nielsen' },
    ...{ profile: profileOf('nielsen'), words: english, sheetWords: sheetEnglish },
  });
  expect(text).toContain('\\gamma');
  expect(text).toContain('batch normalisation of 3 values');
  expect(text).not.toMatch(/undefined|NaN/);
});

test('fans join a neuron with that of the same number', () => {
  const fan = inspector.fan(parameters, {
    scope: sampleScope,
    layer: 1,
    row: 4,
    quantity: 'weight',
  });
  expect(fan.incoming).toMatchObject([{ layer: 1, row: 0, column: 0, from: 4, to: 4 }]);
  const back = inspector.fan(parameters, {
    scope: sampleScope,
    layer: 3,
    row: 1,
    quantity: 'weight',
  });
  expect(back.outgoing).toMatchObject([{ layer: 4, row: 1, column: 0, from: 1, to: 1 }]);
});

test('what if: the curve of γ of a channel begins with its gradient', () => {
  const target = { type: 'weight', layer: 1, row: 1, column: 0 } as const;
  const request = { target, scope: sampleScope, from: -1e-5, to: 1e-5, points: 3 };
  const job = inspector.whatIf(parameters, request, position);
  expect(job.run()).toBe(true);
  const { changes } = job.result();
  expect((changes[2] - changes[0]) / 2e-5).toBeCloseTo(facts<ParameterFacts>(target).gradient, 6);
});
