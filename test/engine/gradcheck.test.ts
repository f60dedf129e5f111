import { describe, expect, test } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import { createGradcheck, type GradcheckReport } from '../../src/engine/gradcheck';
import type { Target } from '../../src/engine/facts';
import { batchGradient } from '../../src/engine/gradient';
import type { RowsRequest } from '../../src/engine/gradcheck/results';
import { VERDICTS } from '../../src/engine/gradcheck/verdicts';
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

describe('parameter by parameter', () => {
  const net = network(3, [dense(4, 'relu'), dense(2, 'linear')]);
  const data = randomDataset(8, 3, 2);
  const wrong = 5;

  /** The sixth parameter's gradient has the wrong sign. */
  function checked(within?: Target) {
    const job = createGradcheck(net, data, scattered(net), {
      within,
      gradient: (...given) => batchGradient(...given).map((g, i) => (i === wrong ? -g : g)),
    });
    job.run();
    return job;
  }

  test('sums up each table, and adds up to the report', () => {
    const { layers, checked: all, failed } = checked().report();
    expect(layers.map(({ layer, kind, parameters }) => [layer, kind, parameters])).toEqual([
      [0, 'weight', 12],
      [0, 'bias', 4],
      [1, 'weight', 8],
      [1, 'bias', 2],
    ]);
    expect(layers.reduce((sum, { checked: some }) => sum + some, 0)).toBe(all);
    for (const { counts, checked: some } of layers)
      expect(Object.values(counts).reduce((sum, n) => sum + n, 0)).toBe(some);
    expect(layers.map(({ counts }) => counts.fail)).toEqual([1, 0, 0, 0]);
    expect(layers[0].worst).toBe(failed[0].error);
  });

  test('sorts by error, by gradient and by place, and filters', () => {
    const { results } = checked();
    const rows = (request: Partial<RowsRequest>) =>
      results.rows({ order: 'error', start: 0, count: 100, ...request });
    const first = { type: 'weight', layer: 0, row: 1, column: 2 };
    expect(rows({}).entries[0]).toMatchObject({ target: first, verdict: 'fail' });
    const errors = rows({}).entries.map(({ error }) => error);
    expect(errors).toEqual([...errors].sort((a, b) => b - a));
    const sizes = rows({ order: 'gradient' }).entries.map(({ analytic }) => Math.abs(analytic));
    expect(sizes).toEqual([...sizes].sort((a, b) => b - a));
    expect(rows({ order: 'place' }).entries[0].target).toEqual({ ...first, row: 0, column: 0 });
    expect(rows({ layer: 1, order: 'place' }).entries.map(({ target }) => target.layer)).toEqual(
      new Array(10).fill(1),
    );
    const doubtful = rows({ doubtful: true }).entries.map(({ verdict }) => verdict);
    expect(doubtful).toContain('fail');
    expect(doubtful).not.toContain('ok');
    const page = rows({ start: 3, count: 2 });
    expect([page.total, page.entries]).toEqual([26, rows({}).entries.slice(3, 5)]);
  });

  test('pictures have each parameter, or the worst of each block', () => {
    const { results } = checked();
    const [weights, biases] = results.pictures(0, 64);
    expect([weights.height, weights.width, biases.height, biases.width]).toEqual([4, 3, 4, 1]);
    expect([...weights.places]).toEqual([...Array(12).keys()]);
    expect(VERDICTS[weights.verdicts[wrong]]).toBe('fail');
    const [coarse] = results.pictures(0, 2);
    expect([coarse.height, coarse.width]).toEqual([2, 2]);
    expect(
      [...coarse.places].filter((_, cell) => VERDICTS[coarse.verdicts[cell]] === 'fail'),
    ).toEqual([wrong]);
  });

  test.each<[Target, number]>([
    [{ type: 'weight', layer: 1, row: 1, column: 3 }, 1],
    [{ type: 'bias', layer: 0, row: 2 }, 1],
    [{ type: 'neuron', layer: 0, row: 2 }, 4],
    [{ type: 'layer', layer: 1 }, 10],
    [{ type: 'loss' }, 26],
    [{ type: 'layer', layer: -1 }, 0],
  ])('checks only what lies in %j', (target, parameters) => {
    const report = checked(target).report();
    expect([report.checked, report.parameters]).toEqual([parameters, 26]);
  });
});

describe('the step of the difference', () => {
  // The loss is a square in each weight: its central difference is exact but for rounding.
  const net = network(2, [dense(1, 'linear')]);
  const data = randomDataset(8, 2, 1);

  test('the curve of a square has no error of truncation, and rounding that grows as 1/h', () => {
    const job = createGradcheck(net, data, scattered(net));
    const curve = job.curve({ type: 'weight', layer: 0, row: 0, column: 1 });
    expect(curve.map(({ h }) => h).slice(0, 4)).toEqual([0.1, 0.03, 0.01, 0.003]);
    for (const { h, error } of curve) expect(error * h).toBeLessThan(1e-14);
    expect(curve.at(-1)!.error).toBeGreaterThan(curve[0].error);
  });

  test('the curve of a smooth function falls as h² on its way down', () => {
    const smooth = network(2, [dense(3, 'tanh'), dense(1, 'sigmoid')]);
    const job = createGradcheck(smooth, data, scattered(smooth));
    const curve = job.curve({ type: 'bias', layer: 0, row: 1 });
    const errorAt = (h: number): number => curve.find(point => point.h === h)!.error;
    expect(errorAt(0.1) / errorAt(0.01)).toBeGreaterThan(80);
    expect(errorAt(0.1) / errorAt(0.01)).toBeLessThan(120);
  });

  test('is the one that was asked for, and no other is tried', () => {
    const smooth = network(2, [dense(3, 'tanh'), dense(1, 'sigmoid')]);
    const job = createGradcheck(smooth, data, scattered(smooth), { h: 0.1 });
    job.run();
    expect(job.report().h).toBe(0.1);
    expect(job.report().failed.length).toBeGreaterThan(0);
  });

  test('there is no curve of what is no parameter', () => {
    const job = createGradcheck(net, data, scattered(net));
    expect(() => job.curve({ type: 'bias', layer: 3, row: 0 })).toThrow(/no such parameter/);
  });
});
