/** What flows between the layers of a network, and how many numbers each of them has. */
import { describe, expect, it } from 'vitest';
import { imageSize, imageText, slidingSettings, windowOver } from '../../src/network/images';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes, inputsOf, keptImage, sizeOf } from '../../src/network/shapes';

function parsed(shape: readonly number[], layers: readonly object[]) {
  const { network, issues } = parseNetwork(
    JSON.stringify({ version: 1, input: { shape }, layers }),
  );
  if (!network) throw new Error(issues.map(({ message }) => message).join('\n'));
  return network;
}
const shapes = (shape: readonly number[], layers: readonly object[]) =>
  inferShapes(parsed(shape, layers));

const dense = (units: number, rest: object = {}) => ({ type: 'dense', units, ...rest });
const conv = { type: 'conv2d', filters: 5, kernel: [2, 3] };
const list = { rows: 0, columns: 0, parameters: 0, stored: 0 };

describe('the shapes of a network', () => {
  it('of dense layers', () => {
    expect(shapes([2, 3], [dense(4), dense(2, { useBias: false })])).toEqual({
      ...{ inputSize: 6, outputSize: 2, parameters: 36, stored: 36 },
      layers: [
        { sources: [-1], inputs: 6, units: 4, rows: 4, columns: 6, parameters: 28, stored: 28 },
        { sources: [0], inputs: 4, units: 2, rows: 2, columns: 4, parameters: 8, stored: 8 },
      ],
    });
  });

  it('with branches', () => {
    const all = shapes(
      [2],
      [
        dense(2, { id: 'a' }),
        { type: 'add', id: 's', from: ['a', 'input'] },
        { type: 'concat', from: ['s', 'input', 'a'] },
        { type: 'dropout', rate: 0.5 },
        { type: 'batchNorm' },
        { type: 'batchNorm', useBias: false },
      ],
    );
    expect(all).toEqual({
      ...{ inputSize: 2, outputSize: 6, parameters: 24, stored: 48 },
      layers: [
        { sources: [-1], inputs: 2, units: 2, rows: 2, columns: 2, parameters: 6, stored: 6 },
        { sources: [0, -1], inputs: 2, units: 2, ...list },
        { sources: [1, -1, 0], inputs: 6, units: 6, ...list },
        { sources: [2], inputs: 6, units: 6, ...list },
        { sources: [3], inputs: 6, units: 6, rows: 6, columns: 1, parameters: 12, stored: 24 },
        { sources: [4], inputs: 6, units: 6, rows: 6, columns: 1, parameters: 6, stored: 18 },
      ],
    });
  });

  it('of images', () => {
    const source = { height: 4, width: 5, channels: 2 };
    const made = { height: 3, width: 3, channels: 5 };
    const pooled = { height: 1, width: 1, channels: 5 };
    const over = { top: 0, left: 0 };
    expect(
      shapes(
        [4, 5, 2],
        [conv, { type: 'batchNorm' }, { type: 'averagePool2d', size: [2, 3] }, { type: 'flatten' }],
      ),
    ).toEqual({
      ...{ inputSize: 40, inputImage: source, outputSize: 5, parameters: 75, stored: 85 },
      layers: [
        {
          ...{
            sources: [-1],
            inputs: 40,
            units: 45,
            rows: 5,
            columns: 12,
            parameters: 65,
            stored: 65,
          },
          image: made,
          window: { ...over, source, target: made, height: 2, width: 3, strideY: 1, strideX: 1 },
        },
        {
          sources: [0],
          inputs: 45,
          units: 45,
          rows: 5,
          columns: 1,
          parameters: 10,
          stored: 20,
          image: made,
        },
        {
          ...{ sources: [1], inputs: 45, units: 5, ...list, image: pooled },
          window: {
            ...over,
            source: made,
            target: pooled,
            height: 2,
            width: 3,
            strideY: 2,
            strideX: 3,
          },
        },
        { sources: [2], inputs: 5, units: 5, ...list },
      ],
    });
  });

  it('need an image under a window', () => {
    const network = parsed([4, 4, 1], [{ ...conv, kernel: [1, 1] }]);
    expect(() => inferShapes({ ...network, input: { shape: [16] } })).toThrow(
      'layers[0]: conv2d needs an image, found a list.',
    );
  });

  it('of no layer are those of the input', () => {
    const network = parsed([3], [dense(1)]);
    expect(inferShapes({ ...network, layers: [] })).toEqual({
      ...{ inputSize: 3, outputSize: 3, parameters: 0, stored: 0, layers: [] },
    });
  });
});

describe('sizes', () => {
  it('of shapes, of what is joined, of images', () => {
    expect([[], [3], [3, 4], [2, 3, 4]].map(sizeOf)).toEqual([1, 3, 12, 24]);
    expect(inputsOf('concat', [2, 3, 4])).toBe(9);
    expect(inputsOf('add', [2, 2])).toBe(2);
    expect(inputsOf('dense', [5])).toBe(5);
    expect(imageSize({ height: 2, width: 3, channels: 4 })).toBe(24);
    expect(imageText({ height: 2, width: 3, channels: 4 })).toBe('2 × 3 × 4');
  });

  const one = { height: 2, width: 3, channels: 4 };
  it.each([
    ['dropout', [one], one],
    ['batchNorm', [one], one],
    ['add', [one, { ...one }], one],
    ['add', [one, one, { ...one, height: 9 }], undefined],
    ['add', [one, { ...one, width: 9 }], undefined],
    ['add', [one, { ...one, channels: 9 }], undefined],
    ['add', [one, undefined], undefined],
    ['add', [undefined, one], undefined],
    ['concat', [one, one], undefined],
    ['flatten', [one], undefined],
    ['dense', [one], undefined],
    ['dropout', [undefined], undefined],
    ['dropout', [], undefined],
    [undefined, [one], undefined],
  ] as const)('the image that goes through %s', (type, sources, expected) => {
    expect(keptImage(type, sources)).toEqual(expected);
  });
});

describe('windows', () => {
  it('slide as their layers say', () => {
    const { layers } = parsed(
      [9, 9, 1],
      [
        { ...conv, stride: [2, 1], padding: 'same' },
        { type: 'maxPool2d', size: [2, 3], stride: [1, 2] },
        { type: 'averagePool2d', size: [1, 2] },
        { type: 'flatten' },
      ],
    );
    expect(layers.map(slidingSettings)).toEqual([
      { window: [2, 3], stride: [2, 1], padding: 'same', channels: 5 },
      { window: [2, 3], stride: [1, 2], padding: 'valid' },
      { window: [1, 2], stride: [1, 2], padding: 'valid' },
      undefined,
    ]);
  });

  /** How many places there are and how much is added in front, by counting. */
  function counted(length: number, window: number, stride: number, same: boolean) {
    if (!same) {
      let places = 0;
      while (places * stride + window <= length) places++;
      return { places, before: 0 };
    }
    let places = 0;
    while (places * stride < length) places++;
    let missing = 0;
    while ((places - 1) * stride + window > length + missing) missing++;
    return { places, before: Math.floor(missing / 2) };
  }

  it('have as many places as can be counted', () => {
    for (const padding of ['valid', 'same'] as const)
      for (let length = 1; length <= 6; length++)
        for (let window = 1; window <= 6; window++)
          for (let stride = 1; stride <= 4; stride++) {
            if (padding === 'valid' && window > length) continue;
            const { places, before } = counted(length, window, stride, padding === 'same');
            const source = { height: length, width: 7, channels: 3 };
            const across = { ...source, height: 7, width: length };
            expect(
              windowOver(source, { window: [window, 1], stride: [stride, 1], padding }),
            ).toEqual({
              ...{
                source,
                height: window,
                width: 1,
                strideY: stride,
                strideX: 1,
                top: before,
                left: 0,
              },
              target: { height: places, width: 7, channels: 3 },
            });
            expect(
              windowOver(across, {
                window: [1, window],
                stride: [1, stride],
                padding,
                channels: 2,
              }),
            ).toEqual({
              ...{
                source: across,
                height: 1,
                width: window,
                strideY: 1,
                strideX: stride,
                top: 0,
                left: before,
              },
              target: { height: 7, width: places, channels: 2 },
            });
          }
  });
});
