/** What layers of images, flatten and dropout would do where they are dropped. */
import { describe, expect, it } from 'vitest';
import type { Layer } from '../../../src/network/network';
import { parseNetwork } from '../../../src/network/parse';
import { consequence } from '../../../webview/design/consequences';
import type { ShapedType } from '../../../webview/design/contract';
import { resizing } from '../../../webview/design/resizing';
import { worldOf, type World } from '../../../webview/design/world';

function world(shape: readonly number[], layers: readonly object[]): World {
  const { network, issues } = parseNetwork(
    JSON.stringify({ version: 1, input: { shape }, layers }),
  );
  if (!network) throw new Error(JSON.stringify(issues));
  return worldOf(
    network,
    shape.reduce((a, b) => a * b, 1),
  );
}

const output: Partial<Layer> = { type: 'dense', units: 10, activation: 'softmax' };
const conv = { type: 'conv2d', filters: 8, kernel: [3, 3], padding: 'same' };
const pool = { type: 'maxPool2d', size: [2, 2] };
const at = (of: World, layer: ShapedType, index: number) =>
  consequence(of, { type: 'item', item: { type: 'shaped', layer } }, { type: 'slot', index });

describe('a layer of images', () => {
  it('says its weights and those of the layer that follows', () => {
    const found = at(world([8, 8, 1], [output]), 'conv2d', 0);
    expect(found).toMatchObject({
      possible: true,
      edit: { type: 'addLayer', index: 0, layer: { type: 'conv2d', filters: 8, kernel: [3, 3] } },
      select: [0],
    });
    expect(found?.possible && found.says).toBe(
      'Insert conv2d between the input and the output · new W 8 × 9 · the output: W 10 × 512',
    );
  });

  it('says the image that a pool gives', () => {
    const found = at(world([8, 8, 1], [conv, output]), 'averagePool2d', 1);
    expect(found?.possible && found.says).toContain('4 × 4 × 8 values');
  });

  it.each([
    [[8, 8], '8 × 8 × 1'],
    [[64], '8 × 8 × 1'],
  ])('makes an image of an input of %j, in the same step', (shape, words) => {
    const found = at(world(shape, [output]), 'conv2d', 0);
    expect(found).toMatchObject({
      possible: true,
      edit: {
        type: 'several',
        edits: [{ type: 'set', path: ['input', 'shape'], value: [8, 8, 1] }, { type: 'addLayer' }],
      },
    });
    expect(found?.possible && found.says).toContain(`the input as an image ${words}`);
  });

  it.each([
    ['a list that is no square', world([10], [output]), 0],
    ['a layer that gives a list', world([8, 8, 1], [{ type: 'dense', units: 16 }, output]), 1],
  ])('is refused behind %s', (_, of, index) => {
    const found = at(of, 'conv2d', index);
    expect(found?.possible === false && found.why).toMatch(
      /^conv2d needs an image, found a list of length 1\d;/,
    );
  });

  it('is refused where its window is larger than the image', () => {
    const found = at(world([1, 8, 1], [output]), 'maxPool2d', 0);
    expect(found).toEqual({
      possible: false,
      why: 'the window of maxPool2d is larger than the image 1 × 8 × 1',
    });
  });

  it('is refused to lose its image to a layer before it', () => {
    const of = world([8, 8, 1], [conv, pool, output]);
    const dense = { type: 'layer', units: 4, activation: 'relu' } as const;
    const found = consequence(of, { type: 'item', item: dense }, { type: 'slot', index: 1 });
    expect(found?.possible === false && found.why).toMatch(
      /^layer 2 needs an image, found a list of length 4;/,
    );
  });

  it('has no activation to drop one onto, where it has none', () => {
    const of = world([8, 8, 1], [conv, pool, output]);
    const relu = { type: 'item', item: { type: 'activation', activation: 'relu' } } as const;
    expect(consequence(of, relu, { type: 'layer', layer: 1 })).toEqual({
      possible: false,
      why: 'layer 2 (maxPool2d) has no activation',
    });
    expect(consequence(of, relu, { type: 'layer', layer: 0 })?.possible).toBe(true);
  });
});

describe('dropout', () => {
  it('keeps an image an image', () => {
    const found = at(world([8, 8, 1], [conv, pool, output]), 'dropout', 1);
    expect(found?.possible && found.says).toContain('8 × 8 × 8 values');
  });

  it('grows with the layer before it, and what follows gets other weights', () => {
    const of = world([3], [{ type: 'dense', units: 4 }, { type: 'dropout', rate: 0.5 }, output]);
    const { layers, consequence: found } = resizing(of, 0, 6);
    expect(layers).toEqual([0]);
    expect(found.possible && found.says).toContain('the output: W 10 × 6');
  });
});
