/** What a first reader stumbled over: claims that are not so, names used twice, labels that tell nothing apart. */
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import type { Facts, Scope, Target } from '../../src/engine/facts';
import { createInspector } from '../../src/engine/inspect';
import { type OptimizerState } from '../../src/engine/optimizers';
import { explain } from '../../src/explain/explain';
import { explainSetting } from '../../src/explain/explainSetting';
import type { Line } from '../../src/explain/explanation';
import { toMathML } from '../../src/explain/mathml';
import {
  availableNotations,
  notationOf,
  profileOf,
  type Notation,
} from '../../src/explain/notation';
import { formatNumber } from '../../src/explain/numbers';
import { toUnicode } from '../../src/explain/unicode';
import { english } from '../../src/explain/words.en';
import { chinese } from '../../src/explain/words.zh';
import type { Network, Optimizer } from '../../src/network/network';
import { dense, network, randomDataset } from '../engine/networks';
import { checkEquation } from './support/checkedFacts';
import { batchScope, inspected, randomParameters, sampleScope } from './support/inspected';

const weight: Target = { type: 'weight', layer: 0, row: 0, column: 0 };
const lastLayer: Target = { type: 'layer', layer: 1 };

const linesOf = (facts: Facts, notation: Notation = 'nielsen', words = english): readonly Line[] =>
  explain(facts, profileOf(notation), words).lines;

const textsOf = (lines: readonly Line[]): readonly string[] =>
  lines.map(({ label, equation }) => `${label}: ${toUnicode(equation)}`);

function factsOf(of: Network, target: Target, scope: Scope, data?: Dataset): Facts {
  const inputs = of.input.shape[0];
  const all = data ?? randomDataset(5, inputs, 2);
  return inspected(of, all, randomParameters(of, 4), target, scope);
}

const layers = [dense(4, 'tanh'), dense(2, 'sigmoid')];
const plain = network(3, layers);

describe('the update says what it supposes', () => {
  const batches = (batchSize: number | 'all'): Network =>
    network(3, layers, { training: { batchSize } });
  const said = (of: Network, scope: Scope, words = english) => {
    const line = linesOf(factsOf(of, weight, scope), 'nielsen', words).at(-1);
    return `${line?.label}: ${line?.note ?? ''}`;
  };

  it('is the next one only where a step takes all samples', () => {
    expect(said(batches('all'), batchScope)).toBe('next update: ');
    expect(said(batches(5), batchScope)).toBe('next update: ');
    expect(said(batches(4), batchScope)).toBe('update: if the batch were all 5 samples');
    const facts = factsOf(batches('all'), weight, batchScope);
    const past = linesOf({ ...facts, scope: { type: 'batch', snapshot: 0 } });
    expect(past.at(-1)?.label).toBe('update');
    for (const size of ['all', 1, 4] as const)
      expect(said(batches(size), sampleScope)).toBe('update: if the batch were only this sample');
  });

  it('says so in Chinese', () => {
    expect(said(batches('all'), batchScope, chinese)).toBe('下次更新: ');
    expect(said(batches(2), batchScope, chinese)).toBe('更新: 假如批次是全部 5 个样本');
    expect(said(batches(2), sampleScope, chinese)).toBe('更新: 假如批次只有这个样本');
  });

  it('says so of a layer', () => {
    const norm = (of: Network, scope: Scope) =>
      linesOf(factsOf(of, lastLayer, scope)).find(({ label }) => /update$/.test(label));
    expect(norm(batches('all'), batchScope)?.label).toBe('norm of next update');
    const supposed = norm(batches(2), batchScope);
    expect([supposed?.label, supposed?.note]).toEqual([
      'norm of update',
      'if the batch were all 5 samples',
    ]);
  });
});

describe('a change is seen', () => {
  const optimizers: readonly Partial<Optimizer>[] = [
    { type: 'sgd' },
    { type: 'sgd', momentum: 0.9 },
    { type: 'sgd', momentum: 0.9, nesterov: true },
    { type: 'rmsprop' },
    { type: 'adagrad' },
    { type: 'adam' },
    { type: 'adamw', weightDecay: 0.1 },
  ];

  it.each(optimizers)('also where it is small, and Δw has its numbers: %o', settings => {
    const of = network(3, layers, {
      optimizer: { ...settings, learningRate: 1e-5 },
      regularization: { l2: 0.1 },
    });
    const parameters = randomParameters(of, 4).map(value => value + 3);
    const state: OptimizerState = {
      moments: [parameters.map(value => value / 100), parameters.map(value => value / 1000)],
      clock: { beta1Power: 0.9 ** 7, beta2Power: 0.999 ** 7 },
    };
    const inspector = createInspector(of, randomDataset(5, 3, 2));
    for (const scope of [sampleScope, batchScope]) {
      const facts = inspector.inspect(parameters, weight, scope, { epoch: 0, step: 7 }, state);
      for (const notation of availableNotations())
        for (const { equation } of linesOf(facts, notation)) checkEquation(equation);
      const { equation } = linesOf(facts).at(-1) ?? {};
      const [before = '', after = ''] =
        toUnicode(equation!)
          .match(/\d\.\d+/g)
          ?.filter((_, i, all) => i === 0 || i === all.length - 1) ?? [];
      expect(before).not.toBe(after);
      const change = linesOf(facts).find(({ label }) => label === 'change');
      expect(change !== undefined).toBe(settings.type !== 'sgd' || settings.momentum !== undefined);
    }
  });

  it('with as many digits as it takes', () => {
    const facts = factsOf(network(3, layers, { optimizer: { type: 'adam' } }), weight, batchScope);
    if (facts.type !== 'weight') throw new Error('a weight');
    const change = 0.0002471;
    const small: Facts = {
      ...facts,
      value: 3.803,
      update: { ...facts.update, change, next: 3.803 + change },
    };
    expect(textsOf(linesOf(small)).at(-1)).toBe(
      'next update: w₁₁² ← w₁₁² + Δw₁₁² = 3.803 + 0.0002471 = 3.803247',
    );
  });
});

describe('a bias is counted once', () => {
  const layer: Target = { type: 'layer', layer: 0 };
  const of = (notation: Notation) => {
    const [forward] = linesOf(factsOf(plain, layer, sampleScope), notation);
    return `${toUnicode(forward.equation)} | ${forward.note}`;
  };

  it('as a vector beside the weights, or as a column of them', () => {
    expect(of('nielsen')).toBe('z² = w²·a¹ + b² | w²: 4 × 3');
    expect(of('zybuluo')).toBe('net₁ = w₁·x + w_b1 | w₁: 4 × 3');
    expect(of('ng')).toBe('z⁽²⁾ = Θ⁽¹⁾·(1, a⁽¹⁾) | Θ⁽¹⁾: 4 × (3 + 1), with the bias as column 0');
    expect(of('triple+w0')).toBe('z₁ = (1, x)·w₁ᵀ | w₁: 4 × (3 + 1), with the bias as column 0');
    expect(of('chain0+w0')).toContain('(a₀, 1) | w¹: 4 × (3 + 1), with the bias as column b');
  });

  it('in every notation, forward and in the gradients', () => {
    for (const name of availableNotations())
      for (const notation of [name, notationOf(name, true)]) {
        const lines = linesOf(factsOf(plain, layer, sampleScope), notation);
        const rules = lines
          .filter(({ role }) => role === 'rule')
          .map(line => toUnicode(line.equation));
        const isColumn = lines[0].note?.includes('+ 1') ?? false;
        expect(rules[0].includes(' + '), rules[0]).toBe(!isColumn);
        expect(
          rules.some(rule => rule.includes(', 1)ᵀ') || /\(1, .*\)ᵀ|ᵀ·\(1, |ᵀ·\(.*, 1\)/.test(rule)),
          notation,
        ).toBe(isColumn);
      }
  });
});

it.each([
  ['chain0', 'o'],
  ['triple', 'OUTPUT'],
  ['zybuluo', 'y'],
] as const)('in %s the output is %s forward and backward', (notation, output) => {
  const lines = linesOf(factsOf(plain, lastLayer, sampleScope), notation);
  const [, activation, backward] = textsOf(lines);
  expect(activation).toMatch(new RegExp(`^activation: ${output} = `));
  expect(backward).toContain(`/∂${output})`);
});

describe('a loss with a penalty', () => {
  const penalised = network(3, layers, { regularization: { l2: 0.1 } });
  const card = (notation: Notation, words = english) =>
    explain(factsOf(penalised, { type: 'loss' }, batchScope), profileOf(notation), words);

  it('says so, and defines both of its parts once', () => {
    const { words, lines } = card('ng');
    expect(words).toBe('mean ½ squared error over 5 samples, with the penalty');
    expect(card('ng', chinese).words).toBe('5 个样本的½ 平方误差的平均值，含正则化项');
    expect(textsOf(lines).map(text => text.replace(/(=.*?) = .*/, '$1'))).toEqual([
      'loss: J = J_data + Ω',
      'data part: J_data = 1/m·Σᵢ Jᵢ',
      'penalty part: Ω = λ/(2·m)·Σ Θ²',
    ]);
    for (const { equation } of lines) checkEquation(equation);
  });

  it('does not call the data part by an index', () => {
    const names = availableNotations().map(name => toUnicode(card(name).lines[1].equation.left));
    expect(names).toEqual(['C₀', 'J_data', 'L_data', 'E_data', 'J_data', 'loss_data']);
  });

  it('is no other C in the words for the setting', () => {
    const { loss, regularization } = penalised;
    const setting = explainSetting(
      { type: 'loss', loss, regularization },
      profileOf('ng'),
      english,
    );
    const left = setting.lines.map(({ equation }) => toUnicode(equation.left));
    expect(left.slice(0, 2)).toEqual(['J', 'J_data']);
    expect(new Set(left).size).toBe(left.length);
  });

  it('has a data part set upright', () => {
    expect(toMathML(card('ng').lines[1].equation.left)).toContain('<mtext>data</mtext>');
  });
});

describe('labels tell rows apart', () => {
  const repeated = (lines: readonly Line[]): readonly string[] =>
    lines.map(({ label }) => label).filter((label, i, all) => all.indexOf(label) !== i);

  it('of layers and of neurons over all samples', () => {
    for (const words of [english, chinese])
      for (const target of [
        lastLayer,
        { type: 'layer', layer: 0 },
        { type: 'neuron', layer: 0, row: 0 },
        weight,
      ] as const)
        for (const scope of [batchScope, sampleScope])
          for (const optimizer of [{ type: 'adam' }, { type: 'sgd' }] as const) {
            const facts = factsOf(network(3, layers, { optimizer }), target, scope);
            expect(repeated(linesOf(facts, 'nielsen', words))).toEqual([]);
          }
  });

  it('of the rules of optimizers', () => {
    for (const words of [english, chinese])
      for (const type of ['sgd', 'rmsprop', 'adagrad', 'adam', 'adamw'] as const) {
        const { training } = network(3, layers, { optimizer: { type, momentum: 0.9 } });
        const { lines } = explainSetting(
          { type: 'learningRate', training },
          profileOf('ng'),
          words,
        );
        expect(repeated(lines)).toEqual([]);
      }
  });
});

describe('powers of ten and blanks', () => {
  it('are written the same way everywhere', () => {
    expect(formatNumber(-7.152e-9)).toBe('−7.152×10⁻⁹');
    expect(toUnicode({ type: 'number', value: -2.475e-5 })).toBe('−2.475×10⁻⁵');
    // What is copied can be typed.
    expect(formatNumber(1.5e-9, { digits: 17 })).toBe('1.5e−9');
  });

  it('are bracketed as a divisor', () => {
    const small = { type: 'number', value: 1e-7 } as const;
    const over = { type: 'quotient', numerator: small, denominator: small } as const;
    expect(toUnicode(over)).toBe('1×10⁻⁷/(1×10⁻⁷)');
  });

  it('stand between the words for left-out terms and their sum', () => {
    const rest = { type: 'rest', count: 156, sum: 0.3066, label: '156 more' } as const;
    expect(toMathML(rest)).toContain('156 more:\u00a0<');
  });
});

describe('inputs that have a name', () => {
  const named: Dataset = { ...randomDataset(5, 3, 2), inputNames: ['sepal_length', 'x2', 'width'] };

  it('are called by it', () => {
    const words = (language: typeof english, column: number) =>
      explain(
        factsOf(plain, { ...weight, column }, sampleScope, named),
        profileOf('nielsen'),
        language,
      ).words;
    expect(words(english, 0)).toBe('weight from input 1 · sepal_length to neuron 1 of layer 2');
    expect(words(english, 1)).toBe('weight from input 2 to neuron 1 of layer 2');
    expect(words(chinese, 0)).toBe('从输入 1 · sepal_length 到第 2 层第 1 个神经元的权重');
    expect(words(chinese, 1)).toBe('从输入 2 到第 2 层第 1 个神经元的权重');
  });

  it('also edge by edge', () => {
    const facts = factsOf(plain, { type: 'neuron', layer: 0, row: 0 }, sampleScope, named);
    const { edges } = explain(facts, profileOf('nielsen'), english);
    expect(edges?.incoming.map(({ label }) => label)).toContain('from input 3 · width');
  });
});

it('samples and inputs have letters of their own in triple', () => {
  const { names } = profileOf('triple');
  expect(names.sample).not.toBe(names.input);
});
