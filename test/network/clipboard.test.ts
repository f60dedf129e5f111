import { describe, expect, it } from 'vitest';
import { layersIn, layersText } from '../../src/network/clipboard';
import { EditError, textEdits } from '../../src/network/edit';
import { parseNetwork } from '../../src/network/parse';

const text = [
  '{',
  '\t"version": 1,',
  '\t"input": { "shape": [2] },',
  '\t"layers": [',
  '\t\t{',
  '\t\t\t"type": "dense", // first',
  '\t\t\t"units": 2,',
  '',
  '\t\t},',
  '\t\t{ "type": "dense", "units": 1.0 }',
  '\t],',
  '\t"loss": { "type": "meanSquaredError" }',
  '}',
].join('\r\n');

describe('the text of layers', () => {
  it('is that of the file, without the indentation of the list, in the order of the file', () => {
    expect(layersText(parseNetwork(text), [1, 0, 1])).toBe(
      [
        '{',
        '\t"type": "dense", // first',
        '\t"units": 2,',
        '',
        '},',
        '{ "type": "dense", "units": 1.0 }',
      ].join('\r\n'),
    );
  });

  it('is refused where there is no such layer, or none is named', () => {
    expect(() => layersText(parseNetwork(text), [2])).toThrow(/no layers\[2\]: the network has 2/);
    expect(() => layersText(parseNetwork(text), [])).toThrow(/No layer is selected/);
  });

  it('comes back as the layers', () => {
    const copied = layersText(parseNetwork(text), [0, 1]);
    expect(layersIn(copied)).toEqual([
      { type: 'dense', units: 2 },
      { type: 'dense', units: 1 },
    ]);
  });
});

describe('layers in a text', () => {
  const dense = { type: 'dense', units: 4 };
  const merge = { type: 'add', from: ['a', 'b'] };
  it.each([
    ['{"type":"dense","units":4}', [dense]],
    ['\uFEFF {"type":"dense","units":4}', [dense]],
    ['{"type":"dense","units":4},', [dense]],
    ['{"type":"dense",/* few */"units":4,} // here', [dense]],
    ['{"type":"dense","units":4},\n{"type":"add","from":["a","b"]}', [dense, merge]],
    ['[{"type":"dense","units":4},{"type":"add","from":["a","b"]},]', [dense, merge]],
  ])('%j', (given, layers) => expect(layersIn(given)).toEqual(layers));

  it.each([
    ['', /it is empty/],
    ['  \n', /it is empty/],
    ['[]', /its list is empty/],
    ['{"type": "dense"', /it is no JSON: \{"type": "dense"/],
    ['"dense"', /it holds "dense"/],
    ['[[{"type":"dense"}]]', /it holds \[/],
    ['{"units": 4}', /an object with no "type"/],
    ['{"type": "constructor"}', /the type "constructor"/],
    [`${'['.repeat(200_000)}`, /no JSON/],
    [`{"type": "${'x'.repeat(1000)}"}`, /…/],
  ])('refuses %.40j', (given, message) => expect(() => layersIn(given)).toThrow(message));
});

it('a layer nested so deeply that writing it would exhaust the stack is refused in words', () => {
  for (const levels of [150, 3000]) {
    const nested = `{"type":"dense","units":2,"x":${'['.repeat(levels)}${']'.repeat(levels)}}`;
    const layers = layersIn(nested);
    const paste = (): unknown => textEdits(text, { type: 'insertLayers', index: 0, layers });
    expect(paste).toThrow(EditError);
    expect(paste).toThrow(/layers\[0\]\.x are nested more than 100 deep/);
  }
});
