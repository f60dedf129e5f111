/**
 * What threads tell each other: bytes from the begin of their room. Source of TypeScript and AssemblyScript.
 *
 * What different threads write stands on lines of the cache of its own.
 */

export const LINE = 64;

/** Of the work under way, written while nobody works: its function, its record, units in all and of a chunk, chunks. */
export const PART = 0;
export const RECORD = 4;
export const UNITS = 8;
export const SIZE = 12;
export const CHUNKS = 16;
/** Milliseconds that the first thread waits for a chunk of another; 1: it has waited in vain. */
export const PATIENCE = 20;
export const LOST = 24;
/** Vector operations from which on a chunk is worth the way to another thread. */
export const LEAST = 28;
/** Millions of vector operations that the first thread does alone after another has held it up; 0: none. */
export const REST = 32;
/** Chunks that are done; 1: the first thread sleeps until another one is. */
export const DONE = 64;
export const WAITS = 68;
/** Changes when those who sleep shall wake; how many sleep; 1: they shall leave; how many have come. */
export const BELL = 128;
export const ASLEEP = 132;
export const CLOSED = 136;
export const PRESENT = 140;
/** Chunks that are left of each thread's own, a line each. */
export const LEFT = 192;
