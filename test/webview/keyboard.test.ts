import { describe, expect, it } from 'vitest';
import type { Target } from '../../src/engine/facts';
import { firstPlace, interpret, keepPlace, type Reach } from '../../webview/canvas/keyboard';

/** 3-4-2, biases only in the first layer. */
const reach: Reach = {
  rows: [
    [0, 1, 2],
    [0, 1, 2, 3],
    [0, 1],
  ],
  biases: [false, true, false],
  sources: [[-1], [0]],
  weighted: [true, true],
};

const neuron = (layer: number, row: number): Target => ({ type: 'neuron', layer, row });
const weight = (layer: number, row: number, column: number): Target => ({
  type: 'weight',
  layer,
  row,
  column,
});

function press(place: Target, ...keys: string[]): Target {
  return keys.reduce((at, key) => {
    const command = interpret(at, { key, shiftKey: key === 'E' }, reach);
    return command?.type === 'move' ? command.to : at;
  }, place);
}

describe('the canvas by keyboard', () => {
  it('enters at the first neuron behind the input', () => {
    expect(firstPlace(reach)).toEqual(neuron(0, 0));
  });

  it('moves along the data flow, to the loss and back', () => {
    expect(press(neuron(-1, 0), 'ArrowRight')).toEqual(neuron(0, 0));
    expect(press(neuron(-1, 0), 'ArrowRight', 'ArrowRight', 'ArrowRight')).toEqual({
      type: 'loss',
    });
    expect(press({ type: 'loss' }, 'ArrowLeft')).toEqual(neuron(1, 0));
    expect(press(neuron(-1, 0), 'ArrowLeft')).toEqual(neuron(-1, 0));
  });

  it('keeps the height between columns of different length', () => {
    expect(press(neuron(0, 3), 'ArrowRight')).toEqual(neuron(1, 1));
    expect(press(neuron(-1, 2), 'ArrowRight')).toEqual(neuron(0, 3));
  });

  it('moves through a column, to its layer, and up again', () => {
    expect(press(neuron(1, 0), 'ArrowDown')).toEqual(neuron(1, 1));
    expect(press(neuron(1, 1), 'ArrowDown')).toEqual({ type: 'layer', layer: 1 });
    expect(press({ type: 'layer', layer: 1 }, 'ArrowUp')).toEqual(neuron(1, 1));
    expect(press({ type: 'layer', layer: 1 }, 'ArrowLeft')).toEqual({ type: 'layer', layer: 0 });
    expect(press(neuron(0, 2), 'Home')).toEqual(neuron(0, 0));
    expect(press(neuron(0, 0), 'End')).toEqual(neuron(0, 3));
  });

  it('cycles incoming edges with e, round and round', () => {
    expect(press(neuron(0, 1), 'e')).toEqual(weight(0, 1, 0));
    expect(press(neuron(0, 1), 'e', 'e', 'e')).toEqual(weight(0, 1, 2));
    expect(press(neuron(0, 1), 'e', 'e', 'e', 'e')).toEqual(weight(0, 1, 0));
    expect(press(weight(0, 1, 0), 'ArrowUp')).toEqual(weight(0, 1, 2));
    expect(press(neuron(-1, 1), 'e')).toEqual(neuron(-1, 1));
  });

  it('cycles outgoing edges with Shift+E', () => {
    expect(press(neuron(0, 2), 'E')).toEqual(weight(1, 0, 2));
    expect(press(neuron(0, 2), 'E', 'E')).toEqual(weight(1, 1, 2));
    expect(press(neuron(0, 2), 'E', 'E', 'E')).toEqual(weight(1, 0, 2));
    expect(press(neuron(1, 0), 'E')).toEqual(neuron(1, 0));
  });

  it('follows an edge to either end', () => {
    expect(press(weight(1, 0, 2), 'ArrowRight')).toEqual(neuron(1, 0));
    expect(press(weight(1, 0, 2), 'ArrowLeft')).toEqual(neuron(0, 2));
  });

  it('reaches a bias with b where there is one', () => {
    expect(press(neuron(0, 1), 'b')).toEqual({ type: 'bias', layer: 0, row: 1 });
    expect(press(neuron(0, 1), 'b', 'b')).toEqual(neuron(0, 1));
    expect(press(neuron(1, 1), 'b')).toEqual(neuron(1, 1));
  });

  it('selects, escapes, and leaves other keys to others', () => {
    expect(interpret(neuron(0, 0), { key: 'Enter' }, reach)).toEqual({ type: 'select' });
    expect(interpret(neuron(0, 0), { key: 'Escape' }, reach)).toEqual({ type: 'escape' });
    expect(interpret(neuron(0, 0), { key: 'Tab' }, reach)).toBeUndefined();
    expect(interpret(neuron(0, 0), { key: 'x' }, reach)).toBeUndefined();
  });

  it('skips neurons that are not drawn', () => {
    const large: Reach = {
      ...reach,
      rows: [[0, 1, 62, 63], [0]],
      biases: [false, true],
      sources: [[-1]],
    };
    const command = interpret(neuron(-1, 1), { key: 'ArrowDown' }, large);
    expect(command).toEqual({ type: 'move', to: neuron(-1, 62) });
  });

  it('keeps its place while it exists and enters anew otherwise', () => {
    expect(keepPlace(weight(1, 1, 3), reach)).toEqual(weight(1, 1, 3));
    expect(keepPlace(weight(1, 2, 3), reach)).toEqual(neuron(0, 0));
    expect(keepPlace({ type: 'bias', layer: 1, row: 0 }, reach)).toEqual(neuron(0, 0));
    expect(
      keepPlace(undefined, { rows: [[]], biases: [false], sources: [], weighted: [] }),
    ).toBeUndefined();
  });
});

/** Input 2 → a 2, input → b 2, add(a, b) 2 → out 1. */
const branched: Reach = {
  rows: [[0, 1], [0, 1], [0, 1], [0, 1], [0]],
  biases: [false, true, true, false, true],
  sources: [[-1], [-1], [0, 1], [2]],
  weighted: [true, true, false, true],
};

function pressIn(place: Target, ...keys: string[]): Target {
  return keys.reduce((at, key) => {
    const command = interpret(at, { key, shiftKey: key === 'E' }, branched);
    return command?.type === 'move' ? command.to : at;
  }, place);
}

describe('branches by keyboard', () => {
  it('follow the first source and the first consumer', () => {
    expect(pressIn(neuron(-1, 1), 'ArrowRight')).toEqual(neuron(0, 1));
    expect(pressIn(neuron(0, 1), 'ArrowRight')).toEqual(neuron(2, 1));
    expect(pressIn(neuron(1, 0), 'ArrowRight', 'ArrowLeft')).toEqual(neuron(0, 0));
    expect(pressIn(neuron(1, 0), 'ArrowLeft')).toEqual(neuron(-1, 0));
  });

  it('are all reached by [ and ], in the order of the file', () => {
    expect(pressIn(neuron(-1, 0), ']', ']')).toEqual(neuron(1, 0));
    expect(pressIn(neuron(-1, 0), ']', ']', ']', ']', ']')).toEqual({ type: 'loss' });
    expect(pressIn({ type: 'layer', layer: 2 }, '[')).toEqual({ type: 'layer', layer: 1 });
    expect(pressIn(neuron(-1, 0), '[')).toEqual(neuron(-1, 0));
  });

  it('cycle the edges out of a neuron through all layers that weigh it', () => {
    expect(pressIn(neuron(-1, 1), 'E')).toEqual(weight(0, 0, 1));
    expect(pressIn(neuron(-1, 1), 'E', 'E', 'E')).toEqual(weight(1, 0, 1));
    expect(pressIn(neuron(-1, 1), 'E', 'E', 'E', 'E', 'E')).toEqual(weight(0, 0, 1));
  });

  it('have no edges where values pass unchanged', () => {
    expect(pressIn(neuron(2, 0), 'e')).toEqual(neuron(2, 0));
    expect(pressIn(neuron(0, 0), 'E')).toEqual(neuron(0, 0));
    expect(keepPlace(weight(2, 0, 0), branched)).toEqual(neuron(0, 0));
  });

  it('lead from an edge to the neuron that it really comes from', () => {
    expect(pressIn(weight(1, 0, 1), 'ArrowLeft')).toEqual(neuron(-1, 1));
  });
});
