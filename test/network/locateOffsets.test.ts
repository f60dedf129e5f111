/** What stands at every single offset of a text, beside a search that looks at each member in turn. */
import fc from 'fast-check';
import type { Node } from 'jsonc-parser';
import { describe, expect, it } from 'vitest';
import {
  layerAt,
  lineColumn,
  nearestRange,
  nodeAt,
  offsetAt,
  pathAt,
  placeAt,
  rangeOf,
  sourcePath,
} from '../../src/network/locate';
import type { JsonPath } from '../../src/network/network';
import { parseNetwork, parseSyntax } from '../../src/network/parse';
import { networkArbitrary } from './support/networks';
import { render, styleArbitrary } from './support/render';

/** The last of the members and elements that begin at the offset or before, and end there or behind. */
function slowPath(node: Node, offset: number): JsonPath {
  const around = (each: Node): boolean =>
    each.offset <= offset && offset <= each.offset + each.length;
  const children = node.type === 'object' || node.type === 'array' ? (node.children ?? []) : [];
  const found = children.map(each => around(each)).lastIndexOf(true);
  if (found < 0) return [];
  if (node.type === 'array') return [found, ...slowPath(children[found], offset)];
  const [name, value] = children[found].children ?? [];
  const inner = !around(name) && value ? slowPath(value, offset) : [];
  return [name.value as string, ...inner];
}

it('every offset has the path of the innermost member or element around it', () => {
  fc.assert(
    fc.property(networkArbitrary, styleArbitrary, (network, style) => {
      const document = parseNetwork(render(network, style));
      const { root, text } = document;
      if (!root) throw new Error(text);
      for (let offset = 0; offset <= text.length; offset += 1 + (offset % 3))
        expect(pathAt(document, offset)).toEqual(slowPath(root, offset));
    }),
    { numRuns: 10 },
  );
});

it('every value is found at its first character and right behind its last one', () => {
  fc.assert(
    fc.property(networkArbitrary, styleArbitrary, (network, style) => {
      const document = parseNetwork(render(network, style));
      const shape: JsonPath = ['input', 'shape', 0];
      const { start, end } = rangeOf(document, shape) ?? { start: -1, end: -1 };
      for (const offset of [start, end]) expect(pathAt(document, offset)).toEqual(shape);
      expect(nodeAt(document, shape)).toMatchObject({ offset: start, length: end - start });
    }),
    { numRuns: 30 },
  );
});

const TEXT = `{ "version": 1, "layers": [
  { "type": "dense", "id": "a", "units": 2, "activation": "tanh", "useBias": true, "from": "input",
    "weights": [[1, 22],[3,4]], "bias": [5, 6], "init": { "type": "zeros" } },
  { "units": 1, "bias": [], "weights": [7], "from": ["a", "b"] }, 5, { "type": "dense" }
], "loss": { "type": "huber" }, "training": { "optimizer": { "learningRate": 0.5 }, "epochs": 3 },
  "other": { "optimizer": { "learningRate": 1 } }, "rate": 2 }`;
const document = parseNetwork(TEXT);

/** The whole place at the `|` of a part of the text, its range as text. */
function at(part: string) {
  const shift = part.indexOf('|');
  const start = TEXT.indexOf(part.replace('|', ''));
  expect(start, part).toBeGreaterThanOrEqual(0);
  const place = placeAt(document, start + shift);
  if (!place) return undefined;
  const { range, path, ...rest } = place;
  return [path.join('.'), TEXT.slice(range.start, range.end), rest];
}

describe('the place', () => {
  const first = { layer: 0 };
  const second = { layer: 1 };

  it.each([
    ['[[1|, 22]', 'layers.0.weights.0.0', '1', { kind: 'weight', ...first, row: 0, column: 0 }],
    ['1, |22]', 'layers.0.weights.0.1', '22', { kind: 'weight', ...first, row: 0, column: 1 }],
    ['1, 2|2]', 'layers.0.weights.0.1', '22', { kind: 'weight', ...first, row: 0, column: 1 }],
    ['22|]', 'layers.0.weights.0.1', '22', { kind: 'weight', ...first, row: 0, column: 1 }],
    ['|[1, 22]', 'layers.0.weights.0', '[1, 22]', { kind: 'weightRow', ...first, row: 0 }],
    ['22]|,', 'layers.0.weights.0', '[1, 22]', { kind: 'weightRow', ...first, row: 0 }],
    ['22],|[3,4]', 'layers.0.weights.1', '[3,4]', { kind: 'weightRow', ...first, row: 1 }],
    ['[3|,4]', 'layers.0.weights.1.0', '3', { kind: 'weight', ...first, row: 1, column: 0 }],
    ['[3,|4]', 'layers.0.weights.1.1', '4', { kind: 'weight', ...first, row: 1, column: 1 }],
    ['|"weights": [[', 'layers.0.weights', '"weights"', { kind: 'weights', ...first }],
    ['"weights"|: [[', 'layers.0.weights', '"weights"', { kind: 'weights', ...first }],
    [
      '"weights": |[[',
      'layers.0.weights',
      '"weights": [[1, 22],[3,4]]',
      { kind: 'weights', ...first },
    ],
    ['"weights": [|7]', 'layers.1.weights.0', '7', { kind: 'weightRow', ...second, row: 0 }],
    ['[|5, 6]', 'layers.0.bias.0', '5', { kind: 'bias', ...first, row: 0 }],
    ['5, 6|]', 'layers.0.bias.1', '6', { kind: 'bias', ...first, row: 1 }],
    ['"bi|as": [5', 'layers.0.bias', '"bias"', { kind: 'biases', ...first }],
    ['"bias": [|]', 'layers.1.bias', '"bias": []', { kind: 'biases', ...second }],
    ['"id": "|a"', 'layers.0.id', '"id": "a"', { kind: 'id', ...first }],
    ['"units": |2', 'layers.0.units', '"units": 2', { kind: 'units', ...first }],
    ['"units"|: 2', 'layers.0.units', '"units": 2', { kind: 'units', ...first }],
    [
      '|"activation"',
      'layers.0.activation',
      '"activation": "tanh"',
      { kind: 'activation', ...first },
    ],
    ['tr|ue', 'layers.0.useBias', '"useBias": true', { kind: 'useBias', ...first }],
    ['"den|se", "id"', 'layers.0', '"type": "dense"', { kind: 'layer', ...first }],
    ['"i|nit"', 'layers.0.init', '"init"', { kind: 'setting' }],
    ['"ze|ros"', 'layers.0.init.type', '"type": "zeros"', { kind: 'setting' }],
    ['|{ "type": "dense", "id"', 'layers.0', '"type": "dense"', { kind: 'layer', ...first }],
    [
      '|{ "units": 1',
      'layers.1',
      '{ "units": 1, "bias": [], "weights": [7], "from": ["a", "b"] }',
      { kind: 'layer', ...second },
    ],
    ['}, 5|', 'layers.2', '5', { kind: 'layer', layer: 2 }],
    ['|"layers"', 'layers', '"layers"', { kind: 'setting' }],
    ['"lo|ss"', 'loss', '"loss"', { kind: 'loss' }],
    ['"hub|er"', 'loss.type', '"type": "huber"', { kind: 'loss' }],
    ['"loss": |{', 'loss', '"loss": { "type": "huber" }', { kind: 'loss' }],
    ['0.|5 }', 'training.optimizer.learningRate', '"learningRate": 0.5', { kind: 'learningRate' }],
    ['"opti|mizer": { "learningRate": 0', 'training.optimizer', '"optimizer"', { kind: 'setting' }],
    ['|1 } }', 'other.optimizer.learningRate', '"learningRate": 1', { kind: 'setting' }],
    ['"epochs": 3|', 'training.epochs', '"epochs": 3', { kind: 'setting' }],
    ['"rate": 2|', 'rate', '"rate": 2', { kind: 'setting' }],
    [
      '"inp|ut"',
      'layers.0.from',
      '"from": "input"',
      { kind: 'source', ...first, entry: 0, source: -1 },
    ],
    ['"|a", "b"', 'layers.1.from.0', '"a"', { kind: 'source', ...second, entry: 0, source: 0 }],
    ['"b"|]', 'layers.1.from.1', '"b"', { kind: 'source', ...second, entry: 1, source: undefined }],
    ['"fr|om": [', 'layers.1.from', '"from"', { kind: 'sources', ...second }],
    ['"from": |[', 'layers.1.from', '"from": ["a", "b"]', { kind: 'sources', ...second }],
  ])('at %s', (part, path, covered, rest) => {
    expect(at(part)).toEqual([path, covered, rest]);
  });

  it.each(['|{ "version"', '{|  "version"'.replace('  ', ' '), '1,| "layers"', ' |}'])(
    'is nothing at %s',
    part => {
      const start = part === ' |}' ? TEXT.length - 2 : TEXT.indexOf(part.replace('|', ''));
      expect(placeAt(document, start + part.indexOf('|'))).toBeUndefined();
    },
  );

  it('is nothing in a text without a value', () => {
    for (const text of ['', '// a comment', '5', '[]', '{}']) {
      const parsed = parseSyntax(text);
      for (let offset = 0; offset <= text.length; offset++) {
        expect(pathAt(parsed, offset)).toEqual([]);
        expect(placeAt(parsed, offset)).toBeUndefined();
        expect(layerAt(parsed, offset)).toBeUndefined();
      }
    }
    expect(nearestRange(parseSyntax(''), ['seed'])).toEqual({ start: 0, end: 0 });
    expect(rangeOf(parseSyntax(''), [])).toBeUndefined();
  });
});

it('a layer reaches from its brace to right behind the other one', () => {
  const text = '{ "layers": [ {"a":1},  {"b":2}{"c":3} ] }';
  const parsed = parseSyntax(text);
  const expected = Array.from(text, (_, offset) => {
    if (14 <= offset && offset <= 21) return 0;
    if (24 <= offset && offset <= 31) return 1;
    return 31 < offset && offset <= 38 ? 2 : undefined;
  });
  expect(Array.from(text, (_, offset) => layerAt(parsed, offset))).toEqual(expected);
});

it('a source stands in its list, or in its place', () => {
  const at = (from: string, entry: number) =>
    sourcePath(parseSyntax(`{ "layers": [{ "from": ${from} }] }`), 0, entry);
  expect(at('"a"', 0)).toEqual(['layers', 0, 'from']);
  expect(at('"a"', 1)).toBeUndefined();
  expect(at('["a", "b"]', 1)).toEqual(['layers', 0, 'from', 1]);
  expect(at('["a", "b"]', 2)).toBeUndefined();
  expect(at('5', 0)).toBeUndefined();
});

it('only a layer above is a source: the nearest of its name, as in training, or the input', () => {
  const text = `{ "layers": [{ "id": "a" }, { "id": "a" }, { "units": 1 }, { "id": "own", "from": ["a", "own", "below", "input", 5, {}] },
    { "id": "below", "from": "own" }] }`;
  const parsed = parseSyntax(text);
  const sources = [0, 1, 2, 3, 4, 5].map(entry => {
    const found = placeAt(parsed, rangeOf(parsed, ['layers', 3, 'from', entry])?.start ?? -1);
    return found?.kind === 'source' ? [found.layer, found.entry, found.source] : found;
  });
  expect(sources).toEqual([
    [3, 0, 1],
    [3, 1, undefined],
    [3, 2, undefined],
    [3, 3, -1],
    [3, 4, undefined],
    [3, 5, undefined],
  ]);
});

it('the nearest range around what is not written is that of the innermost value that is', () => {
  const range = (...path: JsonPath) => {
    const { start, end } = nearestRange(document, path);
    return TEXT.slice(start, end);
  };
  expect(range('training', 'epochs')).toBe('3');
  expect(range('training', 'epochs', 'deeper')).toBe('3');
  expect(range('training', 'optimizer', 'type', 'x')).toBe('{ "learningRate": 0.5 }');
  expect(range('layers', 1, 'from', 7)).toBe('["a", "b"]');
  expect(range('seed')).toBe('');
  expect(range()).toBe('');
});

describe('lines and columns', () => {
  /** By its definition: the lines before, and what is left. */
  const slow = (text: string, offset: number) => {
    const lines = text.slice(0, offset).split(/\r\n|\r|\n/);
    return { line: lines.length, column: lines[lines.length - 1].length + 1 };
  };

  it('are counted over every kind of line end, and lead back', () => {
    for (const text of ['', 'a', 'ab\ncd', '\n', 'a\r\nb\r\n', '\r\r', 'x\n\r\ny\r'])
      for (let offset = 0; offset <= text.length; offset++) {
        if (text.slice(offset - 1, offset + 1) === '\r\n') continue;
        expect(lineColumn(text, offset), JSON.stringify(text)).toEqual(slow(text, offset));
        expect(offsetAt(text, slow(text, offset))).toBe(offset);
      }
  });

  it('end with the line, and with the text', () => {
    const text = 'ab\ncd';
    expect(offsetAt(text, { line: 1, column: 9 })).toBe(2);
    expect(offsetAt(text, { line: 2, column: 9 })).toBe(5);
    expect(offsetAt(text, { line: 3, column: 1 })).toBeUndefined();
    expect(offsetAt(`${text}\n`, { line: 3, column: 1 })).toBe(6);
    expect(lineColumn(text, 4)).toEqual({ line: 2, column: 2 });
  });
});
