/** Places by their paths: what there is, and a sentence for what there is not. */
import { describe, expect, it } from 'vitest';
import { TargetError, targetAt } from '../../src/engine/targetPath';
import { imageNetwork } from './imageNetworks';
import { dense, merge, network } from './networks';

const plain = network(2, [
  dense(4, 'tanh', { id: 'a' }),
  dense(4, 'tanh', { id: 'b', useBias: false }),
  merge('add', 4, ['a', 'b']),
  dense(1, 'linear'),
]);
const image = imageNetwork();

describe('what there is', () => {
  it.each([
    ['layers[0].weights[3][1]', { type: 'weight', layer: 0, row: 3, column: 1 }],
    ['layers[0].bias[3]', { type: 'bias', layer: 0, row: 3 }],
    ['layers[1].neurons[3]', { type: 'neuron', layer: 1, row: 3 }],
    ['layers[1].weights[2]', { type: 'neuron', layer: 1, row: 2 }],
    ['layers[2]', { type: 'layer', layer: 2 }],
    ['input.neurons[1]', { type: 'neuron', layer: -1, row: 1 }],
    ['input', { type: 'layer', layer: -1 }],
    ['loss', { type: 'loss' }],
  ])('%s', (text, target) => {
    expect(targetAt(text, plain, '--target')).toEqual(target);
  });

  // 36 pixels in two filters: more neurons than filters.
  it.each([
    ['layers[0].neurons[71]', { type: 'neuron', layer: 0, row: 71 }],
    ['layers[0].weights[1][8]', { type: 'weight', layer: 0, row: 1, column: 8 }],
    ['layers[0].bias[1]', { type: 'bias', layer: 0, row: 1 }],
  ])('in an image: %s', (text, target) => {
    expect(targetAt(text, image, '--target')).toEqual(target);
  });
});

describe('what there is not', () => {
  it.each([
    ['layers[4]', 'there is no layer 4, expected 0 to 3'],
    ['input.neurons[2]', 'input has no neuron 2, expected 0 to 1'],
    ['layers[1].bias[0]', 'layers[1] has no bias'],
    ['layers[2].bias[0]', 'layers[2] has no bias'],
    ['layers[2].weights[0][0]', 'layers[2] is of type add and has no weights'],
    ['layers[0].neurons[4]', 'layers[0] has no neuron 4, expected 0 to 3'],
    ['layers[3].bias[1]', 'layers[3] has no neuron 1, expected 0'],
    ['layers[0].weights[3][2]', 'layers[0] has no weights from a neuron 2, expected 0 to 1'],
  ])('%s', (text, reason) => {
    expect(() => targetAt(text, plain, '--target')).toThrow(TargetError);
    expect(() => targetAt(text, plain, '--target')).toThrow(`--target ${text}: ${reason}. `);
  });

  it.each([
    ['layers[0].neurons[72]', 'layers[0] has no neuron 72, expected 0 to 71'],
    ['layers[0].bias[2]', 'layers[0] has no filter 2, expected 0 to 1'],
    ['layers[0].weights[2][0]', 'layers[0] has no filter 2, expected 0 to 1'],
    ['layers[0].weights[1][9]', 'layers[0] has no weight 9 in a filter, expected 0 to 8'],
  ])('in an image: %s', (text, reason) => {
    expect(() => targetAt(text, image, '--target')).toThrow(`--target ${text}: ${reason}. `);
  });

  it.each(['layers[0].weight[1][0]', 'layers[0', 'toString', ''])('no such form: %s', text => {
    expect(() => targetAt(text, plain, '"target"')).toThrow(
      `"target" takes one of layers[N].weights[N][N], `,
    );
    expect(() => targetAt(text, plain, '"target"')).toThrow(`found "${text}". `);
  });

  it('says what there is', () => {
    expect(() => targetAt('layers[4]', plain, '--target')).toThrow(
      'The network has input: 2 neurons; layers[0] (dense): 4 neurons, weights [4][2], bias [4]; layers[1] (dense): 4 neurons, weights [4][4], no bias; layers[2] (add): 4 neurons, no weights; layers[3] (dense): 1 neuron, weights [1][4], bias [1]',
    );
  });

  it('describes twelve layers, and counts the others', () => {
    const deep = network(
      1,
      Array.from({ length: 14 }, () => dense(1, 'linear')),
    );
    expect(() => targetAt('layers[14]', deep, '--target')).toThrow(
      /layers\[11\] \(dense\): 1 neuron, weights \[1\]\[1\], bias \[1\]; 2 more, up to layers\[13\]$/,
    );
  });
});
