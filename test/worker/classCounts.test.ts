import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import { classCounts } from '../../src/worker/samples';

const dataset = (targets: number[], outputSize: number, classNames?: string[]): Dataset => {
  const samples = targets.length / outputSize;
  return {
    samples,
    inputSize: 1,
    outputSize,
    inputs: { type: 'numbers', values: new Float64Array(samples) },
    targets: Float64Array.from(targets),
    training: Uint32Array.from({ length: samples - 1 }, (_, i) => i),
    validation: Uint32Array.of(samples - 1),
    inputNames: ['x'],
    targetNames: ['u', 'v'].slice(0, outputSize),
    classNames,
    normalization: undefined,
  };
};

describe('classCounts', () => {
  it('counts one-hot targets and those of one output', () => {
    expect(classCounts(dataset([1, 0, 0, 1, 0, 1], 2, ['a', 'b']))).toEqual([
      { name: 'a', training: 1, validation: 0 },
      { name: 'b', training: 1, validation: 1 },
    ]);
    expect(classCounts(dataset([1, 1, 0], 1))).toEqual([
      { name: '0', training: 0, validation: 1 },
      { name: '1', training: 2, validation: 0 },
    ]);
    expect(classCounts(dataset([0, 1], 1, ['no', 'yes']))?.map(({ name }) => name)).toEqual([
      'no',
      'yes',
    ]);
  });

  it('counts nothing where targets are no classes', () => {
    expect(classCounts(dataset([0.5, 1], 1))).toBeUndefined();
    expect(classCounts(dataset([1, 1, 0, 1], 2))).toBeUndefined();
    expect(classCounts(dataset([0, 0, 0, 1], 2))).toBeUndefined();
  });
});
