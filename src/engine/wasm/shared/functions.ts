/** Numbers of the functions that a network can name. Source of TypeScript and AssemblyScript. */

/** Activations; softmax is an operation of its own. */
export const LINEAR = 0;
export const STEP = 1;
export const SIGMOID = 2;
export const TANH = 3;
export const RELU = 4;
export const LEAKY_RELU = 5;
export const ELU = 6;
export const GELU = 7;
export const SILU = 8;
export const SOFTPLUS = 9;

/** Losses: squared error with and without ½; fused ones give ∂C/∂z at once. */
export const SQUARED = 0;
export const HALF_SQUARED = 1;
export const ABSOLUTE = 2;
export const HUBER = 3;
export const FUSED_SIGMOID = 4;
export const FUSED_SOFTMAX = 5;

/** Optimizers. */
export const SGD = 0;
export const MOMENTUM = 1;
export const NESTEROV = 2;
export const RMSPROP = 3;
export const ADAGRAD = 4;
export const ADAM = 5;

/** Reductions. */
export const SUM = 0;
export const MEAN = 1;
export const MEAN_ALL = 2;

/** Scales of the penalty: λ/2m, λ/2, λ. */
export const BY_TWO_SAMPLES = 0;
export const BY_TWO = 1;
export const WHOLE = 2;

/** What of a gradient is limited. */
export const CLIP_NOTHING = 0;
export const CLIP_NORM = 1;
export const CLIP_VALUE = 2;
