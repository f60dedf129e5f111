/** Weights, biases and statistics that are written: the whole text afterwards, and every refusal in its words. */
import { describe, expect, it } from 'vitest';
import { applyTextEdits, textEdits } from '../../src/network/edit';
import type { NetworkEdit } from '../../src/network/edit';
import type { LayerNumbers } from '../../src/network/layerNumbers';
import { refusalOf } from './support/refusal';

const edited = (text: string, edit: NetworkEdit): string =>
  applyTextEdits(text, textEdits(text, edit));

/** One layer with 2 inputs, as it is written. */
const file = (layer: string, rest = ''): string =>
  `{"input": {"shape": [2]}${rest}, "layers": [{${layer}}]}`;

const trained = (layer: string, numbers: LayerNumbers | undefined, rest?: string): string =>
  edited(file(layer, rest), { type: 'setParameters', label: '', layers: [numbers] });

const weights = [
  [1, 2],
  [3, 4],
];
const bias = [5, 6];
const dense = '"type": "dense", "units": 2';
const norm = '"type": "batchNorm"';
const own = { weights: [[1], [2]], bias: [3, 4], mean: [5, 6], variance: [7, 8] };

describe('all parameters', () => {
  it.each<[string, LayerNumbers, string]>([
    [dense, { weights, bias }, `${dense}, "weights": [[1, 2], [3, 4]], "bias": [5, 6]`],
    [dense, { weights }, `${dense}, "weights": [[1, 2], [3, 4]]`],
    [
      `${dense}, "bias": [7, 8]`,
      { weights, bias },
      `${dense}, "weights": [[1, 2], [3, 4]], "bias": [5, 6]`,
    ],
    [`${dense}, "bias": [5, 8]`, { weights }, `${dense}, "weights": [[1, 2], [3, 4]]`],
    [`"bias": [7, 8], ${dense}`, { weights }, `"weights": [[1, 2], [3, 4]], ${dense}`],
    [
      `"weights": [[0, 0], [0, 0]], ${dense}`,
      { weights, bias },
      `"weights": [[1, 2], [3, 4]], "bias": [5, 6], ${dense}`,
    ],
    [
      `"weights": [[1, 2], [3, 4]], "bias": [5, 6], ${dense}`,
      { weights },
      `"weights": [[1, 2], [3, 4]], ${dense}`,
    ],
    [
      `"bias": [1], ${dense}`,
      { weights, bias },
      `"weights": [[1, 2], [3, 4]], "bias": [5, 6], ${dense}`,
    ],
    [
      `${dense}, "weights": [[1.0, 2], [3, 4e0]], "bias": [5, 7]`,
      { weights, bias },
      `${dense}, "weights": [[1.0, 2], [3, 4e0]], "bias": [5, 6]`,
    ],
    [
      `${dense}, "weights": [[1.0, 2], [3, 4e0]]`,
      {
        weights: [
          [1, 2.5],
          [3, 4],
        ],
      },
      `${dense}, "weights": [[1.0, 2.5], [3, 4e0]]`,
    ],
    [
      `${dense}, "weights": [[1.0, 2], [3, 4e0]]`,
      {
        weights: [
          [1, 2],
          [3.5, 4],
        ],
      },
      `${dense}, "weights": [[1.0, 2], [3.5, 4e0]]`,
    ],
    [
      `${dense}, "weights": [[1.0, /* x */ 9], [3]]`,
      { weights },
      `${dense}, "weights": [[1, 2], [3, 4]]`,
    ],
    [
      `${dense}, "weights": [[1.0, /* x */ 9], [3, 4]]`,
      { weights },
      `${dense}, "weights": [[1.0, /* x */ 2], [3, 4]]`,
    ],
    [`${dense}, "weights": [[1, 2]]`, { weights }, `${dense}, "weights": [[1, 2], [3, 4]]`],
    [
      `${dense}, "weights": [[1, "2"], [3, 4]]`,
      { weights },
      `${dense}, "weights": [[1, 2], [3, 4]]`,
    ],
    [
      `${dense}, "weights": [[1, null], [3, 4]]`,
      { weights },
      `${dense}, "weights": [[1, 2], [3, 4]]`,
    ],
    [`${dense}, "weights": 7`, { weights }, `${dense}, "weights": [[1, 2], [3, 4]]`],
    [`${dense}, "weights": [1, 2]`, { weights }, `${dense}, "weights": [[1, 2], [3, 4]]`],
    [
      `${dense}, "bias": [[5], 6]`,
      { weights, bias },
      `${dense}, "weights": [[1, 2], [3, 4]], "bias": [5, 6]`,
    ],
    [
      `${dense}, "useBias": false, "bias": [9]`,
      { weights, bias },
      `${dense}, "useBias": false, "weights": [[1, 2], [3, 4]], "bias": [9]`,
    ],
    [`${dense}, "mean": [9]`, { weights }, `${dense}, "mean": [9], "weights": [[1, 2], [3, 4]]`],
    [
      norm,
      own,
      `${norm}, "weights": [[1], [2]], "bias": [3, 4], "mean": [5, 6], "variance": [7, 8]`,
    ],
    [
      `${norm}, "bias": [9, 9]`,
      own,
      `${norm}, "weights": [[1], [2]], "mean": [5, 6], "variance": [7, 8], "bias": [3, 4]`,
    ],
  ])('into {%s}', (before, numbers, after) => expect(trained(before, numbers)).toBe(file(after)));

  it('leave, and with them nothing that has no effect', () => {
    const reset = (layer: string): string => trained(layer, undefined);
    const full = '"weights": [[1], [2]], "bias": [3, 4], "mean": [5, 6], "variance": [7, 8]';
    expect(reset(`${norm}, ${full}`)).toBe(file(norm));
    expect(reset(`${dense}, "weights": [[1, 2]], "bias": [3], "mean": [4], "variance": [5]`)).toBe(
      file(`${dense}, "mean": [4], "variance": [5]`),
    );
    expect(reset(`${dense}, "useBias": false, "weights": [[1, 2]], "bias": [3]`)).toBe(
      file(`${dense}, "useBias": false, "bias": [3]`),
    );
    expect(reset('"type": "dropout", "weights": 3')).toBe(file('"type": "dropout", "weights": 3'));
  });

  it('stand on lines of their own in a file of lines, with the indentation of their layer', () => {
    const before = file(dense).replace('{"input"', '{\n\t"input"').replace('[{', '[\n\t\t{');
    const after = edited(before, { type: 'setParameters', label: '', layers: [{ weights, bias }] });
    const block = '"weights": [\n\t\t\t\t[1, 2],\n\t\t\t\t[3, 4]\n\t\t\t],\n\t\t\t"bias": [5, 6]';
    expect(after).toBe(before.replace('"units": 2', `"units": 2,\n\t\t\t${block}`));
    const wide = after.replace(', 4]', ', 4, 5]');
    expect(edited(wide, { type: 'setParameters', label: '', layers: [{ weights, bias }] })).toBe(
      after,
    );
    // A matrix that begins a line of its own is laid out from the line of its name.
    const below = wide.replace('"weights": [\n', '"weights":\n\t\t\t\t\t[\n');
    expect(edited(below, { type: 'setParameters', label: '', layers: [{ weights, bias }] })).toBe(
      after.replace('"weights": [\n', '"weights":\n\t\t\t\t\t[\n'),
    );
    const longer = after.replace('[3, 4]', '[3, 4],\n\t\t\t\t[5, 6]');
    expect(edited(longer, { type: 'setParameters', label: '', layers: [{ weights, bias }] })).toBe(
      after,
    );
  });

  it('are rewritten in one piece up to forty characters apart, and in two beyond', () => {
    const count = (between: string): number => {
      const text = file(`${dense}, "weights": [[1,${between}9], [3, 4]]`);
      const layers = [
        {
          weights: [
            [7, 8],
            [3, 4],
          ],
        },
      ];
      return textEdits(text, { type: 'setParameters', label: '', layers }).length;
    };
    expect([count(' '), count(' '.repeat(39)), count(' '.repeat(40))]).toEqual([1, 1, 2]);
  });

  it.each<[string, LayerNumbers]>([
    [dense, { weights: [[1, 2]] }],
    [dense, { weights: [[1, 2], [3]] }],
    [dense, { weights: [[1], [3, 4]] }],
    [
      dense,
      {
        weights: [
          [1, 2],
          [3, 4, 5],
        ],
      },
    ],
    [dense, { weights, bias: [1] }],
    [dense, { weights, bias: [1, 2, 3] }],
    [norm, { ...own, mean: [1] }],
    [norm, { ...own, variance: [1, 2, 3] }],
    [norm, { weights }],
  ])('that do not fit {%s} are refused: %j', (layer, numbers) => {
    const size = layer === dense ? '2 × 2' : '2 × 1';
    expect(refusalOf(() => trained(layer, numbers))).toBe(
      `The parameters do not fit layers[0] (${size}): the network was changed meanwhile.`,
    );
  });

  it('of a layer that has none, that are no numbers, or are not one for each layer: refused', () => {
    expect(refusalOf(() => trained('"type": "dropout"', { weights: [] }))).toContain('do not fit');
    const set = (numbers: LayerNumbers): string => refusalOf(() => trained(norm, numbers));
    const tail = ': only finite numbers can.';
    expect(set({ ...own, weights: [[1], [NaN]] })).toBe(
      `NaN cannot be written to layers[0].weights[1][0]${tail}`,
    );
    expect(set({ ...own, bias: [NaN, 1] })).toBe(
      `NaN cannot be written to layers[0].bias[0]${tail}`,
    );
    expect(set({ ...own, mean: [1, NaN] })).toBe(
      `NaN cannot be written to layers[0].mean[1]${tail}`,
    );
    expect(set({ ...own, variance: [1, Infinity] })).toBe(
      `Infinity cannot be written to layers[0].variance[1]${tail}`,
    );
    const two = { type: 'setParameters', label: '', layers: [undefined, undefined] } as const;
    expect(refusalOf(() => edited(file(dense), two))).toBe(
      'There are 2 layers of parameters, the network has 1: the network was changed meanwhile.',
    );
  });
});

describe('the file of weights', () => {
  const named = (rest: string, weights?: { file: string; sha256: string }): string =>
    edited(file(dense, rest), {
      type: 'setParameters',
      label: '',
      layers: [undefined],
      ...(weights && { weights }),
    });
  const other = { file: 'b', sha256: 'd' };

  it('is named, named anew beside what a person wrote, and no more', () => {
    const tail = (text: string): string => text.replace(']}]}', ']}').replace('}]}', '}]');
    expect(named('', other)).toBe(
      `${tail(file(dense))}, "weights": { "file": "b", "sha256": "d" }}`,
    );
    const written = ', "weights": {"file": "a", "note": "mine", "sha256": "c"}';
    expect(named(written, other)).toBe(
      file(dense, ', "weights": {"file": "b", "note": "mine", "sha256": "d"}'),
    );
    expect(named(', "weights": "a"', other)).toBe(
      file(dense, ', "weights": { "file": "b", "sha256": "d" }'),
    );
    expect(named(written)).toBe(file(dense));
    expect(named('')).toBe(file(dense));
  });
});
