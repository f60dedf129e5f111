/** Networks with branches against PyTorch: see test/reference/make_branch_fixtures.py. */
import { describe, expect, test } from 'vitest';
import type {
  ActivationName,
  Layer,
  MergeLayer,
  Network,
  Optimizer,
  Precision,
} from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { expectAgreement, networkOf, type PytorchCase, type PytorchFixtures } from './agreement';
import { float32Engines, fusedNarrow, reference } from './engines';
import { loadFixtures } from './fixtures';
import { dense, merge } from './networks';

interface LayerCase {
  type: 'dense' | MergeLayer['type'];
  units: number;
  activation: ActivationName;
  id?: string;
  from?: string[];
  learningRateScale?: number;
}

interface Case extends PytorchCase {
  name: string;
  layers: LayerCase[];
}

function layer({ type, units, activation, id, from, learningRateScale }: LayerCase): Layer {
  if (type !== 'dense') return merge(type, units, from ?? [], activation, id);
  return dense(units, activation, { id, from, learningRateScale });
}

function build(one: Case, precision: Precision, optimizer: Partial<Optimizer>): Network {
  return networkOf(one, 3, one.layers.map(layer), precision, optimizer);
}

describe.each([
  { engine: reference, tolerance: 1e-10, floor: 1e-3, count: 20 },
  ...[...float32Engines, fusedNarrow].map(engine => ({
    engine,
    tolerance: 1e-5,
    floor: 0.1,
    count: 7,
  })),
])('$engine.name agrees to $tolerance', ({ engine, count, ...bounds }) => {
  const { precision } = engine;
  const fixtures = loadFixtures<PytorchFixtures<Case>>(`branches.${precision}`);

  test('the fixtures hold both merges, also as the output, and every optimizer', () => {
    expect(fixtures.cases).toHaveLength(count);
    const last = fixtures.cases.map(({ layers }) => layers[layers.length - 1].type);
    expect(new Set(last)).toEqual(new Set(['dense', 'add', 'concat']));
    expect(Object.keys(fixtures.optimizers)).toHaveLength(7);
  });

  test.each(fixtures.cases)('$name', one => {
    const own = (optimizer: Partial<Optimizer>) => build(one, precision, optimizer);
    // The fixtures have as many as the largest network takes; the others take the first of them.
    const { parameters: count } = inferShapes(own({}));
    const parameters = Float64Array.from(fixtures.parameters.slice(0, count));
    expectAgreement(engine, fixtures, one, own, parameters, bounds);
  });
});
