/** Seeds for the person who asks for another one. */

/** Short enough to be read out; there are a million. */
const SEEDS = 1_000_000;

/** A whole number from 0 to 999,999. */
export function randomSeed(): number {
  return crypto.getRandomValues(new Uint32Array(1))[0] % SEEDS;
}
