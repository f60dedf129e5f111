import { describe, expect, it } from 'vitest';
import { cos, erf, exp, expm1, log, log1p, sin, tanh } from '../../src/math/functions';
import { Random } from '../../src/math/random';

const bytes = new DataView(new ArrayBuffer(8));

/** The distance of two numbers in units in the last place of `expected`. */
function ulps(actual: number, expected: number): number {
  if (Object.is(actual, expected)) return 0;
  if (Number.isNaN(actual) || Number.isNaN(expected)) return Infinity;
  if (!Number.isFinite(actual) || !Number.isFinite(expected)) return Infinity;
  const magnitude = Math.max(Math.abs(expected), 2.2250738585072014e-308);
  bytes.setFloat64(0, magnitude);
  bytes.setBigUint64(0, bytes.getBigUint64(0) + 1n);
  return Math.abs(actual - expected) / (bytes.getFloat64(0) - magnitude);
}

/** Any finite bit pattern, so all exponents are equally likely. */
function anyNumber(random: Random): number {
  for (;;) {
    bytes.setUint32(0, random.uint32());
    bytes.setUint32(4, random.uint32());
    if (Number.isFinite(bytes.getFloat64(0))) return bytes.getFloat64(0);
  }
}

/** A change of one bit anywhere changes these; they are the same in every engine and on every processor. */
const FINGERPRINTS: Record<string, string> = {
  exp: 'fd287526c8d6d0e8',
  expm1: '995ffd453c43cca0',
  log: 'c5c2240937ff9429',
  log1p: '9b5be31ef34da857',
  tanh: '8b50085c8fc1c70d',
  sin: 'cbece5ef2d8d3a54',
  cos: 'f634827aa5a2d836',
  erf: '43980e65a6b989c7',
};

interface Case {
  readonly own: (x: number) => number;
  readonly theirs: (x: number) => number;
  readonly ranges: readonly (readonly [number, number])[];
  /** The engine's own error adds to ours. */
  readonly limit: number;
}

const CASES: Record<string, Case> = {
  exp: {
    own: exp,
    theirs: Math.exp,
    ranges: [
      [-750, 712],
      [-1, 1],
      [-745.2, -700],
    ],
    limit: 2,
  },
  expm1: {
    own: expm1,
    theirs: Math.expm1,
    ranges: [
      [-50, 712],
      [-1, 1],
      [-1e-3, 1e-3],
    ],
    limit: 2,
  },
  log: {
    own: log,
    theirs: Math.log,
    ranges: [
      [0, 3],
      [0.9, 1.1],
      [0, 1e300],
      [0, 1e-307],
    ],
    limit: 2,
  },
  log1p: {
    own: log1p,
    theirs: Math.log1p,
    ranges: [
      [-1, 2],
      [-1e-3, 1e-3],
      [0, 1e300],
    ],
    limit: 2,
  },
  tanh: {
    own: tanh,
    theirs: Math.tanh,
    ranges: [
      [-25, 25],
      [-1, 1],
      [-1e-3, 1e-3],
    ],
    limit: 3,
  },
  sin: {
    own: sin,
    theirs: Math.sin,
    ranges: [
      [-10, 10],
      [-1e6, 1e6],
      [-1e12, 1e12],
    ],
    limit: 2,
  },
  cos: {
    own: cos,
    theirs: Math.cos,
    ranges: [
      [-10, 10],
      [-1e6, 1e6],
      [-1e12, 1e12],
    ],
    limit: 2,
  },
};

describe.each(Object.entries(CASES))('%s', (name, { own, theirs, ranges, limit }) => {
  it('agrees with the engine over its range, subnormal results included', () => {
    const random = new Random(1, name);
    let worst = { ulps: 0, x: NaN };
    const check = (x: number): void => {
      const distance = ulps(own(x), theirs(x));
      if (distance > worst.ulps) worst = { ulps: distance, x };
    };
    for (const [low, high] of ranges) {
      for (let i = 0; i < 20_000; i++) check(low + (high - low) * random.uniform());
    }
    for (let i = 0; i < 20_000; i++) check(anyNumber(random));
    expect(worst.ulps, `worst at ${worst.x}`).toBeLessThanOrEqual(limit);
  });

  it('agrees at zeros, infinities, NaN and the smallest and largest numbers', () => {
    const special = [0, -0, Infinity, -Infinity, NaN, 5e-324, -5e-324, -1, Number.MAX_VALUE];
    for (const x of special) {
      const distance = ulps(own(x), theirs(x));
      expect(distance, `${name}(${Object.is(x, -0) ? '-0' : x})`).toBeLessThanOrEqual(1);
    }
  });
});

describe('sin and cos', () => {
  it('keep their accuracy beside the multiples of π/2', () => {
    for (let k = 1; k < 20_000; k++) {
      const x = k * (Math.PI / 2);
      expect(ulps(sin(x), Math.sin(x)), `sin ${x}`).toBeLessThanOrEqual(2);
      expect(ulps(cos(x), Math.cos(x)), `cos ${x}`).toBeLessThanOrEqual(2);
    }
  });
});

describe('exp', () => {
  it('never decreases where its pieces meet', () => {
    for (let k = -1070; k < 1020; k += 7) {
      const x = (k + 0.5) * Math.LN2;
      const step = Math.abs(x) * 2 ** -52 || 2 ** -1074;
      expect(exp(x + step)).toBeGreaterThanOrEqual(exp(x));
      expect(exp(x)).toBeGreaterThanOrEqual(exp(x - step));
    }
  });

  it('ends where float64 ends', () => {
    expect(exp(709.782712893384)).toBeLessThan(Infinity);
    expect(exp(709.7827128933841)).toBe(Infinity);
    expect(exp(-745.1332191019411)).toBe(5e-324);
    expect(exp(-745.1332191019412)).toBe(0);
  });
});

describe('erf', () => {
  // Computed with 60 digits (mpmath), rounded to float64; all five intervals and both signs.
  const TABLE: readonly (readonly [x: number, y: number])[] = [
    [5e-324, 5e-324],
    [1e-310, 1.1283791670955e-310],
    [1e-20, 1.1283791670955125e-20],
    [1e-9, 1.1283791670955127e-9],
    [0.001, 0.0011283787909692365],
    [0.1, 0.1124629160182849],
    [0.25, 0.27632639016823696],
    [0.5, 0.5204998778130465],
    [0.75, 0.7111556336535151],
    [0.84, 0.7651427114549945],
    [0.85, 0.7706680576083526],
    [1, 0.8427007929497149],
    [1.2, 0.9103139782296353],
    [1.25, 0.9229001282564583],
    [1.3, 0.9340079449406524],
    [1.75, 0.9866716712191824],
    [2, 0.9953222650189527],
    [2.5, 0.999593047982555],
    [2.85, 0.9999443437200386],
    [2.86, 0.9999475988269556],
    [3, 0.9999779095030014],
    [3.5, 0.9999992569016276],
    [4, 0.9999999845827421],
    [5, 0.9999999999984626],
    [5.9, 0.9999999999999999],
  ];

  it.each(TABLE)('erf(%f) is right to 1 ulp', (x, y) => {
    expect(ulps(erf(x), y)).toBeLessThanOrEqual(1);
    expect(erf(-x)).toBe(-erf(x));
  });

  it('reaches its limits', () => {
    expect(erf(Infinity)).toBe(1);
    expect(erf(-Infinity)).toBe(-1);
    expect(erf(-0)).toBe(-0);
    expect(erf(NaN)).toBeNaN();
    expect(erf(6.5)).toBe(1);
  });
});

describe('all platforms', () => {
  /** A number that depends on every bit of the results at 4,000 places. */
  function fingerprint(f: (x: number) => number): string {
    const random = new Random(11, 'fingerprint');
    let sum = 0xcbf29ce484222325n;
    for (let i = 0; i < 4000; i++) {
      const x = i % 2 === 0 ? 40 * random.uniform() - 20 : Math.abs(anyNumber(random));
      const y = f(x);
      bytes.setFloat64(0, Number.isNaN(y) ? 0 : y); // the bits of NaN are not specified
      sum = BigInt.asUintN(64, (sum ^ bytes.getBigUint64(0)) * 0x100000001b3n);
    }
    return sum.toString(16);
  }

  it.each(Object.entries({ exp, expm1, log, log1p, tanh, sin, cos, erf }))(
    'give the same bits: %s',
    (name, f) => {
      expect(fingerprint(f)).toBe(FINGERPRINTS[name]);
    },
  );
});
