/** What just goes together, and what is told where several values do not. */
import { describe, expect, it } from 'vitest';
import { layer, network, withData } from './support/marked';
import { codesOf } from './support/told';

const layers = (...list: readonly object[]) => network({ layers: JSON.stringify(list) });
const image = (...list: readonly object[]) =>
  network({ input: '{ "shape": [3, 3, 1] }', layers: JSON.stringify(list) });
const dense = (units: number, rest: object = {}) => ({ type: 'dense', units, ...rest });
const conv = (filters: number, rest: object = {}) => ({
  type: 'conv2d',
  kernel: [3, 3],
  filters,
  ...rest,
});
const init = (type: string, key: string, value: number) =>
  layers(dense(1, { init: { type, [key]: value } }));
const loss = (type: string, last: object) =>
  network({ loss: JSON.stringify({ type }), layers: JSON.stringify([last]) });

describe('nothing is told', () => {
  it.each([
    [
      'of as many inputs as are possible',
      network({ input: '{ "shape": [1048576] }', layers: '[{ "type": "dense", "units": 1 }]' }),
    ],
    ['of a name for each input', network({ input: '{ "shape": [2, 1], "names": ["a", "b"] }' })],
    [
      'of a softmax of two outputs at the end',
      layers(dense(2), dense(2, { activation: 'softmax' })),
    ],
    ['of a step that nobody trains', layers(dense(1, { activation: 'step' }))],
    ['of one neuron that starts with zeros', layers(dense(1, { init: 'zeros' }), dense(1))],
    ['of outputs that start with zeros', layers(dense(2), dense(2, { init: 'zeros' }))],
    ['of random starts', layers(dense(2, { init: 'heNormal' }), dense(1))],
    [
      'of zeros beside written weights',
      layers(
        dense(2, {
          init: 'zeros',
          weights: [
            [1, 2],
            [3, 4],
          ],
        }),
        dense(1),
      ),
    ],
    [
      'of zeros beside a file of weights',
      network({
        layers: JSON.stringify([dense(2, { init: 'zeros' }), dense(1)]),
        weights: JSON.stringify({ file: 'w', sha256: '0'.repeat(64) }),
      }),
    ],
    ['of γ, which starts with ones', layers(dense(2), { type: 'batchNorm' }, dense(1))],
    ['of one filter that starts with zeros', image(conv(1, { init: 'zeros' }), dense(1))],
    [
      'of settings that an initializer reads',
      layers(dense(1, { init: { type: 'constant', value: 3 } })),
    ],
    ['of the largest float32', init('constant', 'value', 3.4e38)],
    ['of a uniform of the largest float32', init('uniform', 'scale', 3.4e38)],
    ['of a normal nine deviations wide', init('normal', 'scale', 3.7e37)],
    [
      'of numbers that only float64 holds',
      network({
        layers: JSON.stringify([dense(1, { init: { type: 'normal', scale: 1e300 } })]),
        training: '{ "precision": "float64" }',
      }),
    ],
    [
      'of as many parameters as are possible',
      network({ input: '{ "shape": [65535] }', layers: '[{ "type": "dense", "units": 762 }]' }),
    ],
    ['of each loss with its partner', loss('crossEntropy', dense(2, { activation: 'softmax' }))],
    [
      'of each loss with its partner, binary',
      loss('binaryCrossEntropy', dense(2, { activation: 'sigmoid' })),
    ],
    ['of losses that take any outputs', loss('huber', dense(2, { activation: 'softmax' }))],
    [
      'of half of a squared error',
      network({ loss: '{ "type": "meanSquaredError", "half": true }' }),
    ],
    ['of half of the usual loss', network({ loss: '{ "half": false }' })],
  ])('%s', (_what, text) => {
    expect(codesOf(text)).toEqual([]);
  });
});

describe('where values are wrong in themselves, nothing is told of what they belong to', () => {
  it.each([
    [
      'a precision',
      layer('"units": 1, "init": { "type": "constant", "value": 1e39 }').replace(
        /\n}\n$/,
        ', "training": { "precision": "float16" } }',
      ),
      ['value.unknown training.precision'],
    ],
    [
      'an initializer',
      layer('"units": 1, "init": { "type": "heNormel", "scale": 1 }'),
      ['value.unknown layers[0].init.type'],
    ],
    [
      'a loss',
      network({ loss: '{ "type": "crossEntrop", "half": true }' }),
      ['value.unknown loss.type'],
    ],
    [
      'an activation',
      loss('crossEntropy', dense(2, { activation: 'sofmax' })),
      ['value.unknown layers[0].activation'],
    ],
    ['units', layers(dense(0, { init: 'zeros' }), dense(1)), ['value.range layers[0].units']],
    ['a shape', network({ input: '{ "shape": [], "names": ["a"] }' }), ['list.short input.shape']],
    [
      'all layers',
      network({ layers: '[]', loss: '{ "type": "crossEntropy" }' }),
      ['list.short layers'],
    ],
    ['no layer', '{ "version": 1, "input": { "shape": [2] } }', ['value.missing layers']],
  ])('%s', (_what, text, told) => {
    expect(codesOf(text)).toEqual(told);
  });
});

describe('how many numbers there may be', () => {
  const size = (inputs: number, list: readonly object[]) =>
    codesOf(network({ input: `{ "shape": [${inputs}] }`, layers: JSON.stringify(list) }));

  it('biases count', () => {
    expect(size(50_000, [dense(1_000, { useBias: false })])).toEqual([]);
    expect(size(50_000, [dense(1_000)])).toEqual(['network.parameters layers[0].units']);
  });

  it('running statistics count', () => {
    // 49,999,000 weights; of 250 features γ, β, mean and variance: 1000.
    const layer = dense(250, { useBias: false });
    const first = 199_996;
    expect(size(first, [layer, { type: 'batchNorm' }, { type: 'flatten' }])).toEqual([]);
    expect(size(first, [layer, { type: 'batchNorm' }, dense(1, { useBias: false })])).toEqual([
      'network.parameters layers[2].units',
    ]);
    expect(
      size(first, [layer, { type: 'batchNorm', useBias: false }, dense(1, { useBias: false })]),
    ).toEqual([]);
  });

  it('nothing else is told of parameters that are too many', () => {
    const wrong = dense(2, { weights: [[1]] });
    expect(size(50_000, [wrong])).toEqual([
      'weights.rows layers[0].weights',
      'weights.columns layers[0].weights[0]',
    ]);
    expect(size(50_000, [dense(1_000, { weights: [[1]] })])).toEqual([
      'network.parameters layers[0].units',
    ]);
  });

  it('values count, of all layers together', () => {
    const flat = Array.from({ length: 152 }, () => ({ type: 'flatten' }));
    expect(size(65_536, flat)).toEqual([]);
    expect(size(65_789, flat)).toEqual([]);
    const more = [...flat, { type: 'flatten' }, { type: 'flatten' }];
    expect(size(65_536, more)).toEqual(['network.values layers[152]']);
  });
});

describe('several things are told', () => {
  it.each([
    [
      'of every layer',
      layers(dense(2, { activation: 'softmax' }), dense(2, { activation: 'softmax' }), dense(1)),
      ['activation.softmax layers[0].activation', 'activation.softmax layers[1].activation'],
    ],
    [
      'of every step',
      withData('{ "generator": "xor" }', {
        layers: JSON.stringify([
          dense(1, { activation: 'step' }),
          dense(1, { activation: 'step' }),
        ]),
      }),
      ['activation.step layers[0].activation', 'activation.step layers[1].activation'],
    ],
    [
      'of both settings',
      layers(dense(1, { init: { type: 'zeros', value: 1, scale: 1 } })),
      ['setting.unused layers[0].init.value', 'setting.unused layers[0].init.scale'],
    ],
    [
      'of the sum of a softmax that is not last',
      layers(dense(1, { activation: 'softmax' }), dense(1)),
      ['activation.softmax layers[0].activation'],
    ],
  ])('%s', (_what, text, told) => {
    expect(codesOf(text)).toEqual(told);
  });
});
