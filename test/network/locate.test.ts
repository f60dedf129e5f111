import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  layerAt,
  lineColumn,
  nearestRange,
  nodeAt,
  offsetAt,
  placeAt,
  rangeOf,
  sourcePath,
} from '../../src/network/locate';
import { parseNetwork } from '../../src/network/parse';
import { networkArbitrary } from './support/networks';
import { render, styleArbitrary } from './support/render';
import { toValue } from '../../src/network/tree';

const text = `{
  "version": 1,
  "input": { "shape": [2] },
  "layers": [
    { "type": "dense", "units": 2, "activation": "tanh", "useBias": true, "init": "zeros",
      "weights": [
        [0.25, -1.5], // first
        [3, 4]
      ],
      "bias": [7, 8] },
    { "type": "dense", "units": 1 }
  ],
  "loss": { "type": "huber", "reduction": "sum" },
  "training": { "optimizer": { "type": "sgd", "learningRate": 0.5 }, "epochs": 12 }
}
`;
const document = parseNetwork(text);

/** The place in the middle of the first occurrence of some text. */
function at(piece: string, shift = piece.length >> 1) {
  const place = placeAt(document, text.indexOf(piece) + shift);
  if (!place) return undefined;
  const { range, path, ...rest } = place;
  return { ...rest, path: path.join('.'), text: text.slice(range.start, range.end) };
}

describe('placeAt', () => {
  it.each([
    ['-1.5', { kind: 'weight', layer: 0, row: 0, column: 1, text: '-1.5' }],
    ['0.25', { kind: 'weight', layer: 0, row: 0, column: 0, text: '0.25' }],
    ['[3,', { kind: 'weightRow', layer: 0, row: 1, text: '[3, 4]' }, 0],
    ['// first', { kind: 'weights', layer: 0 }],
    ['"weights"', { kind: 'weights', layer: 0, text: '"weights"' }],
    ['8]', { kind: 'bias', layer: 0, row: 1, text: '8' }, 0],
    ['"bias"', { kind: 'biases', layer: 0, text: '"bias"' }],
    ['"units": 2', { kind: 'units', layer: 0, text: '"units": 2' }],
    ['tanh', { kind: 'activation', layer: 0, text: '"activation": "tanh"' }],
    ['"useBias"', { kind: 'useBias', layer: 0 }],
    ['zeros', { kind: 'setting', path: 'layers.0.init' }],
    [
      '"dense", "units": 1',
      { kind: 'layer', layer: 1, path: 'layers.1', text: '"type": "dense"' },
      3,
    ],
    ['{ "type": "dense", "units": 1', { kind: 'layer', layer: 1, text: '"type": "dense"' }, 1],
    ['huber', { kind: 'loss', path: 'loss.type', text: '"type": "huber"' }],
    ['"loss"', { kind: 'loss', path: 'loss', text: '"loss"' }],
    ['"learningRate"', { kind: 'learningRate', text: '"learningRate": 0.5' }],
    ['0.5 }', { kind: 'learningRate', path: 'training.optimizer.learningRate' }, 1],
    ['12', { kind: 'setting', path: 'training.epochs', text: '"epochs": 12' }],
    ['[2] }', { kind: 'setting', path: 'input.shape.0', text: '2' }, 1],
  ] as const)('on %s', (piece, expected, shift?: number) => {
    expect(at(piece, shift)).toMatchObject(expected);
  });

  it('is nothing outside of the members', () => {
    expect(placeAt(document, 0)).toBeUndefined();
    expect(placeAt(document, text.length)).toBeUndefined();
    expect(placeAt(parseNetwork(''), 0)).toBeUndefined();
  });

  it('knows the layer around an offset', () => {
    expect(layerAt(document, text.indexOf('// first'))).toBe(0);
    expect(layerAt(document, text.indexOf('"units": 1'))).toBe(1);
    expect(layerAt(document, 2)).toBeUndefined();
  });
});

describe('branches', () => {
  const branched = `{ "layers": [
    { "type": "dense", "id": "a", "units": 2, "from": "input" },
    { "type": "dense", "units": 2, "from": ["a"] },
    { "type": "add", "id": "s", "from": ["a", "input", "nobody", "s"] },
    { "type": "dense", "units": 1, "from": "s" }
  ] }`;
  const parsed = parseNetwork(branched);
  const place = (piece: string, shift: number) => placeAt(parsed, branched.indexOf(piece) + shift);

  it.each([
    ['"id": "a"', 7, { kind: 'id', layer: 0, path: ['layers', 0, 'id'] }],
    ['"from": "input"', 10, { kind: 'source', layer: 0, entry: 0, source: -1 }],
    ['"from": ["a"]', 10, { kind: 'source', layer: 1, entry: 0, source: 0 }],
    ['"from": ["a"]', 2, { kind: 'sources', layer: 1, path: ['layers', 1, 'from'] }],
    ['"input", "no', 2, { kind: 'source', layer: 2, entry: 1, source: -1 }],
    ['"nobody"', 2, { kind: 'source', layer: 2, entry: 2, source: undefined }],
    ['"s"] }', 1, { kind: 'source', layer: 2, entry: 3, source: undefined }],
    ['"from": "s"', 9, { kind: 'source', layer: 3, entry: 0, source: 2 }],
  ] as const)('at %s', (piece, shift, expected) => {
    expect(place(piece, shift)).toMatchObject(expected);
  });

  it('know the path of every entry', () => {
    expect(sourcePath(parsed, 0, 0)).toEqual(['layers', 0, 'from']);
    expect(sourcePath(parsed, 0, 1)).toBeUndefined();
    expect(sourcePath(parsed, 2, 2)).toEqual(['layers', 2, 'from', 2]);
    expect(sourcePath(parsed, 2, 4)).toBeUndefined();
    expect(sourcePath(parsed, 9, 0)).toBeUndefined();
  });
});

describe('rangeOf and nodeAt', () => {
  it('lead from every path to its value, and from every offset of a number back to its path', () => {
    fc.assert(
      fc.property(networkArbitrary, styleArbitrary, (network, style) => {
        const parsed = parseNetwork(render(network, style));
        const layers = network.layers as { weights?: number[][] }[];
        layers.forEach(({ weights }, layer) =>
          weights?.forEach((row, j) =>
            row.forEach((value, k) => {
              const path = ['layers', layer, 'weights', j, k];
              const node = nodeAt(parsed, path);
              expect(node && toValue(node)).toBe(value);
              const range = rangeOf(parsed, path);
              expect(placeAt(parsed, range?.start ?? -1)).toMatchObject({ path, kind: 'weight' });
            }),
          ),
        );
      }),
      { numRuns: 50 },
    );
  });

  it('know nothing of what is not written, and where it would be', () => {
    expect(rangeOf(document, ['seed'])).toBeUndefined();
    expect(rangeOf(document, ['layers', 5])).toBeUndefined();
    const { start, end } = nearestRange(document, ['training', 'stop', 'patience']);
    expect(text.slice(start, end)).toMatch(/^\{ "optimizer".*12 \}$/);
    expect(nearestRange(document, ['data', 'csv'])).toEqual({ start: 0, end: 0 });
  });
});

describe('lines and columns', () => {
  it('count from 1, over every kind of line end', () => {
    const lines = 'ab\r\ncd\n\ne\rf';
    const places = [0, 1, 4, 5, 7, 8, 10].map(offset => lineColumn(lines, offset));
    expect(places.map(({ line, column }) => `${line}:${column}`)).toEqual([
      '1:1',
      '1:2',
      '2:1',
      '2:2',
      '3:1',
      '4:1',
      '5:1',
    ]);
    expect(offsetAt(lines, { line: 9, column: 1 })).toBeUndefined();
    expect(offsetAt(lines, { line: 1, column: 99 })).toBe(2);
  });

  it('lead back to the same offset', () => {
    const piece = fc.constantFrom('a', 'bc', '\n', '\r\n', '\r', '→');
    fc.assert(
      fc.property(fc.array(piece), fc.nat(), (pieces, n) => {
        const whole = pieces.join('');
        const offset = n % (whole.length + 1);
        const inside = whole.slice(offset - 1, offset + 1) === '\r\n';
        if (!inside) expect(offsetAt(whole, lineColumn(whole, offset))).toBe(offset);
      }),
    );
  });
});
