/** One network in every notation: other letters and indices, the same numbers. */
import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/engine/facts';
import { explain } from '../../src/explain/explain';
import {
  availableNotations,
  notationTitle,
  profileOf,
  type Notation,
} from '../../src/explain/notation';
import { toUnicode } from '../../src/explain/unicode';
import { english } from '../../src/explain/words.en';
import type { NotationName } from '../../src/network/network';
import { dense, network, randomDataset } from '../engine/networks';
import { inspected, randomParameters, referenceFacts, sampleScope } from './support/inspected';

function card(notation: Notation, target: Target) {
  const facts = referenceFacts(target);
  return explain(facts, profileOf(notation), english);
}

function line(notation: Notation, target: Target, role: string): string | undefined {
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

  it.each([
    ['nielsen', 'w₁₀²', 'a₀¹', 'b = w₀'],
    ['ng', 'Θ₁₀⁽¹⁾', 'a₀⁽¹⁾', 'b = w₀'],
    ['chain0', 'w_0b¹', 'a_0b', 'b = w_b'],
    ['zybuluo', 'w₄₀', 'x₀', 'b = w₀'],
    ['triple', 'w₁₁₀', 'x₀', 'b = w₀'],
    ['plain', 'weight_00b', 'in_b', 'b = w_b'],
  ] as const)('%s with the bias as a weight: %s on the unit %s', (name, symbol, unit, title) => {
    const asWeight = card(`${name}+w0`, bias);
    expect(toUnicode(asWeight.symbol)).toBe(symbol);
    const inside = asWeight.derivation?.find(({ label }) => label === english.labels.inside);
    expect(inside && toUnicode(inside.equation)).toMatch(new RegExp(`= ${unit} = 1$`, 'u'));
    expect(line(`${name}+w0`, hidden, 'forward')).toContain(`${symbol}·1 = `);
    expect(line(`${name}+w0`, hidden, 'forward')).toMatch(/0\.1·1 = 0\.2$/);
    expect(notationTitle(`${name}+w0`)).toBe(`${name} (${title})`);
    // Nothing but the name of the bias, and no number.
    expect(asWeight.headline.value).toBe(card(name, bias).headline.value);
    expect(card(`${name}+w0`, weight).lines).toEqual(card(name, weight).lines);
    expect(profileOf(`${name}+w0`)).toBe(profileOf(`${name}+w0`));
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
      '∂Jₛ/∂w₁ = δ₁ᵀ·x',
      '∂Jₛ/∂b₁ = δ₁',
    ]);
    // The loss of a sample is the one C on both sides: that of all of them is L.
    expect(rules('chain0')).toEqual([
      'z₁ = w¹·a₀ + b₁',
      'a₁ = σ(z₁)',
      '∂C/∂z₁ = ((w²)ᵀ·∂C/∂z₂) ⊙ σ′(z₁)',
      '∂C/∂w¹ = ∂C/∂z₁·a₀ᵀ',
      '∂C/∂b₁ = ∂C/∂z₁',
    ]);
  });

  it('a row goes before the Jacobian of a softmax, a column behind it', () => {
    const of = network(2, [dense(3, 'softmax')]);
    const target: Target = { type: 'layer', layer: 0 };
    const facts = inspected(
      of,
      randomDataset(1, 2, 3),
      randomParameters(of, 1),
      target,
      sampleScope,
    );
    const backward = (name: NotationName) => {
      const { lines } = explain(facts, profileOf(name), english);
      const found = lines.find(({ label }) => label === english.labels.backward);
      return found && toUnicode(found.equation);
    };
    expect(backward('triple')).toBe('δ₁ = ∂Jₛ/∂OUTPUT·∂OUTPUT/∂z₁');
    expect(backward('nielsen')).toBe('δ² = (∂a²/∂z²)ᵀ·∂Cₓ/∂a²');
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
