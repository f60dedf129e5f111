/** The reference backend: plain loops in TypeScript, for float64 and float32 views alike. */
import type { Precision } from '../../network/network';
import { softmaxBackwardRow, softmaxRow } from '../activations';
import { fusedDeltaRow, lossFunctions, sampleLoss } from '../losses';
import { optimizerRules } from '../optimizers';
import { ConvolutionSpace, correlate, filterGradient, imageGradient } from './convolution';
import { activateElements, activateElementsBackward } from './elementwise';
import type { Kernels } from './kernels';
import { accumulateProduct } from './matmul';
import * as normalisation from './normalisation';
import { poolGradient, poolWindows } from './pooling';

/** @param scratch as long as `scratchLength` of the largest layer; the matrix products work in it */
export function createReferenceKernels(precision: Precision, scratch: Float64Array): Kernels {
  const space = new ConvolutionSpace();
  return {
    precision,
    ...elementwise,

    affine(z, x, w, b, rows, inputs, units) {
      for (let r = 0; r < rows; r++) {
        for (let j = 0; j < units; j++) z[r * units + j] = b === undefined ? 0 : b[j];
      }
      accumulateProduct(z, x, inputs, 1, w, inputs, 1, rows, units, inputs, scratch);
    },

    weightGradient(dw, delta, x, rows, inputs, units) {
      accumulateProduct(dw, delta, 1, units, x, 1, inputs, units, inputs, rows, scratch);
    },

    inputGradient(dx, delta, w, rows, inputs, units, adds) {
      if (!adds) for (let i = 0; i < rows * inputs; i++) dx[i] = 0;
      accumulateProduct(dx, delta, units, 1, w, 1, inputs, rows, inputs, units, scratch);
    },

    correlate(z, x, w, b, window, rows) {
      correlate(z, x, w, b, window, rows, space, scratch);
    },

    filterGradient(dw, delta, x, window, rows) {
      filterGradient(dw, delta, x, window, rows, space, scratch);
    },

    imageGradient(dx, delta, w, window, rows, adds) {
      imageGradient(dx, delta, w, window, rows, adds, space, scratch);
    },
  };
}

/** The products, which need scratch. */
type Products =
  'affine' | 'weightGradient' | 'inputGradient' | 'correlate' | 'filterGradient' | 'imageGradient';

/** Everything that needs no scratch. */
const elementwise: Omit<Kernels, 'precision' | Products> = {
  activate(f, a, z, rows, units) {
    if (f === 'softmax') {
      for (let start = 0; start < rows * units; start += units) softmaxRow(a, z, start, units);
      return;
    }
    activateElements(f, a, z, rows * units);
  },

  activateBackward(f, delta, dy, z, a, rows, units) {
    if (f === 'softmax') {
      for (let start = 0; start < rows * units; start += units) {
        softmaxBackwardRow(delta, dy, a, start, units);
      }
      return;
    }
    activateElementsBackward(f, delta, dy, z, a, rows * units);
  },

  copyColumns(to, toWidth, toStart, from, fromWidth, fromStart, count, rows, adds) {
    for (let r = 0; r < rows; r++) {
      const t = r * toWidth + toStart;
      const f = r * fromWidth + fromStart;
      if (adds) for (let j = 0; j < count; j++) to[t + j] += from[f + j];
      else for (let j = 0; j < count; j++) to[t + j] = from[f + j];
    }
  },

  biasGradient(db, delta, rows, units) {
    for (let j = 0; j < units; j++) {
      let sum = db[j];
      for (let r = 0; r < rows; r++) sum += delta[r * units + j];
      db[j] = sum;
    }
  },

  ...normalisation,

  pool: poolWindows,
  poolGradient,

  multiply(to, x, factors, count, adds) {
    if (adds) for (let i = 0; i < count; i++) to[i] += x[i] * factors[i];
    else for (let i = 0; i < count; i++) to[i] = x[i] * factors[i];
  },

  loss(loss, z, a, y, rows, units) {
    let sum = 0;
    for (let start = 0; start < rows * units; start += units) {
      sum += sampleLoss(loss, z, a, y, start, units);
    }
    return sum;
  },

  lossGradient(loss, dy, delta, a, y, factor, rows, units) {
    const rule = lossFunctions[loss.type];
    if (rule.fusedWith === undefined) {
      for (let i = 0; i < rows * units; i++) {
        dy[i] = factor * rule.derivative(a[i], y[i], loss.half);
      }
      return false;
    }
    const coupled = rule.fusedWith === 'softmax';
    for (let start = 0; start < rows * units; start += units) {
      fusedDeltaRow(delta, a, y, factor, coupled, start, units);
    }
    return true;
  },

  penaltyGradient(dw, w, l2, l1) {
    for (let i = 0; i < w.length; i++) dw[i] += 2 * l2 * w[i] + l1 * Math.sign(w[i]);
  },

  squaredNorm(g) {
    let sum = 0;
    for (let i = 0; i < g.length; i++) sum += g[i] * g[i];
    return sum;
  },

  update(optimizer, rate, clock, { values, gradients, first, second }) {
    optimizerRules[optimizer.type].update(optimizer, rate, clock, values, gradients, first, second);
  },
};
