import { describe, expect, it } from 'vitest';
import { explain } from '../../src/explain/explain';
import { explainSetting } from '../../src/explain/explainSetting';
import { escapeMarkdown, toMarkdown } from '../../src/explain/markdown';
import { profileOf } from '../../src/explain/notation';
import { toUnicode } from '../../src/explain/unicode';
import { english } from '../../src/explain/words.en';
import { chinese } from '../../src/explain/words.zh';
import type { InputFacts, ParameterFacts } from '../../src/engine/facts';
import type { Clip, Optimizer, Schedule } from '../../src/network/network';
import { dense, network, randomDataset, STEADY, trainingOf } from '../engine/networks';
import {
  allFacts,
  batchScope,
  inspected,
  randomParameters,
  referenceFacts,
  sampleScope,
} from './support/inspected';

const nielsen = profileOf('nielsen');

describe('Markdown', () => {
  it('is a headline, the place in the file, and aligned lines', () => {
    const target = { type: 'weight' as const, layer: 0, row: 0, column: 0 };
    const facts = referenceFacts(target);
    expect(toMarkdown(explain(facts, nielsen, english))).toBe(
      [
        '**∂C/∂w₁₁² = 0.007358**  ',
        'weight from input 1 to neuron 1 of layer 2 · `layers[0].weights[0][0]`',
        '',
        '```text',
        'value              w₁₁² = 0.05',
        'gradient           ∂C/∂w₁₁² = a₁¹·δ₁² = 1·0.007358 = 0.007358   BP4 · rank 11 of 26 by size',
        'error term         δ₁² = 0.007358',
        'source activation  a₁¹ = 1   known from the forward pass',
        'update             w₁₁² ← w₁₁² − η·∂C/∂w₁₁² = 0.05 − 0.5·0.007358 = 0.04632   if the batch were only this sample',
        '```',
      ].join('\n'),
    );
  });

  it('aligns Chinese labels by their width', () => {
    const target = { type: 'bias' as const, layer: 0, row: 0 };
    const facts = referenceFacts(target);
    const text = toMarkdown(explain(facts, nielsen, chinese));
    expect(text).toContain('当前值  b₁² = 0.1\n梯度    ∂C/∂b₁²');
  });

  it('breaks long equations', () => {
    const of = network(40, [dense(2, 'tanh'), dense(1, 'linear')]);
    const all = allFacts(of, randomDataset(30, 40, 1), randomParameters(of, 5), sampleScope);
    for (const facts of all) {
      const lines = toMarkdown(explain(facts, nielsen, english)).split('\n');
      const block = lines.slice(lines.indexOf('```text'), lines.lastIndexOf('```'));
      for (const line of block) expect(line.length, line).toBeLessThan(125);
    }
  });

  it('lets no name become markup', () => {
    const evil =
      '<img src=x onerror=alert(1)> `c` **b** [x](http://e.com) $(zap) ```\n# h\u202e www.e.com a@b.c';
    const target = { type: 'neuron' as const, layer: -1, row: 0 };
    const facts = referenceFacts(target);
    const text = toMarkdown(explain({ ...(facts as InputFacts), name: evil }, nielsen, english));
    const outside = text.replace(/```text\n[^]*?\n```/, '');
    expect(outside).not.toMatch(/<|>|(?<!\\)[`[\]$]|(?<![\\&])#|\u202e|:\/\/|www\.|@/);
    expect(outside.split('\n').filter(line => line.includes('img'))).toHaveLength(1);
    expect(outside).toContain(
      '&lt;img src=x onerror=alert(1)&gt; \\`c\\` \\*\\*b\\*\\* \\[x\\](http:&#47;/e.com)',
    );
    expect((text.match(/^```/gm) ?? []).length).toBe(2);
  });

  it('fences what contains fences', () => {
    const card = {
      words: 'w',
      lines: [
        {
          role: 'value' as const,
          label: '````\n<b>',
          equation: { left: { type: 'symbol' as const, text: 'w' }, forms: [], value: 1 },
        },
      ],
      cautions: ['*no*'],
    };
    expect(toMarkdown(card)).toBe('**w**\n\n`````text\n```` <b>  w = 1\n`````\n\n⚠ \\*no\\*');
  });

  it('escapes', () => {
    expect(escapeMarkdown('a*b_c\\d|e~f!g')).toBe('a\\*b\\_c\\\\d\\|e\\~f\\!g');
    expect(escapeMarkdown('&lt;')).toBe('&amp;lt;');
  });
});

describe('batch scope', () => {
  const of = network(2, [dense(3, 'sigmoid'), dense(1, 'linear')], {
    regularization: { l2: 0.1, bias: false },
  });
  const data = randomDataset(9, 2, 1);
  const target = { type: 'weight' as const, layer: 1, row: 0, column: 2 };
  const facts = inspected(of, data, randomParameters(of, 3), target, batchScope);

  it('shows the mean of the samples and the penalty separately', () => {
    const card = explain(facts, nielsen, english);
    expect(toUnicode({ ...card.headline, forms: card.headline.forms.slice(0, 1) })).toMatch(
      /^∂C\/∂w₁₃³ = 1\/n·Σₓ ∂Cₓ\/∂w₁₃³ \+ λ\/n·w₁₃³ = /,
    );
    expect(toUnicode(card.headline)).toMatch(
      /= 1\/9·\([^()]*\(?.*\((\d) more: .*\)\) [+−] .*0\.1\/9·/,
    );
    const [data0, penalty] = card.lines.filter(line => line.role === 'part');
    const { data: dataPart, penalty: penaltyPart, gradient } = facts as ParameterFacts;
    expect(data0.equation.value).toBe(dataPart);
    expect(penalty.equation.value).toBe(penaltyPart);
    expect(dataPart + penaltyPart).toBeCloseTo(gradient, 14);
  });
});

describe('settings', () => {
  const texts = (setting: Parameters<typeof explainSetting>[0]) =>
    explainSetting(setting, nielsen, english).lines.map(line => toUnicode(line.equation));

  it('activation: f and f′', () => {
    expect(texts({ type: 'activation', activation: 'sigmoid' })).toEqual([
      'a = σ(z) = 1/(1 + e^(−z))',
      'σ′(z) = a·(1 − a)',
    ]);
    expect(texts({ type: 'activation', activation: 'leakyRelu' })).toEqual([
      'a = f(z) = { z (z > 0); 0.01·z (z ≤ 0) }',
      'f′(z) = { 1 (z > 0); 0.01 (z ≤ 0) }',
    ]);
    expect(texts({ type: 'activation', activation: 'gelu' })).toEqual([
      'a = f(z) = z·Φ(z)',
      'f′(z) = Φ(z) + z·φ(z)',
      'Φ(z) = ½·(1 + erf(z/√2))',
      'φ(z) = e^(−z²/2)/√(2·π)',
    ]);
  });

  it('loss: reduction, one sample, derivative', () => {
    const loss = { type: 'meanSquaredError' as const, half: true, reduction: 'mean' as const };
    expect(texts({ type: 'loss', loss })).toEqual([
      'C = 1/n·Σₓ Cₓ',
      'Cₓ = Σₖ ½·(aₖ − yₖ)²',
      '∂Cₓ/∂aₖ = aₖ − yₖ',
    ]);
  });

  it('learning rate: the rule of the optimizer', () => {
    const rule = (optimizer: Partial<Optimizer>) =>
      texts({ type: 'learningRate', training: trainingOf(optimizer) });
    expect(rule({})).toEqual(['g = ∂C/∂w', 'w ← w − η·g']);
    expect(rule({ momentum: 0.9 })).toEqual(['g = ∂C/∂w', 'v ← 0.9·v + g', 'w ← w − η·v']);
    expect(rule({ type: 'rmsprop' }).at(-1)).toBe('w ← w − η·g/(√s + 1×10⁻⁸)');
    expect(rule({ type: 'adam' }).at(-1)).toBe(
      'w ← w − η·v/(1 − 0.9^t)/(√(s/(1 − 0.999^t)) + 1×10⁻⁸)',
    );
  });

  it('learning rate: how it changes, and what is clipped before', () => {
    const rule = (schedule: Partial<Schedule>, clip: Partial<Clip> = {}) =>
      texts({
        type: 'learningRate',
        training: trainingOf(
          {},
          {
            schedule: { ...STEADY.schedule, ...schedule },
            clip: { ...STEADY.clip, ...clip },
            epochs: 50,
          },
        ),
      }).slice(1, -1);
    expect(rule({ type: 'step', every: 20 })).toEqual(['η = η₀·0.5^(floor(epoch/20))']);
    expect(rule({ type: 'exponential', factor: 0.9, warmUp: 5 })).toEqual([
      'η = min(1, (epoch + 1)/5)·η₀·0.9^epoch',
    ]);
    expect(rule({ type: 'cosine' }, { value: 0.5 })).toEqual([
      'g ← max(−0.5, min(0.5, g))',
      'η = ½·η₀·(1 + cos(π·epoch/50))',
    ]);
    expect(rule({ type: 'cosine', minimum: 0.01 })).toEqual([
      'η = 0.01 + ½·(η₀ − 0.01)·(1 + cos(π·epoch/50))',
    ]);
    expect(rule({ warmUp: 3 }, { norm: 1 })).toEqual([
      'κ = min(1, 1/(‖g‖ + 1×10⁻⁶))',
      'g ← κ·g',
      'η = min(1, (epoch + 1)/3)·η₀',
    ]);
  });

  it('units: in words', () => {
    const setting = { type: 'units' as const, units: 4, inputs: 3, useBias: true };
    expect(toMarkdown(explainSetting(setting, nielsen, english))).toBe(
      '**4 neurons, each with 3 weights and a bias**',
    );
  });
});
