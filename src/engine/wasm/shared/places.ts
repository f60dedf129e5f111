/**
 * Where the engine finds what it works on: words (int32) and, behind 64 of them, reals (float64) of its header.
 *
 * Written by TypeScript (src/engine/wasm/layout.ts) and read by AssemblyScript: this file is source of both.
 */

/** Bytes of the words, behind which the reals stand. */
export const WORD_BYTES = 256;

/** Words: rows of the batch under way; which samples, in which order, and how far it has come. */
export const ROWS = 0;
export const ORDER = 1;
export const POSITION = 2;
export const END = 3;
export const BATCH = 4;
/** Samples and the buffers that a batch of them is copied to; bytes from sample to sample. */
export const DATA_X = 5;
export const DATA_X_STRIDE = 6;
export const X = 7;
export const DATA_Y = 8;
export const DATA_Y_STRIDE = 9;
export const Y = 10;
/** Lists of [code, record]: where, and how many. */
export const FORWARD = 11;
export const BACKWARD = 13;
/** The same, with all weighted inputs kept; gradients stored; a step by the stored gradients. */
export const KEEPING_FORWARD = 15;
export const STORING_BACKWARD = 17;
export const STORED_UPDATE = 19;
export const RULE = 21;
export const REDUCTION = 22;
export const PENALTY_SCALE = 23;
export const HAS_PENALTY = 24;
/** Where the numbers of a step stand (updates.ts), and the four that tell of an overflow (losses.ts). */
export const STEP_NUMBERS = 25;
export const TRACE = 26;
/** 1: gradients are added to those that are there. */
export const ADDS = 27;
/** 1: the squared norm of the gradient is wanted. */
export const WANTS_NORM = 28;
/** A block of gradients, BLOCK_ROWS × NR. */
export const BLOCK = 29;
/** 1: samples are bytes, and x = (byte − offset) / scale by column, both float32 and 16 numbers longer. */
export const AS_BYTES = 30;
export const OFFSETS = 31;
export const SCALES = 32;
/** Bytes of a row of the batch's x buffer. */
export const X_STRIDE = 33;
/** 1: values are dropped. The place of the first row in the epoch's order, and how far that is from its place in `ORDER`. */
export const DROPS = 34;
export const EPOCH_PLACE = 35;
export const EPOCH_SHIFT = 36;
/** How stored gradients are clipped before a step by them (functions.ts). */
export const CLIPS = 37;
/** What threads tell each other (teamRoom.ts). */
export const TEAM = 50;
/** Σ g² of parts of a layer, float64, which are added up in their order whoever has computed them. */
export const SQUARES = 51;
/** Of copying and looking through stretches of memory: from, to, and whether all has been finite. */
export const STRETCH_FROM = 52;
export const STRETCH_TO = 53;
export const STRETCH_FINITE = 54;

/** Reals. */
export const MOMENTUM = 0;
export const DECAY = 1;
export const BETA1 = 2;
export const BETA2 = 3;
export const EPSILON = 4;
export const WEIGHT_DECAY = 5;
export const L2 = 6;
export const L1 = 7;
export const BETA1_POWER = 8;
export const BETA2_POWER = 9;
/** Σ g² of the latest step for which it was wanted. */
export const SQUARED_NORM = 10;
/** Outputs of the network; samples of the whole batch, of which the rows may be a tile. */
export const OUTPUTS = 11;
export const SAMPLES = 12;
/** The largest norm of a gradient, or the largest of its numbers. */
export const CLIP_LIMIT = 20;
