/** One weight or bias that a person writes: the whole text afterwards, and every refusal in its words. */
import { describe, expect, it } from 'vitest';
import { applyTextEdits, textEdits } from '../../src/network/edit';
import type { NetworkEdit } from '../../src/network/edit';
import { refusalOf } from './support/refusal';

const edited = (text: string, edit: NetworkEdit): string =>
  applyTextEdits(text, textEdits(text, edit));

/** One layer with 2 inputs, as it is written. */
const file = (layer: string, rest = ''): string =>
  `{"input": {"shape": [2]}${rest}, "layers": [{${layer}}]}`;

const weights = [
  [1, 2],
  [3, 4],
];
const bias = [5, 6];
const dense = '"type": "dense", "units": 2';
const norm = '"type": "batchNorm"';
const own = { weights: [[1], [2]], bias: [3, 4], mean: [5, 6], variance: [7, 8] };

describe('one parameter', () => {
  const place = { type: 'setParameter', layer: 0, row: 1, column: 0, value: 9 } as const;
  const weight = { ...place, kind: 'weight' } as const;
  const ofBias = { ...place, kind: 'bias' } as const;

  it.each<[string, NetworkEdit, string]>([
    [dense, { ...weight, parameters: { weights } }, `${dense}, "weights": [[1, 2], [9, 4]]`],
    [
      dense,
      { ...weight, column: 1, row: 0, parameters: { weights, bias } },
      `${dense}, "weights": [[1, 9], [3, 4]], "bias": [5, 6]`,
    ],
    [
      dense,
      { ...ofBias, parameters: { weights } },
      `${dense}, "weights": [[1, 2], [3, 4]], "bias": [0, 9]`,
    ],
    [
      `${dense}, "weights": [[7, 7], [7, 7]]`,
      { ...ofBias, parameters: { weights } },
      `${dense}, "weights": [[7, 7], [7, 7]], "bias": [0, 9]`,
    ],
    [
      `${dense}, "bias": [7, 7]`,
      { ...weight, parameters: { weights, bias } },
      `${dense}, "weights": [[1, 2], [9, 4]], "bias": [7, 7]`,
    ],
    [
      `${dense}, "bias": [7, 7]`,
      { ...weight, parameters: { weights } },
      `${dense}, "weights": [[1, 2], [9, 4]], "bias": [7, 7]`,
    ],
    [`${dense}, "bias": [7, 7]`, ofBias, `${dense}, "bias": [7, 9]`],
    [
      `${dense}, "useBias": false`,
      { ...weight, parameters: { weights } },
      `${dense}, "useBias": false, "weights": [[1, 2], [9, 4]]`,
    ],
    [
      norm,
      { ...ofBias, parameters: own },
      `${norm}, "weights": [[1], [2]], "bias": [3, 9], "mean": [5, 6], "variance": [7, 8]`,
    ],
    [
      `${norm}, "mean": [0, 0]`,
      { ...weight, parameters: own },
      `${norm}, "mean": [0, 0], "weights": [[1], [9]], "bias": [3, 4], "variance": [7, 8]`,
    ],
  ])('into {%s}', (before, edit, after) => expect(edited(file(before), edit)).toBe(file(after)));

  const none = 'There is no layers[0].';
  const neurons = ': the layer has 2 neurons and 2 inputs.';
  it.each<[string, NetworkEdit, string]>([
    [dense, { ...weight, row: 2 }, `${none}weights[2][0]${neurons}`],
    [dense, { ...weight, row: -1 }, `${none}weights[-1][0]${neurons}`],
    [dense, { ...weight, row: 0.5 }, `${none}weights[0.5][0]${neurons}`],
    [dense, { ...weight, column: 2 }, `${none}weights[1][2]${neurons}`],
    [dense, { ...weight, column: -1 }, `${none}weights[1][-1]${neurons}`],
    [dense, { ...weight, column: NaN }, `${none}weights[1][NaN]${neurons}`],
    [dense, { ...ofBias, row: 2 }, `${none}bias[2]${neurons}`],
    [dense, { ...ofBias, column: 1 }, `${none}bias[1]${neurons}`],
    [
      '"type": "dropout"',
      weight,
      'layers[0] is dropout, so it has no weights and biases: change those of its sources.',
    ],
    [
      '"type": "add", "from": []',
      ofBias,
      'layers[0] joins other layers, so it has no weights and biases: change those of its sources.',
    ],
    [
      `${dense}, "useBias": false`,
      ofBias,
      'layers[0] has no biases: set useBias to true to give it some.',
    ],
    [
      dense,
      weight,
      'The weights of layers[0] are not in the file, so one of them cannot be set alone: write all of them.',
    ],
    [
      dense,
      ofBias,
      'The bias of layers[0] are not in the file, so one of them cannot be set alone: write all of them.',
    ],
    [
      dense,
      { ...weight, value: NaN },
      'NaN is no float32 number for a weight: only finite numbers are.',
    ],
    [
      dense,
      { ...ofBias, value: -Infinity },
      '-Infinity is no float32 number for a bias: only finite numbers are.',
    ],
    [
      dense,
      { ...ofBias, value: 1e39 },
      '1e+39 is no float32 number for a bias: choose a smaller one.',
    ],
  ])('of {%s} is refused: %j', (layer, edit, message) =>
    expect(refusalOf(() => edited(file(layer), edit))).toBe(message),
  );

  it('may be as large as the precision allows', () => {
    const double = ', "training": {"precision": "float64"}';
    const layer = (last: string): string => `${dense}, "bias": [1, ${last}]`;
    expect(edited(file(layer('0'), double), { ...ofBias, value: 1e300 })).toBe(
      file(layer('1e+300'), double),
    );
    expect(refusalOf(() => edited(file(dense, double), { ...ofBias, value: Infinity }))).toBe(
      'Infinity is no float64 number for a bias: only finite numbers are.',
    );
    expect(edited(file(layer('0')), { ...ofBias, value: 3e38 })).toBe(file(layer('3e+38')));
  });
});
