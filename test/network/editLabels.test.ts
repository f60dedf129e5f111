/** How undo steps are called: what is counted, what is cut, and where layers go. */
import { describe, expect, it } from 'vitest';
import { editLabel } from '../../src/network/editLabels';
import type { NetworkEdit } from '../../src/network/edit';

const remove = (...layers: readonly number[]): NetworkEdit => ({ type: 'removeLayers', layers });
const move = (layers: readonly number[], to: number): NetworkEdit => ({
  ...{ type: 'moveLayers', layers, to },
});
const add = (layer: object): NetworkEdit => ({ type: 'addLayer', index: 0, layer: layer as never });
const name = (length: number): NetworkEdit => ({
  ...{ type: 'set', path: ['name'], value: 'x'.repeat(length - 2) },
});

describe('the name of an undo step', () => {
  it.each<[NetworkEdit, string]>([
    [remove(1), 'Remove layers[1]'],
    [remove(1, 1), 'Remove layers[1]'],
    [remove(10, 9), 'Remove layers[9] and layers[10]'],
    [remove(2, 0, 1), 'Remove layers[0], layers[1] and layers[2]'],
    [remove(3, 2, 1, 0), 'Remove 4 layers'],
    [remove(3, 3, 1, 1, 0), 'Remove layers[0], layers[1] and layers[3]'],
    [remove(), 'Remove nothing'],
    [
      { type: 'setSources', layer: 1, sources: [0, -1] },
      'Connect layers[1] with input and layers[0]',
    ],
    [move([1], 1), 'Move layers[1] before layers[1]'],
    [move([1], 2), 'Move layers[1] behind layers[1]'],
    [move([1, 2], 2), 'Move layers[1] and layers[2] before layers[2]'],
    [move([1, 2], 3), 'Move layers[1] and layers[2] behind layers[2]'],
    [add({ type: 'dense', units: 3 }), 'Insert dense 3'],
    [add({ type: 'flatten', units: null, activation: true }), 'Insert flatten'],
    [add({ type: 'add', activation: 'relu', from: ['a', 'b'] }), 'Insert add relu'],
    [{ type: 'insertLayers', index: 0, layers: [] }, 'Paste 0 layers'],
    [{ type: 'copyLayers', layers: [2, 0], to: 0 }, 'Duplicate layers[0] and layers[2]'],
    [
      { type: 'setActivation', layer: 1, activation: 'relu' },
      'Set activation of layers[1] to relu',
    ],
    [
      { type: 'setParameter', layer: 0, kind: 'bias', row: 1, column: 0, value: -0 },
      'Set bias layers[0].bias[1] to -0',
    ],
    // Forty characters are shown, of more the first thirty-nine.
    [name(40), `Set name to "${'x'.repeat(38)}"`],
    [name(41), `Set name to "${'x'.repeat(38)}…`],
  ])('%j', (edit, label) => expect(editLabel(edit)).toBe(label));
});
