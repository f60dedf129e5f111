import { describe, expect, it } from 'vitest';
import type { InputFacts } from '../../src/engine/facts';
import { explain } from '../../src/explain/explain';
import { explainSetting } from '../../src/explain/explainSetting';
import { toMarkdown } from '../../src/explain/markdown';
import { profileOf } from '../../src/explain/notation';
import { toPlainText } from '../../src/explain/plain';
import { chinese } from '../../src/explain/words.zh';
import { english } from '../../src/explain/words.en';
import { dense, network, randomDataset } from '../engine/networks';
import {
  allFacts,
  batchScope,
  randomParameters,
  referenceFacts,
  sampleScope,
} from './support/inspected';

describe('plain text', () => {
  it('is the headline, the place in the file, aligned lines and cautions', () => {
    const target = { type: 'weight', layer: 1, row: 0, column: 0 } as const;
    const facts = referenceFacts(target);
    expect(toPlainText(explain(facts, profileOf('zybuluo'), chinese))).toBe(
      [
        '∂E/∂w₈₄ = −0.07581',
        '从第 1 层第 4 个神经元到第 2 层第 8 个神经元的权重 · layers[1].weights[0][0]',
        '',
        '当前值      w₈₄ = 0.1',
        '梯度        ∂E/∂w₈₄ = −a₄·δ₈ = −0.5498·0.1379 = −0.07581   (4.12) · 按大小排第 10，共 26 个',
        '误差项      δ₈ = 0.1379',
        '来源激活值  a₄ = 0.5498   由前向传播已知',
        '更新        w₈₄ ← w₈₄ + η·δ₈·a₄ = 0.1 + 0.5·0.1379·0.5498 = 0.1379   假如批次只有这个样本',
        '',
        '⚠ 在这种记法中，δ 等于损失导数的相反数。',
      ].join('\n'),
    );
  });

  it('has the same lines as the hover, for every target', () => {
    const of = network(20, [dense(14, 'gelu'), dense(2, 'sigmoid')]);
    const data = randomDataset(9, 20, 2);
    let broken = 0;
    for (const scope of [sampleScope, batchScope])
      for (const facts of allFacts(of, data, randomParameters(of, 3), scope)) {
        const card = explain(facts, profileOf('nielsen'), english);
        const text = toPlainText(card);
        const block = /```text\n([^]*)\n```/.exec(toMarkdown(card))?.[1] ?? '';
        expect(text.split('\n\n')[1]).toBe(block);
        broken += Number(block.split('\n').length > card.lines.length);
      }
    expect(broken).toBeGreaterThan(5);
  });

  it('lets no name break a line or turn the direction of writing', () => {
    const target = { type: 'neuron', layer: -1, row: 0 } as const;
    const facts = referenceFacts(target);
    const evil = { ...(facts as InputFacts), name: 'a\n\u001b[31m\u202eb' };
    const text = toPlainText(explain(evil, profileOf('nielsen'), english));
    expect(text.split('\n')[1]).toBe('input 1 · a [31m b');
  });

  it('of a setting without numbers: its words', () => {
    const setting = { type: 'units', units: 4, inputs: 3, useBias: true } as const;
    expect(toPlainText(explainSetting(setting, profileOf('ng'), english))).toBe(
      '4 neurons, each with 3 weights and a bias',
    );
  });
});
