/** How well differences agree with a gradient, by their step: the V of truncation on one side, rounding on the other. */
import type { Crossing } from './crossings';
import type { Differences, Shifted } from './differences';

/** Of one step. */
export interface CurvePoint {
  readonly h: number;
  readonly numeric: number;
  /** |a − n| / max(|a|, |n|); 0 where both are 0. */
  readonly error: number;
  readonly crossed: Crossing;
}

const DECADES = 12;

/** 10⁻¹ and about a third of it, then a tenth of both, down to 10⁻¹²; relative to max(1, |θ|). */
const STEPS = Array.from({ length: DECADES }, (_, i) =>
  [1, 0.3].map(first => first / 10 ** (i + 1)),
)
  .flat()
  .slice(0, -1);

/**
 * Central differences (C(θ + h) − C(θ − h)) / 2h, the largest step first. Their error falls as h² until rounding, which
 * grows as 1/h, is larger.
 *
 * @param scale of the steps
 */
export function errorCurve(
  differences: Differences,
  place: Shifted,
  scale: number,
  analytic: number,
): readonly CurvePoint[] {
  return STEPS.map(step => {
    const h = step * scale;
    const { numeric, crossed } = differences.central(place, h);
    const size = Math.max(Math.abs(analytic), Math.abs(numeric));
    const error = size === 0 ? 0 : Math.abs(analytic - numeric) / size;
    return { h, numeric, error, crossed };
  });
}
