/** Medians of measurements, and whether their results are right. */

/**
 * @param {readonly number[]} values
 * @returns the middle one; of an even number the mean of the middle two; NaN of none
 */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return (sorted[Math.ceil(middle) - 1] + sorted[Math.floor(middle)]) / 2;
}

/** Losses of the same steps in float32, in whatever order of summation, differ by less than this share. */
export const LOSS_TOLERANCE = 2e-3;

/**
 * Whether a contender computes what it should. One with our initial weights must have the loss that the float64
 * reference has after the same steps; one with weights of its own must at least have learnt something.
 *
 * @param {{ loss?: number | null, learnt?: readonly [before: number | null, after: number | null] }} answer null: not finite
 * @param {number} expected loss of the reference
 * @returns {string | undefined} what is wrong
 */
export function faultOf({ loss, learnt }, expected) {
  if (learnt) {
    const [before, after] = learnt.map(each => each ?? NaN);
    return after < before ? undefined : `its loss went from ${before} to ${after}`;
  }
  const found = loss ?? NaN;
  if (Math.abs(found - expected) <= LOSS_TOLERANCE * Math.abs(expected)) return undefined;
  return `its loss is ${found} where the float64 reference has ${expected}`;
}
