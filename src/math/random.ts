/**
 * Random numbers that are the same everywhere: xoshiro128** (Blackman and Vigna, "Scrambled linear
 * pseudorandom number generators", ACM TOMS 47, 2021), seeded through splitmix64 (Steele, Lea and Flood,
 * "Fast splittable pseudorandom number generators", OOPSLA 2014) as its authors advise.
 */
import { log } from './logarithm';
import { Word64 } from './word64';

/** One independent sequence for each pair of seed and stream name. */
export class Random {
  readonly #s = new Uint32Array(4);
  /** The second number of Marsaglia's pair, NaN when there is none. */
  #spare = NaN;

  /** @param seed a safe integer ≥ 0  @param stream what the numbers are for: `init:0`, `split`, … */
  constructor(seed: number, stream: string) {
    this.begin(seed, stream);
  }

  /** Another sequence, as if it were made for it. @param part of the stream's name, its end: it is not joined to the rest */
  begin(seed: number, stream: string, part = ''): void {
    if (!Number.isSafeInteger(seed) || seed < 0) {
      throw new RangeError(`A seed must be an integer from 0 to 2^53 − 1, found ${seed}.`);
    }
    const s = this.#s;
    const start = hash(stream, part);
    const state = Word64.of(seed).xor(start.high, start.low);
    for (let i = 0; i < 4; i += 2) {
      state.add(0x9e3779b9, 0x7f4a7c15);
      const { high, low } = splitmix64(new Word64(state.high, state.low));
      s[i] = low;
      s[i + 1] = high;
    }
    if ((s[0] | s[1] | s[2] | s[3]) === 0) s[0] = 1; // the one state that never moves
    this.#spare = NaN;
  }

  /** An integer from 0 to 2³² − 1. */
  uint32(): number {
    const s = this.#s;
    const result = Math.imul(rotate(Math.imul(s[1], 5), 7), 9) >>> 0;
    const t = s[1] << 9;
    s[2] ^= s[0];
    s[3] ^= s[1];
    s[1] ^= s[2];
    s[0] ^= s[3];
    s[2] ^= t;
    s[3] = rotate(s[3], 11);
    return result;
  }

  /** From [0, 1), a multiple of 2⁻⁵³. */
  uniform(): number {
    const high = this.uint32() >>> 5; // 27 bits
    const low = this.uint32() >>> 6; // 26 bits
    return (high * 67108864 + low) / 9007199254740992;
  }

  /** Mean 0, standard deviation 1, by Marsaglia's polar method (SIAM Review 6, 1964). */
  normal(): number {
    if (this.#spare === this.#spare) {
      const spare = this.#spare;
      this.#spare = NaN;
      return spare;
    }
    let u: number, v: number, s: number;
    do {
      u = 2 * this.uniform() - 1;
      v = 2 * this.uniform() - 1;
      s = u * u + v * v;
    } while (s >= 1 || s === 0);
    const factor = Math.sqrt((-2 * log(s)) / s);
    this.#spare = v * factor;
    return u * factor;
  }

  /** An integer from 0 to n − 1, all equally likely; 1 ≤ n ≤ 2³². */
  below(n: number): number {
    if (!(n >= 1 && n <= 4294967296 && Number.isInteger(n))) {
      throw new RangeError(`below(n) needs an integer from 1 to 2^32, found ${n}.`);
    }
    return n === 4294967296 ? this.uint32() : this.#below(n);
  }

  /** The same for n < 2³²: the remainder of integers of 32 bits takes a fraction of the time of other numbers. */
  #below(n: number): number {
    const divisor = n >>> 0;
    const safe = -divisor >>> 0; // 2³² − n: what is less is in the part that n divides
    let value: number;
    do value = this.uint32() >>> 0;
    while (value >= safe && value >= 4294967296 - (safe % divisor));
    return value % divisor;
  }

  /** Fisher–Yates, in place, of what stands from `start` to `end`: every order equally likely. */
  shuffle(order: Uint32Array, start = 0, end = order.length): void {
    for (let count = end - start; count > 1; count--) {
      const last = start + count - 1;
      const other = start + this.#below(count);
      const moved = order[other];
      order[other] = order[last];
      order[last] = moved;
    }
  }

  /** Everything that decides the numbers to come: seven words. */
  state(): Uint32Array {
    const state = new Uint32Array(7);
    state.set(this.#s);
    if (this.#spare === this.#spare) {
      const view = new DataView(state.buffer);
      view.setFloat64(16, this.#spare, true);
      state[6] = 1;
    }
    return state;
  }

  /** Goes on where `state` was taken. */
  restore(state: Uint32Array): void {
    if (state.length !== 7) {
      throw new RangeError(`A generator's state has 7 words, found ${state.length}.`);
    }
    this.#s.set(state.subarray(0, 4));
    const view = new DataView(state.buffer, state.byteOffset, state.byteLength);
    this.#spare = state[6] === 1 ? view.getFloat64(16, true) : NaN;
  }
}

function rotate(x: number, bits: number): number {
  return (x << bits) | (x >>> (32 - bits));
}

/** The output function of splitmix64, in place. */
function splitmix64(z: Word64): Word64 {
  z.xorShifted(30).multiply(0xbf58476d, 0x1ce4e5b9);
  z.xorShifted(27).multiply(0x94d049bb, 0x133111eb);
  return z.xorShifted(31);
}

/** FNV-1a, 64 bits, over UTF-16 code units, scrambled so that near names start far apart. */
function hash(start: string, end: string): Word64 {
  let [high, low] = [0xcbf29ce4, 0x84222325];
  const { length } = start;
  for (let i = 0; i < length + end.length; i++) {
    low ^= i < length ? start.charCodeAt(i) : end.charCodeAt(i - length);
    // Times 2⁴⁰ + 0x1b3, half by half: what the lower 16 bits carry, then what all of them do.
    const carried = ((low >>> 16) * 0x1b3 + (((low & 0xffff) * 0x1b3) >>> 16)) >>> 16;
    high = (Math.imul(high, 0x1b3) + (low << 8) + carried) | 0;
    low = Math.imul(low, 0x1b3);
  }
  return splitmix64(new Word64(high, low));
}
