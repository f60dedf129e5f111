/** What a card says of itself in words: which layer of how many, which sample, which loss. */
import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/engine/facts';
import { explain } from '../../src/explain/explain';
import type { Explanation } from '../../src/explain/explanation';
import { profileOf } from '../../src/explain/notation';
import { toUnicode } from '../../src/explain/unicode';
import { chinese } from '../../src/explain/words.zh';
import { english } from '../../src/explain/words.en';
import type { NotationName, Reduction } from '../../src/network/network';
import { dense, network, randomDataset } from '../engine/networks';
import {
  batchScope,
  inspected,
  randomParameters,
  referenceFacts,
  sampleScope,
} from './support/inspected';

const deep = network(3, [dense(4, 'tanh'), dense(3, 'tanh'), dense(2, 'linear')]);

function explained(
  target: Target,
  notation: NotationName,
  { of = deep, words = english, scope = sampleScope } = {},
): Explanation {
  const data = randomDataset(5, 3, 2);
  return explain(
    inspected(of, data, randomParameters(of, 1), target, scope),
    profileOf(notation),
    words,
  );
}

describe('a layer', () => {
  const layer = (index: number): Target => ({ type: 'layer', layer: index });

  it('says which of how many it is where layers are counted from 1, and which hidden one', () => {
    expect(explained(layer(0), 'ng').words).toBe(
      'layer 2 of 4 (hidden 1) · 4 neurons, 3 inputs each',
    );
    expect(explained(layer(1), 'ng').words).toContain('layer 3 of 4 (hidden 2)');
    expect(explained(layer(2), 'ng').words).toContain('layer 4 of 4 (output)');
    expect(explained(layer(-1), 'ng').words).toBe('layer 1 of 4 (input) · 3 values');
    expect(explained(layer(0), 'ng', { words: chinese }).words).toBe(
      '第 2 层（共 4 层，隐藏层 1）· 4 个神经元，各有 3 个输入',
    );
  });

  it('does not say so where the input is layer 0: the last number is not how many there are', () => {
    expect(explained(layer(0), 'chain0').words).toContain('layer 1 (hidden 1)');
  });
});

it('an input is the value of its feature, of a sample', () => {
  const input: Target = { type: 'neuron', layer: -1, row: 1 };
  const facts = referenceFacts(input);
  const [line] = explain(facts, profileOf('ng'), english).lines;
  expect([toUnicode(line.equation), line.note]).toEqual(['a₂⁽¹⁾ = x₂ = 0.5', 'sample 1']);
  const [own] = explain(facts, profileOf('zybuluo'), english).lines;
  expect(toUnicode(own.equation)).toBe('x₂ = 0.5');
});

describe('the loss', () => {
  const named = (reduction: Reduction, half: boolean, words = english): string => {
    const of = network(3, deep.layers, { loss: { type: 'meanSquaredError', reduction, half } });
    return explained({ type: 'loss' }, 'chain0', { of, words, scope: batchScope }).words;
  };

  it('is called a sum where it is one, and half where there is a ½', () => {
    expect(named('sum', true)).toBe('sum of the ½ squared error over 5 samples');
    expect(named('mean', true)).toBe('mean ½ squared error over 5 samples');
    expect(named('meanAll', false)).toBe('mean squared error over 5 samples and their outputs');
    expect(named('sum', true, chinese)).toBe('5 个样本的½ 平方误差之和');
  });

  it('of one sample has no reduction', () => {
    expect(explained({ type: 'loss' }, 'chain0').words).toMatch(/squared error of this sample$/);
  });
});
