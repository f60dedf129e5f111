/** The strongest connections of a neuron: beside all connections of the network, written down one by one. */
import { describe, expect, it } from 'vitest';
import type { Scope } from '../../src/engine/facts';
import { createInspector } from '../../src/engine/inspect';
import type { FanEdge, FanRequest } from '../../src/engine/inspect/fan';
import type { ParameterTable } from '../../src/engine/plan';
import { createTrainer } from '../../src/engine/referenceTrainer';
import type { Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { imageNetwork } from './imageNetworks';
import { dense, network, randomDataset } from './networks';

/** What joins two neurons, without its numbers. */
type Place = Pick<FanEdge, 'layer' | 'row' | 'column' | 'from' | 'to'>;

/** Of layers of a list every neuron with every one below it, of a batchNorm each with its own. */
function listEdges(net: Network): Place[] {
  return inferShapes(net).layers.flatMap(({ rows, columns, sources }, layer): Place[] => {
    const from = sources[0] === -1 ? 3 : inferShapes(net).layers[sources[0]].units;
    const { type } = net.layers[layer];
    if (type === 'add' || type === 'concat') return [];
    return Array.from({ length: rows }, (_, row) =>
      type === 'batchNorm'
        ? [{ layer, row, column: 0, from: row, to: row }]
        : Array.from({ length: columns === from ? columns : NaN }, (_, column) => {
            return { layer, row, column, from: column, to: row };
          }),
    ).flat();
  });
}

/** Of a convolution of `filters` over an image without padding, with the stride 1. */
function imageEdges(side: number, channels: number, kernel: number, filters: number): Place[] {
  const places = side - kernel + 1;
  const found: Place[] = [];
  for (let neuron = 0; neuron < side * side * channels; neuron++) {
    const channel = neuron % channels;
    const [y, x] = [Math.floor(neuron / channels / side), Math.floor(neuron / channels) % side];
    for (let down = 0; down < places; down++)
      for (let right = 0; right < places; right++) {
        const [row, k] = [y - down, x - right];
        if (row < 0 || row >= kernel || k < 0 || k >= kernel) continue;
        for (let filter = 0; filter < filters; filter++)
          found.push({
            ...{ layer: 0, row: filter, column: (row * kernel + k) * channels + channel },
            ...{ from: neuron, to: (down * places + right) * filters + filter },
          });
      }
  }
  return found;
}

interface Case {
  readonly net: Network;
  readonly edges: readonly Place[];
  readonly sources: readonly (readonly number[])[];
}

/** The wanted fan of a neuron, from all connections and the numbers of all parameters in the file's order. */
function wantedFan(
  { edges, sources }: Case,
  tables: readonly ParameterTable[],
  { layer, row, quantity }: FanRequest,
  numbers: Record<'weight' | 'gradient' | 'update', Float64Array>,
) {
  const numbered = edges.map(place => {
    const table = tables.find(each => each.layer === place.layer && each.kind === 'weight');
    if (!table) throw new Error(`layers[${place.layer}] has no weights`);
    const at = table.offset + place.row * table.columns + place.column;
    const { weight, gradient, update } = numbers;
    return {
      size: Math.abs(numbers[quantity][at]),
      edge: {
        ...place,
        ...{ weight: weight[at], gradient: gradient[at] },
        ...(quantity === 'update' && { update: expect.closeTo(update[at], 12) as number }),
      },
    };
  });
  const strongest = (all: typeof numbered) => {
    const sorted = [...all].sort((a, b) => b.size - a.size);
    const sum = sorted.slice(12).reduce((total, { size }) => total + size, 0);
    return {
      edges: sorted.slice(0, 12).map(({ edge }) => edge),
      more: { count: Math.max(0, all.length - 12), sum: expect.closeTo(sum, 10) as number },
    };
  };
  const incoming = strongest(
    numbered.filter(({ edge }) => edge.layer === layer && edge.to === row),
  );
  const outgoing = strongest(
    numbered.filter(({ edge }) => sources[edge.layer].includes(layer) && edge.from === row),
  );
  return {
    ...{ layer, row, incoming: incoming.edges, outgoing: outgoing.edges },
    ...{ moreIncoming: incoming.more, moreOutgoing: outgoing.more },
  };
}

const list = imageNetwork(
  [
    { type: 'dense', id: 'wide', units: 20, activation: 'tanh' },
    { type: 'batchNorm' },
    { type: 'dense', id: 'above', units: 20, activation: 'sigmoid' },
    { type: 'dense', id: 'beside', units: 20, activation: 'tanh', from: ['wide'] },
    { type: 'add', from: ['above', 'beside'] },
    { type: 'dense', units: 2 },
  ],
  [3],
);

const image = imageNetwork(
  [
    { type: 'conv2d', filters: 3, kernel: [3, 3], activation: 'tanh' },
    { type: 'maxPool2d', size: [2, 2] },
    { type: 'flatten' },
  ],
  [6, 6, 2],
);

const cases: [string, Case][] = [
  [
    'a list',
    { net: list, edges: listEdges(list), sources: inferShapes(list).layers.map(l => l.sources) },
  ],
  ['an image', { net: image, edges: imageEdges(6, 2, 3, 3), sources: [[-1], [0], [1]] }],
];

describe.each(cases)('the fan of a neuron of %s', (_, each) => {
  const { net } = each;
  const { layers, inputSize, outputSize } = inferShapes(net);
  const data = randomDataset(6, inputSize, outputSize);
  const inspector = createInspector(net, data);
  const { parameterTables } = createTrainer(net, data).plan;
  const count = parameterTables.reduce((sum, { length }) => sum + length, 0);
  // Plain gradient descent on the mean: of one sample and of all the step is the gradient in scope, scaled.
  const { learningRate } = net.training.optimizer;
  // Different from 0, and above −1, for among them are variances.
  const parameters = Float64Array.from(
    { length: count },
    (_, i) => 0.2 + 0.19 * Math.sin(3 * i + 1),
  );
  const neurons = [inputSize, ...layers.map(({ units }) => units)].flatMap((units, i) =>
    [...new Set([0, 1, Math.floor(units / 2), units - 1])].map(row => ({ layer: i - 1, row })),
  );

  it.each<Scope>([{ type: 'batch' }, { type: 'sample', index: 4 }])('in the scope %j', scope => {
    const gradient = new Float64Array(count);
    const report = inspector.gradients(parameters, scope).layers;
    for (const { layer, kind, offset } of parameterTables)
      if (kind === 'weight') gradient.set(report[layer].weights.flat(), offset);
    const numbers = { weight: parameters, gradient, update: gradient.map(g => -learningRate * g) };
    for (const neuron of neurons)
      for (const quantity of ['weight', 'gradient', 'update'] as const) {
        const request = { ...neuron, quantity, scope };
        expect(inspector.fan(parameters, request)).toEqual(
          wantedFan(each, parameterTables, request, numbers),
        );
      }
  });
});

it('what is no number is named first', () => {
  const net = network(20, [dense(1, 'linear')]);
  const parameters = Float64Array.from({ length: 21 }, (_, i) => (i === 17 ? NaN : i));
  const request = { scope: { type: 'batch' }, layer: 0, row: 0, quantity: 'weight' } as const;
  const { incoming, moreIncoming } = createInspector(net, randomDataset(3, 20, 1)).fan(
    parameters,
    request,
  );
  expect(incoming.map(({ column }) => column)).toEqual([
    17, 19, 18, 16, 15, 14, 13, 12, 11, 10, 9, 8,
  ]);
  expect(moreIncoming).toEqual({ count: 8, sum: 28 });
});
