/** Cards of convolutions, pools, flatten and dropout: every formula with its numbers, in every notation and both languages. */
import { describe, expect, it } from 'vitest';
import type { ParameterFacts } from '../../src/engine/facts';
import { explain } from '../../src/explain/explain';
import { profileOf } from '../../src/explain/notation';
import { formatPercent } from '../../src/explain/numbers';
import { formulaSheet } from '../../src/explain/sheet';
import { sheetEnglish } from '../../src/explain/sheetWords.en';
import { toUnicode } from '../../src/explain/unicode';
import { chinese } from '../../src/explain/words.zh';
import { english } from '../../src/explain/words.en';
import { inferShapes } from '../../src/network/shapes';
import { imageData, imageNetwork } from '../engine/imageNetworks';
import { cardsOf, describeSubstitution } from './support/cards';
import { inspected, randomParameters, sampleScope } from './support/inspected';

const net = imageNetwork();
const data = imageData(net, 9);
const parameters = randomParameters(net, 5, 1);

const { explained, line } = cardsOf(net, data, parameters);

describeSubstitution(net, data, parameters);

describe('a weight of a filter', () => {
  const weight = { type: 'weight', layer: 0, row: 1, column: 3 } as const;

  it('adds up every place: in symbols, with the largest numbers, and what is left', () => {
    const { words, headline, path } = explained(weight);
    expect(words).toBe('weight of filter 2 of layer 2, at row 2, column 1');
    expect(path).toBe('layers[0].weights[1][3]');
    expect(toUnicode(headline)).toMatch(/^∂C\/∂w₂₄² = Σₚ aₚ₊ₖ¹·δₚ² = .+ \(26 more: /);
    expect(explained(weight, 'nielsen', chinese).words).toBe(
      '第 2 层卷积核 2 的权重，第 2 行第 1 列',
    );
  });

  it.each([
    ['ng', '∂J/∂Θ₂₄⁽¹⁾'],
    ['chain0', '∂C/∂w₁₃¹'],
    ['zybuluo', '∂E/∂w₂₄¹'],
    ['triple', '∂J/∂w₁₂₄'],
    ['plain', '∂loss/∂weight₀₁₃'],
  ] as const)('is named in the notation %s', (name, symbol) => {
    expect(toUnicode(explained(weight, name).headline).split(' = ')[0]).toBe(symbol);
  });

  it('has the gradient of backpropagation, as the sum of its places', () => {
    const facts = inspected(net, data, parameters, weight, sampleScope) as ParameterFacts;
    const { terms, more, used, places } = facts.shared ?? { terms: [], more: { sum: NaN } };
    const sum = terms.reduce((total, { delta, source }) => total + delta * source, more.sum);
    expect(sum).toBeCloseTo(facts.gradient, 12);
    expect([used, places]).toEqual([30, 36]);
  });

  it('a bias adds up the errors of all places', () => {
    const { words, headline } = explained({ type: 'bias', layer: 0, row: 0 });
    expect(words).toBe('bias of filter 1 of layer 2');
    expect(toUnicode(headline)).toMatch(/^∂C\/∂b₁² = Σₚ δₚ² = /);
  });
});

describe('neurons', () => {
  it('of a filter sum up their window, by the filter’s own bias', () => {
    const target = { type: 'neuron', layer: 0, row: 29 } as const;
    expect(explained(target).words).toBe('neuron 30 of layer 2 (row 3, column 3, map 2)');
    expect(line(target, 'weighted input')).toMatch(/^z₃₀² = Σₖ w₂ₖ²·aₚ₊ₖ¹ \+ b₂² = /);
    expect(explained(target).path).toBe('layers[0].weights[1]');
  });

  it('of a pool name the window, and the value that won', () => {
    const target = { type: 'neuron', layer: 1, row: 0 } as const;
    const found = explained(target);
    expect(line(target, 'weighted input')).toMatch(/^z₁³ = max\(a₁², a₃², a₁₃², a₁₅²\) = max\(/);
    expect(found.lines[0].note).toContain('the largest value under the window is that of neuron');
  });

  it('of a mean divide by the whole window', () => {
    const target = { type: 'neuron', layer: 3, row: 0 } as const;
    expect(line(target, 'weighted input')).toMatch(/^z₁⁵ = \(.+\)\/4 = /);
  });

  it('of a dropout say that nothing is dropped', () => {
    const target = { type: 'neuron', layer: 5, row: 0 } as const;
    expect(explained(target).cautions[0]).toContain('nothing is dropped');
    expect(line(target, 'weighted input')).toMatch(/^z₁⁷ = a₁⁶ = /);
  });

  it('that win nowhere get no error, and say why', () => {
    const facts = Array.from({ length: 72 }, (_, row) =>
      inspected(net, data, parameters, { type: 'neuron', layer: 0, row }, sampleScope),
    );
    const lost = facts.filter(each => each.type === 'neuron' && each.outgoing?.terms.length === 0);
    expect(lost.length).toBe(72 - 18);
    for (const each of lost) {
      const { cautions } = explain(each, profileOf('nielsen'), english);
      expect(cautions).toContain(english.images.notes.noLargest);
      expect(each.type === 'neuron' && each.delta).toBe(0);
    }
  });
});

describe('layers', () => {
  const of = (layer: number) => explained({ type: 'layer', layer });
  const rules = (layer: number): readonly string[] =>
    of(layer)
      .lines.filter(({ role }) => role === 'rule')
      .map(({ equation }) => toUnicode(equation));

  it('say what they make of an image', () => {
    expect([0, 1, 3, 4, 5].map(layer => of(layer).words)).toEqual([
      'layer 2 (hidden) · 2 filters of 3 × 3 over an image of 6 × 6 × 1, which becomes 6 × 6 × 2',
      'layer 3 (hidden) · the largest of each 2 × 2, 6 × 6 × 2 becomes 3 × 3 × 2',
      'layer 5 (hidden) · the mean of each 2 × 2, 2 × 2 × 3 becomes 1 × 1 × 3',
      'layer 6 (hidden) · the image of 1 × 1 × 3 as a list of 3 values',
      `layer 7 (hidden) · dropout of ${formatPercent(0.5, 3)}, 3 values`,
    ]);
  });

  it('have rules of their own', () => {
    expect(rules(0).slice(0, 2)).toEqual(['z² = conv(w², a¹) + b²', 'a² = tanh(z²)']);
    expect(rules(1)[0]).toBe('z³ = maxPool(a²)');
    expect(rules(3)[0]).toBe('z⁵ = meanPool(a⁴)');
    expect(rules(4)[0]).toBe('z⁶ = a⁵');
    expect(rules(2)).toContain('∂Cₓ/∂wⱼₖ⁴ = Σₚ aₚ₊ₖ³·δₚ⁴');
  });

  it('stand on the sheet of formulas', () => {
    const sheet = formulaSheet({
      network: net,
      shapes: inferShapes(net),
      name: 'conv',
      notation: 'nielsen',
      profile: profileOf('nielsen'),
      words: english,
      sheetWords: sheetEnglish,
    });
    expect(sheet).toContain('weight of filter 1 of layer 2, at row 1, column 1');
    expect(sheet).toContain('2 filters of 3 × 3');
  });
});
