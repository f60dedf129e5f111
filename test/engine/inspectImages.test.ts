/** Inspection of networks with images: every sum by its terms, through windows of every kind. */
import { describe, expect, test } from 'vitest';
import type { LayerFacts, NeuronFacts, ParameterFacts, Target } from '../../src/engine/facts';
import { batchGradient } from '../../src/engine/gradient';
import { createInspector } from '../../src/engine/inspect';
import type { WhatIfRequest } from '../../src/engine/inspect/whatIf';
import { createLab } from '../../src/engine/lab/lab';
import { labPresets } from '../../src/engine/lab/presets';
import { twinsOf } from '../../src/engine/health/symmetry';
import { findAlarms } from '../../src/engine/health/detectors';
import { HealthJob } from '../../src/engine/health/measure';
import { compile } from '../../src/engine/plan';
import type { Network } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { imageData, imageNetwork } from './imageNetworks';

const SAMPLE = { type: 'sample', index: 2 } as const;
const BATCH = { type: 'batch' } as const;
const position = { epoch: 0, step: 0 };
/** Five shifts. */
const CURVE = { from: -0.5, to: 0.5, points: 5 };

const overlapping = imageNetwork(
  [
    { type: 'conv2d', id: 'a', filters: 2, kernel: [3, 2], stride: [2, 1], activation: 'tanh' },
    { type: 'conv2d', id: 'b', filters: 2, kernel: [3, 3], padding: 'same', useBias: false },
    { type: 'add', from: ['a', 'b'] },
    { type: 'maxPool2d', size: [3, 3], stride: [1, 1], padding: 'same' },
    { type: 'dropout', rate: 0.25 },
    { type: 'averagePool2d', size: [2, 3], stride: [1, 2], padding: 'same' },
    { type: 'dense', units: 3, activation: 'softmax' },
  ],
  [7, 5, 2],
);

const networks: readonly (readonly [string, Network])[] = [
  ['every type', imageNetwork()],
  ['overlapping windows', overlapping],
];

describe.each(networks)('%s', (_, net) => {
  const data = imageData(net, 7);
  const { layers, parameters: count } = inferShapes(net);
  const parameters = Float64Array.from({ length: count }, (_, i) => Math.sin(3 * i + 1));
  const inspector = createInspector(net, data);
  const facts = <T>(target: Target, scope: typeof SAMPLE | typeof BATCH = SAMPLE): T =>
    inspector.inspect(parameters, target, scope, position) as T;
  const sumOf = ({ terms, more }: NeuronFacts['incoming']): number =>
    terms.reduce((sum, { weight, factor }) => sum + weight * factor, more.sum);

  test('every neuron: its sums are what passes through it', () => {
    layers.forEach(({ units }, layer) => {
      for (let row = 0; row < units; row++) {
        const found = facts<NeuronFacts>({ type: 'neuron', layer, row });
        const { weightedInput, outgoing, outputGradient, delta, derivative } = found;
        expect(sumOf(found.incoming) + (found.bias ?? 0)).toBeCloseTo(weightedInput, 12);
        if (!outgoing) continue;
        expect(sumOf(outgoing)).toBeCloseTo(outputGradient, 12);
        expect(delta).toBeCloseTo(outputGradient * derivative, 12);
      }
    });
  });

  test('every parameter of a filter: its places add up to the gradient, of a sample and of all', () => {
    const all = batchGradient(net, data, data.training, parameters);
    let index = 0;
    layers.forEach(({ rows, columns }, layer) => {
      const isConv = net.layers[layer].type === 'conv2d';
      for (let place = 0; place < rows * columns; place++, index++) {
        if (!isConv) continue;
        const row = Math.floor(place / columns);
        const target = { type: 'weight', layer, row, column: place % columns } as const;
        const { shared, gradient } = facts<ParameterFacts>(target);
        const sum = shared?.terms.reduce((t, { delta, source }) => t + delta * source, 0) ?? NaN;
        expect(sum + (shared?.more.sum ?? NaN)).toBeCloseTo(gradient, 12);
        const batch = facts<ParameterFacts>(target, BATCH);
        expect(batch.gradient).toBeCloseTo(all[index], 12);
        const own = batch.perSample.reduce((t, each) => t + each.gradient, batch.moreSamples.sum);
        expect(own * batch.reductionFactor).toBeCloseTo(batch.data, 12);
      }
      if (rows > 0 && layers[layer].parameters > rows * columns) index += rows;
    });
    expect(index).toBe(count);
  });

  test('the report has a row for every filter', () => {
    const report = inspector.gradients(parameters, SAMPLE);
    layers.forEach(({ rows, columns, units }, layer) => {
      const { weights, z } = report.layers[layer];
      expect([weights.length, weights[0]?.length ?? 0, z?.length]).toEqual([rows, columns, units]);
    });
  });

  test('a fan knows which neurons a weight joins', () => {
    const fan = inspector.fan(parameters, { scope: SAMPLE, layer: 0, row: 5, quantity: 'weight' });
    const { incoming } = facts<NeuronFacts>({ type: 'neuron', layer: 0, row: 5 });
    const wanted = new Map(incoming.terms.map(({ index, weight }) => [index, weight]));
    for (const edge of fan.incoming) {
      expect([edge.to, edge.row]).toEqual([5, 1]);
      if (wanted.has(edge.from)) expect(edge.weight).toBe(wanted.get(edge.from));
    }
    const back = inspector.fan(parameters, {
      scope: SAMPLE,
      layer: -1,
      row: 8,
      quantity: 'weight',
    });
    expect(back.outgoing.every(({ from, layer }) => from === 8 && layer === 0)).toBe(true);
  });

  test('what if: the curve of a filter’s weight begins with its gradient', () => {
    const target = { type: 'weight', layer: 0, row: 1, column: 2 } as const;
    const request = { target, scope: SAMPLE, from: -1e-5, to: 1e-5, points: 3 };
    const job = inspector.whatIf(parameters, request, position);
    expect(job.run()).toBe(true);
    const { changes } = job.result();
    const { gradient } = facts<ParameterFacts>(target);
    expect((changes[2] - changes[0]) / 2e-5).toBeCloseTo(gradient, 6);
  });

  test('what if: a weight and a neuron that a window sees change the loss as the whole network says', () => {
    const loss = (moved: Float64Array): number => inspector.gradients(moved, SAMPLE).loss;
    const curve = (target: WhatIfRequest['target']) => {
      const job = inspector.whatIf(parameters, { target, scope: SAMPLE, ...CURVE }, position);
      expect(job.run()).toBe(true);
      return job.result();
    };
    const { changes } = curve({ type: 'weight', layer: 0, row: 1, column: 2 });
    // Row 1, column 2 of the first matrix in the file.
    const at = layers[0].columns + 2;
    [-0.5, -0.25, 0, 0.25, 0.5].forEach((shift, i) => {
      const moved = parameters.map((value, k) => (k === at ? value + shift : value));
      expect(changes[i]).toBeCloseTo(loss(moved) - loss(parameters), 12);
    });
    // A bias of a filter moves all of its neurons: together they change the loss as far as it is straight.
    const near = { ...CURVE, from: -1e-6, to: 1e-6, points: 3 };
    for (let row = 0; row < layers[0].units; row++) {
      const target = { type: 'neuron', layer: 0, row } as const;
      const job = inspector.whatIf(parameters, { target, scope: SAMPLE, ...near }, position);
      job.run();
      const result = job.result().changes;
      const { delta } = facts<NeuronFacts>(target);
      expect((result[2] - result[0]) / 2e-6).toBeCloseTo(delta, 5);
    }
  });

  test('a layer has as many parameters as its filters', () => {
    const found = facts<LayerFacts>({ type: 'layer', layer: 0 });
    expect(found.weights?.count).toBe(layers[0].rows * layers[0].columns);
    expect(found.parameters).toBe(layers[0].parameters);
  });

  test('the lab says that it takes no convolutions', () => {
    const request = { rule: labPresets.standard, scope: SAMPLE, tried: {} };
    expect(() => createLab(net, data, parameters, request)).toThrow(/found conv2d in layers\[0\]/);
  });
});

test('a weight over the padding alone is told at the places where it is used', () => {
  const net = imageNetwork();
  const data = imageData(net, 1);
  const parameters = new Float64Array(inferShapes(net).parameters).fill(0.1);
  const target = { type: 'weight', layer: 0, row: 0, column: 0 } as const;
  const scope = { type: 'sample', index: 0 } as const;
  const found = createInspector(net, data).inspect(parameters, target, scope, position);
  expect(found).toMatchObject({ shared: { used: 25, places: 36 } });
  expect(() => {
    const none = { ...target, column: 9 };
    createInspector(net, data).inspect(parameters, none, scope, position);
  }).toThrow(/no such weight; it has 2 × 9/);
});

describe('alarms count filters', () => {
  const net = imageNetwork([
    { type: 'conv2d', filters: 3, kernel: [3, 3], activation: 'relu' },
    { type: 'maxPool2d', size: [2, 2] },
    { type: 'dense', units: 2 },
  ]);
  const shapes = inferShapes(net);
  const data = imageData(net, 8);
  const random = Float64Array.from({ length: shapes.parameters }, (_, i) => Math.sin(5 * i + 1));

  test('that are equal, with all that their maps lead to', () => {
    const parameters = random.slice();
    const plan = compile(net, shapes, 1);
    expect(twinsOf(plan, parameters)).toEqual([]);
    parameters.copyWithin(18, 0, 9);
    parameters[27 + 2] = parameters[27];
    for (let k = 30; k < 30 + 24; k += 3) parameters[k + 2] = parameters[k];
    expect(twinsOf(plan, parameters)).toEqual([{ layer: 0, rows: [0, 2] }]);
    parameters[30 + 2] += 1;
    expect(twinsOf(plan, parameters)).toEqual([]);
  });

  test('that are dead at every place', () => {
    const parameters = random.slice();
    parameters[27 + 1] = -1e3;
    const job = new HealthJob(net, data, parameters);
    job.run();
    const dead = findAlarms(job.measured()).find(({ kind }) => kind === 'dead');
    expect(dead).toMatchObject({ layer: 0, rows: [1], count: 1, units: 3, filters: true });
  });
});

test('a large window names its first twelve values, and says of how many', () => {
  const net = imageNetwork(
    [{ type: 'averagePool2d', size: [4, 4] }, { type: 'flatten' }, { type: 'dense', units: 1 }],
    [4, 4, 1],
  );
  const data = imageData(net, 4);
  const inspector = createInspector(net, data);
  const parameters = new Float64Array(inferShapes(net).parameters);
  const target: Target = { type: 'neuron', layer: 0, row: 0 };
  const { pooled } = inspector.inspect(parameters, target, SAMPLE, position) as NeuronFacts;
  expect(pooled).toMatchObject({ count: 16, size: 16 });
  expect(pooled?.values.map(({ index }) => index)).toEqual([...Array(12).keys()]);
});
