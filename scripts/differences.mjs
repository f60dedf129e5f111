/** What bytes have that others have not. */

/** Bytes that have to recur side by side for a place to be named instead of them. */
const LEAST = 10;
/** Places that are looked at for a recurrence: zeros recur everywhere. */
const MOST = 200;

/**
 * Bytes as pieces of `base` with bytes of their own between them: the longest piece at each place, by its first one.
 *
 * @param {Uint8Array} base
 * @param {Uint8Array} bytes
 * @returns {{ own: Uint8Array, parts: number[] }} `parts`: three numbers each, how many of `own` come next, and the start and
 *   the length of the piece of `base` behind them
 */
export function differences(base, bytes) {
  const places = placesOf(base);
  const own = [];
  const parts = [];
  let alone = 0;
  for (let at = 0; at < bytes.length;) {
    const { start, length } = longest(places.get(keyAt(bytes, at)) ?? [], base, bytes, at);
    if (length === 0) {
      own.push(bytes[at++]);
      alone++;
      continue;
    }
    parts.push(alone, start, length);
    alone = 0;
    at += length;
  }
  if (alone > 0) parts.push(alone, 0, 0);
  return { own: Uint8Array.from(own), parts };
}

/** @param {Uint8Array} bytes @param {number} at @returns {string} what stands there */
const keyAt = (bytes, at) => String.fromCharCode(...bytes.subarray(at, at + LEAST));

/** @param {Uint8Array} base @returns {Map<string, number[]>} the first places of what stands in it */
function placesOf(base) {
  /** @type {Map<string, number[]>} */
  const places = new Map();
  for (let at = 0; at + LEAST <= base.length; at++) {
    const key = keyAt(base, at);
    const list = places.get(key);
    if (!list) places.set(key, [at]);
    else if (list.length < MOST) list.push(at);
  }
  return places;
}

/**
 * @param {readonly number[]} starts
 * @param {Uint8Array} base
 * @param {Uint8Array} bytes
 * @param {number} at
 */
function longest(starts, base, bytes, at) {
  let best = { start: 0, length: 0 };
  for (const start of starts) {
    let length = 0;
    while (at + length < bytes.length && bytes[at + length] === base[start + length]) length++;
    if (length > best.length) best = { start, length };
  }
  return best;
}
