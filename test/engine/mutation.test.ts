/** Deliberate mistakes in backward: gradcheck must find every one of them, and nothing without one. */
import { describe, expect, test } from 'vitest';
import { batchGradient, type KernelsFactory } from '../../src/engine/gradient';
import {
  createGradcheck,
  type GradcheckOptions,
  type GradcheckReport,
  type GradientFunction,
} from '../../src/engine/gradcheck';
import { initialParameters } from '../../src/engine/initializers';
import type { Kernels } from '../../src/engine/kernels/kernels';
import { createReferenceKernels } from '../../src/engine/kernels/reference';
import type { Network } from '../../src/network/network';
import { dense, merge, network, randomDataset } from './networks';

/** Square layers, so that a transposed weight matrix goes unnoticed by every size. */
const regression = network(3, [dense(3, 'tanh'), dense(3, 'sigmoid'), dense(3, 'tanh')], {
  loss: { type: 'meanSquaredError', half: true, reduction: 'mean' },
  regularization: { l2: 0.5, scale: 'lambda/2m' },
});

const softmax = network(3, [dense(3, 'tanh'), dense(3, 'softmax')], {
  loss: { type: 'meanSquaredError', half: true, reduction: 'mean' },
});

function check(net: Network, options: GradcheckOptions): GradcheckReport {
  const data = randomDataset(12, 3, 3);
  const parameters = initialParameters(net).map((w, i) => w + 0.3 * Math.cos(i));
  const job = createGradcheck(net, data, parameters, options);
  job.run();
  return job.report();
}

function failures(net: Network, gradient: GradientFunction): number {
  return check(net, { gradient }).failed.filter(({ verdict }) => verdict === 'fail').length;
}

/** Of 20 random directions. */
function failedDirections(net: Network, gradient: GradientFunction): number {
  const { directions } = check(net, { gradient, directions: true });
  return directions?.entries.filter(({ verdict }) => verdict === 'fail').length ?? NaN;
}

type Mutation = (kernels: Kernels) => Partial<Kernels>;

/** Backpropagation on the real kernels, some of them replaced. */
function mutated(mutation: Mutation): GradientFunction {
  const factory: KernelsFactory = scratch => {
    const kernels = createReferenceKernels('float64', scratch);
    return { ...kernels, ...mutation(kernels) };
  };
  return (net, data, samples, parameters) => batchGradient(net, data, samples, parameters, factory);
}

const mutations: Record<string, Mutation> = {
  'f′ dropped everywhere': () => ({
    activateBackward: (_, delta, dy) => delta.set(dy),
  }),
  'f′ dropped in hidden layers only': kernels => {
    let first = true;
    return {
      activateBackward(f, delta, dy, z, a, rows, units) {
        if (first) kernels.activateBackward(f, delta, dy, z, a, rows, units);
        else delta.set(dy);
        first = false;
      },
    };
  },
  'f′ taken of a, not of z': kernels => ({
    activateBackward: (f, delta, dy, z, a, rows, units) =>
      kernels.activateBackward(
        f,
        delta,
        dy,
        a,
        a.map(value => value * value),
        rows,
        units,
      ) ?? z,
  }),
  'wrong sign': kernels => ({
    lossGradient: (loss, dy, delta, a, y, factor, rows, units) =>
      kernels.lossGradient(loss, dy, delta, a, y, -factor, rows, units),
  }),
  'missing 1/m': kernels => ({
    lossGradient: (loss, dy, delta, a, y, _, rows, units) =>
      kernels.lossGradient(loss, dy, delta, a, y, 1, rows, units),
  }),
  'factor 2 of a missing ½': kernels => ({
    lossGradient: (loss, dy, delta, a, y, factor, rows, units) =>
      kernels.lossGradient({ ...loss, half: !loss.half }, dy, delta, a, y, factor, rows, units),
  }),
  'transposed weight': kernels => ({
    inputGradient: (dx, delta, w, rows, inputs, units, adds) => {
      const transposed = w.map((_, i) => w[(i % inputs) * units + Math.floor(i / inputs)]);
      kernels.inputGradient(dx, delta, transposed, rows, inputs, units, adds);
    },
  }),
  'skipped bias': () => ({ biasGradient: () => undefined }),
  'penalty forgotten': () => ({ penaltyGradient: () => undefined }),
  'penalty without its factor 2': kernels => ({
    penaltyGradient: (dw, w, l2, l1) => kernels.penaltyGradient(dw, w, l2 / 2, l1),
  }),
  'the activation of one layer too early': kernels => {
    let above: Parameters<Kernels['weightGradient']>[2] | undefined;
    return {
      // Called from the last layer to the first: each gets the input of the layer after it.
      weightGradient(dw, delta, x, rows, inputs, units) {
        kernels.weightGradient(dw, delta, above ?? x, rows, inputs, units);
        above = x;
      },
    };
  },
  'only the first sample counts': kernels => ({
    weightGradient: (dw, delta, x, _, inputs, units) =>
      kernels.weightGradient(dw, delta, x, 1, inputs, units),
  }),
};

/** An input, a layer and a concat with several consumers; parts of unequal and of equal width. */
const branched = network(3, [
  dense(3, 'tanh', { id: 'a' }),
  dense(3, 'sigmoid', { id: 'b' }),
  merge('add', 3, ['a', 'b'], 'tanh', 'sum'),
  dense(3, 'tanh', { id: 'c', from: ['a'] }),
  merge('concat', 6, ['sum', 'c'], 'linear', 'wide'),
  dense(3, 'sigmoid', { id: 'd', from: ['wide'] }),
  merge('add', 3, ['d', 'c']),
]);

/** `copyColumns` is called forward and backward: backward it copies out of wide deltas or from column to column. */
const backwardOnly = (
  kernels: Kernels,
  change: (...args: Parameters<Kernels['copyColumns']>) => void,
): Partial<Kernels> => {
  let isBackward = false;
  return {
    lossGradient(...args) {
      isBackward = true;
      return kernels.lossGradient(...args);
    },
    copyColumns: (...args) => (isBackward ? change : kernels.copyColumns)(...args),
  };
};

const branchMutations: Record<string, Mutation> = {
  'a layer’s second consumer that overwrites': kernels => ({
    inputGradient: (dx, delta, w, rows, inputs, units) =>
      kernels.inputGradient(dx, delta, w, rows, inputs, units, false),
  }),
  'a merge that overwrites what another consumer has found': kernels =>
    backwardOnly(kernels, (to, toWidth, toStart, from, fromWidth, fromStart, count, rows) =>
      kernels.copyColumns(to, toWidth, toStart, from, fromWidth, fromStart, count, rows, false),
    ),
  'a forgotten branch': kernels =>
    backwardOnly(kernels, (...args) => {
      const adds = args[8];
      if (!adds) kernels.copyColumns(...args);
    }),
  'a forgotten skip connection': kernels => ({
    inputGradient: (dx, delta, w, rows, inputs, units, adds) =>
      adds ? undefined : kernels.inputGradient(dx, delta, w, rows, inputs, units, adds),
  }),
  'the parts of a concat swapped': kernels =>
    backwardOnly(kernels, (to, toWidth, toStart, from, fromWidth, start, count, rows, adds) => {
      const swapped = fromWidth === count ? start : fromWidth - count - start;
      kernels.copyColumns(to, toWidth, toStart, from, fromWidth, swapped, count, rows, adds);
    }),
  'the parts of a concat one column off': kernels =>
    backwardOnly(kernels, (to, toWidth, toStart, from, fromWidth, start, count, rows, adds) => {
      const off = Math.max(0, start - 1);
      kernels.copyColumns(to, toWidth, toStart, from, fromWidth, off, count, rows, adds);
    }),
};

describe('gradcheck of a network with branches fails when backward has', () => {
  test.each(Object.keys(branchMutations))('%s', name => {
    expect(failures(branched, mutated(branchMutations[name]))).toBeGreaterThan(0);
  });

  test('f′ of a merge dropped', () => {
    expect(failures(branched, mutated(mutations['f′ dropped everywhere']))).toBeGreaterThan(0);
  });
});

describe('gradcheck fails when backward has', () => {
  test.each(Object.keys(mutations))('%s', name => {
    expect(failures(regression, mutated(mutations[name]))).toBeGreaterThan(0);
  });

  test('biases penalised although they are not', () => {
    const penalised: GradientFunction = (net, ...rest) =>
      batchGradient({ ...net, regularization: { ...net.regularization, bias: true } }, ...rest);
    expect(failures(regression, penalised)).toBeGreaterThan(0);
  });

  test('a softmax that forgets the other outputs', () => {
    const diagonal: Mutation = kernels => ({
      activateBackward(f, delta, dy, z, a, rows, units) {
        if (f !== 'softmax') kernels.activateBackward(f, delta, dy, z, a, rows, units);
        else delta.forEach((_, i) => (delta[i] = dy[i] * a[i] * (1 - a[i])));
      },
    });
    expect(failures(softmax, mutated(diagonal))).toBeGreaterThan(0);
  });
});

describe('every random direction shows that backward has', () => {
  test.each(Object.keys(mutations))('%s', name => {
    expect(failedDirections(regression, mutated(mutations[name]))).toBe(20);
  });

  test.each(Object.keys(branchMutations))('%s', name => {
    expect(failedDirections(branched, mutated(branchMutations[name]))).toBe(20);
  });
});

test('gradcheck passes when nothing is changed', () => {
  for (const net of [regression, softmax, branched]) {
    expect(failedDirections(net, batchGradient)).toBe(0);
    expect(
      failures(
        net,
        mutated(() => ({})),
      ),
    ).toBe(0);
    expect(failures(net, batchGradient)).toBe(0);
  }
});
