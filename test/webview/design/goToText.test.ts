import { describe, expect, it } from 'vitest';
import { findPlace, type Directory } from '../../../webview/design/goToText';

/** Of 3-4-2, where the first neurons have these numbers. */
function weights([input, hidden, output]: readonly number[]): Directory['weights'] {
  return [
    { rows: 4, columns: 3, firstRow: hidden, firstColumn: input },
    { rows: 2, columns: 4, firstRow: output, firstColumn: hidden },
  ];
}

/** 3-4-2 in the numbers of Nielsen: the input is layer 1, everything counts from 1. */
const nielsen: Directory = {
  sizes: [3, 4, 2],
  weights: weights([1, 1, 1]),
  hasBias: [true, false],
  inputNumber: 1,
  firstNeuron: [1, 1, 1],
  weightBySource: false,
  names: [
    { name: 'petal_length', target: { type: 'neuron', layer: -1, row: 2 } },
    { name: 'petal_width', target: { type: 'neuron', layer: -1, row: 1 } },
    { name: 'w', target: { type: 'neuron', layer: -1, row: 0 } },
  ],
};

describe('findPlace', () => {
  it.each([
    ['w 2 1 3', { type: 'weight', layer: 0, row: 0, column: 2 }],
    ['W 3,2,4', { type: 'weight', layer: 1, row: 1, column: 3 }],
    ['w^2_1_3', { type: 'weight', layer: 0, row: 0, column: 2 }],
    ['weight 2 4 1', { type: 'weight', layer: 0, row: 3, column: 0 }],
    ['b 2 3', { type: 'bias', layer: 0, row: 2 }],
    ['neuron 3 1', { type: 'neuron', layer: 1, row: 0 }],
    ['n 1 2', { type: 'neuron', layer: -1, row: 1 }],
    ['layer 2', { type: 'layer', layer: 0 }],
    ['layer 1', { type: 'layer', layer: -1 }],
    ['loss', { type: 'loss' }],
    ['petal_length', { type: 'neuron', layer: -1, row: 2 }],
    ['PETAL_L', { type: 'neuron', layer: -1, row: 2 }],
    ['w', { type: 'neuron', layer: -1, row: 0 }],
    ['层 2', { type: 'layer', layer: 0 }],
  ] as const)('%s', (typed, target) => {
    expect(findPlace(typed, nielsen)).toEqual({ ok: true, target });
  });

  it.each([
    ['', { problem: 'empty' }],
    ['petal', { problem: 'unknown' }],
    ['somewhere', { problem: 'unknown' }],
    ['w 2 1', { problem: 'numbers' }],
    ['w 1 1 1', { problem: 'layer', from: 2, to: 3 }],
    ['layer 4', { problem: 'layer', from: 1, to: 3 }],
    ['w 2 5 1', { problem: 'row', from: 1, to: 4 }],
    ['w 2 1 4', { problem: 'column', from: 1, to: 3 }],
    ['b 3 1', { problem: 'parameter' }],
  ] as const)('refuses "%s"', (typed, problem) => {
    expect(findPlace(typed, nielsen)).toEqual({ ok: false, ...problem });
  });

  it('counts as the notation does', () => {
    const numbered = (firstNeuron: readonly number[]): Directory => ({
      ...nielsen,
      inputNumber: 0,
      firstNeuron,
      weights: weights(firstNeuron),
    });
    const zero = numbered([0, 0, 0]);
    expect(findPlace('w 1 0 2', zero)).toEqual({
      ok: true,
      target: { type: 'weight', layer: 0, row: 0, column: 2 },
    });
    const bySource = { ...nielsen, weightBySource: true };
    expect(findPlace('θ 1 1 3', bySource)).toEqual({
      ok: true,
      target: { type: 'weight', layer: 0, row: 0, column: 2 },
    });
    const through = numbered([1, 4, 8]);
    expect(findPlace('w 1 4 3', through)).toEqual({
      ok: true,
      target: { type: 'weight', layer: 0, row: 0, column: 2 },
    });
  });

  it('names filters and what they see in a layer of filters', () => {
    const conv: Directory = {
      ...nielsen,
      sizes: [64, 512],
      hasBias: [true],
      weights: [{ rows: 8, columns: 9, firstRow: 1, firstColumn: 1 }],
    };
    const weight = { type: 'weight', layer: 0, row: 7, column: 8 };
    expect(findPlace('w 2 8 9', conv)).toEqual({ ok: true, target: weight });
    expect(findPlace('w 2 9 1', conv)).toEqual({ ok: false, problem: 'row', from: 1, to: 8 });
    expect(findPlace('w 2 1 10', conv)).toEqual({ ok: false, problem: 'column', from: 1, to: 9 });
    expect(findPlace('n 2 512', conv)).toMatchObject({ ok: true, target: { row: 511 } });
  });
});
