/** The chain rule line by line, and the sum over all paths, of the reference network. */
import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/engine/facts';
import { explain } from '../../src/explain/explain';
import type { Explanation } from '../../src/explain/explanation';
import { availableNotations, profileOf } from '../../src/explain/notation';
import { toUnicode } from '../../src/explain/unicode';
import { chinese } from '../../src/explain/words.zh';
import { english } from '../../src/explain/words.en';
import type { ActivationName, LossName, NotationName } from '../../src/network/network';
import { dataset, dense, network } from '../engine/networks';
import { batchScope, inspected, referenceFacts, sampleScope } from './support/inspected';

function explanationOf(
  target: Target,
  notation: NotationName = 'nielsen',
  { words = english, scope = sampleScope } = {},
): Explanation {
  const facts = referenceFacts(target, scope);
  return explain(facts, profileOf(notation), words);
}

const first: Target = { type: 'weight', layer: 0, row: 0, column: 0 };
const texts = (target: Target, notation?: NotationName): readonly string[] =>
  (explanationOf(target, notation).derivation ?? []).map(({ equation }) => toUnicode(equation));

/** Of the first output of a layer of three, the first of which it should be. */
function outputLines(
  type: LossName,
  end: ActivationName,
  notation: NotationName,
  size = 1,
): readonly string[] {
  const of = network(1, [dense(3, end)], { loss: { type } });
  const parameters = Float64Array.of(0.5 * size, -0.5, 0.25, 0, 0.1, 0);
  const target: Target = { type: 'neuron', layer: 0, row: 0 };
  const facts = inspected(of, dataset([[1]], [[1, 0, 0]]), parameters, target, sampleScope);
  const { derivation = [] } = explain(facts, profileOf(notation), english);
  return derivation.map(({ equation, note }) => toUnicode(equation) + (note ? `  ${note}` : ''));
}

const ofSoftmax = {
  nielsen: [
    'δ₁² = ∂C/∂z₁²',
    '∂C/∂z₁² = Σₖ ∂C/∂aₖ²·∂aₖ²/∂z₁²  every activation of a softmax depends on this weighted input',
    '∂C/∂aₖ² = −yₖ/aₖ²',
    '∂aₖ²/∂z₁² = aₖ²·(1[k=1] − a₁²)  the 1 with an index is 1 for this output itself, 0 for the others',
    '∂a₁²/∂z₁² = a₁²·(1 − a₁²) = 0.4576·(1 − 0.4576) = 0.2482',
    '∂a₂²/∂z₁² = −a₂²·a₁² = −0.186·0.4576 = −0.08513',
    '∂a₃²/∂z₁² = −a₃²·a₁² = −0.3564·0.4576 = −0.1631',
    '∂C/∂z₁² = Σₖ (−yₖ/aₖ²)·aₖ²·(1[k=1] − a₁²) = −(Σₖ yₖ·(1[k=1] − a₁²)) = −1·(1 − 0.4576) + 0·0.4576 + 0·0.4576 = −0.5424  the activation cancels',
    '∂C/∂z₁² = a₁²·Σₖ yₖ − y₁ = 0.4576·1 − 1 = −0.5424  the targets sum to 1',
    'δ₁² = a₁² − y₁ = 0.4576 − 1 = −0.5424  BP1',
  ],
  zybuluo: [
    'δ₂ = −∂E/∂net₂',
    '∂E/∂net₂ = Σₖ ∂E/∂yₖ·∂yₖ/∂net₂  every activation of a softmax depends on this weighted input',
    '∂E/∂yₖ = −tₖ/yₖ',
    '∂yₖ/∂net₂ = yₖ·(1[k=1] − y₁)  the 1 with an index is 1 for this output itself, 0 for the others',
    '∂y₁/∂net₂ = y₁·(1 − y₁) = 0.4576·(1 − 0.4576) = 0.2482',
    '∂y₂/∂net₂ = −y₂·y₁ = −0.186·0.4576 = −0.08513',
    '∂y₃/∂net₂ = −y₃·y₁ = −0.3564·0.4576 = −0.1631',
    '∂E/∂net₂ = Σₖ (−tₖ/yₖ)·yₖ·(1[k=1] − y₁) = −(Σₖ tₖ·(1[k=1] − y₁)) = −1·(1 − 0.4576) + 0·0.4576 + 0·0.4576 = −0.5424  the activation cancels',
    '∂E/∂net₂ = y₁·Σₖ tₖ − t₁ = 0.4576·1 − 1 = −0.5424  the targets sum to 1',
    'δ₂ = t₁ − y₁ = 1 − 0.4576 = 0.5424  (4.1)',
  ],
};

describe('a derivation', () => {
  it('leads from the question through every neuron that takes the activation to the number', () => {
    expect(texts(first)).toMatchInlineSnapshot(`
      [
        "∂C/∂w₁₁² = ∂C/∂z₁²·∂z₁²/∂w₁₁²",
        "∂z₁²/∂w₁₁² = a₁¹ = 1",
        "δ₁² = ∂C/∂z₁²",
        "∂C/∂a₁² = w₁₁³·δ₁³ + w₂₁³·δ₂³ = 0.1·(−0.1379) + 0.3·0.145 = 0.02973",
        "δ₁² = (Σₖ wₖ₁³·δₖ³)·σ′(z₁²) = (0.1·(−0.1379) + 0.3·0.145)·0.2475 = 0.02973·0.2475 = 0.007358",
        "∂C/∂w₁₁² = a₁¹·δ₁² = 1·0.007358 = 0.007358",
      ]
    `);
  });

  it('names the outputs that do not depend on the weight', () => {
    expect(texts({ type: 'weight', layer: 1, row: 0, column: 0 })).toMatchInlineSnapshot(`
      [
        "∂C/∂w₁₁³ = Σₖ ∂Cₖ/∂w₁₁³ = ∂C₁/∂w₁₁³ + 0",
        "∂C/∂w₁₁³ = ∂C/∂z₁³·∂z₁³/∂w₁₁³",
        "∂z₁³/∂w₁₁³ = a₁² = 0.5498",
        "δ₁³ = ∂C/∂z₁³",
        "∂C/∂a₁³ = a₁³ − y₁ = 0.4406 − 1 = −0.5594",
        "δ₁³ = ∂C/∂a₁³·σ′(z₁³) = −0.5594·0.2465 = −0.1379",
        "∂C/∂w₁₁³ = a₁²·δ₁³ = 0.5498·(−0.1379) = −0.07581",
      ]
    `);
  });

  it('of a bias has the factor 1', () => {
    expect(texts({ type: 'bias', layer: 1, row: 1 })).toMatchInlineSnapshot(`
      [
        "∂C/∂b₂³ = Σₖ ∂Cₖ/∂b₂³ = ∂C₂/∂b₂³ + 0",
        "∂C/∂b₂³ = ∂C/∂z₂³·∂z₂³/∂b₂³",
        "∂z₂³/∂b₂³ = 1",
        "δ₂³ = ∂C/∂z₂³",
        "∂C/∂a₂³ = a₂³ − y₂ = 0.6093 − 0 = 0.6093",
        "δ₂³ = ∂C/∂a₂³·σ′(z₂³) = 0.6093·0.238 = 0.145",
        "∂C/∂b₂³ = δ₂³·1 = 0.145·1 = 0.145",
      ]
    `);
  });

  it('keeps the sign of the notation', () => {
    expect(texts(first, 'zybuluo')).toMatchInlineSnapshot(`
      [
        "∂E/∂w₄₁ = ∂E/∂net₄·∂net₄/∂w₄₁",
        "∂net₄/∂w₄₁ = x₁ = 1",
        "δ₄ = −∂E/∂net₄",
        "∂E/∂a₄ = −(w₈₄·δ₈ + w₉₄·δ₉) = −(0.1·0.1379 + 0.3·(−0.145)) = 0.02973",
        "δ₄ = (Σₖ wₖ₄·δₖ)·sigmoid′(net₄) = (0.1·0.1379 + 0.3·(−0.145))·0.2475 = −0.02973·0.2475 = −0.007358",
        "∂E/∂w₄₁ = −x₁·δ₄ = −1·(−0.007358) = 0.007358",
      ]
    `);
  });

  it.each(['nielsen', 'zybuluo'] as const)('says why δ = a − y, with softmax: %s', notation => {
    expect(outputLines('crossEntropy', 'softmax', notation)).toEqual(ofSoftmax[notation]);
  });

  it('says why δ = a − y, with sigmoid', () => {
    expect(outputLines('binaryCrossEntropy', 'sigmoid', 'nielsen')).toEqual([
      'δ₁² = ∂C/∂z₁²',
      '∂C/∂a₁² = (a₁² − y₁)/(a₁²·(1 − a₁²)) = (0.6225 − 1)/(0.6225·(1 − 0.6225)) = −1.607  divides by the slope that comes next',
      'σ′(z₁²) = a₁²·(1 − a₁²) = 0.6225·(1 − 0.6225) = 0.235',
      'δ₁² = ∂C/∂a₁²·σ′(z₁²) = (a₁² − y₁)/(a₁²·(1 − a₁²))·a₁²·(1 − a₁²) = a₁² − y₁ = 0.6225 − 1 = −0.3775  BP1',
    ]);
    // Far out the digits of a no longer say how far it is from 1: no numbers, but the same reasons.
    expect(outputLines('binaryCrossEntropy', 'sigmoid', 'nielsen', 40)[1]).toBe(
      '∂C/∂a₁² = (a₁² − y₁)/(a₁²·(1 − a₁²))  divides by the slope that comes next',
    );
  });

  it('of an output whose slope does not cancel is the product of two lines that its card has', () => {
    expect(outputLines('meanSquaredError', 'softmax', 'nielsen')).toEqual([]);
  });

  it('does not say that targets sum to 1 where they sum to 2 and the activation is 0', () => {
    const of = network(1, [dense(2, 'softmax')], { loss: { type: 'crossEntropy' } });
    const parameters = Float64Array.of(-800, 0, 0, 0);
    const target: Target = { type: 'neuron', layer: 0, row: 0 };
    const facts = inspected(of, dataset([[1]], [[1, 1]]), parameters, target, sampleScope);
    const { derivation = [] } = explain(facts, profileOf('nielsen'), english);
    const notes = derivation.map(({ note }) => note);
    expect(notes).not.toContain(english.reasons.targetsAreShares);
    expect(derivation.map(({ equation }) => toUnicode(equation)).slice(-2)).toEqual([
      '∂C/∂z₁² = a₁²·Σₖ yₖ − y₁ = 0·2 − 1 = −1',
      'δ₁² = a₁²·Σₖ yₖ − y₁ = −1',
    ]);
  });

  it('ends with the gradient in every notation and language', () => {
    const { headline } = explanationOf(first);
    for (const notation of availableNotations()) {
      for (const words of [english, chinese]) {
        const { derivation = [] } = explanationOf(first, notation, { words });
        expect(derivation.at(-1)?.equation.value).toBe(headline.value);
        for (const { label } of derivation) expect(label).not.toBe('');
      }
    }
  });

  it('is for one sample', () => {
    const { derivation, paths } = explanationOf(first, 'nielsen', { scope: batchScope });
    expect([derivation, paths]).toEqual([undefined, undefined]);
  });
});

describe('all paths', () => {
  it('are products whose sum is the gradient', () => {
    const { paths } = explanationOf(first, 'zybuluo');
    const lines = paths?.lines.map(({ label, equation }) => `${label}  ${toUnicode(equation)}`);
    expect([...(lines ?? []), toUnicode(paths!.total), paths?.counts]).toMatchInlineSnapshot(`
      [
        "path 1: 4 → 9  p₁ = −x₁·sigmoid′(net₄)·w₉₄·δ₉ = −1·0.2475·0.3·(−0.145) = 0.01077",
        "path 2: 4 → 8  p₂ = −x₁·sigmoid′(net₄)·w₈₄·δ₈ = −1·0.2475·0.1·0.1379 = −0.003413",
        "∂E/∂w₄₁ = p₁ + p₂ = 0.01077 − 0.003413 = 0.007358",
        "2 paths to the loss. One by one they take 6 multiplications; with every δ computed once and kept, 4.",
      ]
    `);
  });

  it('is one for an output', () => {
    const { paths } = explanationOf({ type: 'bias', layer: 1, row: 1 });
    expect(paths?.lines.map(({ equation }) => toUnicode(equation))).toMatchInlineSnapshot(`
      [
        "p₁ = δ₂³ = 0.145",
      ]
    `);
    expect(paths?.counts).toContain('1 path to the loss');
  });
});
