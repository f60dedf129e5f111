/** Every number against PyTorch: see test/reference/make_fixtures.py. */
import { describe, expect, test } from 'vitest';
import { batchGradient } from '../../src/engine/gradient';
import { createTrainer } from '../../src/engine/referenceTrainer';
import type {
  ActivationName,
  LossName,
  Network,
  Optimizer,
  Precision,
  Reduction,
  Regularization,
} from '../../src/network/network';
import { farthest, loadFixtures, targetKind, type Targets } from './fixtures';
import { dataset, dense, network } from './networks';

interface Case {
  activation: ActivationName;
  output: ActivationName;
  loss: LossName;
  half: boolean;
  reduction: Reduction;
  regularization: Regularization;
  useBias: boolean;
  learningRateScales: number[];
  outputs: number[];
  lossValue: number;
  gradients: number[];
  after: Record<string, number[]>;
}

interface Fixtures {
  sizes: number[];
  steps: number;
  inputs: number[][];
  targets: Targets;
  parameters: number[];
  optimizers: Record<string, Partial<Optimizer>>;
  cases: Case[];
}

function build(
  { sizes }: Fixtures,
  one: Case,
  precision: Precision,
  optimizer: Partial<Optimizer>,
): Network {
  const layers = sizes.slice(1).map((units, i) =>
    dense(units, i === sizes.length - 2 ? one.output : one.activation, {
      useBias: one.useBias,
      learningRateScale: one.learningRateScales[i],
    }),
  );
  const { loss: type, half, reduction, regularization } = one;
  return network(sizes[0], layers, {
    loss: { type, half, reduction },
    regularization,
    optimizer,
    training: { precision, shuffle: false },
  });
}

/** The common parameters, without biases where the case has none. */
function start({ sizes, parameters }: Fixtures, one: Case): Float64Array {
  if (one.useBias) return Float64Array.from(parameters);
  let offset = 0;
  return Float64Array.from(
    sizes.slice(1).flatMap((units, i) => {
      const weights = parameters.slice(offset, offset + units * sizes[i]);
      offset += units * sizes[i] + units;
      return weights;
    }),
  );
}

describe.each([
  { precision: 'float64', tolerance: 1e-10, floor: 1e-3 },
  { precision: 'float32', tolerance: 1e-5, floor: 0.1 },
] as const)('$precision agrees with PyTorch to $tolerance', ({ precision, tolerance, floor }) => {
  const distance = (actual: ArrayLike<number>, expected: readonly number[]): number =>
    farthest(actual, expected, floor);
  const fixtures = loadFixtures<Fixtures>(precision);
  const name = (one: Case): string => `${one.activation}, ${one.output}, ${one.loss}`;
  const cases = fixtures.cases.map(one => ({ name: name(one), one }));

  test('the fixtures cover every activation, loss and optimizer', () => {
    const count = (values: string[]): number => new Set(values).size;
    expect(count(fixtures.cases.map(one => one.loss))).toBe(5);
    if (precision === 'float32') return;
    expect(count(fixtures.cases.map(one => one.activation))).toBe(10);
    expect(count(fixtures.cases.map(one => one.output))).toBe(11);
    expect(count(Object.values(fixtures.optimizers).map(o => o.type ?? ''))).toBe(5);
    expect(fixtures.cases.length).toBe(53);
  });

  test.each(cases)('$name', ({ one }) => {
    const data = dataset(fixtures.inputs, fixtures.targets[targetKind[one.loss]]);
    const parameters = start(fixtures, one);
    const plain = build(fixtures, one, precision, {});
    const trainer = createTrainer(plain, data, parameters);
    const outputs = trainer.predict(data.inputs, data.samples);
    expect(distance(outputs, one.outputs)).toBeLessThan(tolerance);
    expect(distance([trainer.evaluation.loss], [one.lossValue])).toBeLessThan(tolerance);
    const gradient = batchGradient(plain, data, data.training, parameters);
    expect(distance(gradient, one.gradients)).toBeLessThan(tolerance);

    for (const [key, settings] of Object.entries(fixtures.optimizers)) {
      const run = createTrainer(build(fixtures, one, precision, settings), data, parameters);
      for (let i = 0; i < fixtures.steps; i++) run.run({ steps: 1 });
      const after = distance(run.readParameters(), one.after[key]);
      expect(after, `${key}, ten steps`).toBeLessThan(tolerance);
    }
  });
});
