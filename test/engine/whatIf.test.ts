/** What a push does to the loss, against whole forward passes with changed numbers and against backpropagation. */
import { describe, expect, it } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import { elementActivations, softmaxRow } from '../../src/engine/activations';
import type { ParameterFacts, Scope } from '../../src/engine/facts';
import { initialParameters } from '../../src/engine/initializers';
import { createInspector } from '../../src/engine/inspect';
import type { WhatIf, WhatIfRequest, WhatIfTarget } from '../../src/engine/inspect/whatIf';
import { reductionFactor, sampleLoss } from '../../src/engine/losses';
import { penalty, penaltySums } from '../../src/engine/penalty';
import { parameterTablesOf } from '../../src/engine/plan';
import type { Layer, LossName, Network, Reduction } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { dense, network, randomDataset, RESIDUAL, TANGLED, TWO_BRANCHES } from './networks';

const SAMPLE: Scope = { type: 'sample', index: 2 };
const BATCH: Scope = { type: 'batch' };

interface Case {
  readonly net: Network;
  readonly data: Dataset;
  readonly parameters: Float64Array;
}

function make(
  layers: readonly Layer[],
  loss: LossName,
  reduction: Reduction,
  targets: 'real' | 'oneHot' | 'binary',
  l2 = 0,
): Case {
  const net = network(3, layers, {
    loss: { type: loss, reduction },
    regularization: { l2, l1: l2 / 3, scale: 'lambda' },
  });
  const outputs = layers[layers.length - 1].units;
  const data = randomDataset(11, 3, outputs, targets, 3);
  const parameters = initialParameters(net).map((w, i) => 0.8 * w + 0.4 * Math.sin(5 * i + 1));
  return { net, data, parameters };
}

const smooth = (last: Layer): readonly Layer[] => [
  dense(4, 'tanh'),
  dense(3, 'gelu', { useBias: false }),
  last,
];

const cases: Readonly<Record<string, Case>> = {
  'squared error': make(smooth(dense(2, 'sigmoid')), 'meanSquaredError', 'meanAll', 'real', 0.2),
  'absolute error': make(smooth(dense(2, 'linear')), 'meanAbsoluteError', 'sum', 'real'),
  huber: make(smooth(dense(2, 'elu')), 'huber', 'mean', 'real', 0.1),
  'binary cross-entropy': make(
    smooth(dense(2, 'sigmoid')),
    'binaryCrossEntropy',
    'mean',
    'binary',
    0.3,
  ),
  'cross-entropy': make(smooth(dense(3, 'softmax')), 'crossEntropy', 'mean', 'oneHot', 0.1),
  'softmax inside': make(
    [dense(4, 'softmax'), dense(3, 'silu'), dense(2, 'softmax')],
    'meanSquaredError',
    'sum',
    'real',
  ),
  residual: make(RESIDUAL, 'meanSquaredError', 'mean', 'real', 0.1),
  'two branches': make(TWO_BRANCHES, 'meanSquaredError', 'sum', 'real'),
  tangled: make(TANGLED, 'huber', 'mean', 'real', 0.2),
};

/** One sample through the whole network, by the definition of each layer; one z may be pushed. */
function forward(
  { net, data, parameters }: Case,
  sample: number,
  push?: { layer: number; row: number; shift: number },
): number {
  const shapes = inferShapes(net);
  const tables = parameterTablesOf(net, shapes);
  const outputs: Float64Array[] = [];
  let z = new Float64Array(0);
  const x = data.inputs.values.subarray(sample * data.inputSize, (sample + 1) * data.inputSize);
  net.layers.forEach((layer, index) => {
    const from = shapes.layers[index].sources.map(s => (s === -1 ? x : outputs[s]));
    z = new Float64Array(layer.units);
    if (layer.type === 'dense') {
      const w = tables.find(t => t.layer === index && t.kind === 'weight')?.offset ?? NaN;
      const b = tables.find(t => t.layer === index && t.kind === 'bias')?.offset;
      for (let j = 0; j < layer.units; j++) {
        if (b !== undefined) z[j] = parameters[b + j];
        from[0].forEach((a, k) => (z[j] += parameters[w + j * from[0].length + k] * a));
      }
    } else if (layer.type === 'concat') z.set(from.flatMap(values => [...values]));
    else for (const values of from) values.forEach((a, j) => (z[j] += a));
    if (push?.layer === index) z[push.row] += push.shift;
    const a = new Float64Array(layer.units);
    if (layer.activation === 'softmax') softmaxRow(a, z, 0, layer.units);
    else for (let j = 0; j < a.length; j++) a[j] = elementActivations[layer.activation].value(z[j]);
    outputs.push(a);
  });
  const y = data.targets.subarray(sample * data.outputSize, (sample + 1) * data.outputSize);
  return sampleLoss(net.loss, z, outputs[outputs.length - 1], y, 0, z.length);
}

/** The loss of the scope, by whole forward passes. */
function lossOf(
  of: Case,
  scope: Scope,
  push?: { layer: number; row: number; shift: number },
): number {
  if (scope.type === 'sample') return forward(of, scope.index, push);
  const { net, data, parameters } = of;
  const samples = data.training.length;
  const sum = data.training.reduce((total, sample) => total + forward(of, sample, push), 0);
  const tables = parameterTablesOf(net, inferShapes(net));
  return (
    reductionFactor(net.loss.reduction, samples, data.outputSize) * sum +
    penalty(net.regularization, samples, penaltySums(parameters, tables))
  );
}

function pushed(of: Case, target: WhatIfTarget, scope: Scope, shift: number): number {
  if (target.type === 'neuron') return lossOf(of, scope, { ...target, shift });
  const table = parameterTablesOf(of.net, inferShapes(of.net)).find(
    ({ layer, kind }) => layer === target.layer && kind === target.type,
  );
  const parameters = of.parameters.slice();
  const column = target.type === 'weight' ? target.column : 0;
  parameters[(table?.offset ?? NaN) + target.row * (table?.columns ?? NaN) + column] += shift;
  return lossOf({ ...of, parameters }, scope);
}

function curve(of: Case, request: Omit<WhatIfRequest, 'points'> & { points?: number }): WhatIf {
  const inspector = createInspector(of.net, of.data);
  const position = { epoch: 0, step: 0 };
  const job = inspector.whatIf(of.parameters, { points: 9, ...request }, position);
  expect(job.run()).toBe(true);
  return job.result();
}

function targetsOf({ net }: Case): readonly WhatIfTarget[] {
  const shapes = inferShapes(net);
  return net.layers.flatMap((layer, index) => {
    const row = layer.units - 1;
    const neuron = { type: 'neuron', layer: index, row } as const;
    if (layer.type !== 'dense') return [neuron];
    const column = shapes.layers[index].inputs - 1;
    const weight = { type: 'weight', layer: index, row, column } as const;
    const bias = { type: 'bias', layer: index, row } as const;
    return layer.useBias ? [neuron, weight, bias] : [neuron, weight];
  });
}

const slope = ({ facts }: WhatIf): number =>
  facts.type === 'neuron' ? facts.delta : facts.gradient;

describe.each(Object.entries(cases))('%s', (_, of) => {
  const scoped = targetsOf(of).flatMap(target =>
    (target.type === 'neuron' ? [SAMPLE] : [SAMPLE, BATCH]).map(scope => ({ target, scope })),
  );

  it.each(scoped)('$target in the scope $scope.type is what a whole pass gives', request => {
    const { changes, from, to, facts } = curve(of, { ...request, from: -1.5, to: 1.5 });
    const { target, scope } = request;
    expect(facts.lossValue).toBeCloseTo(pushed(of, target, scope, 0), 12);
    changes.forEach((change, i) => {
      const whole = pushed(of, target, scope, from + ((to - from) * i) / 8);
      const error = Math.abs(facts.lossValue + change - whole);
      expect(error / Math.max(Math.abs(whole), 1)).toBeLessThan(1e-12);
    });
    expect(changes[4]).toBe(0);
  });

  it.each(scoped)('$target in the scope $scope.type leaves along its gradient', request => {
    const h = 1e-5;
    const found = curve(of, { ...request, from: -h, to: h, points: 3 });
    const central = (found.changes[2] - found.changes[0]) / (2 * h);
    expect(Math.abs(central - slope(found))).toBeLessThan(1e-6);
  });
});

describe('the curve', () => {
  const of = cases['cross-entropy'];
  const target = { type: 'weight', layer: 1, row: 0, column: 2 } as const;

  it('knows the change of the next update without being asked', () => {
    const { at, facts } = curve(of, { target, scope: BATCH, from: -1, to: 1 });
    const { change } = (facts as ParameterFacts).update;
    expect(at?.shift).toBe(change);
    expect(at?.change).toBeCloseTo(pushed(of, target, BATCH, change) - facts.lossValue, 13);
  });

  it('knows the change of a push between its points', () => {
    const neuron = { type: 'neuron', layer: 0, row: 1 } as const;
    const { at, changes } = curve(of, { target: neuron, scope: SAMPLE, from: -1, to: 1, at: 0.3 });
    expect(changes).toHaveLength(9);
    const change = pushed(of, neuron, SAMPLE, 0.3) - pushed(of, neuron, SAMPLE, 0);
    expect(at).toEqual({ shift: 0.3, change: expect.closeTo(change, 13) as number });
  });

  it('is the same in slices', () => {
    const request = { target, scope: BATCH, from: -1, to: 2, points: 257 } as const;
    const inspector = createInspector(of.net, of.data);
    const job = inspector.whatIf(of.parameters, request, { epoch: 0, step: 0 });
    let slices = 1;
    while (!job.run(() => true)) slices += 1;
    expect(slices).toBeGreaterThan(1);
    expect(job.result()).toEqual(curve(of, request));
  });

  it('of a layer that the output does not hang on is flat', () => {
    const unused = { type: 'neuron', layer: 3, row: 0 } as const;
    const { changes } = curve(cases['tangled'], { target: unused, scope: SAMPLE, from: -1, to: 1 });
    expect([...changes]).toEqual(Array<number>(9).fill(0));
  });

  it('of a large scope has fewer points, with the same ends and middle', () => {
    const net = network(4, [dense(2048, 'relu'), dense(2048, 'relu'), dense(1, 'linear')]);
    const data = randomDataset(8, 4, 1);
    const wide = { net, data, parameters: initialParameters(net) };
    const first = { type: 'weight', layer: 0, row: 0, column: 0 } as const;
    const { changes } = curve(wide, { target: first, scope: BATCH, from: -1, to: 1, points: 65 });
    expect(changes).toHaveLength(33);
    expect(changes[16]).toBe(0);
  });

  it.each([
    [{ target: { type: 'neuron', layer: 0, row: 0 }, scope: BATCH }, /choose a sample/],
    [{ target: { type: 'neuron', layer: -1, row: 0 }, scope: SAMPLE }, /hidden or output neuron/],
    [{ target, scope: { type: 'sample', index: 99 } }, /Sample 99 does not exist/],
    [{ target: { ...target, column: 9 }, scope: SAMPLE }, /no such weight/],
    [{ target, scope: SAMPLE, points: 258 }, /2 to 257 points, not 258/],
    [{ target, scope: SAMPLE, points: 1 }, /2 to 257 points, not 1/],
    [{ target, scope: SAMPLE, points: 2.5 }, /2 to 257 points, not 2.5/],
    [{ target, scope: SAMPLE, at: NaN }, /a number to a larger one/],
    [{ target, scope: SAMPLE, to: -1 }, /from -1 to -1/],
    [{ target, scope: SAMPLE, from: -Infinity }, /from -Infinity/],
    [{ target, scope: SAMPLE, from: -1e308, to: 1e308 }, /a number to a larger one/],
  ] as const)('refuses %j', (request, words) => {
    expect(() => curve(of, { from: -1, to: 1, ...request })).toThrow(words);
  });
});
