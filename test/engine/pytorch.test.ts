/** Every number against PyTorch: see test/reference/make_fixtures.py. */
import { describe, expect, test } from 'vitest';
import type { ActivationName, Network, Optimizer, Precision } from '../../src/network/network';
import { expectAgreement, networkOf, type PytorchCase, type PytorchFixtures } from './agreement';
import { float32Engines, fusedNarrow, reference } from './engines';
import { loadFixtures } from './fixtures';
import { dense } from './networks';

interface Case extends PytorchCase {
  activation: ActivationName;
  output: ActivationName;
  useBias: boolean;
  learningRateScales: number[];
}

interface Fixtures extends PytorchFixtures<Case> {
  sizes: number[];
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
  return networkOf(one, sizes[0], layers, precision, optimizer);
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
  { engine: reference, tolerance: 1e-10, floor: 1e-3 },
  ...[...float32Engines, fusedNarrow].map(engine => ({ engine, tolerance: 1e-5, floor: 0.1 })),
])('$engine.name agrees with PyTorch to $tolerance', ({ engine, ...bounds }) => {
  const { precision } = engine;
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
    const own = (optimizer: Partial<Optimizer>) => build(fixtures, one, precision, optimizer);
    expectAgreement(engine, fixtures, one, own, start(fixtures, one), bounds);
  });
});
