/** One network in every notation: other letters and indices, the same numbers. */
import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/engine/facts';
import { explain } from '../../src/explain/explain';
import { availableNotations, profileOf } from '../../src/explain/notation';
import { toUnicode } from '../../src/explain/unicode';
import { english } from '../../src/explain/words.en';
import type { NotationName } from '../../src/network/network';
import { dense, network, randomDataset } from '../engine/networks';
import {
  inspected,
  randomParameters,
  reference,
  referenceData,
  referenceParameters,
  sampleScope,
} from './support/inspected';

function card(notation: NotationName, target: Target) {
  const facts = inspected(reference, referenceData, referenceParameters, target, sampleScope);
  return explain(facts, profileOf(notation), english);
}

function line(notation: NotationName, target: Target, role: string): string | undefined {
  const found = card(notation, target).lines.find(item => item.role === role);
  return found && toUnicode(found.equation);
}

const weight: Target = { type: 'weight', layer: 0, row: 0, column: 0 };
const bias: Target = { type: 'bias', layer: 0, row: 0 };
const hidden: Target = { type: 'neuron', layer: 0, row: 0 };
const output: Target = { type: 'neuron', layer: 1, row: 0 };
const layer: Target = { type: 'layer', layer: 0 };

describe('notation', () => {
  it('has a table for every name', () => {
    expect([...availableNotations()].sort()).toEqual(
      ['chain0', 'ng', 'nielsen', 'plain', 'triple', 'zybuluo'].sort(),
    );
    for (const name of availableNotations()) expect(profileOf(name).name).toBe(name);
  });

  it.each([
    ['nielsen', 'w₁₁²', 'b₁²', 'a₁²', 'a₁³'],
    ['ng', 'Θ₁₁⁽¹⁾', 'Θ₁₀⁽¹⁾', 'a₁⁽²⁾', 'a₁⁽³⁾'],
    ['chain0', 'w₀₀¹', 'b₁₀', 'a₁₀', 'o₀'],
    ['zybuluo', 'w₄₁', 'w_4b', 'a₄', 'y₁'],
    ['triple', 'w₁₁₁', 'b₁₁', 'H₁₁', 'OUTPUT₁'],
    ['plain', 'weight₀₀₀', 'bias₀₀', 'out₀₀', 'out₁₀'],
  ] as const)('%s names its quantities', (name, ...symbols) => {
    expect(
      [weight, bias, hidden, output].map(target => toUnicode(card(name, target).symbol)),
    ).toEqual(symbols);
  });

  it('gradients are the same number everywhere', () => {
    for (const target of [weight, bias])
      for (const name of availableNotations())
        expect(card(name, target).headline.value).toBe(card('nielsen', target).headline.value);
  });

  it('zybuluo: δ is minus the derivative, so the update adds', () => {
    expect(line('zybuluo', weight, 'gradient')).toBe(
      '∂E/∂w₄₁ = −x₁·δ₄ = −1·(−0.007358) = 0.007358',
    );
    expect(line('zybuluo', weight, 'update')).toBe(
      'w₄₁ ← w₄₁ + η·δ₄·x₁ = 0.05 + 0.5·(−0.007358)·1 = 0.04632',
    );
    expect(line('zybuluo', hidden, 'delta')).toBe(
      'δ₄ = (Σₖ wₖ₄·δₖ)·sigmoid′(net₄) = (0.1·0.1379 + 0.3·(−0.145))·0.2475 = −0.02973·0.2475 = −0.007358',
    );
    expect(line('zybuluo', output, 'delta')).toBe(
      'δ₈ = −∂E/∂y₁·sigmoid′(net₈) = −(−0.5594)·0.2465 = 0.1379',
    );
    expect(card('zybuluo', output).cautions).toEqual([english.cautions.errorSign]);
    expect(card('nielsen', output).cautions).toEqual([]);
  });

  it('ng: the bias is a weight on a unit that is 1', () => {
    expect(line('ng', hidden, 'forward')).toBe(
      'z₁⁽²⁾ = Θ₁₁⁽¹⁾·a₁⁽¹⁾ + Θ₁₂⁽¹⁾·a₂⁽¹⁾ + Θ₁₃⁽¹⁾·a₃⁽¹⁾ + Θ₁₀⁽¹⁾·1' +
        ' = 0.05·1 + 0·0.5 + (−0.05)·(−1) + 0.1·1 = 0.2',
    );
  });

  it('chain0: the derivative where others write δ', () => {
    expect(line('chain0', weight, 'gradient')).toBe(
      '∂C/∂w₀₀¹ = a₀₀·∂C/∂z₁₀ = 1·0.007358 = 0.007358',
    );
  });

  it('columns, or rows', () => {
    const rules = (name: NotationName) =>
      card(name, layer)
        .lines.filter(item => item.role === 'rule')
        .map(item => toUnicode(item.equation));
    expect(rules('nielsen')).toEqual([
      'z² = w²·a¹ + b²',
      'a² = σ(z²)',
      'δ² = ((w³)ᵀ·δ³) ⊙ σ′(z²)',
      '∂Cₓ/∂w² = δ²·(a¹)ᵀ',
      '∂Cₓ/∂b² = δ²',
    ]);
    expect(rules('triple')).toEqual([
      'z₁ = x·w₁ᵀ + b₁',
      'H₁ = σ(z₁)',
      'δ₁ = (δ₂·w₂) ⊙ σ′(z₁)',
      '∂Jₓ/∂w₁ = δ₁ᵀ·x',
      '∂Jₓ/∂b₁ = δ₁',
    ]);
  });

  it('separates indices of more than one digit', () => {
    const of = network(14, [dense(2, 'linear'), dense(1, 'linear')]);
    const target: Target = { type: 'weight', layer: 0, row: 1, column: 13 };
    const facts = inspected(
      of,
      randomDataset(1, 14, 1),
      randomParameters(of, 1),
      target,
      sampleScope,
    );
    const symbol = (name: NotationName) =>
      toUnicode(explain(facts, profileOf(name), english).symbol);
    expect(symbol('nielsen')).toBe('w[2,14]²');
    expect(symbol('zybuluo')).toBe('w[16,14]');
  });
});
