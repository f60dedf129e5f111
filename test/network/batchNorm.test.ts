/** Batch normalisation in the file: what is read and written, what does not go together, and edits. */
import { describe, expect, it } from 'vitest';
import { editTools } from '../../src/engine/grow';
import { applyTextEdits, planEdit, type NetworkEdit } from '../../src/network/edit';
import { parameterRows } from '../../src/network/parameterRows';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import { formatNetwork } from '../../src/network/write';

function document(layers: readonly object[], shape: readonly number[] = [2], rest = {}): string {
  return JSON.stringify({ version: 1, input: { shape }, layers, training: {}, ...rest });
}

const problems = (text: string): readonly string[] =>
  parseNetwork(text)
    .issues.filter(({ severity }) => severity === 'error')
    .map(({ code, path }) => `${code} ${path.join('.')}`);

function edited(text: string, edit: NetworkEdit): Record<string, unknown>[] {
  const { edits } = planEdit(parseNetwork(text), edit, editTools);
  const after = applyTextEdits(text, edits);
  expect(problems(after)).toEqual([]);
  return (JSON.parse(after) as { layers: Record<string, unknown>[] }).layers;
}

const dense = { type: 'dense', units: 2 };
const norm = { type: 'batchNorm' };
const numbers = {
  weights: [[2], [3]],
  bias: [4, 5],
  mean: [6, 7],
  variance: [8, 9],
};
const full = { ...norm, epsilon: 0.01, momentum: 0.5, activation: 'relu', ...numbers };

describe('the file', () => {
  it('has defaults for everything but the type', () => {
    const { network } = parseNetwork(document([norm]));
    expect(network?.layers[0]).toMatchObject({
      ...{ type: 'batchNorm', units: 2, epsilon: 1e-5, momentum: 0.1, activation: 'linear' },
      ...{ useBias: true, learningRateScale: 1, init: { type: 'constant', value: 1 } },
    });
  });

  it.each([
    [[full], [2]],
    [
      [{ ...norm, useBias: false, learningRateScale: 0 }, dense],
      [4, 3, 2],
    ],
  ])('is written as it was read', (layers, shape) => {
    const { network } = parseNetwork(document(layers, shape));
    if (!network) throw new Error('no network');
    const again = parseNetwork(formatNetwork(network)).network;
    expect(again).toEqual(network);
    expect((JSON.parse(formatNetwork(network)) as { layers: unknown[] }).layers[0]).toEqual(
      layers[0],
    );
  });

  it('keeps the image, and has a row a channel', () => {
    const { network } = parseNetwork(document([norm], [4, 3, 5]));
    const { layers, parameters, stored } = inferShapes(network!);
    expect(layers[0]).toMatchObject({ units: 60, rows: 5, columns: 1, image: { channels: 5 } });
    expect([parameters, stored]).toEqual([10, 20]);
    const [rows] = parameterRows(
      inferShapes(network!),
      Float64Array.from({ length: 20 }, (_, i) => i),
    );
    expect(rows).toEqual({
      weights: [[0], [1], [2], [3], [4]],
      bias: [5, 6, 7, 8, 9],
      mean: [10, 11, 12, 13, 14],
      variance: [15, 16, 17, 18, 19],
    });
  });
});

describe('what does not go together', () => {
  it.each([
    ['weights.rows layers.0.weights', { weights: [[1]] }],
    ['weights.columns layers.0.weights.1', { weights: [[1], [1, 2]] }],
    ['bias.length layers.0.bias', { bias: [1] }],
    ['statistics.length layers.0.mean', { mean: [1, 2, 3] }],
    ['statistics.length layers.0.variance', { variance: [1] }],
    ['value.range layers.0.variance.0', { variance: [-1, 1] }],
    ['number.float32 layers.0.mean.1', { mean: [1, 1e300] }],
    ['value.range layers.0.epsilon', { epsilon: 0 }],
    ['value.range layers.0.momentum', { momentum: 1.5 }],
  ])('%s', (expected, settings) => {
    expect(problems(document([{ ...norm, ...settings }]))).toEqual([expected]);
  });

  const inline = (samples: number) => ({
    data: { inline: Array.from({ length: samples }, () => ({ x: [1, 2], y: [1, 2] })) },
  });

  it.each([
    ['a batch of one', [2], 1, inline(4), true],
    ['all of one sample', [2], 'all', inline(1), true],
    ['two samples', [2], 2, inline(4), false],
    ['no data', [2], 1, {}, false],
  ] as const)('of %s', (_, shape, batchSize, data, wrong) => {
    const text = document([norm], shape, { training: { batchSize }, ...data });
    expect(problems(text)).toEqual(wrong ? ['batchNorm.batch training.batchSize'] : []);
    // It can be drawn, edited and predicted with, but not trained.
    const { network } = parseNetwork(text);
    expect(network).toBeDefined();
    expect(network?.data === undefined).toBe(wrong || !('data' in data));
  });

  it('not of one image, which has as many numbers of a channel as pixels', () => {
    const batch = { training: { batchSize: 1 }, data: { inline: [{ x: [1, 2], y: [1, 2] }] } };
    expect(problems(document([norm], [2, 1, 1], batch))).toEqual([]);
    expect(problems(document([norm], [1, 1, 2], batch))).toHaveLength(1);
  });
});

describe('edits', () => {
  const chain = [dense, full, { type: 'dense', units: 1 }];

  it('rows go with the neurons that they are of, and new ones start anew', () => {
    const [, fewer] = edited(document(chain), { type: 'setUnits', layer: 0, units: 1 });
    expect(fewer).toMatchObject({ weights: [[2]], bias: [4], mean: [6], variance: [8] });
    const [, more] = edited(document(chain), { type: 'setUnits', layer: 0, units: 3 });
    expect(more).toMatchObject({
      weights: [[2], [3], [1]],
      bias: [4, 5, 0],
      mean: [6, 7, 0],
      variance: [8, 9, 1],
    });
  });

  it('numbers go where they are of other features', () => {
    const layers = [
      { type: 'dense', id: 'a', units: 2 },
      { type: 'dense', id: 'b', from: 'input', units: 1 },
      { type: 'concat', from: ['b', 'a'] },
      { ...norm, mean: [1, 2, 3], variance: [1, 2, 3], weights: [[1], [2], [3]], bias: [1, 2, 3] },
    ];
    const found = edited(document(layers), { type: 'setUnits', layer: 1, units: 2 });
    expect(found[3]).toEqual(norm);
  });

  it('training writes all of its numbers, and the start takes them away again', () => {
    const written = edited(document([{ ...norm, momentum: 0.2 }]), {
      ...{ type: 'setParameters', label: '', layers: [numbers] },
    });
    expect(written[0]).toEqual({ ...norm, momentum: 0.2, ...numbers });
    const gone = edited(document([full]), {
      type: 'setParameters',
      label: '',
      layers: [undefined],
    });
    expect(gone[0]).toEqual({ ...norm, epsilon: 0.01, momentum: 0.5, activation: 'relu' });
    const other = { ...numbers, variance: [8, 10] };
    const changed = edited(document([full]), { type: 'setParameters', label: '', layers: [other] });
    expect(changed[0]).toEqual({ ...full, variance: [8, 10] });
  });

  it('one number by hand writes the others beside it', () => {
    const place = { type: 'setParameter', layer: 0, row: 1, column: 0, value: 7 } as const;
    const [gamma] = edited(document([norm]), { ...place, kind: 'weight', parameters: numbers });
    expect(gamma).toEqual({ ...norm, ...numbers, weights: [[2], [7]] });
    const [beta] = edited(document([full]), { ...place, kind: 'bias' });
    expect(beta).toEqual({ ...full, bias: [4, 7] });
  });

  it('a layer is inserted with those numbers that fit', () => {
    const insert = (value: object, index = 1): Record<string, unknown> =>
      edited(document([dense, { type: 'dense', units: 1 }]), {
        ...{ type: 'insertLayers', index, layers: [value as never] },
      })[index];
    expect(insert(full)).toEqual(full);
    expect(insert({ ...norm, mean: [1, 2, 3], variance: [1, 1] })).toEqual({
      ...norm,
      variance: [1, 1],
    });
  });

  it('a copy has its numbers', () => {
    const copied = edited(document(chain), { type: 'copyLayers', layers: [1], to: 2 });
    expect(copied[2]).toEqual(full);
  });
});
