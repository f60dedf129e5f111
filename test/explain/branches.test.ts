/** Formulas of networks with branches: every layer by its own number, merges without weights. */
import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/engine/facts';
import { explain } from '../../src/explain/explain';
import type { Explanation } from '../../src/explain/explanation';
import { availableNotations, profileOf } from '../../src/explain/notation';
import { toUnicode, toUnicodeSteps } from '../../src/explain/unicode';
import { chinese } from '../../src/explain/words.zh';
import { english } from '../../src/explain/words.en';
import type { Words } from '../../src/explain/words';
import type { NotationName } from '../../src/network/network';
import { network, randomDataset, TANGLED } from '../engine/networks';
import { inspected, randomParameters, sampleScope } from './support/inspected';

const net = network(3, TANGLED);
const data = randomDataset(5, 3, 2);
const parameters = randomParameters(net, 4);

function explained(target: Target, name: NotationName, words: Words = english): Explanation {
  return explain(inspected(net, data, parameters, target, sampleScope), profileOf(name), words);
}

/** The symbols of one line: left side and general form. */
function symbols(explanation: Explanation, label: string): string {
  const line = explanation.lines.find(found => found.label === label);
  if (!line) throw new Error(`${explanation.words} has no line “${label}”`);
  return toUnicodeSteps(line.equation).slice(0, 2).join(' = ');
}

describe('an error term with several consumers', () => {
  const forms: { readonly [K in NotationName]: string } = {
    nielsen: 'δ₂² = (δ₂⁴ + Σₖ wₖ₂⁵·δₖ⁵ + δ₈⁶)·tanh′(z₂²)',
    ng: 'δ₂⁽²⁾ = (δ₂⁽⁴⁾ + Σₖ Θₖ₂⁽⁴⁾·δₖ⁽⁵⁾ + δ₈⁽⁶⁾)·tanh′(z₂⁽²⁾)',
    chain0: '∂C/∂z₁₁ = (∂C/∂z₃₁ + Σₖ wₖ₁⁴·∂C/∂z₄ₖ + ∂C/∂z₅₇)·tanh′(z₁₁)',
    zybuluo: 'δ₅ = (δ₁₁ + Σₖ wₖ₅·δₖ + δ₂₄)·tanh′(net₅)',
    triple: 'δ₁₂ = (δ₃₂ + Σₖ w₄ₖ₂·δ₄ₖ + δ₅₈)·tanh′(z₁₂)',
    plain: 'error₀₁ = (error₂₁ + Σₖ weight₃ₖ₁·error₃ₖ + error₄₇)·tanh′(sum₀₁)',
  };

  it.each(availableNotations())('%s', name => {
    expect(symbols(explained({ type: 'neuron', layer: 0, row: 1 }, name), 'error term')).toBe(
      forms[name],
    );
  });

  it('is written out where there are few', () => {
    const found = explained({ type: 'neuron', layer: 2, row: 1 }, 'nielsen');
    expect(symbols(found, 'effect on the loss')).toBe('∂C/∂a₂⁴ = δ₂⁶ + w₁₂⁸·δ₁⁸ + w₂₂⁸·δ₂⁸');
  });

  it('of an input: every layer that takes it, and the notation’s sign', () => {
    const target = { type: 'neuron', layer: -1, row: 1 } as const;
    expect(symbols(explained(target, 'nielsen'), 'effect on the loss')).toBe(
      '∂C/∂a₂¹ = Σₖ wₖ₂²·δₖ² + Σₖ wₖ₂³·δₖ³ + δ₂⁴ + δ₅⁶',
    );
    // Neurons are numbered through the network: one Σ over all of them behind says both.
    expect(symbols(explained(target, 'zybuluo'), 'effect on the loss')).toBe(
      '∂E/∂x₂ = −(Σₖ wₖ₂·δₖ + δ₁₁ + δ₂₁)',
    );
  });
});

describe('a merge', () => {
  const sums: { readonly [K in NotationName]: string } = {
    nielsen: 'z₂⁴ = a₂¹ + a₂² + a₂³',
    ng: 'z₂⁽⁴⁾ = a₂⁽¹⁾ + a₂⁽²⁾ + a₂⁽³⁾',
    chain0: 'z₃₁ = a₀₁ + a₁₁ + a₂₁',
    zybuluo: 'net₁₁ = x₂ + a₅ + a₈',
    triple: 'z₃₂ = x₂ + H₁₂ + H₂₂',
    plain: 'sum₂₁ = in₁ + out₀₁ + out₁₁',
  };

  it.each(availableNotations())('add adds activations: %s', name => {
    const found = explained({ type: 'neuron', layer: 2, row: 1 }, name);
    expect(symbols(found, 'weighted input')).toBe(sums[name]);
    expect(found.path).toBe('layers[2]');
  });

  it('concat takes one activation, by its own index', () => {
    const of = (row: number): string =>
      symbols(explained({ type: 'neuron', layer: 4, row }, 'nielsen'), 'weighted input');
    expect([of(0), of(2), of(3), of(5), of(6), of(8)].map(text => text.split(' = ')[1])).toEqual([
      'a₁⁴',
      'a₃⁴',
      'a₁¹',
      'a₃¹',
      'a₁²',
      'a₃²',
    ]);
  });

  it('prints numbers without weights', () => {
    const found = explained({ type: 'neuron', layer: 7, row: 1 }, 'nielsen');
    const equation = found.lines[0].equation;
    expect(toUnicode(equation)).toBe('z₂⁹ = a₂⁸ + a₂⁷ = 1.236 + 0.3414 = 1.577');
  });
});

describe('rules of layers', () => {
  const rules = (layer: number, name: NotationName): readonly string[] =>
    explained({ type: 'layer', layer }, name)
      .lines.filter(line => line.role === 'rule')
      .map(line => toUnicode(line.equation));

  it('add, concat and what flows back through both', () => {
    expect(rules(2, 'nielsen')).toEqual([
      'z⁴ = a¹ + a² + a³',
      'a⁴ = f(z⁴)',
      'δ⁴ = (δ[1…3]⁶ + (w⁸)ᵀ·δ⁸) ⊙ f′(z⁴)',
    ]);
    expect(rules(4, 'nielsen')).toEqual([
      'z⁶ = concat(a⁴, a¹, a²)',
      'a⁶ = f(z⁶)',
      'δ⁶ = ((w⁷)ᵀ·δ⁷) ⊙ f′(z⁶)',
    ]);
    expect(rules(0, 'triple')[2]).toBe('δ₁ = (δ₃ + δ₄·w₄ + δ[5,7…9]) ⊙ tanh′(z₁)');
    expect(rules(6, 'nielsen')[0]).toBe('z⁸ = w⁸·a⁴ + b⁸');
    expect(rules(6, 'nielsen')[2]).toBe('δ⁸ = δ⁹ ⊙ f′(z⁸)');
    expect(rules(6, 'nielsen')[3]).toBe('∂Cₓ/∂w⁸ = δ⁸·(a⁴)ᵀ');
  });

  it('the output that is a merge begins with the loss, a layer that leads nowhere has no rule backward', () => {
    expect(rules(7, 'nielsen')).toEqual(['z⁹ = a⁸ + a⁷', 'a⁹ = f(z⁹)', 'δ⁹ = (∂Cₓ/∂a⁹) ⊙ f′(z⁹)']);
    expect(rules(3, 'nielsen').some(text => text.startsWith('δ'))).toBe(false);
  });
});

describe('words', () => {
  const of = (target: Target, words: Words): string => explained(target, 'nielsen', words).words;

  it('name the layers that a merge joins', () => {
    expect(of({ type: 'layer', layer: 2 }, english)).toBe(
      'layer 4 (hidden) · 3 neurons, the sum of the input, layer 2 and layer 3',
    );
    expect(of({ type: 'layer', layer: 4 }, english)).toBe(
      'layer 6 (hidden) · 9 neurons: layer 4, the input and layer 2, one behind the other',
    );
    expect(of({ type: 'layer', layer: 2 }, chinese)).toBe(
      '第 4 层（隐藏层）· 3 个神经元，为输入层、第 2 层和第 3 层之和',
    );
    expect(of({ type: 'layer', layer: 4 }, chinese)).toBe(
      '第 6 层（隐藏层）· 9 个神经元，由第 4 层、输入层和第 2 层依次拼接而成',
    );
  });

  it('name the source of a weight that is not of the layer above', () => {
    const target = { type: 'weight', layer: 6, row: 1, column: 2 } as const;
    expect(of(target, english)).toBe('weight from neuron 3 of layer 4 to neuron 2 of layer 8');
    expect(of(target, chinese)).toBe('从第 4 层第 3 个神经元到第 8 层第 2 个神经元的权重');
    const source = symbols(explained(target, 'nielsen'), 'source activation');
    expect(source.split(' = ')[0]).toBe('a₃⁴');
  });

  it('say that a layer leads nowhere', () => {
    for (const words of [english, chinese]) {
      for (const target of [
        { type: 'layer', layer: 3 },
        { type: 'neuron', layer: 3, row: 1 },
      ] as const)
        expect(explained(target, 'nielsen', words).cautions).toEqual([words.cautions.unused]);
      const used = explained({ type: 'neuron', layer: 2, row: 1 }, 'nielsen', words);
      expect(used.cautions).not.toContain(words.cautions.unused);
    }
  });
});
