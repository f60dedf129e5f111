/**
 * Elementary functions whose results are the same bits on every platform.
 *
 * The language leaves the accuracy of `Math.exp` and its kin to the implementation, so two engines may
 * differ in the last bit and a training run drifts apart. Everything here is built from operations that
 * IEEE 754 rounds exactly: + − × ÷, comparisons and bit views. Errors stay below 1 ulp, that of `tanh`
 * below 2 ulp (measured against 60 digits).
 *
 * Method: argument reduction after Cody and Waite (Software Manual for the Elementary Functions, 1980),
 * with the minimax kernels published in Sun's fdlibm (1993).
 */
export { exp, expm1, tanh } from './exponential';
export { log, log1p } from './logarithm';
export { cos, sin } from './trigonometric';
export { erf } from './errorFunction';
