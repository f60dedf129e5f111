/** A parameter that many places share: every product δ · a that its gradient is the sum of. */
import { describe, expect, it } from 'vitest';
import type { LayerFacts, NeuronFacts, ParameterFacts, Target } from '../../src/engine/facts';
import { createInspector } from '../../src/engine/inspect';
import { createTrainer } from '../../src/engine/referenceTrainer';
import { imageData, imageNetwork } from './imageNetworks';

const SAMPLE = { type: 'sample', index: 2 } as const;
const NOWHERE = { epoch: 0, step: 0 };

const net = imageNetwork(
  [
    { type: 'conv2d', filters: 3, kernel: [2, 3], stride: [1, 2], padding: 'same' },
    { type: 'batchNorm', activation: 'tanh' },
    { type: 'conv2d', filters: 2, kernel: [2, 2], activation: 'tanh' },
    { type: 'flatten' },
    { type: 'batchNorm' },
    { type: 'dense', units: 2 },
  ],
  [5, 6, 2],
);
const data = imageData(net, 4);
const inspector = createInspector(net, data);
const { parameterTables } = createTrainer(net, data).plan;
const count = parameterTables.reduce((sum, { length }) => sum + length, 0);
// Above 0, for among them are variances.
const parameters = Float64Array.from({ length: count }, (_, i) => 0.5 + 0.4 * Math.sin(3 * i + 1));
const facts = <T>(target: Target): T => inspector.inspect(parameters, target, SAMPLE, NOWHERE) as T;

const deltaOf = (layer: number, row: number): number =>
  facts<NeuronFacts>({ type: 'neuron', layer, row }).delta;
const inputOf = (index: number): number =>
  data.inputs.type === 'numbers' ? data.inputs.values[2 * data.inputSize + index] : NaN;
const outputOf = (layer: number, row: number): number =>
  layer < 0 ? inputOf(row) : facts<NeuronFacts>({ type: 'neuron', layer, row }).output;

interface Shared {
  readonly row: number;
  readonly index: number | undefined;
}

/** By target: where it is used, written down from the shapes 5 × 6 × 2 → 5 × 3 × 3 → 4 × 2 × 2. */
const uses: [string, Extract<Target, { type: 'weight' | 'bias' }>, number, Shared[]][] = [
  [
    'a weight of a padded filter',
    // Row 1, column 2 and channel 1 of the filter 2: below and to the right of the last row and column there is nothing.
    { type: 'weight', layer: 0, row: 2, column: (1 * 3 + 2) * 2 + 1 },
    15,
    [0, 1, 2, 3].flatMap(y =>
      [0, 1].map(x => ({ row: (y * 3 + x) * 3 + 2, index: ((y + 1) * 6 + 2 * x + 2) * 2 + 1 })),
    ),
  ],
  [
    'a bias of a filter',
    { type: 'bias', layer: 0, row: 1 },
    15,
    Array.from({ length: 15 }, (_, place) => ({ row: 3 * place + 1, index: undefined })),
  ],
  [
    'the γ of a channel',
    { type: 'weight', layer: 1, row: 2, column: 0 },
    15,
    Array.from({ length: 15 }, (_, place) => ({ row: 3 * place + 2, index: 3 * place + 2 })),
  ],
  [
    'the β of a channel',
    { type: 'bias', layer: 1, row: 0 },
    15,
    Array.from({ length: 15 }, (_, place) => ({ row: 3 * place, index: undefined })),
  ],
  [
    'a weight of a filter behind another',
    { type: 'weight', layer: 2, row: 1, column: (0 * 2 + 1) * 3 + 0 },
    8,
    [0, 1, 2, 3].flatMap(y =>
      [0, 1].map(x => ({ row: (y * 2 + x) * 2 + 1, index: (y * 3 + x + 1) * 3 })),
    ),
  ],
];

describe.each(uses)('%s', (_, target, places, wanted) => {
  const { shared, gradient, ...rest } = facts<ParameterFacts>(target);
  const { layer } = target;
  const terms = wanted.map(({ row, index }) => {
    // A batchNorm multiplies what is normalised, not what comes in.
    const normalised = facts<NeuronFacts>({ type: 'neuron', layer, row }).normalised?.value;
    const below = index === undefined ? 1 : (normalised ?? outputOf(layer - 1, index));
    return { row, delta: deltaOf(layer, row), index, source: below };
  });
  const size = ({ delta, source }: (typeof terms)[0]): number => Math.abs(delta * source);
  const least = terms.map(size).sort((a, b) => b - a)[11] ?? 0;
  const named = terms.filter(term => size(term) >= least);
  const left = terms.filter(term => size(term) < least);

  it('names the twelve largest of its products, in their order, and sums the others', () => {
    const sum = left.reduce((total, { delta, source }) => total + delta * source, 0);
    expect(shared).toEqual({
      ...{ terms: named, places, used: wanted.length },
      more: { count: left.length, sum: expect.closeTo(sum, 14) as number },
    });
  });

  it('has the sum of all for its gradient, and no neuron of its own', () => {
    const sum = terms.reduce((total, { delta, source }) => total + delta * source, 0);
    expect(gradient).toBeCloseTo(sum, 12);
    expect([rest.delta, rest.source, rest.neuron, rest.paths]).toEqual(Array(4).fill(undefined));
  });
});

it('a batchNorm of a list has one neuron for each of its parameters', () => {
  const gamma = facts<ParameterFacts>({ type: 'weight', layer: 4, row: 3, column: 0 });
  const { normalised, delta } = facts<NeuronFacts>({ type: 'neuron', layer: 4, row: 3 });
  expect(gamma.shared).toBeUndefined();
  expect([gamma.delta, gamma.source]).toEqual([delta, normalised?.value]);
  expect(gamma.neuron).toMatchObject({ type: 'neuron', target: { layer: 4, row: 3 } });
  expect(facts<LayerFacts>({ type: 'layer', layer: 4 }).parameters).toBe(32);
});
