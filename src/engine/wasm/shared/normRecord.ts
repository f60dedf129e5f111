/** The record of a batchNorm: which word stands where. Source of TypeScript and AssemblyScript. */

/** x, z and δ of z: addresses; bytes from row to row of x, and of z and δ. */
export const INPUT = 1;
export const INPUT_STRIDE = 2;
export const OUTPUT = 3;
export const STRIDE = 4;
export const DELTA = 5;
/** Values of a row; value i is of feature i mod features. */
export const UNITS = 6;
export const FEATURES = 7;
/** γ and the running mean in panels of one input, β (0: none) and the running variance as lists. */
export const GAMMA = 8;
export const BETA = 9;
export const MEAN = 10;
export const VARIANCE = 11;
/** Float32 (3, features rounded up to 4): μ, 1/√(σ² + ε), σ²; then a word: numbers of a feature, 0 of running ones. */
export const MOMENTS = 12;
/** Float64: ε and the momentum. */
export const SETTINGS = 13;
/** ∂C/∂x (0: not wanted), its stride, and whether it is added to what stands there. */
export const INPUT_GRADIENT = 14;
export const INPUT_GRADIENT_STRIDE = 15;
export const ADDS_INPUT_GRADIENT = 16;
/** ∂C/∂γ and ∂C/∂β, as γ and β stand. */
export const GRADIENT_GAMMA = 17;
export const GRADIENT_BETA = 18;
