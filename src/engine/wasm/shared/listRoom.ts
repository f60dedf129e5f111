/**
 * The room of the lists that tell which inputs are not 0: bytes from its begin. Source of TypeScript and AssemblyScript.
 *
 * First come those of the rows, for the pass forward; those of the columns take their place on the way back.
 */

/** 1: the inputs of these rows are worth being listed. 1: all numbers of δ are finite. */
export const IS_WORTH_IT = 0;
export const IS_FINITE = 4;
/** As many zeros as one row of ACROSS panels (scripts/tiles.mjs) has. */
export const ZEROS = 64;
export const ZERO_BYTES = 128;
export const LISTS = 192;
