/**
 * The 3-4-2 network of known numbers: a₄ = .549834, y = .440615 .609335, E = .342100, ∂E/∂net₈ = −.137873,
 * ∂E/∂net₄ = .007358, ∂E/∂w₈₄ = −.075808, ∂E/∂w₄₁ = .007358, computed with finite differences.
 */
import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/engine/facts';
import { explain } from '../../src/explain/explain';
import type { Explanation } from '../../src/explain/explanation';
import { profileOf } from '../../src/explain/notation';
import { toUnicode } from '../../src/explain/unicode';
import { english } from '../../src/explain/words.en';
import { chinese } from '../../src/explain/words.zh';
import type { Network } from '../../src/network/network';
import { dataset, dense, network } from '../engine/networks';
import { inspected, referenceFacts, referenceParameters, sampleScope } from './support/inspected';

function explained(target: Target, words = english): Explanation {
  const facts = referenceFacts(target);
  return explain(facts, profileOf('nielsen'), words);
}

function printed({ lines }: Explanation): readonly string[] {
  return lines.map(({ equation, note }) => toUnicode(equation) + (note ? ` [${note}]` : ''));
}

describe('the reference network', () => {
  it('weight from input 1 to the first hidden neuron', () => {
    const card = explained({ type: 'weight', layer: 0, row: 0, column: 0 });
    expect(card.path).toBe('layers[0].weights[0][0]');
    expect(card.words).toBe('weight from input 1 to neuron 1 of layer 2');
    expect(toUnicode(card.symbol)).toBe('w₁₁²');
    expect(card.headline.value).toBeCloseTo(0.007358, 6);
    expect(printed(card)).toEqual([
      'w₁₁² = 0.05',
      '∂C/∂w₁₁² = a₁¹·δ₁² = 1·0.007358 = 0.007358 [BP4 · rank 11 of 26 by size]',
      'δ₁² = 0.007358',
      'a₁¹ = 1 [known from the forward pass]',
      'w₁₁² ← w₁₁² − η·∂C/∂w₁₁² = 0.05 − 0.5·0.007358 = 0.04632 [if the batch were only this sample]',
    ]);
    expect(card.cautions).toEqual([]);
  });

  it('weight into the first output', () => {
    const card = explained({ type: 'weight', layer: 1, row: 0, column: 0 });
    expect(card.headline.value).toBeCloseTo(-0.075808, 6);
    expect(toUnicode(card.headline)).toBe('∂C/∂w₁₁³ = a₁²·δ₁³ = 0.5498·(−0.1379) = −0.07581');
  });

  it('bias: the second factor is 1', () => {
    const card = explained({ type: 'bias', layer: 0, row: 0 });
    expect(card.path).toBe('layers[0].bias[0]');
    expect(toUnicode(card.headline)).toBe('∂C/∂b₁² = δ₁²·1 = 0.007358·1 = 0.007358');
    expect(card.lines.find(line => line.role === 'gradient')?.note).toMatch(/^BP3/);
  });

  it('first hidden neuron: BP2', () => {
    const card = explained({ type: 'neuron', layer: 0, row: 0 });
    expect(card.headline.value).toBeCloseTo(0.007358, 6);
    expect(printed(card)).toEqual([
      'z₁² = w₁₁²·a₁¹ + w₁₂²·a₂¹ + w₁₃²·a₃¹ + b₁² = 0.05·1 + 0·0.5 + (−0.05)·(−1) + 0.1 = 0.2',
      'a₁² = σ(z₁²) = 1/(1 + e^(−z₁²)) = 1/(1 + e^(−0.2)) = 0.5498',
      'σ′(z₁²) = a₁²·(1 − a₁²) = 0.5498·(1 − 0.5498) = 0.2475',
      '∂C/∂a₁² = w₁₁³·δ₁³ + w₂₁³·δ₂³ = 0.1·(−0.1379) + 0.3·0.145 = 0.02973',
      'δ₁² = (Σₖ wₖ₁³·δₖ³)·σ′(z₁²) = (0.1·(−0.1379) + 0.3·0.145)·0.2475 = 0.02973·0.2475 = 0.007358 [BP2]',
    ]);
  });

  it('first output: BP1 and its share of the loss', () => {
    const card = explained({ type: 'neuron', layer: 1, row: 0 });
    expect(card.headline.value).toBeCloseTo(-0.137873, 6);
    expect(printed(card).slice(2)).toEqual([
      'σ′(z₁³) = a₁³·(1 − a₁³) = 0.4406·(1 − 0.4406) = 0.2465',
      '∂C/∂a₁³ = a₁³ − y₁ = 0.4406 − 1 = −0.5594',
      'δ₁³ = ∂C/∂a₁³·σ′(z₁³) = −0.5594·0.2465 = −0.1379 [BP1]',
      'y₁ = 1',
      'C₁ = ½·(a₁³ − y₁)² = ½·(0.4406 − 1)² = 0.1565',
    ]);
  });

  it('loss of the sample', () => {
    const card = explained({ type: 'loss' });
    expect(card.headline.value).toBeCloseTo(0.3421, 6);
    expect(toUnicode(card.headline)).toBe('C = ½·Σₖ (aₖ³ − yₖ)² = 0.1565 + 0.1856 = 0.3421');
  });

  it('says the same in Chinese', () => {
    const card = explained({ type: 'weight', layer: 1, row: 1, column: 3 }, chinese);
    expect(card.words).toBe('从第 2 层第 4 个神经元到第 3 层第 2 个神经元的权重');
    expect(card.lines.map(line => line.label)).toEqual([
      '当前值',
      '梯度',
      '误差项',
      '来源激活值',
      '更新',
    ]);
    expect(printed(card)).toEqual(
      printed(explained({ type: 'weight', layer: 1, row: 1, column: 3 })).map(text =>
        text
          .replace(/rank (\d+) of (\d+) by size/, '按大小排第 $1，共 $2 个')
          .replace('known from the forward pass', '由前向传播已知')
          .replace('if the batch were only this sample', '假如批次只有这个样本'),
      ),
    );
  });
});

describe('what changes with the network', () => {
  const sample = dataset([[1, 0.5, -1]], [[1, 0]]);

  function neuron(of: Network, layer: number, size = 1): Explanation {
    const parameters = referenceParameters.map(value => size * value);
    const target = { type: 'neuron' as const, layer, row: 0 };
    return explain(
      inspected(of, sample, parameters, target, sampleScope),
      profileOf('nielsen'),
      english,
    );
  }

  it('the activation', () => {
    const relu = neuron(network(3, [dense(4, 'relu'), dense(2, 'linear')]), 0);
    expect(printed(relu).slice(1, 3)).toEqual([
      'a₁² = f(z₁²) = max(0, z₁²) = max(0, 0.2) = 0.2 [z₁² > 0]',
      'f′(z₁²) = 1 [z₁² > 0]',
    ]);
    const linear = neuron(network(3, [dense(4, 'linear'), dense(2, 'linear')]), 1);
    expect(printed(linear).slice(2, 3)).toEqual(['f′(z₁³) = 1']);
    expect(linear.lines[4].note).toBe('BP1');
  });

  it('the loss', () => {
    const layers = [dense(4, 'sigmoid'), dense(2, 'sigmoid')];
    const whole = neuron(network(3, layers, { loss: { half: false } }), 1);
    expect(printed(whole)).toContain('∂C/∂a₁³ = 2·(a₁³ − y₁) = 2·(0.4406 − 1) = −1.119');
    const fused = neuron(network(3, layers, { loss: { type: 'binaryCrossEntropy' } }), 1);
    expect(toUnicode(fused.headline)).toBe(
      'δ₁³ = ∂C/∂a₁³·σ′(z₁³) = (a₁³ − y₁)/(a₁³·(1 − a₁³))·a₁³·(1 − a₁³) = a₁³ − y₁ = 0.4406 − 1 = −0.5594',
    );
    expect(fused.cautions).toEqual([english.cautions.fusedSigmoid]);
  });

  it('the optimizer: no formula that the facts cannot carry', () => {
    const of = network(3, [dense(4, 'sigmoid'), dense(2, 'sigmoid')], {
      optimizer: { type: 'adam', learningRate: 0.01 },
    });
    const target = { type: 'weight' as const, layer: 0, row: 0, column: 0 };
    const facts = inspected(of, sample, referenceParameters, target, sampleScope);
    const update = explain(facts, profileOf('nielsen'), english).lines.at(-1);
    expect(update?.equation && toUnicode(update.equation)).toBe(
      'w₁₁² ← w₁₁² + Δw₁₁² = 0.05 − 0.01 = 0.04',
    );
    expect(update?.note).toBe('if the batch were only this sample · by Adam, learning rate 0.01');
  });

  it('cautions: saturated is not optimal, dead is not optimal, a step cannot be trained', () => {
    const { cautions } = english;
    const sigmoid = network(3, [dense(4, 'sigmoid'), dense(2, 'linear')]);
    expect(neuron(sigmoid, 0).cautions).toEqual([]);
    expect(neuron(sigmoid, 0, 60).cautions).toEqual([cautions.saturated]);
    const relu = network(3, [dense(4, 'relu'), dense(2, 'linear')]);
    expect(neuron(relu, 0, -1).cautions).toEqual([cautions.inactiveRelu]);
    const step = network(3, [dense(4, 'step'), dense(2, 'linear')]);
    expect(neuron(step, 0).cautions).toEqual([cautions.step]);
    const softmax = network(3, [dense(4, 'tanh'), dense(2, 'softmax')], {
      loss: { type: 'crossEntropy' },
    });
    expect(neuron(softmax, 1).cautions).toEqual([cautions.fusedSoftmax]);
  });

  it('an input has a value and no error term', () => {
    const target = { type: 'neuron' as const, layer: -1, row: 1 };
    const facts = referenceFacts(target);
    const card = explain(facts, profileOf('nielsen'), english);
    expect(card.words).toBe('input 2');
    expect(card.path).toBe('');
    expect(card.lines.map(line => line.role)).toEqual(['value', 'part']);
    expect(card.cautions).toEqual([english.cautions.noInputError]);
  });
});
