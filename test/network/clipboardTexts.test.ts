/** What a clipboard gets and may hold, in every indentation and with every refusal in its words. */
import { describe, expect, it } from 'vitest';
import { layersIn, layersText } from '../../src/network/clipboard';
import { parseNetwork } from '../../src/network/parse';
import { refusalOf } from './support/refusal';

describe('the text of layers', () => {
  const copied = (text: string, ...layers: readonly number[]): string =>
    layersText(parseNetwork(text), layers);

  it.each<[string, readonly number[], string]>([
    ['{"layers": [{"units": 1}, {"units": 2}]}', [0], '{"units": 1}'],
    ['{"layers": [{"units": 1}, {"units": 2}]}', [1, 0], '{"units": 1},\n{"units": 2}'],
    ['{"layers":\r\n[{"units": 1}, {"units": 2}]}', [0, 1], '{"units": 1},\r\n{"units": 2}'],
    ['{"layers":\r[{"units": 1}, {"units": 2}]}', [0, 1], '{"units": 1},\r{"units": 2}'],
    ['{"layers": [\n  {\n    "units": 1\n  }]}', [0], '{\n  "units": 1\n}'],
    ['{"layers": [\n\t{\r\n\t\t"units": 1\r\t}]}', [0], '{\r\n\t"units": 1\r}'],
    // What stands further out than the layer loses what it has.
    ['{"layers": [\n    {\n  "units": 1\n      }]}', [0], '{\n"units": 1\n  }'],
    ['{"layers": [\n  {\n\t"units": 1\n}]}', [0], '{\n"units": 1\n}'],
    ['{"layers": [{\n  "units": 1\n}]}', [0], '{\n  "units": 1\n}'],
    ['{"layers": [1, "x"]}', [0, 1], '1,\n"x"'],
  ])('of %j: %j', (text, layers, expected) => expect(copied(text, ...layers)).toBe(expected));

  it('that there are not is refused', () => {
    for (const index of [1, -1])
      expect(refusalOf(() => copied('{"layers": [{"units": 1}]}', index))).toBe(
        `There is no layers[${index}]: the network has 1.`,
      );
    expect(refusalOf(() => copied('{}', 0))).toBe('There is no layers[0]: the network has 0.');
    expect(refusalOf(() => copied('{"layers": [1]}'))).toBe(
      'No layer is selected: select one to copy it.',
    );
  });
});

describe('layers in a text', () => {
  it('are read as they are, whatever else is in them', () => {
    expect(layersIn('{"type": "add", "x": [null, {"y": true}]}')).toEqual([
      { type: 'add', x: [null, { y: true }] },
    ]);
    expect(layersIn('\t[ {"type": "add"}, // one\n {"type": "flatten"} ] // two')).toEqual([
      { type: 'add' },
      { type: 'flatten' },
    ]);
    expect(layersIn('{"type": "add"} /* one */')).toEqual([{ type: 'add' }]);
  });

  it.each([
    'dense',
    'add',
    'concat',
    'conv2d',
    'maxPool2d',
    'averagePool2d',
    'flatten',
    'dropout',
    'batchNorm',
  ])('may be %s', type => expect(layersIn(JSON.stringify({ type }))).toEqual([{ type }]));

  const remedy = 'Copy a layer here, or its text: {"type": "dense", "units": 4}.';
  const long = `"${'x'.repeat(58)}"`;
  it.each<[string, string]>([
    ['', 'it is empty'],
    [' \r\n\t', 'it is empty'],
    ['[]', 'its list is empty'],
    ['[ // none\n]', 'its list is empty'],
    ['dense', 'it is no JSON: dense'],
    ['  {"type"  ', 'it is no JSON: {"type"'],
    ['{"type": "add"}]', 'it is no JSON: {"type": "add"}]'],
    ['{"type": "add"} {"type": "add"}', 'it is no JSON: {"type": "add"} {"type": "add"}'],
    ['[{"type": "add"}], [{"type": "add"}]', 'it holds [{"type":"add"}]'],
    ['[[]]', 'it holds []'],
    ['null', 'it holds null'],
    ['3', 'it holds 3'],
    ['{"type": "add"}, 7', 'it holds 7'],
    [long, `it holds ${long}`],
    [`"${'x'.repeat(59)}"`, `it holds "${'x'.repeat(58)}…`],
    ['{}', 'it holds an object with no "type"'],
    ['{"type": 3}', 'it holds an object with the type 3'],
    ['{"type": null}', 'it holds an object with the type null'],
    ['{"type": "lstm"}', 'it holds an object with the type "lstm"'],
    ['{"type": "toString"}', 'it holds an object with the type "toString"'],
    ['{"type": "add"}, {"type": ""}', 'it holds an object with the type ""'],
  ])('%j are none', (text, found) =>
    expect(refusalOf(() => layersIn(text))).toBe(
      `The clipboard holds no layer: ${found}. ${remedy}`,
    ),
  );
});
