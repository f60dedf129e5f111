/** A layer in matrices: its numbers are those of the cards, and its labels those of the notation. */
import { describe, expect, it } from 'vitest';
import { createInspector } from '../../src/engine/inspect';
import type { MatrixCard } from '../../src/explain/matrixCard';
import { goesInto, madeOf, matricesOf, piecesOf } from '../../src/explain/matrixEquation';
import { availableNotations } from '../../src/explain/notation';
import { toUnicode } from '../../src/explain/unicode';
import type { LossName } from '../../src/network/network';
import { dense, network, randomDataset, TANGLED } from '../engine/networks';
import { randomParameters, referenceParameters, sampleScope } from './support/inspected';
import {
  card,
  expectClose,
  hidden,
  inspector,
  outputs,
  stepOf,
  stepsOf,
  times,
} from './support/matrixCards';
import { kindOf } from './support/randomNetworks';

describe('the matrices of the 3-4-2 network', () => {
  it('multiply, by rows and columns of a plain loop, to what stands on the left', () => {
    for (const facts of [hidden, outputs]) {
      const [z, w, a, b] = matricesOf(stepOf(card(facts), 'weightedInput').equation);
      expectClose(
        z,
        times(w, a).map((row, j) => [row[0] + b.cells[j][0]]),
      );
      const [gradient, errors, sources] = matricesOf(
        stepOf(card(facts), 'weightGradient').equation,
      );
      expectClose(gradient, times(errors, sources));
    }
    const [carried, back, sent] = matricesOf(stepOf(card(hidden), 'carried').equation);
    expectClose(carried, times(back, sent));
    expect(back.cells.map(row => row.length)).toEqual([2, 2, 2, 2]);
    const [error, effect, slopes] = matricesOf(stepOf(card(hidden), 'error').equation);
    expectClose(
      error,
      effect.cells.map(([e], j) => [e * slopes.cells[j][0]]),
    );
  });

  it('have the numbers that were computed apart from this project', () => {
    const [gradient, errors] = matricesOf(stepOf(card(hidden), 'weightGradient').equation);
    expect(gradient.cells[0].map(value => value.toFixed(6))).toEqual([
      '0.007358',
      '0.003679',
      '-0.007358',
    ]);
    expect(errors.cells[0][0].toFixed(6)).toBe('0.007358');
    const [last] = matricesOf(stepOf(card(outputs), 'weightGradient').equation);
    expect(last.cells[0][0].toFixed(6)).toBe('-0.075808');
    expect(outputs.sample?.delta?.map(value => value.toFixed(6))).toEqual([
      '-0.137873',
      '0.145050',
    ]);
  });

  it('are those of the cards to the last digit', () => {
    const at = { epoch: 0, step: 0 };
    for (const { layer, sample } of [hidden, outputs]) {
      sample?.weightGradient?.forEach((row, j) => {
        const neuron = inspector.inspect(
          referenceParameters,
          { type: 'neuron', layer, row: j },
          sampleScope,
          at,
        );
        if (neuron.type !== 'neuron') throw new Error('a neuron was expected');
        expect(sample.weightedInput?.[j]).toBe(neuron.weightedInput);
        expect(sample.activation[j]).toBe(neuron.output);
        expect(sample.derivative?.[j]).toBe(neuron.derivative);
        expect(sample.delta?.[j]).toBe(neuron.delta);
        expect(sample.outputGradient[j]).toBe(neuron.outputGradient);
        const bias = inspector.inspect(
          referenceParameters,
          { type: 'bias', layer, row: j },
          sampleScope,
          at,
        );
        expect('gradient' in bias && bias.gradient).toBe(sample.biasGradient?.[j]);
        row.forEach((gradient, column) => {
          const target = { type: 'weight', layer, row: j, column } as const;
          const weight = inspector.inspect(referenceParameters, target, sampleScope, at);
          expect('gradient' in weight && weight.gradient).toBe(gradient);
        });
      });
    }
  });

  it('name rows and columns as the notation does, and say what a number is made of', () => {
    const { equation } = stepOf(card(hidden, 'zybuluo'), 'weightedInput');
    const [net, w, x] = matricesOf(equation);
    expect(net.rows.labels).toEqual(['4', '5', '6', '7']);
    expect(w.columns.labels).toEqual(['1', '2', '3', 'b']);
    expect(x.cells).toEqual([[1], [0.5], [-1], [1]]);
    const parts = madeOf(equation.right, 2, 0);
    expect(
      parts.filter(({ matrix }) => matrix === w).map(({ row, column }) => [row, column]),
    ).toEqual([0, 1, 2, 3].map(column => [2, column]));
    expect(parts.filter(({ matrix }) => matrix === x)).toHaveLength(4);
    expect(goesInto(equation, { matrix: w, row: 1, column: 3 })).toEqual([
      { matrix: net, row: 1, column: 0 },
    ]);
  });

  it('carry an error back through the column of the weights that leave the neuron', () => {
    const { equation } = stepOf(card(hidden), 'carried');
    const [, back] = matricesOf(equation);
    const used = madeOf(equation.right, 2, 0).filter(({ matrix }) => matrix === back);
    expect(used.map(({ row, column }) => back.cells[row][column])).toEqual([
      referenceParameters[16 + 2],
      referenceParameters[16 + 4 + 2],
    ]);
    const gradient = stepOf(card(hidden), 'weightGradient').equation;
    const [, errors, sources] = matricesOf(gradient);
    expect(madeOf(gradient.right, 3, 1)).toEqual([
      { matrix: errors, row: 3, column: 0 },
      { matrix: sources, row: 0, column: 1 },
    ]);
  });
});

describe('what a notation changes', () => {
  it.each([
    ['ng', 'Θ⁽¹⁾: 4 × (3 + 1), with the bias as column 0', ['0', '1', '2', '3']],
    ['zybuluo', 'w₁: 4 × (3 + 1), with the bias as column b', ['1', '2', '3', 'b']],
  ] as const)('%s: the bias is a column, or apart', (notation, size, labels) => {
    const whole = card(hidden, notation);
    expect(whole.size).toBe(size);
    const [, weights] = matricesOf(stepOf(whole, 'weightedInput').equation);
    expect(weights.columns.labels).toEqual(labels);
    expect([weights.rows.length, weights.columns.length]).toEqual([4, 4]);
    expect(stepsOf(whole).some(({ role }) => role === 'biasGradient')).toBe(false);
    const apart = card(hidden, notation, false);
    expect(matricesOf(stepOf(apart, 'weightedInput').equation)).toHaveLength(4);
    expect(stepOf(apart, 'biasGradient').equation.left.cells).toHaveLength(4);
  });

  it('triple: rows instead of columns, x·wᵀ', () => {
    const step = stepOf(card(hidden, 'triple'), 'weightedInput');
    expect(toUnicode(step.rule)).toBe('z₁ = x·w₁ᵀ + b₁');
    const [z, x, w] = matricesOf(step.equation);
    expect([z, x, w].map(({ rows, columns }) => [rows.length, columns.length])).toEqual([
      [1, 4],
      [1, 3],
      [3, 4],
    ]);
    expect(toUnicode(stepOf(card(hidden, 'triple'), 'carried').rule)).toBe('∂J/∂H₁ = δ₂·w₂');
  });

  it('chain0: the gradient also as rows of sources ⊙ a column, which is called broadcasting', () => {
    const step = stepOf(card(hidden, 'chain0'), 'broadcast');
    const [gradient, sources, column] = matricesOf(step.equation);
    expect(sources.cells).toEqual(gradient.cells.map(() => [1, 0.5, -1]));
    expect(column.columns.length).toBe(1);
    expect(step.notes[0]).toContain('broadcasts');
    expect(stepsOf(card(hidden)).some(({ role }) => role === 'broadcast')).toBe(false);
  });

  it('says what ⊙ means wherever it stands', () => {
    for (const notation of availableNotations())
      for (const { equation, notes } of stepsOf(card(hidden, notation)))
        if (piecesOf(equation).some(piece => piece.type === 'sign' && piece.text === '⊙'))
          expect(notes[0]).toMatch(/element by element|broadcasts/);
  });

  it('zybuluo: with its own sign of δ, and gradients as they are', () => {
    const errors = stepOf(card(hidden, 'zybuluo'), 'error').equation.left;
    expect(errors.cells[0][0]).toBe(-(hidden.sample?.delta?.[0] ?? NaN));
    const step = stepOf(card(hidden, 'zybuluo'), 'weightGradient');
    expect(toUnicode(step.rule)).toBe('∂E/∂w₁ = −δ₁·xᵀ');
    expect(step.equation.left.cells[0][0]).toBe(hidden.sample?.weightGradient?.[0][0]);
  });
});

it('what comes back out of a concat is as long as the layer, however many more the concat joins', () => {
  const of = network(3, TANGLED);
  const parameters = randomParameters(of, 4);
  const branched = createInspector(of, randomDataset(5, 3, 2));
  const facts = branched.layerMatrices(parameters, { scope: sampleScope, layer: 0 });
  const { equation } = stepOf(card(facts), 'carried');
  const part = matricesOf(equation).find(({ name }) => toUnicode(name) === 'δ[7…9]⁶');
  expect([part?.rows.labels.length, part?.rows.length]).toEqual([3, 3]);
});

describe('outputs', () => {
  const softmaxCard = (loss: LossName): MatrixCard => {
    const of = network(2, [dense(3, 'softmax')], { loss: { type: loss } });
    const data = randomDataset(2, 2, 3, kindOf(loss));
    const parameters = randomParameters(of, 3);
    return card(
      createInspector(of, data).layerMatrices(parameters, { scope: sampleScope, layer: 0 }),
    );
  };

  it('softmax without cross-entropy: the whole Jacobian, and no ⊙', () => {
    const of = softmaxCard('meanSquaredError');
    const step = stepOf(of, 'error');
    const [, jacobian] = matricesOf(step.equation);
    const a = stepOf(of, 'activation').equation.left.cells.map(([value]) => value);
    expectClose(
      jacobian,
      a.map((own, j) => a.map((other, k) => own * ((j === k ? 1 : 0) - other))),
    );
    expect(step.notes.join(' ')).toContain('Jacobian');
    expect(stepsOf(of).some(({ role }) => role === 'slope')).toBe(false);
  });

  it('softmax with cross-entropy: activation minus target', () => {
    const step = stepOf(softmaxCard('crossEntropy'), 'error');
    expect(toUnicode(step.rule)).toBe('δ² = a² − y');
    expect(step.notes.join(' ')).toContain('cancels');
  });
});
