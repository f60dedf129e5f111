/** Sine and cosine: reduction modulo π/2 and fdlibm's kernels. */
import { reduceByHalfPi } from './halfPi';

/** sin(x + tail) for |x| ≤ π/4. */
function sinKernel(x: number, tail: number): number {
  const z = x * x;
  const v = z * x;
  const r =
    8.33333333332248946124e-3 +
    z *
      (-1.98412698298579493134e-4 +
        z *
          (2.75573137070700676789e-6 +
            z * (-2.50507602534068634195e-8 + z * 1.58969099521155010221e-10)));
  return x - (z * (0.5 * tail - v * r) - tail - v * -1.66666666666666324348e-1);
}

/** cos(x + tail) for |x| ≤ π/4. */
function cosKernel(x: number, tail: number): number {
  const z = x * x;
  const r =
    z *
    (4.16666666666666019037e-2 +
      z *
        (-1.38888888888741095749e-3 +
          z *
            (2.48015872894767294178e-5 +
              z *
                (-2.75573143513906633035e-7 +
                  z * (2.0875723212981748279e-9 + z * -1.13596475577881948265e-11)))));
  const half = 0.5 * z;
  const w = 1 - half;
  return w + (1 - w - half + (z * r - x * tail));
}

/** Sine of x radians; NaN for ±∞. */
export function sin(x: number): number {
  if (x < 1e-8 && x > -1e-8) return x; // x³/6 is below half an ulp; keeps −0
  const { quadrant, high, low } = reduceByHalfPi(x);
  const y = quadrant & 1 ? cosKernel(high, low) : sinKernel(high, low);
  return quadrant & 2 ? -y : y;
}

/** Cosine of x radians; NaN for ±∞. */
export function cos(x: number): number {
  const { quadrant, high, low } = reduceByHalfPi(x);
  const y = quadrant & 1 ? sinKernel(high, low) : cosKernel(high, low);
  return ((quadrant + 1) & 2) !== 0 ? -y : y;
}
