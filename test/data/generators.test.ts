import { describe, expect, it } from 'vitest';
import { generate } from '../../src/data/generators';
import type { GeneratorName } from '../../src/network/network';

const NAMES: readonly GeneratorName[] = [
  'xor',
  'and',
  'or',
  'circle',
  'moons',
  'spiral',
  'gaussians',
  'plane',
  'sine',
];

function values(name: GeneratorName, samples: number, noise = 0, seed = 1): number[] {
  const { target } = generate(name, samples, noise, seed);
  return [...(target.type === 'classes' ? target.labels : target.values)];
}

describe.each(NAMES)('%s', name => {
  it('depends on the seed alone', () => {
    expect(generate(name, 40, 0.1, 5)).toEqual(generate(name, 40, 0.1, 5));
    expect(generate(name, 40, 0.1, 5)).not.toEqual(generate(name, 40, 0.1, 6));
  });

  it('makes as many samples as asked, near [−1, 1]', () => {
    const { samples, inputs: found, inputNames } = generate(name, 101, 0.05, 2);
    const inputs = Float64Array.from(found.values);
    expect(samples).toBe(101);
    expect(inputs).toHaveLength(101 * inputNames.length);
    expect(inputs.every(x => Math.abs(x) < 1.4)).toBe(true);
  });

  it('moves the points by the noise alone', () => {
    const n = 4000;
    const calm = generate(name, n, 1e-300, 3); // draws the same numbers, moves nothing
    const noisy = generate(name, n, 0.1, 3);
    const [before, after] = [calm, noisy].map(({ inputs, target }) =>
      Float64Array.from(target.type === 'classes' ? inputs.values : target.values),
    );
    const moves = after.map((x, i) => x - before[i]);
    const spread = Math.sqrt(moves.reduce((sum, m) => sum + m * m, 0) / moves.length);
    expect(spread).toBeGreaterThan(0.095);
    expect(spread).toBeLessThan(0.105);
  });
});

describe('the truth tables', () => {
  it.each([
    ['xor', [0, 1, 1, 0]],
    ['and', [0, 0, 0, 1]],
    ['or', [0, 1, 1, 1]],
  ] as const)('%s without noise is its four rows', (name, expected) => {
    expect([...generate(name, 400, 0, 9).inputs.values]).toEqual([0, 0, 0, 1, 1, 0, 1, 1]);
    expect(values(name, 400)).toEqual(expected);
  });
});

describe('the shapes', () => {
  it('circle: class 1 inside, class 0 in the ring', () => {
    const inputs = generate('circle', 1000, 0, 1).inputs.values;
    values('circle', 1000).forEach((label, i) => {
      const radius = Math.hypot(inputs[2 * i], inputs[2 * i + 1]);
      if (label === 1) expect(radius).toBeLessThanOrEqual(0.5000001);
      else expect(radius >= 0.699999 && radius <= 1.000001).toBe(true);
    });
  });

  it('moons: half circles of radius ½ around their centres', () => {
    const inputs = generate('moons', 500, 0, 1).inputs.values;
    values('moons', 500).forEach((label, i) => {
      const centre = label === 1 ? [0.25, 0.125] : [-0.25, -0.125];
      const [dx, dy] = [inputs[2 * i] - centre[0], inputs[2 * i + 1] - centre[1]];
      expect(Math.hypot(dx, dy)).toBeCloseTo(0.5, 12);
      expect(label === 1 ? dy <= 0 : dy >= 0).toBe(true);
    });
  });

  it('spiral: one arm is the other turned by half a turn', () => {
    const inputs = generate('spiral', 200, 0, 1).inputs.values;
    for (let i = 0; i < 200; i += 2) {
      expect(inputs[2 * i]).toBeCloseTo(-inputs[2 * i + 2], 12);
      expect(inputs[2 * i + 1]).toBeCloseTo(-inputs[2 * i + 3], 12);
    }
  });

  it('gaussians: two clouds with means ±½ and deviation 0.15', () => {
    const inputs = generate('gaussians', 4000, 0, 1).inputs.values;
    const labels = values('gaussians', 4000);
    const side = labels.map((label, i) => inputs[2 * i] * (label === 1 ? 1 : -1));
    const mean = side.reduce((a, b) => a + b, 0) / side.length;
    const spread = Math.sqrt(side.reduce((s, x) => s + (x - mean) ** 2, 0) / side.length);
    expect(mean).toBeCloseTo(0.5, 1);
    expect(spread).toBeGreaterThan(0.14);
    expect(spread).toBeLessThan(0.16);
  });

  it('plane and sine: the stated functions', () => {
    const plane = generate('plane', 100, 0, 1).inputs.values;
    values('plane', 100).forEach((y, i) => expect(y).toBe((plane[2 * i] + plane[2 * i + 1]) / 2));
    const sine = generate('sine', 100, 0, 1).inputs.values;
    expect([sine[0], sine[99]]).toEqual([-1, 1]);
    values('sine', 100).forEach((y, i) => expect(y).toBeCloseTo(Math.sin(Math.PI * sine[i]), 14));
  });

  it('classes are balanced', () => {
    for (const name of ['circle', 'moons', 'spiral', 'gaussians', 'xor'] as const) {
      expect(values(name, 100, 0.1).filter(label => label === 1)).toHaveLength(50);
    }
  });
});
