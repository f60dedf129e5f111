/** Chance: which mutants are tried, and how far the score of a sample may be from that of all. */

/**
 * A sample without repetition, the same for the same seed, in the order of the list.
 * @template T
 * @param {readonly T[]} all
 * @param {number} size
 * @param {number} seed
 * @returns {T[]}
 * @throws Error when there are not so many
 */
export function drawn(all, size, seed) {
  if (size > all.length)
    throw new Error(`--sample ${size}: there are ${all.length} mutants; leave it out to try all.`);
  const chance = generator(seed);
  const places = all.map((_, i) => i);
  for (let i = 0; i < size; i++) {
    const j = i + Math.floor(chance() * (places.length - i));
    [places[i], places[j]] = [places[j], places[i]];
  }
  return places
    .slice(0, size)
    .sort((a, b) => a - b)
    .map(place => all[place]);
}

/**
 * mulberry32: numbers from 0 to below 1.
 * @param {number} seed
 */
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** Of the normal distribution: 95 % lie within so many standard deviations. */
const Z = 1.959963984540054;

/**
 * Wilson's interval of a proportion, 95 %: unlike p ± 1.96·√(p(1 − p)/n) it keeps within 0 and 1, and holds for small n.
 * @param {number} hits
 * @param {number} tries at least 1
 * @returns {[number, number]} from and to, of 1
 */
export function interval(hits, tries) {
  const share = hits / tries;
  const shrink = 1 / (1 + Z ** 2 / tries);
  const middle = shrink * (share + Z ** 2 / (2 * tries));
  const half = shrink * Z * Math.sqrt((share * (1 - share)) / tries + (Z / (2 * tries)) ** 2);
  return [Math.max(0, middle - half), Math.min(1, middle + half)];
}
