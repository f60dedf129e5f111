import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import { dataPoints, dataRange } from '../../src/worker/points';

const common = {
  samples: 3,
  inputSize: 2,
  outputSize: 1,
  targets: Float64Array.of(1, 0, 1),
  training: Uint32Array.of(0, 2),
  validation: Uint32Array.of(1),
  inputNames: ['a', 'b'],
  targetNames: ['t'],
  classNames: undefined,
};

/** Bytes that stand for numbers from 0 to 1, scaled further in the second. */
const plain: Dataset = {
  ...common,
  inputs: {
    type: 'bytes',
    values: Uint8Array.of(51, 0, 255, 255, 102, 204),
    offset: Float64Array.of(0, 0),
    scale: Float64Array.of(255, 255),
  },
  normalization: undefined,
};
const scaled: Dataset = {
  ...plain,
  inputs: {
    type: 'bytes',
    values: plain.inputs.values as Uint8Array,
    offset: Float64Array.of(51, 10),
    scale: Float64Array.of(51, 20),
  },
  normalization: {
    offset: Float64Array.of(51 / 255, 10 / 255),
    scale: Float64Array.of(51 / 255, 20 / 255),
  },
};

describe.each([
  ['as they are', plain],
  ['normalised', scaled],
])('bytes %s', (_, dataset) => {
  it('have their range over the training part in the units of the data', () => {
    expect(dataRange(dataset)).toMatchObject({ least: [0.2, 0], most: [0.4, 0.8] });
  });

  it('are points in the units of the data', () => {
    expect(dataPoints(dataset, { sample: 1 })).toEqual({
      total: 3,
      shown: 1,
      values: Float64Array.of(1, 1, 1, 0),
    });
  });
});

it('of no sample is −1 to 1', () => {
  const none = { ...plain, training: new Uint32Array(0) };
  expect(dataRange(none)).toMatchObject({ least: [-1, -1], most: [1, 1], inputNames: ['a', 'b'] });
});
