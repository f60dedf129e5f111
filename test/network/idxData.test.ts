import Ajv from 'ajv';
import { describe, expect, it } from 'vitest';
import { dataFilePlaces, dataFiles } from '../../src/network/dataFiles';
import type { Network } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { networkSchema } from '../../src/network/schema';
import { formatNetwork } from '../../src/network/write';

const accepts = new Ajv({ strict: false, validateFormats: false }).compile(networkSchema());

const json = (data: unknown) => ({
  version: 1,
  input: { shape: [2, 2] },
  layers: [{ type: 'dense', units: 3, activation: 'softmax' }],
  loss: { type: 'crossEntropy' },
  data,
});

function parsed(data: unknown): Network {
  const { network, issues } = parseNetwork(JSON.stringify(json(data)));
  expect(issues).toEqual([]);
  if (!network) throw new Error('no network');
  return network;
}

const IDX = { images: 'data/x.gz', labels: '../y' };

it('is a source of its own, with split and scaling as every other', () => {
  const { data } = parsed({ idx: IDX, split: { validation: 0.25 }, normalize: 'minMax' });
  expect(data).toEqual({
    source: { type: 'idx', ...IDX },
    validation: 0.25,
    normalize: 'minMax',
  });
});

it('names both files, and where they are named', () => {
  const network = parsed({ idx: IDX });
  expect(dataFiles(network)).toEqual(['data/x.gz', '../y']);
  expect(dataFilePlaces(network)).toEqual([
    { path: 'data/x.gz', place: ['data', 'idx', 'images'] },
    { path: '../y', place: ['data', 'idx', 'labels'] },
  ]);
  expect(dataFiles(parsed({ idx: { images: 'a', labels: 'a' } }))).toEqual(['a']);
});

it('is written as it is read', () => {
  const network = parsed({ idx: IDX, split: { validation: 0.25 } });
  expect(parseNetwork(formatNetwork(network)).network).toEqual(network);
});

describe('what is wrong with it', () => {
  const issues = (data: unknown) =>
    parseNetwork(JSON.stringify(json(data))).issues.map(
      ({ severity, code, path }) => `${severity} ${code} ${path.join('.')}`,
    );

  it.each([
    [{ idx: { images: 'a' } }, 'error value.missing data.idx.labels'],
    [{ idx: { labels: 'a' } }, 'error value.missing data.idx.images'],
    [{ idx: { images: '', labels: 'a' } }, 'error value.empty data.idx.images'],
    [{ idx: { images: 3, labels: 'a' } }, 'error value.type data.idx.images'],
    [{ idx: 'a' }, 'error value.type data.idx'],
    [{ idx: { images: '/a', labels: 'a' } }, 'error data.path data.idx.images'],
    [{ idx: { images: 'a', labels: 'C:\\a' } }, 'error data.path data.idx.labels'],
    [{ idx: { ...IDX, label: 'y' } }, 'information key.unknown data.idx.label'],
    [{ idx: IDX, target: 'y' }, 'information setting.unused data.target'],
    [{ idx: IDX, generator: 'xor' }, 'error data.source data'],
  ])('%j: %s', (data, expected) => expect(issues(data)).toEqual([expected]));

  it('is what the schema says, too', () => {
    const agrees = (data: unknown): boolean => {
      const wrong = parseNetwork(JSON.stringify(json(data))).issues.some(
        ({ severity, code }) => severity === 'error' && code !== 'data.path',
      );
      return accepts(json(data)) === !wrong;
    };
    const values = [undefined, null, 1, '', 'a', [], ['a'], {}];
    for (const images of values)
      for (const labels of values)
        expect(agrees({ idx: { images, labels } }), JSON.stringify([images, labels])).toBe(true);
    for (const value of values) expect(agrees({ idx: value })).toBe(true);
  });
});
