/** The reference case of the notes: a 3-4-2 sigmoid network whose numbers were worked out by hand. */
import { describe, expect, test } from 'vitest';
import { createGradcheck } from '../../src/engine/gradcheck';
import { batchGradient } from '../../src/engine/gradient';
import { initialParameters } from '../../src/engine/initializers';
import { createInspector } from '../../src/engine/inspect';
import type { Kernels } from '../../src/engine/kernels/kernels';
import { createReferenceKernels } from '../../src/engine/kernels/reference';
import type { ActivationName } from '../../src/network/network';
import { dataset, dense, network } from './networks';

const data = dataset([[1, 0.5, -1]], [[1, 0]]);

const matrix = (rows: number, columns: number, a: number, b: number): number[][] =>
  Array.from({ length: rows }, (_, j) =>
    Array.from({ length: columns }, (__, i) => a * (j + 1) - b * (i + 1)),
  );

const net = network(
  3,
  [
    dense(4, 'sigmoid', { weights: matrix(4, 3, 0.1, 0.05), bias: [0.1, 0.2, 0.3, 0.4] }),
    dense(2, 'sigmoid', { weights: matrix(2, 4, 0.2, 0.1), bias: [-0.1, 0.1] }),
  ],
  { loss: { half: true, reduction: 'sum' } },
);

const sixDigits = (values: readonly number[] | undefined): string[] =>
  (values ?? []).map(value => value.toFixed(6));

test('3-4-2 to six digits', () => {
  const inspector = createInspector(net, data);
  const { loss, layers } = inspector.gradients(initialParameters(net), {
    type: 'sample',
    index: 0,
  });
  expect(sixDigits(layers[0].activation)).toEqual(['0.549834', '0.586618', '0.622459', '0.657010']);
  expect(sixDigits(layers[1].activation)).toEqual(['0.440615', '0.609335']);
  expect(loss.toFixed(6)).toBe('0.342100');
  expect(sixDigits(layers[1].delta)).toEqual(['-0.137873', '0.145050']);
  expect(sixDigits(layers[0].delta)).toEqual(['0.007358', '0.007035', '0.006649', '0.006214']);
  expect(layers[1].weights[0][0].toFixed(6)).toBe('-0.075808');
  expect(layers[0].weights[0][0].toFixed(6)).toBe('0.007358');
  const batch = inspector.gradients(initialParameters(net), { type: 'batch' });
  expect(batch.layers[0].weights[3][2]).toBeCloseTo(layers[0].weights[3][2], 15);
  expect(batch.layers[0]).not.toHaveProperty('delta');
});

/** Two ways of printing backpropagation that leave f′ out of what is passed on to the layer below. */
describe('rules without f′ between the layers are right only where activations are linear', () => {
  const parameters = (units: readonly number[]): Float64Array => {
    const count = units.slice(1).reduce((sum, n, i) => sum + n * (units[i] + 1), 0);
    return Float64Array.from({ length: count }, (_, i) => 0.5 * Math.cos(2 * i + 1));
  };

  /** f′ of the output layer alone. */
  function rulesWithoutSlope(scratch: Float64Array): Kernels {
    const kernels = createReferenceKernels('float64', scratch);
    return {
      ...kernels,
      activateBackward: (f, delta, dy, z, a, rows, units) =>
        units === 2 ? kernels.activateBackward(f, delta, dy, z, a, rows, units) : delta.set(dy),
    };
  }

  function ratios(hidden: ActivationName): number[] {
    const one = network(3, [dense(3, hidden), dense(2, 'linear')], { loss: { half: true } });
    const sample = dataset([[1, 0.5, -1]], [[1, 0]]);
    const theta = parameters([3, 3, 2]);
    const right = batchGradient(one, sample, sample.training, theta);
    const wrong = batchGradient(one, sample, sample.training, theta, rulesWithoutSlope);
    return [...wrong].map((g, i) => g / right[i]);
  }

  test('linear: no difference', () => {
    ratios('linear').forEach(ratio => expect(ratio).toBeCloseTo(1, 12));
  });

  test('sigmoid: the last layer is exact, the first at least 4 times too large, and gradcheck says so', () => {
    const found = ratios('sigmoid');
    found.slice(12).forEach(ratio => expect(ratio).toBeCloseTo(1, 12));
    found.slice(0, 12).forEach(ratio => expect(ratio).toBeGreaterThanOrEqual(4));
    const one = network(3, [dense(3, 'sigmoid'), dense(2, 'linear')]);
    const job = createGradcheck(one, data, parameters([3, 3, 2]), {
      gradient: (n, d, samples, theta) => batchGradient(n, d, samples, theta, rulesWithoutSlope),
    });
    job.run();
    expect(new Set(job.report().failed.map(({ target }) => target.layer))).toEqual(new Set([0]));
    expect(job.report().failed).toHaveLength(12);
  });
});

test('equal initial weights stay equal', () => {
  const layers = [
    dense(3, 'sigmoid', { init: { type: 'constant', value: 0.3, scale: 1 } }),
    dense(2, 'sigmoid', { init: { type: 'constant', value: 0.3, scale: 1 } }),
  ];
  const symmetric = network(2, layers);
  const sample = dataset([[1, -0.5]], [[1, 0]]);
  const inspector = createInspector(symmetric, sample);
  const [first] = inspector.gradients(initialParameters(symmetric), { type: 'batch' }).layers;
  expect(first.weights[1]).toEqual(first.weights[0]);
  expect(first.weights[2]).toEqual(first.weights[0]);
  expect(first.weights[0][0]).not.toBe(0);
});
