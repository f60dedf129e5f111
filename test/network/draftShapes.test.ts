/** Shapes of a document that may be wrong: what is known of each layer, and what is not. */
import { describe, expect, it } from 'vitest';
import { draftShapes, hasPlaces, readSliding, withUnits } from '../../src/network/draftShapes';
import { windowOver } from '../../src/network/images';
import type { LayerDraft } from '../../src/network/layerDraft';
import { limits } from '../../src/network/limits';
import { syntaxTree } from '../../src/network/syntaxTree';

const dense = (units?: number, rest: Partial<LayerDraft> = {}): LayerDraft => ({
  type: 'dense',
  units,
  ...rest,
});
const conv: LayerDraft = {
  ...{ type: 'conv2d', filters: 5, kernel: [2, 2], stride: [1, 1], padding: 'valid' },
};
const pool: LayerDraft = { type: 'maxPool2d', size: [2, 1], stride: [2, 1], padding: 'valid' };
const shapes = (shape: readonly number[] | undefined, ...layers: LayerDraft[]) =>
  draftShapes(layers, shape && { shape });
const joined = (type: 'add' | 'concat', from: readonly string[]): LayerDraft => ({ type, from });

const none = { image: undefined, window: undefined };
const image = (height: number, width: number, channels: number) => ({ height, width, channels });

describe('the shape of', () => {
  it('dense layers', () => {
    expect(shapes([2, 3], dense(4), dense(undefined), { type: undefined, units: 5 })).toEqual([
      { sources: [-1], inputs: 6, units: 4, rows: 4, columns: 6, ...none },
      { sources: [0], inputs: 4, units: undefined, rows: undefined, columns: 4, ...none },
      { sources: [1], inputs: undefined, units: 5, rows: 5, columns: undefined, ...none },
    ]);
  });

  it('a layer without a known input, or a known source', () => {
    expect(shapes(undefined, dense(4))[0]).toEqual({
      sources: [-1],
      inputs: undefined,
      units: 4,
      rows: 4,
      columns: undefined,
      ...none,
    });
    expect(shapes([limits.inputs + 1], dense(4))[0].inputs).toBeUndefined();
    expect(shapes([2], dense(4, { from: ['who'] }))[0]).toEqual({
      sources: [NaN],
      inputs: undefined,
      units: 4,
      rows: 4,
      columns: undefined,
      ...none,
    });
    expect(
      shapes([2], dense(4, { id: 'a' }), dense(4, { from: ['a', 'input'] }))[1].inputs,
    ).toBeUndefined();
    expect(shapes([2], dense(4, { from: [] }))[0].inputs).toBeUndefined();
  });

  it('layers that change no size', () => {
    const plain = { rows: 0, columns: 0, window: undefined };
    expect(
      shapes([2, 3, 4], { type: 'dropout' }, { type: 'flatten' }, { type: 'dropout' }),
    ).toEqual([
      { sources: [-1], inputs: 24, units: 24, ...plain, image: image(2, 3, 4) },
      { sources: [0], inputs: 24, units: 24, ...plain, image: undefined },
      { sources: [1], inputs: 24, units: 24, ...plain, image: undefined },
    ]);
    expect(shapes(undefined, { type: 'dropout' })[0]).toEqual({
      sources: [-1],
      inputs: undefined,
      units: undefined,
      ...plain,
      image: undefined,
    });
  });

  it('batchNorm: a row a feature, or a channel', () => {
    expect(shapes([3], { type: 'batchNorm' })[0]).toEqual({
      sources: [-1],
      inputs: 3,
      units: 3,
      rows: 3,
      columns: 1,
      ...none,
    });
    expect(shapes([2, 3, 4], { type: 'batchNorm' })[0]).toEqual({
      sources: [-1],
      inputs: 24,
      units: 24,
      rows: 4,
      columns: 1,
      image: image(2, 3, 4),
      window: undefined,
    });
    expect(shapes(undefined, { type: 'batchNorm' })[0].rows).toBeUndefined();
  });

  it('sums', () => {
    const sum = (...from: string[]) =>
      shapes(
        [2],
        dense(2, { id: 'two' }),
        dense(3, { id: 'three' }),
        dense(undefined, { id: 'any' }),
        joined('add', from),
      )[3];
    const plain = { rows: 0, columns: 0, ...none };
    expect(sum('two', 'input')).toEqual({ sources: [0, -1], inputs: 2, units: 2, ...plain });
    expect(sum('two', 'three')).toEqual({
      sources: [0, 1],
      inputs: undefined,
      units: undefined,
      ...plain,
    });
    expect(sum('two', 'any')).toMatchObject({ inputs: 2, units: 2 });
    expect(sum('any', 'three')).toMatchObject({ inputs: 3, units: 3 });
    expect(sum('any', 'any')).toMatchObject({ inputs: undefined, units: undefined });
    expect(sum()).toMatchObject({ sources: [], inputs: undefined, units: undefined });
  });

  it('joins', () => {
    const join = (...from: string[]) =>
      shapes(
        [2],
        dense(65_534, { id: 'long' }),
        dense(3, { id: 'three' }),
        dense(undefined, { id: 'any' }),
        joined('concat', from),
      )[3];
    expect(join('three', 'input')).toEqual({
      sources: [1, -1],
      inputs: 5,
      units: 5,
      rows: 0,
      columns: 0,
      ...none,
    });
    expect(join('long', 'input')).toMatchObject({ inputs: 65_536, units: 65_536 });
    expect(join('long', 'three')).toMatchObject({ inputs: undefined, units: undefined });
    expect(join('three', 'any')).toMatchObject({ inputs: undefined, units: undefined });
    expect(join()).toMatchObject({ inputs: undefined, units: undefined });
  });

  it('windows', () => {
    const [first, second] = shapes([3, 4, 2], conv, pool);
    const source = image(3, 4, 2);
    const over = { source, height: 2, width: 2, strideY: 1, strideX: 1, top: 0, left: 0 };
    expect(first).toEqual({
      ...{ sources: [-1], inputs: 24, units: 30, rows: 5, columns: 8, image: image(2, 3, 5) },
      window: { ...over, target: image(2, 3, 5) },
    });
    expect(second).toMatchObject({
      sources: [0],
      inputs: 30,
      units: 15,
      rows: 0,
      columns: 0,
      image: image(1, 3, 5),
    });
    expect(second.window).toBeDefined();
  });

  it('windows without a place, without an image, or of wrong settings', () => {
    const [large] = shapes([1, 4, 2], conv);
    expect(large).toMatchObject({
      inputs: 8,
      units: undefined,
      image: undefined,
      rows: 5,
      columns: 8,
    });
    expect(large.window?.target).toEqual(image(0, 3, 5));
    const list = {
      sources: [-1],
      inputs: 24,
      units: undefined,
      rows: 5,
      columns: undefined,
      ...none,
    };
    expect(shapes([24], conv)[0]).toEqual(list);
    for (const key of ['kernel', 'stride', 'padding'] as const)
      expect(shapes([3, 4, 2], { ...conv, [key]: undefined })[0]).toEqual(list);
    expect(shapes([3, 4, 2], { ...conv, filters: undefined })[0]).toEqual({
      ...list,
      rows: undefined,
    });
    for (const key of ['size', 'stride', 'padding'] as const)
      expect(shapes([3, 4, 2], { ...pool, [key]: undefined })[0]).toEqual({
        ...list,
        rows: 0,
        columns: 0,
      });
  });

  it('images that are too large, which are images all the same', () => {
    const one: LayerDraft = { ...pool, size: [1, 1], stride: [1, 1] };
    expect(shapes([256, 256, 1], one)[0].units).toBe(65_536);
    expect(shapes([256, 257, 1], one)[0]).toMatchObject({
      units: undefined,
      image: image(256, 257, 1),
    });
  });
});

it('the units of all but dense layers come from their shapes', () => {
  const layers: LayerDraft[] = [
    dense(3),
    { type: 'dropout', units: 9 },
    { type: undefined, units: 7 },
    { type: 'flatten' },
  ];
  expect(withUnits(layers, { shape: [2] })).toEqual([
    dense(3),
    { type: 'dropout', units: 3 },
    { type: undefined, units: 7 },
    { type: 'flatten', units: 7 },
  ]);
});

it.each([
  [3, 4, true],
  [2, 4, true],
  [1, 4, false],
  [3, 1, false],
  [0, 0, false],
])('a window of 2 × 2 has a place in %i × %i: %s', (height, width, has) => {
  const settings = { window: [2, 2], stride: [1, 1], padding: 'valid' } as const;
  expect(hasPlaces(windowOver(image(height, width, 1), settings))).toBe(has);
});

it.each([
  [
    'conv2d',
    '{ "filters": 2, "kernel": [3, 4], "stride": [1, 2], "padding": "same" }',
    { window: [3, 4], stride: [1, 2], padding: 'same', channels: 2 },
  ],
  ['conv2d', '{ "kernel": [3, 4] }', undefined],
  ['conv2d', '{ "filters": 2, "size": [3, 4] }', undefined],
  ['maxPool2d', '{ "size": [3, 4] }', { window: [3, 4], stride: [3, 4], padding: 'valid' }],
  [
    'averagePool2d',
    '{ "size": [3, 4], "stride": [1, 1] }',
    { window: [3, 4], stride: [1, 1], padding: 'valid' },
  ],
  ['averagePool2d', '{ "kernel": [3, 4] }', undefined],
  ['dense', '{ "size": [3, 4], "kernel": [3, 4], "filters": 2 }', undefined],
] as const)('how a %s with %s slides', (type, text, expected) => {
  const { root } = syntaxTree(text);
  expect(root && readSliding(root, type)).toEqual(expected);
});
