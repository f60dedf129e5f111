/** Losses whose δ comes from a − y, behind every type of layer that can be the last: the gradient beside differences. */
import { describe, expect, it } from 'vitest';
import { createArena } from '../../src/engine/arena';
import { createReferenceKernels } from '../../src/engine/kernels/reference';
import { Pass } from '../../src/engine/pass';
import { compile, isTrained } from '../../src/engine/plan';
import type { LossName, Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { imageNetwork } from './imageNetworks';
import { randomDataset } from './networks';

const dense = { type: 'dense', units: 3 };
const lasts: [string, readonly object[], number[]][] = [
  ['dense', [{ ...dense, activation: 'tanh' }, dense], [2]],
  ['batchNorm', [dense, { type: 'batchNorm' }], [2]],
  [
    'add',
    [
      { ...dense, id: 'a' },
      { ...dense, id: 'b' },
      { type: 'add', from: ['a', 'b'] },
    ],
    [2],
  ],
  [
    'concat',
    [
      { ...dense, id: 'a' },
      { ...dense, id: 'b', from: ['input'] },
      { type: 'concat', from: ['a', 'b'] },
    ],
    [2],
  ],
  ['conv2d', [{ type: 'conv2d', filters: 2, kernel: [2, 2] }], [3, 2, 1]],
];
const losses: [LossName, string, 'binary' | 'oneHot'][] = [
  ['binaryCrossEntropy', 'sigmoid', 'binary'],
  ['crossEntropy', 'softmax', 'oneHot'],
  // Not fused: the same layers by their slopes.
  ['meanSquaredError', 'softmax', 'oneHot'],
];

function networkOf(
  layers: readonly object[],
  shape: number[],
  type: LossName,
  activation: string,
): Network {
  const ended = layers.map((layer, i) =>
    i === layers.length - 1 ? { ...layer, activation } : layer,
  );
  return { ...imageNetwork(ended, shape), loss: { type, half: false, reduction: 'sum' } };
}

const ROWS = 5;

/** As a step sees it: a batchNorm by the statistics of the batch. */
function stepOf(net: Network, targets: 'binary' | 'oneHot') {
  const shapes = inferShapes(net);
  const arena = createArena(compile(net, shapes, ROWS));
  const pass = new Pass(net, arena, createReferenceKernels('float64', arena.scratch));
  const data = randomDataset(ROWS, shapes.inputSize, shapes.outputSize, targets);
  return (parameters: Float64Array): Pass => {
    arena.parameters.set(parameters);
    pass.gather(data, data.training, 0, ROWS);
    pass.forward(ROWS, { seed: 1, epoch: 0, position: 0 });
    return pass;
  };
}

describe.each(lasts)('%s as the last layer', (_, layers, shape) => {
  it.each(losses)('with %s and %s', (type, activation, targets) => {
    const net = networkOf(layers, shape, type, activation);
    const step = stepOf(net, targets);
    const { parameterTables } = compile(net, inferShapes(net), ROWS);
    const count = parameterTables.reduce((sum, { length }) => sum + length, 0);
    const parameters = Float64Array.from(
      { length: count },
      (_parameter, i) => 0.5 + 0.4 * Math.sin(3 * i),
    );
    const pass = step(parameters);
    pass.clearGradients();
    pass.loss(ROWS);
    pass.backward(ROWS, 1);
    const gradients = Float64Array.from(pass.arena.gradients);
    const h = 1e-5;
    const lossAt = (at: number, shift: number): number =>
      step(parameters.map((value, i) => (i === at ? value + shift : value))).loss(ROWS);
    for (const { offset, length } of parameterTables.filter(isTrained))
      for (let i = offset; i < offset + length; i++)
        expect(gradients[i]).toBeCloseTo((lossAt(i, h) - lossAt(i, -h)) / (2 * h), 6);
    expect(Math.hypot(...gradients)).toBeGreaterThan(0.01);
  });
});
