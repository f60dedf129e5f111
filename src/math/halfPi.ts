/** Remainders modulo π/2, exact enough for the sine of any number. */

/** x = quadrant · π/2 + high + low, |high| ≤ π/4 (a hair more), quadrant modulo 4. */
export interface Reduced {
  readonly quadrant: number;
  readonly high: number;
  readonly low: number;
}

// π/2 in three parts of 33 bits (a product with a 20-bit integer is exact) and what follows each of them.
const PART_1 = 1.57079632673412561417;
const REST_1 = 6.07710050650619224932e-11;
const PART_2 = 6.0771005063039659766e-11;
const REST_2 = 2.02226624879595063154e-21;
const PART_3 = 2.0222662487111664558e-21;
const REST_3 = 8.47842766036889956997e-32;

/** Any number; quadrant 0 and NaN parts for ±∞ and NaN. */
export function reduceByHalfPi(x: number): Reduced {
  if (x <= 0.7853981633974483 && x >= -0.7853981633974483) return { quadrant: 0, high: x, low: 0 };
  if (!(x < Infinity && x > -Infinity)) return { quadrant: 0, high: NaN, low: NaN };
  return x < 1e6 && x > -1e6 ? reduceMedium(x) : reduceLarge(x);
}

/** Cody and Waite's reduction: more parts of π/2 while the difference cancels. */
function reduceMedium(x: number): Reduced {
  const n = Math.floor(x * 0.6366197723675814 + 0.5);
  let r = x - n * PART_1;
  let w = n * REST_1;
  let high = r - w;
  if (Math.abs(high) < Math.abs(x) * 1.5e-5) {
    let t = r;
    w = n * PART_2;
    r = t - w;
    w = n * REST_2 - (t - r - w);
    high = r - w;
    if (Math.abs(high) < Math.abs(x) * 1.7e-15) {
      t = r;
      w = n * PART_3;
      r = t - w;
      w = n * REST_3 - (t - r - w);
      high = r - w;
    }
  }
  return { quadrant: n & 3, high, low: r - high - w };
}

/** Fraction bits of the integer arithmetic: a quotient of 1024 bits leaves more than 200 good ones. */
const BITS = 1250n;
/** Fraction bits kept of the remainder, few enough for a float64. */
const KEPT = 220n;
let halfPi: bigint | undefined;

/** In integers: slow, but an argument of a million radians is rare. */
function reduceLarge(x: number): Reduced {
  halfPi ??= 2n * (4n * inverseTangent(5n) - inverseTangent(239n)); // Machin, 1706
  // Below 2⁵³ a factor of 2³³ makes an integer of it (|x| ≥ 10⁶ has at most 33 fraction bits); above it is one already.
  const magnitude = Math.abs(x);
  const scaled =
    magnitude < 9007199254740992
      ? BigInt(magnitude * 8589934592) << (BITS - 33n)
      : BigInt(magnitude) << BITS;
  const n = (2n * scaled + halfPi) / (2n * halfPi);
  const remainder = (scaled - n * halfPi) >> (BITS - KEPT);
  const high = Number(remainder);
  const low = Number(remainder - BigInt(high));
  const sign = x < 0 ? -1 : 1;
  const unit = sign / 1684996666696914987166688442938726917102321526408785780068975640576; // 2⁻²²⁰
  return { quadrant: (Number(n & 3n) * sign) & 3, high: high * unit, low: low * unit };
}

/** arctan(1/m) × 2^BITS, by its power series. */
function inverseTangent(m: bigint): bigint {
  const guard = 20n;
  let power = (1n << (BITS + guard)) / m;
  let sum = power;
  for (let k = 1n; power > 0n; k++) {
    power /= m * m;
    const term = power / (2n * k + 1n);
    sum += k & 1n ? -term : term;
  }
  return sum >> guard;
}
