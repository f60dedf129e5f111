import { describe, expect, test } from 'vitest';
import type { Facts, NeuronFacts, Scope, Target } from '../../src/engine/facts';
import { batchGradient } from '../../src/engine/gradient';
import { initialParameters } from '../../src/engine/initializers';
import { createInspector } from '../../src/engine/inspect';
import { createFloat64Pass } from '../../src/engine/inspect/samplePass';
import { createTrainer } from '../../src/engine/referenceTrainer';
import type { Network, OptimizerName } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { dense, network, randomDataset } from './networks';

const data = randomDataset(40, 3, 2, 'real', 10);
const position = { epoch: 3, step: 17 };
const SAMPLE: Scope = { type: 'sample', index: 5 };
const BATCH: Scope = { type: 'batch' };

const net = network(3, [dense(5, 'tanh'), dense(2, 'sigmoid', { learningRateScale: 0.5 })], {
  loss: { half: true, reduction: 'mean' },
  regularization: { l2: 0.2, l1: 0.1, scale: 'lambda/2m' },
});

/** The member of a union whose `type` may be T. */
type OfType<F extends Facts, T> = F extends unknown ? (T extends F['type'] ? F : never) : never;

/** Facts of one type about a target, on parameters that are all different from 0. */
function facts<T extends Facts['type']>(
  type: T,
  target: Target,
  scope: Scope,
  of: Network = net,
): OfType<Facts, T> {
  const parameters = theta(of);
  const found = createInspector(of, data).inspect(parameters, target, scope, position);
  if (found.type !== type) throw new Error(`expected ${type}, found ${found.type}`);
  return found as OfType<Facts, T>;
}

function theta(of: Network): Float64Array {
  return initialParameters(of).map((w, i) => w + 0.2 * Math.sin(i));
}

/** Index of a weight of the first layer in the file's order. */
const firstLayer = (row: number, column: number): number => 3 * row + column;

test('what only looks has no room for the optimizer’s memory', () => {
  const { training } = net;
  const adam = { ...training, optimizer: { ...training.optimizer, type: 'adam' as const } };
  const { arena } = createFloat64Pass({ ...net, training: adam }, inferShapes(net), 1);
  expect([arena.moments.length, arena.state.length]).toEqual([0, 32]);
});

test.each([SAMPLE, BATCH])('a kept moment is named in its numbers: %o', scope => {
  const inspector = createInspector(net, data);
  const target: Target = { type: 'layer', layer: 0 };
  const kept = inspector.inspect(theta(net), target, scope, { ...position, snapshot: 4 });
  expect(kept.scope).toEqual({ ...scope, snapshot: 4 });
  expect(inspector.inspect(theta(net), target, scope, position).scope).toEqual(scope);
});

describe('a weight', () => {
  const target: Target = { type: 'weight', layer: 0, row: 2, column: 1 };

  test('of a sample: δ × source, without reduction and penalty', () => {
    const found = facts('weight', target, SAMPLE);
    const plain = { ...net, regularization: { ...net.regularization, l2: 0, l1: 0 } };
    const own = batchGradient(plain, data, Uint32Array.of(5), theta(net));
    expect(found.gradient).toBeCloseTo(own[firstLayer(2, 1)], 15);
    expect(found.gradient).toBe((found.delta as number) * (found.source as number));
    expect(found.source).toBe(data.inputs.values[5 * 3 + 1]);
    expect(found).toMatchObject({ ...position, data: found.gradient, penalty: 0, samples: 1 });
    expect(found.value).toBe(theta(net)[firstLayer(2, 1)]);
    expect(found.sizes).toEqual([3, 5, 2]);
  });

  test('of the training part: the reduced sum of own gradients plus the penalty', () => {
    const found = facts('weight', target, BATCH);
    const whole = batchGradient(net, data, data.training, theta(net))[firstLayer(2, 1)];
    expect(found.gradient).toBeCloseTo(whole, 14);
    expect(found.gradient).toBe(found.data + found.penalty);
    expect(found.samples).toBe(30);
    expect(found.reductionFactor).toBe(1 / 30);
    const w = theta(net)[firstLayer(2, 1)];
    expect(found.penalty).toBeCloseTo((0.4 * w + 0.1 * Math.sign(w)) / 60, 15);
    const named = found.perSample.reduce((sum, { gradient }) => sum + gradient, 0);
    expect(found.perSample.map(({ index }) => index)).toEqual([0, 1, 2, 3, 4, 5, 6, 7]);
    expect(found.moreSamples.count).toBe(22);
    expect((named + found.moreSamples.sum) / 30).toBeCloseTo(found.data, 14);
    expect(found.perSample[5].gradient).toBeCloseTo(facts('weight', target, SAMPLE).gradient, 15);
  });

  test('its rank counts the larger gradients', () => {
    const parameters = theta(net);
    const gradient = batchGradient(net, data, data.training, parameters);
    const order = [...gradient.keys()].sort(
      (i, j) => Math.abs(gradient[j]) - Math.abs(gradient[i]),
    );
    const { rank } = facts('weight', target, BATCH);
    expect(rank).toEqual({ position: order.indexOf(firstLayer(2, 1)) + 1, of: 32 });
  });

  test('of the second layer: the source is the activation of the first', () => {
    const found = facts('weight', { type: 'weight', layer: 1, row: 0, column: 3 }, SAMPLE);
    const neuron = facts('neuron', { type: 'neuron', layer: 0, row: 3 }, SAMPLE);
    expect(found.source).toBe(neuron.output);
    expect(found.update.learningRate).toBe(0.25);
  });
});

describe('a bias', () => {
  test('has the source 1, and no penalty unless the file says so', () => {
    const target: Target = { type: 'bias', layer: 1, row: 1 };
    const sample = facts('bias', target, SAMPLE);
    expect(sample.source).toBe(1);
    expect(sample.gradient).toBe(sample.delta);
    expect(facts('bias', target, BATCH).penalty).toBe(0);
    const penalised = { ...net, regularization: { ...net.regularization, bias: true } };
    const found = facts('bias', target, BATCH, penalised);
    const b = theta(net)[31];
    expect(found.penalty).toBeCloseTo((0.4 * b + 0.1 * Math.sign(b)) / 60, 15);
  });
});

describe('the next update', () => {
  const optimizers: OptimizerName[] = ['sgd', 'rmsprop', 'adagrad', 'adam', 'adamw'];

  test.each(optimizers)('is what the trainer does next: %s, in the middle of a run', type => {
    const moving = network(3, net.layers, {
      loss: net.loss,
      regularization: net.regularization,
      optimizer: { type, learningRate: 0.05, momentum: type === 'sgd' ? 0.9 : 0 },
    });
    const trainer = createTrainer(moving, data);
    for (let i = 0; i < 5; i++) trainer.run({ steps: 1 });
    const inspector = createInspector(moving, data);
    const parameters = trainer.readParameters();
    const state = trainer.readOptimizerState();
    const about = (target: Target): { change: number; next: number } => {
      const found = inspector.inspect(parameters, target, BATCH, position, state);
      if (found.type !== 'weight' && found.type !== 'bias') throw new Error(found.type);
      return found.update;
    };
    const weight = about({ type: 'weight', layer: 0, row: 4, column: 2 });
    const bias = about({ type: 'bias', layer: 1, row: 0 });
    trainer.run({ steps: 1 });
    const after = trainer.readParameters();
    expect(after[14]).not.toBe(parameters[14]);
    expect(weight.next).toBeCloseTo(after[14], 13);
    expect(weight.change).toBeCloseTo(after[14] - parameters[14], 13);
    expect(bias.next).toBeCloseTo(after[30], 13);
  });

  test('of a sample is that of a batch of one: reduction and penalty included', () => {
    const meanAll = { ...net, loss: { ...net.loss, reduction: 'meanAll' as const } };
    const target: Target = { type: 'weight', layer: 0, row: 0, column: 0 };
    const { update, gradient } = facts('weight', target, SAMPLE, meanAll);
    const one = batchGradient(meanAll, data, Uint32Array.of(5), theta(net));
    expect(update.gradient).toBeCloseTo(one[0], 15);
    expect(update.gradient).not.toBeCloseTo(gradient, 6);
    expect(update.change).toBeCloseTo(-0.5 * one[0], 15);
  });
});

describe('a neuron of a sample', () => {
  test('hidden: z is the sum of its terms, ∂C/∂a that of the outgoing ones', () => {
    const found = facts('neuron', { type: 'neuron', layer: 0, row: 1 }, SAMPLE);
    const total = ({ terms, more }: typeof found.incoming): number =>
      terms.reduce((sum, { weight, factor }) => sum + weight * factor, more.sum);
    expect(total(found.incoming) + (found.bias as number)).toBeCloseTo(found.weightedInput, 15);
    expect(found.output).toBeCloseTo(Math.tanh(found.weightedInput), 15);
    expect(found.derivative).toBeCloseTo(1 - found.output ** 2, 15);
    expect(total(found.outgoing as typeof found.incoming)).toBeCloseTo(found.outputGradient, 15);
    expect(found.delta).toBeCloseTo(found.outputGradient * found.derivative, 15);
    expect(found.outputLayer).toBeUndefined();
    const above = facts('neuron', { type: 'neuron', layer: 1, row: 0 }, SAMPLE);
    expect(found.outgoing?.terms[0].factor).toBe(above.delta);
  });

  test('output: its share of the loss and δ = ∂C/∂a f′', () => {
    const found = facts('neuron', { type: 'neuron', layer: 1, row: 1 }, SAMPLE);
    const { target, lossShare, fused, softmaxSum } = found.outputLayer ?? {};
    expect(target).toBe(data.targets[11]);
    expect(lossShare).toBeCloseTo(0.5 * (found.output - data.targets[11]) ** 2, 15);
    expect([fused, softmaxSum]).toEqual([false, undefined]);
    expect(found.delta).toBeCloseTo(found.outputGradient * found.derivative, 15);
    expect(found.outgoing).toBeUndefined();
  });

  test('output, fused: δ = a − y, and ∂C/∂a times the derivative gives the same for a sigmoid', () => {
    const binary = network(3, net.layers, { loss: { type: 'binaryCrossEntropy' } });
    const found = facts('neuron', { type: 'neuron', layer: 1, row: 0 }, SAMPLE, binary);
    expect(found.outputLayer?.fused).toBe(true);
    expect(found.delta).toBe(found.output - (found.outputLayer?.target as number));
    expect(found.outputGradient * found.derivative).toBeCloseTo(found.delta, 12);
  });

  test('output, softmax without fusion: the sum that couples the outputs', () => {
    const softmax = network(3, [dense(2, 'softmax')], { loss: { half: true } });
    const found = facts('neuron', { type: 'neuron', layer: 0, row: 0 }, SAMPLE, softmax);
    const sum = found.outputLayer?.softmaxSum as number;
    expect(found.delta).toBeCloseTo(found.output * (found.outputGradient - sum), 15);
    expect(found.derivative).toBeCloseTo(found.output * (1 - found.output), 15);
  });

  test('with more than twelve sources names the twelve largest, in order, and sums the rest', () => {
    const wide = network(3, [dense(20, 'tanh'), dense(2, 'linear')]);
    const found = facts('neuron', { type: 'neuron', layer: 1, row: 0 }, SAMPLE, wide);
    const { terms, more } = found.incoming;
    expect(terms).toHaveLength(12);
    expect(more.count).toBe(8);
    expect([...terms].sort((s, t) => s.index - t.index)).toEqual(terms);
    const sizes = terms.map(({ weight, factor }) => Math.abs(weight * factor));
    expect(Math.abs(more.sum)).toBeLessThanOrEqual(8 * Math.min(...sizes));
    const sum = terms.reduce((total, { weight, factor }) => total + weight * factor, more.sum);
    expect(sum + (found.bias as number)).toBeCloseTo(found.weightedInput, 14);
  });

  test('input: its value, its name and ∂C/∂x', () => {
    const found = facts('input', { type: 'neuron', layer: -1, row: 2 }, SAMPLE);
    expect(found.name).toBe('x3');
    expect(found.output).toBe(data.inputs.values[17]);
    const h = 1e-6;
    const shifted = (dx: number): number => {
      const values = data.inputs.values.slice();
      values[17] += dx;
      const inspector = createInspector(net, { ...data, inputs: { type: 'numbers', values } });
      return inspector.gradients(theta(net), SAMPLE).loss;
    };
    expect(found.outputGradient).toBeCloseTo((shifted(h) - shifted(-h)) / (2 * h), 8);
  });
});

describe('over the training part', () => {
  test('a neuron: statistics of outputs and deltas', () => {
    const found = facts('neuronBatch', { type: 'neuron', layer: 0, row: 4 }, BATCH);
    const inspector = createInspector(net, data);
    const each = Array.from(data.training, index =>
      inspector.gradients(theta(net), { type: 'sample', index }),
    );
    const outputs = each.map(({ layers }) => layers[0].activation?.[4] as number);
    const deltas = each.map(({ layers }) => layers[0].delta?.[4] as number);
    expect(found.output.count).toBe(30);
    expect(found.output.min).toBe(Math.min(...outputs));
    expect(found.output.max).toBe(Math.max(...outputs));
    expect(found.output.mean).toBeCloseTo(outputs.reduce((s, a) => s + a, 0) / 30, 14);
    expect(found.delta?.norm).toBeCloseTo(Math.hypot(...deltas), 14);
    const slopes = outputs.map(a => 1 - a * a);
    expect(found.saturated).toBe(slopes.filter(s => s < 0.01).length / 30);
    expect(found.dead).toBe(0);
  });

  test('a relu that is never on is dead; inputs have neither delta nor share', () => {
    const dead = network(3, [
      dense(1, 'relu', { bias: [-100], weights: [[1, 1, 1]] }),
      dense(2, 'linear'),
    ]);
    const inspector = createInspector(dead, data);
    const target: Target = { type: 'neuron', layer: 0, row: 0 };
    const found = inspector.inspect(initialParameters(dead), target, BATCH, position);
    expect(found).toMatchObject({ type: 'neuronBatch', dead: 1, saturated: 1 });
    const input = facts('neuronBatch', { type: 'neuron', layer: -1, row: 0 }, BATCH);
    expect(input).toMatchObject({ name: 'x1', delta: undefined, dead: undefined });
  });

  test('a layer: sizes and norms of parameters and gradients', () => {
    const found = facts('layer', { type: 'layer', layer: 0 }, BATCH);
    const gradient = batchGradient(net, data, data.training, theta(net));
    expect(found).toMatchObject({ units: 5, inputs: 3, parameters: 20, activation: 'tanh' });
    expect(found.weights?.norm).toBeCloseTo(Math.hypot(...theta(net).slice(0, 15)), 14);
    expect(found.weightGradients?.norm).toBeCloseTo(Math.hypot(...gradient.slice(0, 15)), 14);
    expect(found.biasGradients?.max).toBeCloseTo(Math.max(...gradient.slice(15, 20)), 14);
    expect(found.outputs.count).toBe(150);
    expect(found.learningRate).toBe(0.5);
    const input = facts('layer', { type: 'layer', layer: -1 }, SAMPLE);
    expect(input).toMatchObject({ units: 3, parameters: 0, weights: undefined, delta: undefined });
  });

  test('the loss: data and penalty add up to what the trainer shows', () => {
    const found = facts('loss', { type: 'loss' }, BATCH);
    const trainer = createTrainer(net, data, theta(net));
    expect(found.lossValue).toBeCloseTo(trainer.evaluation.loss, 13);
    expect(found.data + found.penalty).toBeCloseTo(found.lossValue, 14);
    const named = found.perSample.reduce((sum, { loss }) => sum + loss, 0);
    expect(found.reductionFactor * (named + found.moreSamples.sum)).toBeCloseTo(found.data, 13);
    const sums = 0.2 * found.squaredWeights + 0.1 * found.absoluteWeights;
    expect(found.penalty).toBeCloseTo(sums / 60, 14);
    const sample = facts('loss', { type: 'loss' }, SAMPLE);
    const shares = sample.outputs.reduce((sum, { share }) => sum + share, 0);
    expect(shares).toBeCloseTo(sample.lossValue, 15);
    expect(sample.lossValue).toBeCloseTo(found.perSample[5].loss, 15);
  });
});

describe('the view', () => {
  test('has the numbers of the passes', () => {
    const inspector = createInspector(net, data);
    const { layers, targets, values, loss, scope } = inspector.view(theta(net), SAMPLE);
    const report = inspector.gradients(theta(net), SAMPLE);
    const at = (offset: number, count: number): number[] => [
      ...values.subarray(offset, offset + count),
    ];
    expect(scope).toEqual(SAMPLE);
    expect(loss).toBe(report.loss);
    expect(at(layers[0].activation, 3)).toEqual([...data.inputs.values.slice(15, 18)]);
    expect([layers[0].weights, layers[0].bias, layers[0].delta]).toEqual([-1, -1, -1]);
    expect(at(layers[1].weightedInput, 5)).toEqual(report.layers[0].z);
    expect(at(layers[2].delta, 2)).toEqual(report.layers[1].delta);
    expect(at(layers[2].weights, 10)).toEqual([...theta(net).slice(20, 30)]);
    expect(at(layers[2].gradients, 10)).toEqual(report.layers[1].weights.flat());
    expect(at(layers[2].biasGradient, 2)).toEqual(report.layers[1].bias);
    expect(at(targets, 2)).toEqual([...data.targets.slice(10, 12)]);
  });

  test('in batch scope has means and the gradients of the displayed loss', () => {
    const { layers, targets, values } = createInspector(net, data).view(theta(net), BATCH);
    const neuron = facts('neuronBatch', { type: 'neuron', layer: 0, row: 2 }, BATCH);
    expect(values[layers[1].activation + 2]).toBe(neuron.output.mean);
    expect(values[layers[1].delta + 2]).toBe(neuron.delta?.mean);
    const weight = facts('weight', { type: 'weight', layer: 0, row: 2, column: 1 }, BATCH);
    expect(values[layers[1].gradients + 2 * 3 + 1]).toBe(weight.gradient);
    expect(targets).toBe(-1);
  });

  test('shows the first eight and last four neurons of a wide layer', () => {
    const wide = network(3, [
      dense(24, 'tanh'),
      dense(30, 'tanh', { useBias: false }),
      dense(2, 'linear'),
    ]);
    const { layers, values } = createInspector(wide, data).view(initialParameters(wide), SAMPLE);
    expect(layers.map(({ shown }) => shown.length)).toEqual([3, 24, 12, 2]);
    expect(layers[2].shown).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 26, 27, 28, 29]);
    expect(layers[2].bias).toBe(-1);
    const place = layers[2].weights + 11 * 24 + 23;
    expect(values[place]).toBe(initialParameters(wide)[24 * 4 + 29 * 24 + 23]);
  });
});

describe('passes', () => {
  test('are prepared in slices, and answers are the same', () => {
    const many = randomDataset(500, 3, 2);
    const inspector = createInspector(net, many);
    let slices = 1;
    while (!inspector.prepare(theta(net), BATCH, () => true)) slices += 1;
    expect(slices).toBe(4);
    const whole = createInspector(net, many).gradients(theta(net), BATCH);
    expect(inspector.gradients(theta(net), BATCH)).toEqual(whole);
  });

  test('follow the parameters and the sample', () => {
    const inspector = createInspector(net, data);
    const parameters = theta(net);
    const loss = (scope: Scope): number => inspector.gradients(parameters, scope).loss;
    const before = [loss(SAMPLE), loss(BATCH)];
    expect([loss(SAMPLE), loss(BATCH)]).toEqual(before);
    parameters[3] += 0.5;
    expect(loss(SAMPLE)).not.toBe(before[0]);
    expect(loss(BATCH)).not.toBe(before[1]);
    expect(loss({ type: 'sample', index: 6 })).not.toBe(loss(SAMPLE));
  });

  test('say what does not exist', () => {
    const inspector = createInspector(net, data);
    const ask = (target: Target, scope: Scope = SAMPLE) => {
      return () => inspector.inspect(theta(net), target, scope, position);
    };
    expect(ask({ type: 'weight', layer: 0, row: 5, column: 0 })).toThrow(
      'layers[0].weights[5][0]: no such weight; it has 5 × 3.',
    );
    expect(ask({ type: 'weight', layer: 2, row: 0, column: 0 })).toThrow(/it has none/);
    expect(ask({ type: 'neuron', layer: -1, row: 3 })).toThrow(/input: neuron 3 does not exist/);
    expect(ask({ type: 'layer', layer: 7 })).toThrow(/layers\[7\] does not exist; there are 2/);
    expect(ask({ type: 'loss' }, { type: 'sample', index: 40 })).toThrow(
      /Sample 40 does not exist/,
    );
  });

  test('float32 networks are inspected in float64 on the parameters as they are', () => {
    const single = { ...net, training: { ...net.training, precision: 'float32' as const } };
    const parameters = createTrainer(single, data).readParameters();
    const found = createInspector(single, data).gradients(parameters, BATCH);
    const expected = batchGradient(net, data, data.training, parameters);
    expect(found.layers[0].weights[0][0]).toBeCloseTo(expected[0], 15);
  });

  test('without samples the view has parameters and no pass', () => {
    const empty = { ...data, samples: 0, training: new Uint32Array(0) };
    const { layers, values, loss } = createInspector(net, empty).view(theta(net), BATCH);
    expect(loss).toBeNaN();
    expect(values[layers[1].activation]).toBeNaN();
    expect(values[layers[1].weights]).toBe(theta(net)[0]);
  });
});

test.each([
  [1, [0, 1, 2, 3, 4]],
  [3, [0, 1, 2, 3, 4]],
  [4, [0, 1, 2, 3, 4]],
  [6, [0, 1, 2, 3, 6]],
])('softmax with cross-entropy, output %i: itself and the first four others', (row, named) => {
  const classes = network(3, [dense(8, 'softmax')], { loss: { type: 'crossEntropy' } });
  const inspector = createInspector(classes, randomDataset(6, 3, 8, 'oneHot'));
  const target: Target = { type: 'neuron', layer: 0, row };
  const found = inspector.inspect(theta(classes), target, SAMPLE, position) as NeuronFacts;
  expect(found.outputLayer?.crossEntropy?.outputs.map(output => output.row)).toEqual(named);
  const { outputs, more } = found.outputLayer?.crossEntropy ?? { outputs: [], more: undefined };
  expect(more?.count).toBe(3);
  // Of one class the targets are 1 in all.
  expect(outputs.reduce((sum, each) => sum + each.target, more?.targets ?? NaN)).toBe(1);
});
