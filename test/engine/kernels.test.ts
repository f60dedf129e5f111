/** The kernel contract: one suite for every backend, against formulas written out in float64. */
import { describe, expect, test } from 'vitest';
import { createArena } from '../../src/engine/arena';
import { elementActivations } from '../../src/engine/activations';
import type { Kernels } from '../../src/engine/kernels/kernels';
import { accumulateProduct, scratchLength } from '../../src/engine/kernels/matmul';
import { createReferenceKernels } from '../../src/engine/kernels/reference';
import type { Numbers } from '../../src/engine/numbers';
import { startClock, tick } from '../../src/engine/optimizers';
import { compile } from '../../src/engine/plan';
import { Random } from '../../src/math/random';
import type { ActivationName, LossName, Precision } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { dense, network } from './networks';

interface Backend {
  name: string;
  precision: Precision;
  tolerance: number;
  create(scratch: Float64Array): Kernels;
}

const backends: Backend[] = (['float64', 'float32'] as const).map(precision => ({
  name: `reference ${precision}`,
  precision,
  tolerance: precision === 'float64' ? 1e-13 : 2e-6,
  create: scratch => createReferenceKernels(precision, scratch),
}));

/** (rows, inputs, units): single numbers, odd edges of the 4 × 4 blocks, sizes above the packing limit. */
const SHAPES = [
  [1, 1, 1],
  [1, 5, 3],
  [3, 2, 7],
  [4, 4, 4],
  [5, 9, 6],
  [7, 33, 18],
  [16, 64, 32],
  [33, 40, 13],
] as const;

describe.each(backends)('$name', ({ precision, tolerance, create }) => {
  const random = new Random(11, precision);
  const numbers = (length: number, fill: () => number = () => random.normal()): Numbers => {
    const values = Array.from({ length }, fill);
    return precision === 'float32' ? Float32Array.from(values) : Float64Array.from(values);
  };
  const kernels = create(new Float64Array(scratchLength(33, 64, 32)));
  const close = (actual: Numbers, expected: (index: number) => number): void => {
    actual.forEach((value, i) => {
      const e = expected(i);
      const difference = Math.abs(value - e) / Math.max(1, Math.abs(e));
      expect(difference, `element ${i}: ${value}, expected ${e}`).toBeLessThanOrEqual(tolerance);
    });
  };
  const sum = (count: number, term: (index: number) => number): number =>
    Array.from({ length: count }, (_, i) => term(i)).reduce((total, t) => total + t, 0);

  test('multiply: by factors that may be 0, in place of what was there or beside it', () => {
    const x = numbers(9);
    const factors = numbers(9, () => [0, 2, 1.25][random.below(3)]);
    const before = numbers(9);
    const [put, added] = [before.slice(), before.slice()];
    kernels.multiply(put, x, factors, 8, false);
    kernels.multiply(added, x, factors, 8, true);
    close(put, i => (i < 8 ? x[i] * factors[i] : before[i]));
    close(added, i => (i < 8 ? before[i] + x[i] * factors[i] : before[i]));
  });

  test.each(SHAPES)(
    'affine, weight, bias and input gradient of %i × %i × %i',
    (rows, ins, units) => {
      const x = numbers(rows * ins);
      const w = numbers(units * ins);
      const b = numbers(units);
      const z = numbers(rows * units, () => NaN);
      kernels.affine(z, x, w, b, rows, ins, units);
      const product = (r: number, j: number): number =>
        sum(ins, k => x[r * ins + k] * w[j * ins + k]);
      close(z, i => product(Math.floor(i / units), i % units) + b[i % units]);
      kernels.affine(z, x, w, undefined, rows, ins, units);
      close(z, i => product(Math.floor(i / units), i % units));

      const delta = numbers(rows * units);
      const dw = numbers(units * ins);
      const dwBefore = dw.slice();
      kernels.weightGradient(dw, delta, x, rows, ins, units);
      close(dw, i => {
        const j = Math.floor(i / ins);
        return dwBefore[i] + sum(rows, r => delta[r * units + j] * x[r * ins + (i % ins)]);
      });

      const db = numbers(units);
      const dbBefore = db.slice();
      kernels.biasGradient(db, delta, rows, units);
      close(db, j => dbBefore[j] + sum(rows, r => delta[r * units + j]));

      const dx = numbers(rows * ins, () => NaN);
      const carried = (i: number): number => {
        const r = Math.floor(i / ins);
        return sum(units, j => delta[r * units + j] * w[j * ins + (i % ins)]);
      };
      kernels.inputGradient(dx, delta, w, rows, ins, units, false);
      close(dx, carried);
      const dxBefore = numbers(rows * ins);
      const dxAfter = dxBefore.slice();
      kernels.inputGradient(dxAfter, delta, w, rows, ins, units, true);
      close(dxAfter, i => dxBefore[i] + carried(i));
    },
  );

  test('copyColumns writes or adds its columns of the first rows, and touches nothing else', () => {
    const from = numbers(4 * 5, () => random.below(100));
    const to = numbers(4 * 7, () => random.below(100));
    const before = to.slice();
    for (const adds of [false, true]) {
      const after = before.slice();
      kernels.copyColumns(after, 7, 2, from, 5, 1, 3, 3, adds);
      after.forEach((value, i) => {
        const [r, column] = [Math.floor(i / 7), i % 7];
        const inside = r < 3 && column >= 2 && column < 5;
        const moved = inside ? from[5 * r + 1 + column - 2] : 0;
        expect(value).toBe(inside ? (adds ? before[i] : 0) + moved : before[i]);
      });
    }
    const bad = numbers(2, () => NaN);
    kernels.copyColumns(to, 7, 0, bad, 1, 0, 1, 2, true);
    expect([to[0], to[7]]).toEqual([NaN, NaN]);
  });

  test('uses only the first rows and leaves the others alone', () => {
    const x = numbers(12, () => 1);
    const w = numbers(6, () => 1);
    const z = numbers(8, () => 7);
    kernels.affine(z, x, w, undefined, 2, 3, 2);
    expect([...z]).toEqual([3, 3, 3, 3, 7, 7, 7, 7]);
    kernels.activate(
      'linear',
      z,
      numbers(8, () => 5),
      1,
      2,
    );
    expect([...z]).toEqual([5, 5, 3, 3, 7, 7, 7, 7]);
  });

  test.each(Object.keys(elementActivations) as (keyof typeof elementActivations)[])(
    'activate and activateBackward: %s',
    name => {
      const z = numbers(12);
      const dy = numbers(12);
      const a = numbers(12, () => NaN);
      const delta = numbers(12, () => NaN);
      kernels.activate(name, a, z, 4, 3);
      kernels.activateBackward(name, delta, dy, z, a, 4, 3);
      const { value, derivative } = elementActivations[name];
      close(a, i => value(z[i]));
      close(delta, i => dy[i] * derivative(z[i], value(z[i])));
    },
  );

  test('softmax by rows: sums to 1, shifts do not matter, backward is the Jacobian', () => {
    const z = numbers(8);
    const a = numbers(8);
    kernels.activate('softmax', a, z, 2, 4);
    const row = (r: number): number => sum(4, j => Math.exp(z[4 * r + j]));
    close(a, i => Math.exp(z[i]) / row(Math.floor(i / 4)));
    const shifted = numbers(8);
    kernels.activate('softmax', shifted, z.map(v => v + 600) as Numbers, 2, 4);
    shifted.forEach((value, i) => expect(value).toBeCloseTo(a[i], 4));
    const dy = numbers(8);
    const delta = numbers(8);
    kernels.activateBackward('softmax', delta, dy, z, a, 2, 4);
    close(delta, i => {
      const start = i - (i % 4);
      return sum(4, k => dy[start + k] * a[i] * ((start + k === i ? 1 : 0) - a[start + k]));
    });
  });

  const plain: [LossName, ActivationName, (a: number, y: number) => [number, number]][] = [
    ['meanSquaredError', 'linear', (a, y) => [(a - y) ** 2, 2 * (a - y)]],
    ['meanAbsoluteError', 'linear', (a, y) => [Math.abs(a - y), Math.sign(a - y)]],
    [
      'huber',
      'linear',
      (a, y) =>
        Math.abs(a - y) <= 1
          ? [(a - y) ** 2 / 2, a - y]
          : [Math.abs(a - y) - 0.5, Math.sign(a - y)],
    ],
  ];

  test.each(plain)('%s and its gradient', (type, f, rule) => {
    const z = numbers(12, () => 2 * random.normal());
    const a = numbers(12);
    const y = numbers(12);
    kernels.activate(f, a, z, 4, 3);
    const loss = { type, half: false, reduction: 'mean' } as const;
    const total = sum(12, i => rule(a[i], y[i])[0]);
    expect(kernels.loss(loss, z, a, y, 4, 3)).toBeCloseTo(total, 10);
    const dy = numbers(12);
    expect(kernels.lossGradient(loss, dy, numbers(12), a, y, 0.25, 4, 3)).toBe(false);
    close(dy, i => 0.25 * rule(a[i], y[i])[1]);
    const halved = kernels.loss({ ...loss, half: true }, z, a, y, 4, 3);
    expect(halved).toBeCloseTo(type === 'meanSquaredError' ? total / 2 : total, 10);
  });

  test('fused losses agree with the logarithms where those can be computed, and are finite where not', () => {
    const y = numbers(4, () => 0);
    y[1] = 1;
    const z = numbers(4);
    const a = numbers(4);
    const delta = numbers(4);
    const crossEntropy = { type: 'crossEntropy', half: false, reduction: 'sum' } as const;
    kernels.activate('softmax', a, z, 1, 4);
    expect(kernels.loss(crossEntropy, z, a, y, 1, 4)).toBeCloseTo(-Math.log(a[1]), 5);
    expect(kernels.lossGradient(crossEntropy, numbers(4), delta, a, y, 2, 1, 4)).toBe(true);
    close(delta, i => 2 * (a[i] - y[i]));

    const binary = { type: 'binaryCrossEntropy', half: false, reduction: 'sum' } as const;
    kernels.activate('sigmoid', a, z, 1, 4);
    const shares = sum(4, i => -(y[i] === 1 ? Math.log(a[i]) : Math.log(1 - a[i])));
    expect(kernels.loss(binary, z, a, y, 1, 4)).toBeCloseTo(shares, 5);

    const far = numbers(4, () => -800);
    far[0] = 800;
    for (const [loss, f] of [
      [crossEntropy, 'softmax'],
      [binary, 'sigmoid'],
    ] as const) {
      kernels.activate(f, a, far, 1, 4);
      expect(kernels.loss(loss, far, a, y, 1, 4)).toBeCloseTo(1600, 0);
      kernels.lossGradient(loss, numbers(4), delta, a, y, 1, 1, 4);
      expect([...delta]).toEqual([1, -1, 0, 0]);
    }
  });

  test('penaltyGradient adds 2·l2·w + l1·sign w', () => {
    const w = numbers(5);
    w[2] = 0;
    const dw = numbers(5, () => 1);
    kernels.penaltyGradient(dw, w, 0.25, 0.125);
    close(dw, i => 1 + 0.5 * w[i] + 0.125 * Math.sign(w[i]));
    expect(dw[2]).toBe(1);
  });

  test('squaredNorm sees every number that is not finite', () => {
    const g = numbers(6, () => 2);
    expect(kernels.squaredNorm(g)).toBe(24);
    for (const bad of [NaN, Infinity, -Infinity]) {
      for (let i = 0; i < 6; i++) {
        const spoiled = g.slice();
        spoiled[i] = bad;
        expect(Number.isFinite(kernels.squaredNorm(spoiled))).toBe(false);
      }
    }
  });

  test('update changes one tensor and its moments, and no other', () => {
    const net = network(2, [dense(2, 'tanh'), dense(1, 'linear')], {
      optimizer: { type: 'adam', learningRate: 0.1 },
    });
    const arena = createArena(compile(net, inferShapes(net), 1, precision));
    arena.parameters.fill(1);
    arena.gradients.fill(3);
    const clock = startClock();
    tick(clock, net.training.optimizer);
    kernels.update(net.training.optimizer, 0.1, clock, arena.parameterViews[1]);
    // The first step of Adam is the learning rate against the gradient's sign.
    const expected = [1, 1, 1, 1, 0.9, 0.9, 1, 1, 1];
    arena.parameters.forEach((value, i) => expect(value).toBeCloseTo(expected[i], 6));
    expect([...arena.moments[0]].map(m => m !== 0)).toEqual(expected.map(e => e !== 1));
  });
});

test('packed and plain products give the same bits', () => {
  const random = new Random(5, 'product');
  const [m, n, k] = [9, 10, 37];
  const a = Float64Array.from({ length: m * k }, () => random.normal());
  const b = Float64Array.from({ length: n * k }, () => random.normal());
  const scratch = new Float64Array(scratchLength(m, k, n));
  const packed = new Float64Array(m * n).fill(0.1);
  accumulateProduct(packed, a, k, 1, b, k, 1, m, n, k, scratch);
  const plain = new Float64Array(m * n).fill(0.1);
  for (let i = 0; i < m * n; i++) {
    const row = a.subarray(Math.floor(i / n) * k);
    accumulateProduct(
      plain.subarray(i),
      row,
      k,
      1,
      b.subarray((i % n) * k),
      k,
      1,
      1,
      1,
      k,
      scratch,
    );
  }
  expect(Buffer.from(packed.buffer).equals(Buffer.from(plain.buffer))).toBe(true);
});
