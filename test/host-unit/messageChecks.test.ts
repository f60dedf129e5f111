import { describe, expect, it } from 'vitest';
import {
  asBytes,
  asChartKind,
  asCopiedText,
  asDesignerContext,
  asEdit,
  asFanRequest,
  asHistoryRequest,
  asIndex,
  asLayers,
  asMatricesRequest,
  asMatrixRequest,
  asPath,
  asRunCommand,
  asScope,
  asStart,
  asTarget,
  asVersion,
  asViewRequest,
  asWhatIfRequest,
} from '../../src/host/messageChecks';

const weight = { type: 'setParameter', layer: 0, kind: 'weight', row: 0, column: 0, value: 1 };
const history = {
  target: { type: 'bias', layer: 0, row: 1 },
  scope: { type: 'sample', index: 3 },
};
const matrix = {
  scope: { type: 'batch' },
  layer: 0,
  quantity: 'weight',
  rows: [0, 4],
  columns: [1, 2],
  most: 256,
};
const fan = { scope: { type: 'batch' }, layer: -1, row: 0, quantity: 'gradient' };

const curve = {
  target: { type: 'weight', layer: 0, row: 1, column: 2 },
  scope: { type: 'batch' },
  from: -1,
  to: 1.5,
  points: 257,
};

describe('what the designer means is taken as it is', () => {
  it.each([curve, { ...curve, points: 2, at: -7 }])('curve %j', request =>
    expect(asWhatIfRequest(request)).toEqual(request),
  );

  it.each([
    { type: 'weight', layer: 0, row: 1, column: 2 },
    { type: 'bias', layer: 0, row: 1 },
    { type: 'neuron', layer: -1, row: 0 },
    { type: 'layer', layer: 1 },
    { type: 'loss' },
  ])('target %j', target => expect(asTarget(target)).toEqual(target));

  it.each([
    { type: 'set', path: ['layers', 0, 'activation'], value: 'tanh' },
    { type: 'set', path: ['data'], value: { inline: [{ x: [1], y: [0] }] } },
    { type: 'unset', path: ['name'] },
    { type: 'insert', path: ['layers'], index: 1, value: { type: 'dense' } },
    { type: 'remove', path: ['layers'], index: 0 },
    { type: 'setUnits', layer: 0, units: 5 },
    { type: 'addLayer', index: 0, layer: { type: 'dense', units: 4 } },
    { type: 'removeLayer', layer: 0 },
    { type: 'setSeed', seed: 0 },
    { type: 'removeLayers', layers: [2, 0] },
    { type: 'moveLayers', layers: [1], to: 0 },
    { type: 'copyLayers', layers: [0, 1], to: 2 },
    { type: 'insertLayers', index: 1, layers: [{ type: 'dense', units: 2 }] },
    { type: 'addMerge', index: 2, merge: 'concat', sources: [-1, 1] },
    { type: 'setSources', layer: 2, sources: [0] },
    { type: 'setParameter', layer: 0, kind: 'bias', row: 1, column: 0, value: -0.5 },
    { type: 'setInputs', size: 3 },
    { type: 'setInputs', size: 2, names: ['a', 'b'] },
    { type: 'several', label: 'Both', edits: [{ type: 'setSeed', seed: 1 }] },
  ])('edit %j', edit => expect(asEdit(edit)).toEqual(edit));

  it('commands, scopes, views and paths', () => {
    expect(asRunCommand({ type: 'train' })).toEqual({ type: 'train' });
    expect(asRunCommand({ type: 'step', unit: 'batch' })).toEqual({ type: 'step', unit: 'batch' });
    expect(asScope({ type: 'sample', index: 3 })).toEqual({ type: 'sample', index: 3 });
    expect(asScope({ type: 'batch', snapshot: 7 })).toEqual({ type: 'batch', snapshot: 7 });
    expect(asRunCommand({ type: 'restore', snapshot: 7 })).toEqual({
      type: 'restore',
      snapshot: 7,
    });
    expect(asHistoryRequest(history)).toEqual(history);
    expect(asViewRequest({ scope: { type: 'batch' } })).toEqual({ scope: { type: 'batch' } });
    expect(asPath(['layers', 0])).toEqual(['layers', 0]);
    expect(asIndex(7, 'start')).toBe(7);
    expect(asMatrixRequest(matrix)).toEqual(matrix);
    expect(asFanRequest(fan)).toEqual(fan);
    const matrices = { scope: { type: 'batch' }, layer: -1, row: 2 };
    expect(asMatricesRequest(matrices)).toEqual(matrices);
    expect(() => asMatricesRequest({ ...matrices, row: -1 })).toThrow(/row/);
    expect(() => asMatricesRequest({ ...matrices, layer: -2 })).toThrow(/layer/);
    expect(asStart('xor')).toBe('xor');
    expect(asStart({ csv: 'iris.csv' })).toEqual({ csv: 'iris.csv' });
    expect(asLayers([2, 0])).toEqual([2, 0]);
  });
});

describe('anything else is refused with a sentence', () => {
  it.each([
    [() => asTarget(undefined), /expected an object, found nothing/],
    [() => asTarget({ type: 'constructor' }), /target .* expected one of weight, bias/],
    [() => asTarget({ type: 'weight', layer: 0, row: 0 }), /column .* found nothing/],
    [() => asTarget({ type: 'bias', layer: 0, row: 1.5 }), /row .* found 1.5/],
    [() => asTarget({ type: 'neuron', layer: -2, row: 0 }), /layer .* -1 or more/],
    [() => asScope({ type: 'sample', index: -1 }), /index .* found -1/],
    [() => asScope({ type: 'batch', snapshot: 'now' }), /snapshot .* found "now"/],
    [() => asRunCommand({ type: 'restore' }), /snapshot .* found nothing/],
    [
      () => asHistoryRequest({ ...history, target: { type: 'loss' } }),
      /target .* a weight or a bias, found "loss"/,
    ],
    [() => asEdit({ type: 'setParameters', label: 'x', layers: [] }), /edit .* expected one of/],
    [() => asEdit({ type: 'set', path: 'layers', value: 1 }), /path .* found "layers"/],
    [() => asEdit({ type: 'set', path: ['a'], value: NaN }), /value .* JSON can hold/],
    [() => asEdit({ type: 'set', path: ['a'], value: () => 0 }), /value .* JSON can hold/],
    [() => asEdit({ type: 'setUnits', layer: 0, units: 0 }), /units .* 1 or more/],
    [() => asEdit({ type: 'removeLayers', layers: [0, -1] }), /layers .* found -1/],
    [() => asEdit({ type: 'moveLayers', layers: 3, to: 0 }), /layers .* a list/],
    [() => asEdit({ type: 'addMerge', index: 0, merge: 'mul', sources: [] }), /one of add, concat/],
    [() => asEdit({ type: 'addMerge', index: 0, merge: 'add', sources: [-2] }), /-1 or more/],
    [() => asEdit({ type: 'setSources', layer: 0, sources: Array(100_001) }), /at most 100000/],
    [() => asEdit({ type: 'insertLayers', index: 0, layers: ['dense'] }), /expected an object/],
    [() => asEdit({ ...weight, kind: 'unit' }), /one of weight, bias/],
    [() => asEdit({ ...weight, value: Infinity }), /a finite number/],
    [() => asEdit({ type: 'setInputs', size: 2, names: [1] }), /name .* a text, found 1/],
    [() => asEdit({ type: 'several', label: 'x', edits: [{ type: 'setParameters' }] }), /one of/],
    [() => asMatrixRequest({ ...matrix, rows: [4, 4] }), /rows .* a later end, found \[4,4\]/],
    [() => asMatrixRequest({ ...matrix, columns: [0, 1, 2] }), /columns/],
    [() => asMatrixRequest({ ...matrix, most: 1e9 }), /at most 65536/],
    [() => asMatrixRequest({ ...matrix, quantity: 'bias' }), /weight, gradient or update/],
    [() => asFanRequest({ ...fan, layer: -2 }), /-1 or more/],
    [() => asStart({ csv: 7 }), /csv .* a text/],
    [() => asLayers('all'), /a list/],
    [() => asVersion(undefined), /base .* found nothing/],
    [() => asRunCommand({ type: 'step', unit: 'year' }), /epoch, batch or sample/],
    [() => asRunCommand({ type: 'toString' }), /command .* expected one of/],
    [() => asIndex('3', 'start'), /start .* found "3"/],
  ])('%s', (check, message) => expect(check).toThrow(message));
});

it('drops keys that JSON would drop', () => {
  const edit = asEdit({ type: 'addLayer', index: 0, layer: { type: 'dense', units: undefined } });
  expect(edit).toEqual({ type: 'addLayer', index: 0, layer: { type: 'dense' } });
});

it('takes no parameters from a page: those of a layer without are the run’s', () => {
  expect(asEdit({ ...weight, parameters: { weights: [[666]] } })).toEqual(weight);
});

it('takes from the menu what is a place', () => {
  const context = {
    webview: 'nabla.designer',
    page: 4,
    layer: -1,
    row: 2,
    column: 'x',
    bias: true,
  };
  expect(asDesignerContext(context)).toEqual({ page: 4, layer: -1, row: 2, bias: true });
  expect(asDesignerContext(undefined)).toEqual({});
  expect(asDesignerContext({ layer: -2, row: 0.5 })).toEqual({});
});

describe('a chart that is saved', () => {
  it('is one of the known kinds, and bytes', () => {
    expect(['csv', 'svg', 'png'].map(asChartKind)).toEqual(['csv', 'svg', 'png']);
    for (const kind of ['exe', 'toString', 3, undefined])
      expect(() => asChartKind(kind)).toThrow(/kind.*csv, svg or png/);
    const bytes = Uint8Array.of(1, 2);
    expect(asBytes(bytes)).toBe(bytes);
    expect(() => asBytes([1, 2])).toThrow(/bytes/);
    expect(() => asBytes(new Uint8Array(2 ** 25 + 1))).toThrow(/at most 33554432 bytes/);
  });
});

describe('a text that is copied', () => {
  it('is taken as it is, up to a length that no explanation has', () => {
    expect(asCopiedText('−0.007358\n')).toBe('−0.007358\n');
    expect(() => asCopiedText('x'.repeat(2 ** 25 + 1))).toThrow(/at most 33554432 characters/);
    expect(() => asCopiedText(0.5)).toThrow(/expected a text, found 0.5/);
  });
});

it.each([
  [{ target: { type: 'loss' } }, /target .*neuron/],
  [{ target: { type: 'layer', layer: 0 } }, /target/],
  [{ scope: undefined }, /scope/],
  [{ from: 1.5 }, /to .*more than 1.5/],
  [{ from: NaN }, /from .*finite/],
  [{ to: Infinity }, /to .*finite/],
  [{ points: 258 }, /points .*at most 257/],
  [{ points: 1 }, /points .*2 or more/],
  [{ points: 2.5 }, /points/],
  [{ at: '0' }, /at .*finite/],
])('a curve with %j is refused', (wrong, words) =>
  expect(() => asWhatIfRequest({ ...curve, ...wrong })).toThrow(words),
);
