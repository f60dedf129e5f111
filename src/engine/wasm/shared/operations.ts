/** What the words of operations mean. Source of TypeScript and AssemblyScript. */

/** Operations. */
export const DENSE = 0;
export const ACTIVATE = 1;
export const SOFTMAX = 2;
export const COPY = 3;
export const LOSS = 4;
export const ACTIVATE_BACKWARD = 5;
export const SOFTMAX_BACKWARD = 6;
export const INPUT_GRADIENT = 7;
export const WEIGHT_STEP = 8;
export const WEIGHT_GRADIENT = 9;
export const STORED_STEP = 10;
/** Of trainings that clip: the penalty into a layer's stored gradients; all of them limited. */
export const STORED_PENALTY = 20;
export const STORED_CLIP = 21;

/** Fields of the records of elementwise operations. */
export const FUNCTION = 1;
export const WEIGHTED_INPUT = 2;
export const OUTPUT = 3;
export const STRIDE = 4;
export const UNITS = 5;
export const DELTA = 6;
export const TARGETS = 7;
export const TARGET_STRIDE = 8;

/** Of copies of columns: addresses of the first ones, bytes from row to row, numbers of a row. */
export const TO = 1;
export const TO_STRIDE = 2;
export const FROM = 3;
export const FROM_STRIDE = 4;
export const COUNT = 5;
export const ADDS_TO = 6;
