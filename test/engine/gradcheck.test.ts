import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import { createGradcheck, type GradcheckReport } from '../../src/engine/gradcheck';
import { initialParameters } from '../../src/engine/initializers';
import type { ActivationName, LossName, Network } from '../../src/network/network';
import { dataset, dense, network, randomDataset } from './networks';

function check(net: Network, data: Dataset, parameters = initialParameters(net)): GradcheckReport {
  const job = createGradcheck(net, data, parameters);
  job.run();
  return job.report();
}

/** Parameters that are all different from 0, biases included. */
function scattered(net: Network, size = 0.5): Float64Array {
  return initialParameters(net).map((w, i) => w * 0.5 + size * Math.sin(3 * i + 1));
}

const ACTIVATIONS: ActivationName[] = [
  'linear',
  'sigmoid',
  'tanh',
  'relu',
  'leakyRelu',
  'elu',
  'gelu',
  'silu',
  'softplus',
];

const LOSSES: { loss: LossName; output: ActivationName | undefined; targets: 'real' | 'oneHot' }[] =
  [
    { loss: 'meanSquaredError', output: undefined, targets: 'real' },
    { loss: 'meanAbsoluteError', output: undefined, targets: 'real' },
    { loss: 'huber', output: undefined, targets: 'real' },
    { loss: 'huber', output: 'softmax', targets: 'oneHot' },
    { loss: 'binaryCrossEntropy', output: 'sigmoid', targets: 'oneHot' },
    { loss: 'crossEntropy', output: 'softmax', targets: 'oneHot' },
  ];

describe.each(ACTIVATIONS)('%s', activation => {
  test.each(LOSSES)('with $loss ($output): every gradient agrees', ({ loss, output, targets }) => {
    const layers = [dense(5, activation), dense(4, activation), dense(3, output ?? activation)];
    const net = network(3, layers, {
      loss: { type: loss, reduction: 'meanAll' },
      regularization: { l2: 0.1, l1: 0.01, scale: 'lambda' },
    });
    const report = check(net, randomDataset(20, 3, 3, targets), scattered(net));
    expect(report.failed).toEqual([]);
    expect(report.kinks).toEqual([]);
    expect(report.checked).toBe(59);
    expect(report.parameters).toBe(59);
    expect(report.samples).toBe(8);
    expect(report.worst?.error).toBeLessThan(1e-6);
    expect(report.worst?.error).toBeGreaterThan(0);
  });
});

test('small losses and saturated neurons do not make correct gradients fail', () => {
  const data = randomDataset(20, 3, 3, 'oneHot');
  for (const size of [0.01, 3, 20]) {
    const layers = [dense(6, 'tanh'), dense(6, 'sigmoid'), dense(3, 'softmax')];
    const net = network(3, layers, { loss: { type: 'crossEntropy', reduction: 'sum' } });
    const report = check(net, data, scattered(net, size));
    expect(report.failed).toEqual([]);
  }
});

test('large targets do not make correct gradients fail', () => {
  const data = randomDataset(8, 2, 1);
  data.targets.forEach((y, i) => (data.targets[i] = 1000 * y));
  const net = network(2, [dense(5, 'tanh'), dense(1, 'linear')], { loss: { reduction: 'sum' } });
  expect(check(net, data, scattered(net)).failed).toEqual([]);
});

test('a relu whose input is exactly 0 is reported as a kink, not as a failure', () => {
  // x = 0 and no bias yet: z = 0 for every hidden neuron.
  const net = network(1, [dense(2, 'relu'), dense(1, 'linear')]);
  const parameters = Float64Array.of(1, -1, 0, 0, 0.5, 0.25, 0.1);
  const report = check(net, dataset([[0]], [[1]]), parameters);
  expect(report.kinks.map(({ target }) => target)).toEqual([
    { type: 'bias', layer: 0, row: 0 },
    { type: 'bias', layer: 0, row: 1 },
  ]);
  expect(report.kinks[0].analytic).toBe(0);
  expect(report.failed).toEqual([]);
});

test('near a kink a smaller step finds the derivative of the branch', () => {
  const net = network(1, [dense(1, 'relu'), dense(1, 'linear')]);
  const parameters = Float64Array.of(1, 2e-6, 0.5, 0.1);
  const report = check(net, dataset([[0]], [[1]]), parameters);
  expect(report.kinks).toEqual([]);
  expect(report.failed).toEqual([]);
  expect(report.worst?.verdict).toBe('ok');
});

test('an l1 penalty at weight 0 is a kink', () => {
  const net = network(1, [dense(1, 'linear')], { regularization: { l1: 1, scale: 'lambda' } });
  const report = check(net, dataset([[2]], [[1]]), Float64Array.of(0, 0));
  expect(report.kinks.map(({ target }) => target.type)).toEqual(['weight']);
});

test('parameters behind a step activation are flat, the ones after it are checked', () => {
  const net = network(2, [dense(3, 'step'), dense(1, 'linear')]);
  const report = check(net, randomDataset(8, 2, 1), scattered(net));
  expect(report.flat).toBe(9);
  expect(report.failed).toEqual([]);
  expect(report.worst?.target.layer).toBe(1);
});

test('a wrong gradient behind a step activation still fails', () => {
  const net = network(2, [dense(3, 'step'), dense(1, 'linear')]);
  const job = createGradcheck(net, randomDataset(8, 2, 1), scattered(net), {
    gradient: (_, __, ___, parameters) => parameters.map(() => 0.125),
  });
  job.run();
  expect(job.report().failed.filter(({ target }) => target.layer === 0)).toHaveLength(9);
});

test('is resumable, and interrupting it changes nothing', () => {
  const net = network(3, [dense(4, 'gelu'), dense(2, 'softmax')], {
    loss: { type: 'crossEntropy' },
  });
  const data = randomDataset(5, 3, 2, 'oneHot');
  const whole = check(net, data);
  const job = createGradcheck(net, data, initialParameters(net));
  let slices = 1;
  while (!job.run(() => true)) slices += 1;
  expect(slices).toBe(26);
  expect(job.progress).toEqual({ checked: 26, parameters: 26 });
  expect(job.report()).toEqual(whole);
  expect(whole.samples).toBe(5);
});

test('says what is missing when there are no samples', () => {
  const net = network(1, [dense(1, 'linear')]);
  const data = dataset([[1]], [[1]], 1);
  expect(() => createGradcheck(net, data, initialParameters(net))).toThrow(/training sample/);
});

test('takes as many samples as asked for', () => {
  const net = network(1, [dense(1, 'linear')]);
  const data = randomDataset(20, 1, 1);
  const job = createGradcheck(net, data, initialParameters(net), { samples: 3, step: 17 });
  job.run();
  expect(job.report()).toMatchObject({ samples: 3, step: 17 });
});
