/** A batch of one number a feature has no variance: when that is told of. */
import { describe, expect, it } from 'vitest';
import { network } from './support/marked';
import { codesOf, expectOnly } from './support/told';

const xor = '{ "generator": "xor" }';
const one = '{ "inline": [{ "x": [0, 0], "y": [0] }] }';
const two = '{ "inline": [{ "x": [0, 0], "y": [0] }, { "x": [0, 0], "y": [1] }] }';
const norm = '{ "type": "batchNorm" }';
const end = '{ "type": "dense", "units": 1 }';
const net = (
  batchSize: string,
  data: string | undefined,
  shape = '[2]',
  layers = `${norm}, ${end}`,
) =>
  network({
    input: `{ "shape": ${shape} }`,
    layers: `[${layers}]`,
    training: `{ "batchSize": ${batchSize} }`,
    ...(data !== undefined && { data }),
  });

describe('a batch of one sample', () => {
  it('is refused where a feature has one number of it', () => {
    expectOnly([
      'error batchNorm.batch training.batchSize',
      net('«1»', xor),
      'batchSize is 1, so layers[0] (batchNorm) sees one number of each feature, which is its own mean and has no variance: set batchSize to 2 or more, or remove the layer.',
    ]);
    expectOnly([
      'error batchNorm.batch training.batchSize',
      net('«"all"»', one),
      'batchSize is 1, so layers[0] (batchNorm) sees one number of each feature, which is its own mean and has no variance: set batchSize to 2 or more, or remove the layer.',
    ]);
    expectOnly([
      'error batchNorm.batch training.batchSize',
      net('«1»', xor, '[1, 1, 2]', `${end}, ${end}, ${norm}, ${end}`),
      'batchSize is 1, so layers[2] (batchNorm) sees one number of each feature, which is its own mean and has no variance: set batchSize to 2 or more, or remove the layer.',
    ]);
  });

  const told = 'batchNorm.batch training.batchSize';
  it.each([
    ['every such layer', net('1', xor, '[2]', `${norm}, ${norm}, ${end}`), [told, told]],
    ['an image of one pixel', net('1', '{ "csv": "a", "target": "y" }', '[1, 1, 3]'), [told]],
    ['an image of two rows', net('1', '{ "csv": "a", "target": "y" }', '[2, 1, 3]'), []],
    ['an image of two columns', net('1', '{ "csv": "a", "target": "y" }', '[1, 2, 3]'), []],
    ['two samples', net('2', xor), []],
    ['all of two samples', net('"all"', two), []],
    ['all of those that are made', net('"all"', xor), []],
    ['no data', net('1', undefined), []],
    ['no batchNorm', net('1', xor, '[2]', end), []],
    ['an unknown size', net('1', xor, '[0]'), ['value.range input.shape[0]']],
    ['a wrong batch', net('0', xor), ['value.range training.batchSize']],
  ])('%s', (_what, text, expected) => {
    expect(codesOf(text)).toEqual(expected);
  });
});
