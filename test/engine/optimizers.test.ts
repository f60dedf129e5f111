/** The next update of one parameter, with all that a card tells of it: by hand. */
import { describe, expect, it } from 'vitest';
import { momentCount, updateOne, type OptimizerState } from '../../src/engine/optimizers';
import type { Optimizer } from '../../src/network/network';
import { SGD } from './networks';

const of = (settings: Partial<Optimizer>): Optimizer => ({ ...SGD, ...settings });

/** Of two parameters, of which the second is looked at, after one step. */
const after: OptimizerState = {
  moments: [Float64Array.of(9, 0.5), Float64Array.of(9, 0.25)],
  clock: { beta1Power: 0.5, beta2Power: 0.75 },
};
const [rate, value, gradient] = [0.1, 2, 0.5];

describe('the update of one parameter', () => {
  it('by Adam corrects both means by the step that it is', () => {
    const adam = of({ type: 'adam', beta1: 0.5, beta2: 0.75, epsilon: 0 });
    const first = updateOne(adam, rate, value, gradient, 1, undefined);
    expect(first).toMatchObject({
      before: { first: 0, second: 0 },
      after: { first: 0.25, second: 0.0625 },
      corrections: { first: 0.5, second: 0.25 },
    });
    // m̂ and √v̂ are the gradient.
    expect(first.change).toBeCloseTo(-rate, 15);
    expect(first.next).toBe(value + first.change);

    const second = updateOne(adam, rate, value, gradient, 1, after);
    expect(second).toMatchObject({
      before: { first: 0.5, second: 0.25 },
      after: { first: 0.5, second: 0.25 },
      corrections: { first: 0.75, second: 0.4375 },
    });
    expect(second.change).toBeCloseTo((-rate * (0.5 / 0.75)) / Math.sqrt(0.25 / 0.4375), 15);
    expect(after.clock).toEqual({ beta1Power: 0.5, beta2Power: 0.75 });
    expect([...after.moments[0]]).toEqual([9, 0.5]);
  });

  it('by descent with momentum has a velocity, and without none', () => {
    const found = updateOne(of({ momentum: 0.5 }), rate, value, gradient, 1, after);
    expect(found).toMatchObject({
      before: { first: 0.5, second: 0.25 },
      after: { first: 0.75, second: 0.25 },
    });
    expect(found.change).toBeCloseTo(-0.075, 15);
    expect(updateOne(of({}), rate, value, gradient, 0, undefined).next).toBe(2 - 0.1 * 0.5);
  });

  it('takes what is not there yet for 0', () => {
    const state = { ...after, moments: [] };
    const { before } = updateOne(of({ momentum: 0.5 }), rate, value, gradient, 1, state);
    expect(before).toEqual({ first: 0, second: 0 });
  });
});

it('keeps as many numbers a parameter as the rule needs', () => {
  const counts = [
    ...[of({}), of({ momentum: 0.1 })],
    ...(['rmsprop', 'adagrad', 'adam', 'adamw'] as const).map(type => of({ type })),
  ].map(momentCount);
  expect(counts).toEqual([0, 1, 1, 1, 2, 2]);
});
