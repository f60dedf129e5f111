import { describe, expect, it } from 'vitest';
import { applyTextEdits, textEdits } from '../../../src/network/edit';
import { parseNetwork } from '../../../src/network/parse';
import { inferShapes } from '../../../src/network/shapes';
import { resizing } from '../../../webview/design/resizing';
import { worldOf, type World } from '../../../webview/design/world';

const dense = (units: number, more: object = {}): object => ({
  type: 'dense',
  units,
  activation: 'tanh',
  ...more,
});

function textOf(layers: readonly object[], inputs: number, more: object = {}): string {
  return JSON.stringify({ version: 1, input: { shape: [inputs] }, layers, ...more });
}

function worldIn(text: string): World {
  const { network } = parseNetwork(text);
  if (!network) throw new Error('The test has no network.');
  return worldOf(network, inferShapes(network).inputSize);
}

const residual = textOf(
  [dense(4, { id: 'a' }), dense(4, { id: 'b' }), { type: 'add', from: ['a', 'b'] }, dense(2)],
  3,
);

describe('resizing', () => {
  it('of a layer alone is one plain edit, with the weights that follow', () => {
    const { layers, consequence } = resizing(worldIn(textOf([dense(4), dense(2)], 3)), 0, 6);
    expect(layers).toEqual([0]);
    expect(consequence).toMatchObject({
      possible: true,
      edit: { type: 'setUnits', layer: 0, units: 6 },
      says: 'layer 1: 6 units · layer 1: W 6 × 3 · the output: W 2 × 6',
    });
  });

  it('takes along what an add needs to be equally long, as one edit that the text takes', () => {
    const { layers, consequence } = resizing(worldIn(residual), 1, 5);
    expect(layers).toEqual([1, 0]);
    if (!consequence.possible) throw new Error(consequence.why);
    expect(consequence.edit).toEqual({
      type: 'several',
      label: 'Set b + a to 5 units',
      edits: [
        { type: 'setUnits', layer: 1, units: 5 },
        { type: 'setUnits', layer: 0, units: 5 },
      ],
    });
    expect(consequence.says).toMatch(/^b \+ a: 5 units · /);
    const after = parseNetwork(applyTextEdits(residual, textEdits(residual, consequence.edit)));
    expect(after.network?.layers.map(({ units }) => units)).toEqual([5, 5, 5, 2]);
  });

  it('follows an add into the sources of another', () => {
    const text = textOf(
      [
        dense(4, { id: 'a' }),
        dense(4, { id: 'b' }),
        { type: 'add', id: 's', from: ['a', 'b'] },
        dense(4, { id: 'c' }),
        { type: 'add', from: ['s', 'c'] },
        dense(2),
      ],
      3,
    );
    const { layers, consequence } = resizing(worldIn(text), 3, 7);
    expect([...layers].sort()).toEqual([0, 1, 3]);
    if (!consequence.possible) throw new Error(consequence.why);
    const after = parseNetwork(applyTextEdits(text, textEdits(text, consequence.edit)));
    expect(after.network?.layers.map(({ units }) => units)).toEqual([7, 7, 7, 7, 7, 2]);
  });

  it('takes the input along where no data decide it, else says what add needs', () => {
    const layers = [dense(3), { type: 'add', from: ['input', 'h'] }, dense(1)];
    const named = [{ ...layers[0], id: 'h' }, ...layers.slice(1)];
    const free = resizing(worldIn(textOf(named, 3)), 0, 4);
    expect(free.layers).toEqual([0, -1]);
    const data = { data: { inline: [{ x: [0, 0, 0], y: [0] }] } };
    const { consequence } = resizing(worldIn(textOf(named, 3, data)), 0, 4);
    expect(consequence).toEqual({
      possible: false,
      why: expect.stringContaining('add needs layers of equal size, found 3, 4') as string,
    });
  });

  it('does not guess which part of a concat should follow', () => {
    const text = textOf(
      [
        dense(2, { id: 'a' }),
        dense(2, { id: 'b', from: ['input'] }),
        { type: 'concat', id: 'c', from: ['a', 'b'] },
        dense(4, { id: 'd' }),
        { type: 'add', from: ['c', 'd'] },
        dense(2),
      ],
      3,
    );
    expect(resizing(worldIn(text), 3, 5).consequence.possible).toBe(false);
  });

  it('says the limit before the host does', () => {
    const { consequence } = resizing(worldIn(textOf([dense(4), dense(2)], 60_000)), 0, 60_000);
    expect(consequence).toEqual({
      possible: false,
      why: expect.stringContaining('parameters') as string,
    });
  });
});
