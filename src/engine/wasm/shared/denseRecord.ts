/**
 * The record of a layer with weights: which word stands where. Source of TypeScript and AssemblyScript.
 *
 * Of conv2d, inputs are the values of a window, and units the filters.
 */

/** x, and bytes from row to row. */
export const INPUT = 1;
export const INPUT_STRIDE = 2;
/** Numbers of a row of x. */
export const INPUTS = 3;
/** units / NR, rounded up. */
export const PANELS = 4;
/** w in panels [units/NR][inputs rounded up to 4][NR]; the bias, padded alike. */
export const WEIGHTS = 5;
export const BIAS = 6;
/** z, or a where the weighted input is not kept; bytes from row to row, of δ too. */
export const OUTPUT = 7;
export const OUTPUT_STRIDE = 8;
/** 1: max(0, ·) at once. */
export const RELU = 9;
/** Moments, in the layout of the parameters. */
export const FIRST_W = 10;
export const SECOND_W = 11;
export const FIRST_B = 12;
export const SECOND_B = 13;
/** 1: the bias learns; 1: it is penalised too. */
export const USE_BIAS = 14;
export const PENALISES_BIAS = 15;
/** ∂C/∂x, its stride, and whether it is added to what stands there. */
export const INPUT_GRADIENT = 16;
export const INPUT_GRADIENT_STRIDE = 17;
export const ADDS_INPUT_GRADIENT = 18;
/** Gradients that are stored, in the layout of the parameters. */
export const GRADIENT_W = 19;
export const GRADIENT_B = 20;
/** Of the learning rate, a float64. */
export const RATE = 21;
/** Neurons. */
export const UNITS = 22;
/** Room to work in. */
export const PACKED_ROWS = 23;
export const TRANSPOSED = 24;
export const PACKED_INPUT = 25;
export const PACKED_DELTA = 26;
/** ∂C/∂z. */
export const DELTA = 27;
/** 1: x are inputs of the network, many of which may be 0; room for lists of those that are not (listRoom.ts). */
export const IS_INPUT = 28;
export const LIST_ROOM = 29;
/** Of conv2d: the record of its window. */
export const WINDOW = 30;
/** Words of a record. */
export const RECORD_WORDS = 32;

/** Inputs whose gradients are computed before the optimizer works on them. */
export const BLOCK_ROWS = 64;

/** Depth of a product that is summed in one go: a panel of the other factor stays in the cache. */
export const DEPTH = 512;
