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
export const CONVOLVE = 11;
export const IMAGE_GRADIENT = 12;
export const FILTER_STEP = 13;
export const FILTER_GRADIENT = 14;
export const MAX_POOL = 15;
export const MAX_POOL_BACKWARD = 16;
export const AVERAGE_POOL = 17;
export const AVERAGE_POOL_BACKWARD = 18;
export const DROP = 19;
export const DROP_BACKWARD = 20;
/** Of trainings that clip: the penalty into a layer's stored gradients; all of them limited. */
export const STORED_PENALTY = 21;
export const STORED_CLIP = 22;
/** Of batchNorm (normRecord.ts): z; all gradients; the running statistics after a step. */
export const NORMALISE = 23;
export const NORMALISE_BACKWARD = 24;
export const FOLLOW_BATCH = 25;

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
/** Of dropout: factors by row; the key of the epoch; of a hash the largest that drops; what the others are multiplied by. */
export const FACTORS = 7;
export const KEY = 8;
export const LARGEST_DROPPED = 9;
export const KEPT = 10;
/** Of pools: the window; of maxima going back, what they were found in and what they are, as far apart as `FROM`. */
export const WINDOW = 11;
export const IMAGES = 12;
export const IMAGES_STRIDE = 13;
export const MAXIMA = 14;
/** 1: of the largest value, 0: of the mean. */
export const IS_LARGEST = 15;
