/**
 * What a shift of one number does to the loss, and what it moves across a place where two pieces meet: beside the whole
 * network computed anew, and that beside the engine's own forward pass.
 */
import { describe, expect, it } from 'vitest';
import { worse, atZero, lossPieces, type Crossing } from '../../src/engine/gradcheck/crossings';
import { Forward } from '../../src/engine/gradcheck/forward';
import { Perturbation } from '../../src/engine/gradcheck/perturbation';
import { createFloat64Pass } from '../../src/engine/inspect/samplePass';
import { parameterTablesOf } from '../../src/engine/plan';
import type { LossName, Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { imageNetwork } from './imageNetworks';
import { randomDataset } from './networks';

/** A network from its layers, with a loss. */
function net(layers: readonly object[], shape: readonly number[], type: LossName): Network {
  return { ...imageNetwork(layers, [...shape]), loss: { type, half: false, reduction: 'sum' } };
}

const DENSE = { type: 'dense', units: 3 };
const networks: [string, Network][] = [
  [
    'layers in a row',
    net(
      [
        { ...DENSE, activation: 'relu' },
        { type: 'batchNorm', activation: 'elu' },
        { ...DENSE, activation: 'silu', useBias: false },
        { ...DENSE, activation: 'leakyRelu' },
      ],
      [4],
      'huber',
    ),
  ],
  [
    'branches, one of which leads nowhere',
    net(
      [
        { ...DENSE, id: 'a', activation: 'relu' },
        { ...DENSE, id: 'b', activation: 'elu', from: ['input'] },
        { ...DENSE, id: 'nowhere', activation: 'relu', from: ['a'] },
        { type: 'add', id: 'sum', from: ['a', 'b', 'input'], activation: 'tanh' },
        { type: 'concat', id: 'wide', from: ['b', 'sum', 'a'], activation: 'leakyRelu' },
        { ...DENSE, id: 'c', from: ['wide'] },
        { type: 'add', from: ['c', 'sum'] },
      ],
      [3],
      'meanAbsoluteError',
    ),
  ],
  [
    'images',
    net(
      [
        {
          type: 'conv2d',
          filters: 3,
          kernel: [2, 3],
          stride: [1, 2],
          padding: 'same',
          activation: 'relu',
        },
        { type: 'maxPool2d', size: [2, 2], stride: [1, 1], padding: 'same' },
        { type: 'batchNorm', activation: 'elu' },
        { type: 'conv2d', filters: 2, kernel: [2, 2], useBias: false, activation: 'tanh' },
        { type: 'averagePool2d', size: [2, 2], padding: 'same' },
        { type: 'flatten' },
        { type: 'dropout', rate: 0.5 },
        { type: 'dense', units: 2, activation: 'softmax' },
      ],
      [4, 5, 2],
      'crossEntropy',
    ),
  ],
];

/** The worst place that lies between two moments of one sample: signs of z, winners of windows, pieces of the loss. */
function crossedBetween(before: Forward, after: Forward, sample: number): Crossing {
  let crossed: Crossing = 'none';
  const { network } = before;
  before.layers.forEach((layer, index) => {
    if (!before.reached[index]) return;
    const [z, moved] = [before, after].map(({ layers }) =>
      layers[index].z.subarray(sample * layer.units, (sample + 1) * layer.units),
    );
    const { activation, type } = network.layers[index];
    if (z.some((value, j) => value > 0 !== moved[j] > 0))
      crossed = worse(crossed, atZero[activation]);
    const { views, sources } = layer;
    if (type !== 'maxPool2d' || !views) return;
    const [x, movedX] = [before, after].map(each => each.outputOf(sources[0], sample));
    const winners = (values: Float64Array): number[] =>
      Array.from(z, (_, j) => {
        const seen = [...views.indices.subarray(j * views.size, (j + 1) * views.size)];
        const inside = seen.filter(place => place >= 0);
        const largest = Math.max(...inside.map(place => values[place]));
        return inside.find(place => values[place] === largest) ?? NaN;
      });
    if (winners(x).join() !== winners(movedX).join()) crossed = 'kink';
  });
  const { piece, crossing } = lossPieces[network.loss.type];
  const last = network.layers.length - 1;
  const residuals = [before, after].map(each => {
    const { [sample]: target } = each.targets;
    return each.outputOf(last, sample).map((a, j) => piece(a - target[j]));
  });
  return residuals[0].join() === residuals[1].join() ? crossed : worse(crossed, crossing);
}

describe.each(networks)('%s', (_, network) => {
  const shapes = inferShapes(network);
  const { inputSize, outputSize, layers } = shapes;
  const tables = parameterTablesOf(network, shapes);
  const count = tables.reduce((sum, { length }) => sum + length, 0);
  const targets = network.loss.type === 'crossEntropy' ? 'oneHot' : 'real';
  const data = randomDataset(3, inputSize, outputSize, targets);
  const samples = Uint32Array.of(2, 0);
  const parameters = Float64Array.from({ length: count }, (_, i) => 0.6 * Math.sin(3 * i + 1));
  for (const { kind, offset, length } of tables)
    if (kind === 'variance') parameters.subarray(offset, offset + length).fill(0.7);
  const trained = tables.filter(({ kind }) => kind === 'weight' || kind === 'bias');
  const at = (values: Float64Array): Forward => new Forward(network, data, samples, values, tables);
  const forward = at(parameters);
  const perturbation = new Perturbation(forward);

  it('is computed as the engine does', () => {
    const pass = createFloat64Pass(network, shapes, 2);
    pass.arena.parameters.set(parameters);
    pass.gather(data, samples, 0, 2);
    pass.forward(2);
    forward.layers.forEach(({ z, a }, index) => {
      const { weightedInput, output } = pass.arena.operations[index];
      z.forEach((value, i) => expect(value).toBeCloseTo(weightedInput[i], 13));
      a.forEach((value, i) => expect(value).toBeCloseTo(output[i], 13));
    });
    expect(forward.totalLoss()).toBeCloseTo(pass.loss(2), 12);
    expect(forward.sampleLoss(0) + forward.sampleLoss(1)).toBe(forward.totalLoss());
  });

  it('is computed anew where parameters have changed', () => {
    const moved = parameters.slice();
    const own = at(moved);
    // Running statistics stay: no difference is made of them.
    for (const { offset, length } of trained)
      for (let i = offset; i < offset + length; i++) moved[i] *= 1.1;
    own.compute();
    expect(own.totalLoss()).toBe(at(moved).totalLoss());
    moved.set(parameters);
    own.compute();
    expect(own.totalLoss()).toBe(forward.totalLoss());
  });

  it.each(trained)('every $kind of layers[$layer], by a little and by much', table => {
    const { layer, kind, rows, columns, offset } = table;
    for (let i = 0; i < rows * columns; i++) {
      const [row, column] = [Math.floor(i / columns), kind === 'bias' ? -1 : i % columns];
      for (const h of [1e-3, -0.5, 3]) {
        const moved = parameters.slice();
        moved[offset + i] += h;
        const after = at(moved);
        for (const sample of [0, 1]) {
          perturbation.reset();
          const found = perturbation.parameterLoss(sample, layer, row, column, h);
          const difference = after.sampleLoss(sample) - forward.sampleLoss(sample);
          if (!forward.reached[layer]) expect([0, undefined]).toContain(found);
          else if (found === undefined) expect(difference).toBe(0);
          else expect(found).toBeCloseTo(after.sampleLoss(sample), 11);
          expect(perturbation.crossed).toBe(
            forward.reached[layer] ? crossedBetween(forward, after, sample) : 'none',
          );
        }
      }
    }
  });

  it('keeps the worst that was crossed until it begins anew', () => {
    perturbation.reset();
    expect(perturbation.crossed).toBe('none');
    const seen: Crossing[] = [];
    for (const h of [0, 50, 0, -50, 0]) {
      layers.forEach((_, layer) => perturbation.shiftedLoss(0, layer, 0, h));
      seen.push(perturbation.crossed);
    }
    expect(seen).toEqual(['none', 'kink', 'kink', 'kink', 'kink']);
  });

  it.each([0, 1])('the weighted input of each neuron of sample %i', sample => {
    let [all, kinks] = [0, 0];
    layers.forEach(({ units }, layer) => {
      for (let row = 0; row < units; row++, all++) {
        expect(perturbation.shiftedLoss(sample, layer, row, 0)).toBeCloseTo(
          forward.reached[layer] ? forward.sampleLoss(sample) : 0,
          12,
        );
        // The derivative by z is the delta of the engine.
        const h = 1e-6;
        perturbation.reset();
        const numeric =
          (perturbation.shiftedLoss(sample, layer, row, h) -
            perturbation.shiftedLoss(sample, layer, row, -h)) /
          (2 * h);
        if (perturbation.crossed !== 'kink')
          expect(numeric).toBeCloseTo(deltas[sample][layer][row], 5);
        else kinks += 1;
      }
    });
    expect(kinks).toBeLessThan(all / 3);
  });

  const deltas = [0, 1].map(sample => {
    const pass = createFloat64Pass(network, shapes, 1);
    pass.arena.parameters.set(parameters);
    pass.gather(data, samples, sample, 1);
    pass.forward(1);
    pass.clearGradients();
    pass.backward(1, 1);
    return pass.arena.operations.map(({ delta }) => Float64Array.from(delta));
  });
});
