/** New layers: how their text looks in the file, what of them fits, whom they stand between, and what is refused. */
import { describe, expect, it } from 'vitest';
import { applyTextEdits, planEdit } from '../../src/network/edit';
import type { LayerValue, NetworkEdit } from '../../src/network/edit';
import { zeros } from './support/draws';
import { refusalOf } from './support/refusal';

const edited = (text: string, edit: NetworkEdit): string =>
  applyTextEdits(text, planEdit(text, edit, zeros).edits);

const file = (...layers: readonly string[]): string =>
  `{"input": {"shape": [2]}, "layers": [${layers.join(', ')}]}`;

const paste = (before: string, index: number, ...layers: readonly LayerValue[]): string =>
  edited(before, { type: 'insertLayers', index, layers });

const a = '{ "type": "dense", "id": "a", "units": 2 }';
const b = '{ "type": "dense", "units": 3 }';
const dense = { type: 'dense', units: 2 };
const one = '{ "type": "dense", "units": 2 }';

describe('a layer that is pasted', () => {
  it.each<[LayerValue, string]>([
    [dense, one],
    [{ units: 2 }, one],
    [{ units: 2, type: 'dense' }, one],
    [
      { units: 2, note: 'x', type: 'dense', activation: 'relu' },
      '{ "type": "dense", "units": 2, "note": "x", "activation": "relu" }',
    ],
    [{ ...dense, id: 'b' }, '{ "type": "dense", "id": "b", "units": 2 }'],
    [{ ...dense, id: 'a' }, '{ "type": "dense", "id": "a2", "units": 2 }'],
    [{ ...dense, id: 7 }, one],
    [{ ...dense, id: 'input' }, '{ "type": "dense", "id": "input2", "units": 2 }'],
    [{ ...dense, from: 'a' }, '{ "type": "dense", "from": ["a"], "units": 2 }'],
    [{ ...dense, from: ['input'] }, '{ "type": "dense", "from": ["input"], "units": 2 }'],
    [{ ...dense, from: ['elsewhere'] }, one],
    [{ ...dense, from: ['a', 'input'] }, one],
    [{ ...dense, from: 7 }, one],
    [{ ...dense, from: [7] }, one],
    [{ ...dense, from: [] }, one],
    [{ type: 'dropout', rate: 0.5 }, '{ "type": "dropout", "rate": 0.5 }'],
    [{ type: 'concat', from: ['a', 'input'] }, '{ "type": "concat", "from": ["a", "input"] }'],
    [
      { type: 'concat', from: ['a', 'gone', 'input'] },
      '{ "type": "concat", "from": ["a", "input"] }',
    ],
    // Numbers stay where they fit: here 3 values come in.
    [
      {
        ...dense,
        weights: [
          [1, 2, 3],
          [4, 5, 6],
        ],
        bias: [7, 8],
      },
      '{ "type": "dense", "units": 2, "weights": [[1, 2, 3], [4, 5, 6]], "bias": [7, 8] }',
    ],
    [
      {
        ...dense,
        weights: [
          [1, 2, 3],
          [4, 5],
        ],
        bias: [7, 8],
      },
      '{ "type": "dense", "units": 2, "bias": [7, 8] }',
    ],
    [{ ...dense, weights: [[1, 2, 3]], bias: [7] }, one],
    [{ ...dense, weights: [[1, 2, 3], 4], bias: 7 }, one],
    [{ ...dense, weights: 'x', bias: null }, one],
    [
      { type: 'batchNorm', mean: [1, 2, 3], variance: [4, 5] },
      '{ "type": "batchNorm", "mean": [1, 2, 3] }',
    ],
  ])('%j', (value, text) => expect(paste(file(a, b), 2, value)).toBe(file(a, b, text)));

  it('keeps its numbers in the precision of the file', () => {
    const weights = [[Math.fround(0.1)], [0.1]];
    const pasted = (precision: string): string =>
      paste(
        `{"training": {"precision": "${precision}"},\n"input": {"shape": [1]}, "layers": [${one}]}`,
        0,
        { ...dense, weights },
      ).replace(/\s/g, '');
    expect(pasted('float32')).toContain('"weights":[[0.1],[0.1]]');
    expect(pasted('float64')).toContain(`"weights":[[${weights[0][0]}],[0.1]]`);
  });

  it('begins the list where there is none, and stands on a line of its own where the file has lines', () => {
    expect(paste('{"input": {"shape": [2]}}', 0, dense)).toBe(file(one));
    expect(paste('{\n  "input": { "shape": [2] }\n}', 0, dense, dense)).toBe(
      `{\n  "input": { "shape": [2] },\n  "layers": [\n    ${one},\n    ${one}\n  ]\n}`,
    );
    const lines = `{\n  "layers": [\n    ${one}\n  ]\n}`;
    expect(paste(lines, 0, dense)).toBe(lines.replace(one, `${one},\n    ${one}`));
    const inLine = `{\n  "layers": [${one}]\n}`;
    expect(paste(inLine, 1, dense)).toBe(inLine.replace(one, `${one}, ${one}`));
  });

  it('of several that call each other, by the names that they get', () => {
    const layers: LayerValue[] = [
      { ...dense, id: 'a' },
      { ...dense, id: 'a', from: 'input' },
      { type: 'add', id: 'sum', from: ['a', 'input'] },
    ];
    expect(paste(file(a), 1, ...layers)).toBe(
      file(
        a,
        '{ "type": "dense", "id": "a2", "units": 2 }',
        '{ "type": "dense", "id": "a3", "from": ["input"], "units": 2 }',
        '{ "type": "add", "id": "sum", "from": ["a3", "input"] }',
      ),
    );
  });

  it('takes no values from below', () => {
    const below = '{ "id": "z", "units": 1 }';
    expect(paste(file(a, below), 1, { ...dense, from: 'z' })).toBe(file(a, one, below));
    expect(refusalOf(() => paste(file(a, below), 1, { type: 'add', from: ['a', 'z'] }))).toContain(
      'no layer above is called "z"',
    );
  });

  it('none changes nothing', () => {
    expect(paste(file(a), 1)).toBe(file(a));
    expect(paste('{}', 0)).toBe('{}');
    expect(refusalOf(() => paste(file(a), 2))).toBe(
      'No layer can be put at 2: the network has 1 layers.',
    );
  });

  const units = (found: string): string =>
    `A layer cannot have ${found} units: choose a whole number from 1 to 65,536.`;
  it.each<[LayerValue, string]>([
    [{ type: 'dense' }, 'A layer needs "units", its number of neurons.'],
    [{ type: 'dense', units: '3' }, 'A layer needs "units", its number of neurons.'],
    [{ type: 'dense', units: 0 }, units('0')],
    [{ type: 'dense', units: 65_537 }, units('65537')],
    [{ type: 'dense', units: 1.5 }, units('1.5')],
    [
      { ...dense, note: [NaN] },
      'NaN cannot be written to layers[1].note[0]: only finite numbers can.',
    ],
    [
      { type: 'add' },
      'The add joins at least two sources: insert it together with its sources, or below them.',
    ],
    [
      { type: 'add', from: ['a', 'a'] },
      'The add joins at least two sources: insert it together with its sources, or below them.',
    ],
    [
      { type: 'concat', from: ['a', 'u', 'v'] },
      'The concat joins at least two sources, and no layer above is called "u", "v": insert it together with its sources, or below them.',
    ],
    [
      { type: 'conv2d', filters: 1 },
      'A conv2d layer needs "filters", and "kernel" as [height, width]; "stride" too is a list of two whole numbers.',
    ],
    [
      { type: 'conv2d', kernel: [1, 1] },
      'A conv2d layer needs "filters", and "kernel" as [height, width]; "stride" too is a list of two whole numbers.',
    ],
    [
      { type: 'maxPool2d', size: 2 },
      'A maxPool2d layer needs "size" as [height, width]; "stride" too is a list of two whole numbers.',
    ],
    [
      { type: 'averagePool2d', size: [1, 1], stride: [1] },
      'A averagePool2d layer needs "size" as [height, width]; "stride" too is a list of two whole numbers.',
    ],
  ])('%j is refused', (value, message) =>
    expect(refusalOf(() => paste(file(a), 1, value))).toBe(message),
  );

  it.each([null, 3, 'lstm', [], 'constructor'])('of the type %j is refused', type => {
    expect(refusalOf(() => paste(file(a), 1, { type }))).toBe(
      `There is no layer of the type ${JSON.stringify(type)}: use "dense", "add", "concat", "conv2d", "maxPool2d", "averagePool2d", "flatten", "dropout" or "batchNorm".`,
    );
  });
});

describe('a layer between two', () => {
  const c = (from: string): string => `{ "type": "dense", "from": ${from}, "units": 1 }`;
  const sum = (from: string): string => `{ "type": "concat", "from": ${from} }`;

  it.each<[string, string, number, LayerValue, string]>([
    // Who called the layer above takes the new one instead.
    [a, c('"a"'), 1, dense, file(a, one, '{ "type": "dense", "units": 1 }')],
    [a, c('["a"]'), 1, dense, file(a, one, '{ "type": "dense", "units": 1 }')],
    [
      a,
      sum('["input", "a"]'),
      1,
      dense,
      file(a, '{ "type": "dense", "id": "dense1", "units": 2 }', sum('["input", "dense1"]')),
    ],
    [c('"input"'), b, 0, dense, file(one, '{ "type": "dense", "units": 1 }', b)],
    // Who called another one still does.
    [a, c('"input"'), 1, dense, file(a, one, c('"input"'))],
    // A new one that has said where it takes its values from is passed by.
    [
      a,
      c('"a"'),
      1,
      { ...dense, from: 'input' },
      file(a, '{ "type": "dense", "from": ["input"], "units": 2 }', c('"a"')),
    ],
  ])('%s and %s at %i', (first, second, index, value, after) => {
    expect(paste(file(first, second), index, value)).toBe(after);
  });

  it('of several, the last one is who is called', () => {
    const text = file(a, sum('["a", "input"]'), c('"a"'));
    expect(paste(text, 1, dense, { ...dense, units: 3 })).toBe(
      file(
        a,
        one,
        '{ "type": "dense", "id": "dense1", "units": 3 }',
        sum('["dense1", "input"]'),
        c('"a"'),
      ),
    );
  });
});

describe('copies', () => {
  const layer =
    '{"type": "dense", "id": "a", /* mine */ "units": 2.0, "weights": [[1.0, 2], [3, 4]]}';
  const copy = (text: string, layers: readonly number[], to: number): string =>
    edited(text, { type: 'copyLayers', layers, to });

  it('have the text of their originals, under names of their own', () => {
    expect(copy(file(layer), [0], 1)).toBe(file(layer, layer.replace('"a"', '"a2"')));
    expect(copy(file(one, b), [1, 0, 1], 0)).toBe(file(one, b, one, b));
    expect(copy(file(layer, layer.replace('"a"', '"a2"')), [0], 2)).toBe(
      file(layer, layer.replace('"a"', '"a2"'), layer.replace('"a"', '"a3"')),
    );
    expect(copy(file(layer), [], 1)).toBe(file(layer));
  });

  it('keep of their numbers what fits their place', () => {
    const wide = '{"units": 1, "weights": [[1, 2, 3]], "bias": [4]}';
    expect(copy(file(b, wide), [1], 2)).toBe(file(b, wide, '{"units": 1, "bias": [4]}'));
    expect(refusalOf(() => copy(file(b), [1], 0))).toBe(
      'There is no layers[1]: the network has 1.',
    );
    expect(refusalOf(() => copy(file(b), [0], -1))).toBe(
      'No layer can be put at -1: the network has 1 layers.',
    );
  });
});
