import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/engine/facts';
import { relation, sameTarget, type Flow } from '../../webview/canvas/related';

/** 2-3-3-2: weights of layers 0, 1, 2. */
const chain: Flow = {
  sources: [[-1], [0], [1]],
  sizes: [2, 3, 3, 2],
  merges: [undefined, undefined, undefined],
};
const weight = (layer: number, row: number, column: number): Target => ({
  type: 'weight',
  layer,
  row,
  column,
});
const neuron = (layer: number, row: number): Target => ({ type: 'neuron', layer, row });
const bias = (layer: number, row: number): Target => ({ type: 'bias', layer, row });

const of =
  (pointed: Target, flow = chain) =>
  (part: Target) =>
    relation(pointed, part, flow);

describe('relation', () => {
  it('lights of a weight its two ends and all that follows', () => {
    const to = of(weight(0, 1, 0));
    expect(to(weight(0, 1, 0))).toBe('self');
    expect(to(neuron(-1, 0))).toBe('related');
    expect(to(neuron(0, 1))).toBe('related');
    expect(to(weight(1, 2, 1))).toBe('related');
    expect(to(weight(2, 0, 2))).toBe('related');
    expect(to({ type: 'loss' })).toBe('related');
    expect(to(neuron(-1, 1))).toBe('none');
    expect(to(neuron(0, 0))).toBe('none');
    expect(to(weight(0, 1, 1))).toBe('none');
    expect(to(weight(1, 2, 0))).toBe('none');
    expect(to(bias(0, 1))).toBe('none');
  });

  it('lights of a neuron its inputs, its weights, its bias and all that follows', () => {
    const to = of(neuron(1, 1));
    expect(to(neuron(0, 2))).toBe('related');
    expect(to(weight(1, 1, 2))).toBe('related');
    expect(to(bias(1, 1))).toBe('related');
    expect(to(weight(2, 0, 1))).toBe('related');
    expect(to(neuron(2, 0))).toBe('related');
    expect(to(weight(1, 0, 2))).toBe('none');
    expect(to(weight(2, 0, 0))).toBe('none');
    expect(to(neuron(-1, 0))).toBe('none');
  });

  it('lights of the loss the outputs alone', () => {
    const to = of({ type: 'loss' });
    expect(to(neuron(2, 0))).toBe('related');
    expect(to(neuron(1, 0))).toBe('none');
    expect(to(weight(2, 0, 0))).toBe('none');
  });

  it('lights of a layer what feeds it and what it feeds', () => {
    const to = of({ type: 'layer', layer: 1 });
    expect(to(weight(1, 0, 0))).toBe('related');
    expect(to(neuron(0, 0))).toBe('related');
    expect(to(neuron(2, 0))).toBe('related');
    expect(to(weight(0, 0, 0))).toBe('none');
  });
});

describe('relation in a network with branches', () => {
  /** Input 2 → a 2; input → b 3; concat(a, b) 5 → c 2; add(c, a) 2 → out 1. */
  const flow: Flow = {
    sources: [[-1], [-1], [0, 1], [2], [3, 0], [4]],
    sizes: [2, 2, 3, 5, 2, 2, 1],
    merges: [undefined, undefined, 'concat', undefined, 'add', undefined],
  };

  it('follows values where they pass unchanged, neuron by neuron', () => {
    const to = of(neuron(1, 1), flow);
    expect(to(neuron(2, 3))).toBe('related');
    expect(to(neuron(2, 1))).toBe('none');
    expect(to(neuron(2, 4))).toBe('none');
    expect(to(weight(3, 0, 0))).toBe('related');
    expect(to(neuron(0, 0))).toBe('none');
    expect(to(weight(0, 0, 0))).toBe('none');
  });

  it('lights of a joining neuron the values that it is made of', () => {
    const to = of(neuron(4, 1), flow);
    expect(to(neuron(3, 1))).toBe('related');
    expect(to(neuron(0, 1))).toBe('related');
    expect(to(neuron(3, 0))).toBe('none');
    expect(to(neuron(0, 0))).toBe('none');
    expect(to(weight(5, 0, 1))).toBe('related');
  });

  it('leaves a parallel branch dark', () => {
    const to = of(weight(0, 1, 0), flow);
    expect(to(neuron(-1, 0))).toBe('related');
    expect(to(neuron(1, 0))).toBe('none');
    expect(to(weight(1, 0, 0))).toBe('none');
    expect(to(weight(3, 0, 1))).toBe('related');
    expect(to({ type: 'loss' })).toBe('related');
  });
});

describe('sameTarget', () => {
  it('compares places, not objects', () => {
    expect(sameTarget(weight(0, 1, 2), weight(0, 1, 2))).toBe(true);
    expect(sameTarget(weight(0, 1, 2), weight(0, 1, 3))).toBe(false);
    expect(sameTarget(neuron(0, 1), bias(0, 1))).toBe(false);
    expect(sameTarget({ type: 'loss' }, { type: 'loss' })).toBe(true);
    expect(sameTarget(undefined, undefined)).toBe(true);
    expect(sameTarget(undefined, neuron(0, 0))).toBe(false);
  });
});
