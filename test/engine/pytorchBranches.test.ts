/** Networks with branches against PyTorch: see test/reference/make_branch_fixtures.py. */
import { describe, expect, test } from 'vitest';
import { batchGradient } from '../../src/engine/gradient';
import { createTrainer } from '../../src/engine/referenceTrainer';
import type {
  ActivationName,
  Layer,
  LossName,
  MergeLayer,
  Network,
  Optimizer,
  Precision,
  Reduction,
  Regularization,
} from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { farthest, loadFixtures, targetKind, type Targets } from './fixtures';
import { dataset, dense, merge, network } from './networks';

interface LayerCase {
  type: 'dense' | MergeLayer['type'];
  units: number;
  activation: ActivationName;
  id?: string;
  from?: string[];
  learningRateScale?: number;
}

interface Case {
  name: string;
  layers: LayerCase[];
  loss: LossName;
  half: boolean;
  reduction: Reduction;
  regularization: Regularization;
  outputs: number[];
  lossValue: number;
  gradients: number[];
  after: Record<string, number[]>;
}

interface Fixtures {
  steps: number;
  inputs: number[][];
  targets: Targets;
  /** As many as the largest network takes; the others take the first of them. */
  parameters: number[];
  optimizers: Record<string, Partial<Optimizer>>;
  cases: Case[];
}

function layer({ type, units, activation, id, from, learningRateScale }: LayerCase): Layer {
  if (type !== 'dense') return merge(type, units, from ?? [], activation, id);
  return dense(units, activation, { id, from, learningRateScale });
}

function build(one: Case, precision: Precision, optimizer: Partial<Optimizer>): Network {
  const { loss: type, half, reduction, regularization } = one;
  return network(3, one.layers.map(layer), {
    loss: { type, half, reduction },
    regularization,
    optimizer,
    training: { precision, shuffle: false },
  });
}

describe.each([
  { precision: 'float64', tolerance: 1e-10, floor: 1e-3, count: 20 },
  { precision: 'float32', tolerance: 1e-5, floor: 0.1, count: 7 },
] as const)('$precision agrees to $tolerance', ({ precision, tolerance, floor, count }) => {
  const fixtures = loadFixtures<Fixtures>(`branches.${precision}`);
  const distance = (actual: ArrayLike<number>, expected: readonly number[]): number =>
    farthest(actual, expected, floor);

  test('the fixtures hold both merges, also as the output, and every optimizer', () => {
    expect(fixtures.cases).toHaveLength(count);
    const last = fixtures.cases.map(({ layers }) => layers[layers.length - 1].type);
    expect(new Set(last)).toEqual(new Set(['dense', 'add', 'concat']));
    expect(Object.keys(fixtures.optimizers)).toHaveLength(7);
  });

  test.each(fixtures.cases)('$name', one => {
    const data = dataset(fixtures.inputs, fixtures.targets[targetKind[one.loss]]);
    const plain = build(one, precision, {});
    const size = inferShapes(plain).parameters;
    const parameters = Float64Array.from(fixtures.parameters.slice(0, size));
    const trainer = createTrainer(plain, data, parameters);
    const outputs = trainer.predict(data.inputs, data.samples);
    expect(distance(outputs, one.outputs)).toBeLessThan(tolerance);
    expect(distance([trainer.evaluation.loss], [one.lossValue])).toBeLessThan(tolerance);
    const gradient = batchGradient(plain, data, data.training, parameters);
    expect(distance(gradient, one.gradients)).toBeLessThan(tolerance);

    for (const [key, settings] of Object.entries(fixtures.optimizers)) {
      const run = createTrainer(build(one, precision, settings), data, parameters);
      for (let i = 0; i < fixtures.steps; i++) run.run({ steps: 1 });
      const after = distance(run.readParameters(), one.after[key]);
      expect(after, `${key}, ten steps`).toBeLessThan(tolerance);
    }
  });
});
