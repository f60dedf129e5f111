/** A layer in matrices over all samples, of large layers, and as text. */
import { describe, expect, it } from 'vitest';
import { createInspector } from '../../src/engine/inspect';
import { explainMatrices } from '../../src/explain/explainMatrices';
import { matricesOf } from '../../src/explain/matrixEquation';
import { matricesToLatex } from '../../src/explain/matrixLatex';
import { matricesToMarkdown, matricesToText } from '../../src/explain/matrixText';
import { profileOf } from '../../src/explain/notation';
import { toUnicode } from '../../src/explain/unicode';
import { chinese } from '../../src/explain/words.zh';
import { dense, network, randomDataset } from '../engine/networks';
import { batchScope, randomParameters, sampleScope } from './support/inspected';

import { card, hidden, stepOf, stepsOf } from './support/matrixCards';

describe('over all samples', () => {
  const of = network(2, [dense(3, 'tanh'), dense(2, 'linear')], {
    loss: { type: 'meanSquaredError', half: true, reduction: 'mean' },
    regularization: { l2: 0.3, l1: 0, scale: 'lambda/2m', bias: false },
  });
  const data = randomDataset(6, 2, 2, 'real');
  const parameters = randomParameters(of, 4);
  const all = createInspector(of, data);
  const facts = all.layerMatrices(parameters, { scope: batchScope, layer: 0 });

  it('the accumulated sum, the reduction and the penalty are numbers of their own', () => {
    const { weights, factor } = facts.batch ?? {};
    const samples = data.training.length;
    weights?.sum.forEach((row, j) =>
      row.forEach((sum, k) => {
        let own = 0;
        for (const index of data.training)
          own += all.gradients(parameters, { type: 'sample', index }).layers[0].weights[j][k];
        expect(sum).toBeCloseTo(own, 12);
        const penalty = (0.3 / samples) * parameters[j * 2 + k];
        expect(weights.penalty[j][k]).toBeCloseTo(penalty, 14);
        expect(factor).toBe(1 / samples);
        expect(weights.gradient[j][k]).toBeCloseTo(own / samples + penalty, 12);
      }),
    );
    const step = stepOf(card(facts), 'weightGradient');
    expect(toUnicode(step.rule)).toBe('∂C/∂w² = 1/n·Σₓ ∂Cₓ/∂w² + ∂Ω/∂w²');
    expect(matricesOf(step.equation)).toHaveLength(3);
    expect(stepsOf(card(facts)).map(({ role }) => role)).toEqual([
      'weightGradient',
      'weightPenalty',
      'biasGradient',
    ]);
  });

  it('a column of biases is not penalised', () => {
    const penalty = stepOf(card(facts, 'ng'), 'weightPenalty');
    expect(penalty.equation.left.cells.map(row => row[0])).toEqual([0, 0, 0]);
    expect(penalty.notes.join(' ')).toContain('not penalised');
  });
});

describe('large layers', () => {
  const of = network(100, [dense(40, 'tanh'), dense(2, 'linear')]);
  const data = randomDataset(2, 100, 2, 'real');
  const parameters = randomParameters(of, 6, 0.2);
  const large = createInspector(of, data);

  it('show at most 12 × 12 cells, the true size and the sum of the rest', () => {
    const facts = large.layerMatrices(parameters, {
      scope: sampleScope,
      layer: 0,
      row: 20,
      column: 50,
    });
    const [z, w, , rest] = matricesOf(stepOf(card(facts), 'weightedInput').equation);
    expect([w.cells.length, w.cells[0].length]).toEqual([12, 12]);
    expect([w.rows.length, w.columns.length]).toEqual([40, 100]);
    expect(w.rows.labels).toEqual([
      '1',
      '2',
      '3',
      '4',
      '5',
      '6',
      '7',
      '21',
      '37',
      '38',
      '39',
      '40',
    ]);
    expect(w.columns.labels[7]).toBe('51');
    expect(w.rows.gaps).toEqual([6, 7]);
    expect(rest.words).toBe('88 more');
    expect(z.cells).toHaveLength(12);
    expect(matricesToText(card(facts))).toContain('w² 40 × 100');
    expect(matricesToLatex(card(facts))).toMatch(/MaxMatrixCols\}\{14\}[\s\S]*\\ddots/);
  });

  it('say what does not exist', () => {
    const ask = (request: object) => () =>
      large.layerMatrices(parameters, { scope: sampleScope, layer: 0, ...request });
    expect(ask({ layer: 2 })).toThrow(RangeError);
    expect(ask({ row: 40 })).toThrow(/neuron 40/);
    expect(ask({ column: 100 })).toThrow(/neuron 100/);
  });
});

describe('as text', () => {
  it('matrices stand beside each other, aligned', () => {
    const text = matricesToText(card(hidden));
    expect(text).toContain(
      [
        '  z² 4 × 1     w² 4 × 3                 a¹ 3 × 1     b² 4 × 1',
        '                    1    2      3',
        '1 ⎡  0.2 ⎤   1 ⎡ 0.05    0  −0.05 ⎤   1 ⎡   1 ⎤    1 ⎡ 0.1 ⎤',
        '2 ⎢ 0.35 ⎥ = 2 ⎢ 0.15  0.1   0.05 ⎥ · 2 ⎢ 0.5 ⎥  + 2 ⎢ 0.2 ⎥',
        '3 ⎢  0.5 ⎥   3 ⎢ 0.25  0.2   0.15 ⎥   3 ⎣  −1 ⎦    3 ⎢ 0.3 ⎥',
        '4 ⎣ 0.65 ⎦   4 ⎣ 0.35  0.3   0.25 ⎦                4 ⎣ 0.4 ⎦',
      ].join('\n'),
    );
    expect(text).toContain('error terms: δ² = (∂C/∂a²) ⊙ σ′(z²) [BP2]');
  });

  it('in Markdown they stand in blocks, in LaTeX in bmatrix', () => {
    const markdown = matricesToMarkdown(card(hidden));
    expect(markdown.match(/^```/gm)).toHaveLength(2 * stepsOf(card(hidden)).length);
    const latex = matricesToLatex(card(hidden));
    expect(latex).toContain(
      '\\underset{4 \\times 1}{\\begin{bmatrix} 0.2 \\\\ 0.35 \\\\ 0.5 \\\\ 0.65 \\end{bmatrix}} = ',
    );
    // Every brace and every environment is closed.
    const count = (mark: string): number => latex.split(mark).length - 1;
    expect(count('{')).toBe(count('}'));
    expect(count('\\begin{')).toBe(count('\\end{'));
    expect(count('\\left(')).toBe(count('\\right)'));
  });

  it('in Chinese', () => {
    const chineseCard = explainMatrices(hidden, profileOf('nielsen'), chinese);
    expect(matricesToText(chineseCard)).toContain('传回的误差');
    expect(matricesToText(chineseCard)).not.toMatch(/[a-z]{5,}/);
  });
});
