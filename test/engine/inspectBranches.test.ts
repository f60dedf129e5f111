/** Inspection of networks with branches: every sum by its terms, wherever they come from and go to. */
import { describe, expect, test } from 'vitest';
import type {
  InputFacts,
  NeuronFacts,
  ParameterFacts,
  Scope,
  Target,
  Term,
} from '../../src/engine/facts';
import { batchGradient } from '../../src/engine/gradient';
import { initialParameters } from '../../src/engine/initializers';
import { createInspector } from '../../src/engine/inspect';
import { createTrainer } from '../../src/engine/referenceTrainer';
import { inferShapes } from '../../src/network/shapes';
import { dense, merge, network, randomDataset, TANGLED } from './networks';

const net = network(3, TANGLED, { loss: { reduction: 'sum' } });
const data = randomDataset(9, 3, 2);
const parameters = initialParameters(net).map((w, i) => 0.5 * w + 0.5 * Math.sin(3 * i + 1));
const inspector = createInspector(net, data);
const SAMPLE = { type: 'sample', index: 4 } as const;
const BATCH: Scope = { type: 'batch' };
const position = { epoch: 0, step: 0 };

function facts<T>(target: Target, scope: Scope = SAMPLE): T {
  return inspector.inspect(parameters, target, scope, position) as T;
}

const neuron = (layer: number, row: number): NeuronFacts => facts({ type: 'neuron', layer, row });

function sumOf({ terms, more }: { terms: readonly Term[]; more: { sum: number } }): number {
  return terms.reduce((sum, { weight, factor }) => sum + weight * factor, more.sum);
}

const layers = inferShapes(net).layers;
const everyNeuron = layers.flatMap(({ units }, layer) =>
  Array.from({ length: units }, (_, row) => [layer, row] as const),
);

test('facts say where each layer takes its values from', () => {
  expect(neuron(0, 0).sources).toEqual(layers.map(({ sources }) => sources));
});

test.each(everyNeuron)('neuron %i.%i: its sums are what passes through it', (layer, row) => {
  const found = neuron(layer, row);
  expect(sumOf(found.incoming) + (found.bias ?? 0)).toBeCloseTo(found.weightedInput, 13);
  expect(found.delta).toBeCloseTo(found.outputGradient * found.derivative, 13);
  if (found.outgoing) expect(sumOf(found.outgoing)).toBeCloseTo(found.outputGradient, 13);
  else expect(layer).toBe(layers.length - 1);
  for (const term of found.incoming.terms) {
    expect(layers[layer].sources).toContain(term.layer);
    const source =
      term.layer === -1
        ? facts<InputFacts>({ type: 'neuron', layer: -1, row: term.index }).output
        : neuron(term.layer, term.index).output;
    expect(term.factor).toBe(source);
  }
  for (const term of found.outgoing?.terms ?? []) {
    expect(layers[term.layer].sources).toContain(layer);
    expect(term.factor).toBe(neuron(term.layer, term.index).delta);
  }
});

describe('terms', () => {
  const places = (terms: readonly Term[]): string[] =>
    terms.map(({ layer, index, identity }) => `${layer}.${index}${identity ? '=' : ''}`);

  test('into an add: one of each source, with the weight 1', () => {
    const { terms } = neuron(2, 1).incoming;
    expect(places(terms)).toEqual(['-1.1=', '0.1=', '1.1=']);
    expect(terms.every(({ weight }) => weight === 1)).toBe(true);
  });

  test('into a concat: one, of the source that lies there', () => {
    expect([0, 2, 3, 5, 6, 8].map(row => places(neuron(4, row).incoming.terms))).toEqual([
      ['2.0='],
      ['2.2='],
      ['-1.0='],
      ['-1.2='],
      ['0.0='],
      ['0.2='],
    ]);
  });

  test('out of a layer with several consumers: all of them, in the file’s order', () => {
    expect(places(neuron(0, 1).outgoing?.terms ?? [])).toEqual([
      '2.1=',
      '3.0',
      '3.1',
      '3.2',
      '3.3',
      '4.7=',
    ]);
    const input = facts<InputFacts>({ type: 'neuron', layer: -1, row: 2 });
    expect(places(input.outgoing.terms)).toEqual([
      '0.0',
      '0.1',
      '0.2',
      '1.0',
      '1.1',
      '1.2',
      '2.2=',
      '4.5=',
    ]);
  });

  test('out of a layer that leads nowhere: none', () => {
    const found = neuron(3, 0);
    expect(found.outgoing).toEqual({ terms: [], more: { count: 0, sum: 0 } });
    expect([found.outputGradient, found.delta]).toEqual([0, 0]);
  });
});

test('∂C/∂x of an input is the derivative of the loss by it', () => {
  const loss = (shift: number): number => {
    const shifted = randomDataset(9, 3, 2);
    shifted.inputs.values[3 * SAMPLE.index + 1] += shift;
    const target = { type: 'loss' } as const;
    return createInspector(net, shifted).inspect(parameters, target, SAMPLE, position).lossValue;
  };
  const numeric = (loss(1e-5) - loss(-1e-5)) / 2e-5;
  const found = facts<InputFacts>({ type: 'neuron', layer: -1, row: 1 });
  expect(found.outputGradient).toBeCloseTo(numeric, 8);
});

describe('a weight whose source is not the layer above', () => {
  test('sample scope: delta · source', () => {
    const target = { type: 'weight', layer: 6, row: 1, column: 2 } as const;
    const found = facts<ParameterFacts>(target);
    expect(found.source).toBe(neuron(2, 2).output);
    expect(found.delta).toBe(neuron(6, 1).delta);
    expect(found.gradient).toBeCloseTo((found.delta ?? NaN) * (found.source ?? NaN), 14);
  });

  test('batch scope: the samples’ own gradients add up', () => {
    const target = { type: 'weight', layer: 1, row: 0, column: 1 } as const;
    const found = facts<ParameterFacts>(target, BATCH);
    const named = found.perSample.reduce((sum, { gradient }) => sum + gradient, 0);
    expect(named + found.moreSamples.sum).toBeCloseTo(found.data, 12);
    const one = inspector.inspect(parameters, target, { type: 'sample', index: 2 }, position);
    expect(found.perSample[2].gradient).toBeCloseTo((one as ParameterFacts).gradient, 13);
  });

  test('the next update is the trainer’s', () => {
    const trainer = createTrainer(net, data, parameters);
    trainer.run({ steps: 1 });
    const next = trainer.readParameters();
    const tables = trainer.plan.parameterTables;
    for (const { layer, kind, offset } of tables) {
      if (kind !== 'weight' && kind !== 'bias') throw new Error('there are no statistics here');
      const target =
        kind === 'weight'
          ? ({ type: kind, layer, row: 0, column: 0 } as const)
          : ({ type: kind, layer, row: 0 } as const);
      const { update } = facts<ParameterFacts>(target, BATCH);
      expect(update.next).toBeCloseTo(next[offset], 12);
    }
  });
});

test('a merge has no parameters to ask for', () => {
  expect(() => facts({ type: 'weight', layer: 2, row: 0, column: 0 })).toThrow(/no such weight/);
  expect(() => facts({ type: 'bias', layer: 4, row: 0 })).toThrow(/no such bias/);
  for (const scope of [SAMPLE, BATCH]) {
    const found = facts<object>({ type: 'layer', layer: 4 }, scope);
    expect(found).toMatchObject({
      units: 9,
      inputs: 9,
      parameters: 0,
      weights: undefined,
      weightGradients: undefined,
      learningRate: 0,
      outputs: { count: scope.type === 'sample' ? 9 : 81 },
    });
  }
});

test('the gradient report holds every gradient, and of merges what passes through them', () => {
  const report = inspector.gradients(parameters, BATCH);
  const flat = report.layers.flatMap(({ weights, bias }) => [...weights.flat(), ...bias]);
  const expected = batchGradient(net, data, data.training, parameters);
  flat.forEach((g, i) => expect(g).toBeCloseTo(expected[i], 12));
  expect(flat).toHaveLength(expected.length);
  const sample = inspector.gradients(parameters, SAMPLE).layers[2];
  expect([sample.weights, sample.bias]).toEqual([[], []]);
  expect(sample.activation).toHaveLength(3);
  expect(sample.delta?.[1]).toBe(neuron(2, 1).delta);
});

test('an output that is a merge knows its target, its share and whether its δ was computed from z', () => {
  const ends = network(
    3,
    [
      dense(2, 'tanh', { id: 'a' }),
      dense(2, 'linear', { id: 'b' }),
      merge('add', 2, ['a', 'b'], 'softmax'),
    ],
    { loss: { type: 'crossEntropy' } },
  );
  const classes = randomDataset(4, 3, 2, 'oneHot');
  const target = { type: 'neuron', layer: 2, row: 0 } as const;
  const values = initialParameters(ends);
  const found = createInspector(ends, classes).inspect(
    values,
    target,
    { type: 'sample', index: 0 },
    position,
  );
  const { outputLayer, delta, output } = found as NeuronFacts;
  expect(outputLayer).toMatchObject({ target: classes.targets[0], fused: true });
  expect(delta).toBeCloseTo(output - classes.targets[0], 15);
});
