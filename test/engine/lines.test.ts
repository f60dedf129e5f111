/** Differences along a line through all parameters, and what they cross: beside the network computed anew at both ends. */
import { describe, expect, it } from 'vitest';
import { atZero, lossPieces, worse, type Crossing } from '../../src/engine/gradcheck/crossings';
import { Forward } from '../../src/engine/gradcheck/forward';
import { Lines } from '../../src/engine/gradcheck/lines';
import { reductionFactor } from '../../src/engine/losses';
import { penalty, penaltySums } from '../../src/engine/penalty';
import { isTrained, parameterTablesOf } from '../../src/engine/plan';
import type { LossName, Network, Regularization } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { imageNetwork } from './imageNetworks';
import { randomDataset } from './networks';

const POOLED = [
  { type: 'conv2d', filters: 2, kernel: [2, 2], activation: 'tanh' },
  { type: 'maxPool2d', size: [2, 2], stride: [1, 1] },
  { type: 'flatten' },
  { type: 'dense', units: 2, activation: 'silu' },
];
const PIECES = [
  { type: 'dense', id: 'a', units: 4, activation: 'elu' },
  { type: 'dense', id: 'nowhere', units: 2, activation: 'relu' },
  { type: 'dense', units: 3, from: 'a', activation: 'leakyRelu' },
];

function net(
  layers: readonly object[],
  shape: number[],
  type: LossName,
  regularization: Partial<Regularization> = {},
): Network {
  const base = imageNetwork(layers, shape);
  return {
    ...base,
    loss: { type, half: false, reduction: 'meanAll' },
    regularization: { ...base.regularization, ...regularization },
  };
}

const networks: [string, Network][] = [
  ['an image with a pool', net(POOLED, [4, 4, 1], 'meanSquaredError')],
  ['the same, penalised', net(POOLED, [4, 4, 1], 'huber', { l2: 0.3, scale: 'lambda' })],
  ['pieces', net(PIECES, [3], 'meanAbsoluteError', { l2: 0.2, l1: 0.1, bias: true })],
  ['pieces with bends', net(PIECES.slice(0, 1), [3], 'huber')],
];

describe.each(networks)('%s', (_, network) => {
  const shapes = inferShapes(network);
  const tables = parameterTablesOf(network, shapes);
  const data = randomDataset(4, shapes.inputSize, shapes.outputSize);
  const samples = Uint32Array.of(3, 0, 1);
  const start = Float64Array.from({ length: shapes.parameters }, (_start, i) =>
    Math.sin(2 * i + 1),
  );
  const v = start.map((_value, i) => Math.cos(5 * i));
  const at = (parameters: Float64Array): Forward =>
    new Forward(network, data, samples, parameters, tables);
  const moved = start.slice();
  const walk = { here: at(start), parameters: start, there: at(moved), moved, tables };
  const lines = new Lines(walk);

  const shifted = (h: number): Float64Array => start.map((value, i) => value + h * v[i]);
  const lossAt = (h: number): number => {
    const factor = reductionFactor(network.loss.reduction, 3, shapes.outputSize);
    const sums = penaltySums(shifted(h), tables);
    return factor * at(shifted(h)).totalLoss() + penalty(network.regularization, 3, sums);
  };

  /** Of all samples: signs of z, winners of windows, pieces of the loss, and weights that pass 0 under an L1 penalty. */
  function crossedBy(h: number): Crossing {
    const [here, there] = [at(start), at(shifted(h))];
    let crossed: Crossing = 'none';
    here.layers.forEach(({ z, views, kind, sources, units }, index) => {
      if (!here.reached[index]) return;
      const isOther = z.some((value, i) => value > 0 !== there.layers[index].z[i] > 0);
      if (isOther) crossed = worse(crossed, atZero[network.layers[index].activation]);
      if (kind !== 'largest' || !views) return;
      const winners = (of: Forward): string =>
        Array.from({ length: 3 * units }, (_unit, i) => {
          const x = of.outputOf(sources[0], Math.floor(i / units));
          const j = i % units;
          const seen = [...views.indices.subarray(j * views.size, (j + 1) * views.size)];
          const largest = Math.max(...seen.map(place => x[place]));
          return seen.find(place => x[place] === largest);
        }).join();
      if (winners(here) !== winners(there)) crossed = 'kink';
    });
    const { piece, crossing } = lossPieces[network.loss.type];
    const pieces = (of: Forward): string =>
      of.targets
        .map((y, s) =>
          Array.from(of.outputOf(network.layers.length - 1, s), (a, j) => piece(a - y[j])),
        )
        .join();
    if (pieces(here) !== pieces(there)) crossed = worse(crossed, crossing);
    const { l1 } = network.regularization;
    const penalised = tables.filter(table => table.penalised && isTrained(table));
    const passes = penalised.some(({ offset, length }) =>
      start
        .subarray(offset, offset + length)
        .some((w, i) => Math.abs(w) <= Math.abs(h * v[offset + i])),
    );
    return l1 !== 0 && passes ? 'kink' : crossed;
  }

  const steps = [1e-4, 1e-3, 0.01, 0.03, 0.1, 0.3, 1];

  it.each(steps)('with the step %d', h => {
    const central = lines.central(v, h);
    expect(central.numeric).toBeCloseTo((lossAt(h) - lossAt(-h)) / (2 * h), 8);
    expect(central.crossed).toBe(worse(crossedBy(h), crossedBy(-h)));
    const finer = lines.fivePoint(v, h);
    const [near, far] = [lossAt(h) - lossAt(-h), lossAt(2 * h) - lossAt(-2 * h)];
    expect(finer.numeric).toBeCloseTo((8 * near - far) / (12 * h), 8);
    const all = [h, -h, 2 * h, -2 * h].map(crossedBy);
    expect(finer.crossed).toBe(all.reduce(worse));
  });

  it('crosses nothing with small steps, and something with large ones', () => {
    expect(crossedBy(steps[0])).toBe('none');
    expect(crossedBy(1)).not.toBe('none');
  });

  it('the difference of higher order is nearer to the slope', () => {
    // By a step so small that rounding is not yet to be seen in four digits.
    const slope = lines.fivePoint(v, 1e-4).numeric;
    expect(Math.abs(lines.fivePoint(v, 1e-3).numeric - slope)).toBeLessThan(1e-7);
    expect(Math.abs(lines.central(v, 1e-3).numeric - slope)).toBeLessThan(1e-3);
  });
});
