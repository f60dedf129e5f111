import { describe, expect, it } from 'vitest';
import { Random } from '../../src/math/random';

/** The generator in a given state of xoshiro128**. */
function withState(words: readonly number[]): Random {
  const random = new Random(0, '');
  random.restore(Uint32Array.from([...words, 0, 0, 0]));
  return random;
}

function take(random: Random, n: number): number[] {
  return Array.from({ length: n }, () => random.uint32());
}

describe('Random', () => {
  it('is xoshiro128**: the first numbers from the state 1, 2, 3, 4', () => {
    expect(take(withState([1, 2, 3, 4]), 10)).toEqual([
      11520, 0, 5927040, 70819200, 2031721883, 1637235492, 1287239034, 3734860849, 3729100597,
      4258142804,
    ]);
  });

  it('is seeded as documented', () => {
    // Computed by an independent Python program: FNV-1a of the name, splitmix64, xoshiro128**.
    expect(take(new Random(42, 'init:0'), 5)).toEqual([
      1066849164, 1199704099, 1830348616, 3776568394, 3087044485,
    ]);
    expect(take(new Random(0, 'split'), 3)).toEqual([2099921926, 1393565102, 1701543649]);
    expect(take(new Random(2 ** 53 - 1, ''), 3)).toEqual([2148863627, 141047166, 3652119010]);
  });

  it('gives other numbers for another seed and for another stream', () => {
    const first = (seed: number, stream: string): string =>
      take(new Random(seed, stream), 4).join();
    const all = [0, 1, 2, 4294967296, 4294967297].flatMap(seed =>
      ['a', 'b', 'init:0', 'init:1', 'shuffle:0', 'shuffle:1'].map(stream => first(seed, stream)),
    );
    expect(new Set(all).size).toBe(all.length);
  });

  it('refuses a seed that is no safe integer', () => {
    for (const seed of [-1, 0.5, NaN, 2 ** 53]) {
      expect(() => new Random(seed, '')).toThrow(/seed must be an integer/);
    }
  });

  it('draws uniform numbers in [0, 1) with 53 bits', () => {
    const random = new Random(3, 'u');
    const counts = new Array<number>(10).fill(0);
    let fine = 0;
    for (let i = 0; i < 100_000; i++) {
      const u = random.uniform();
      expect(u >= 0 && u < 1).toBe(true);
      counts[Math.floor(u * 10)]++;
      if ((u * 2 ** 53) % 2 === 1) fine++;
    }
    for (const n of counts) expect(Math.abs(n - 10_000)).toBeLessThan(450); // 4.7 sigma
    expect(Math.abs(fine - 50_000)).toBeLessThan(800);
  });

  it('draws normal numbers with the right moments and tails', () => {
    const random = new Random(4, 'n');
    const n = 200_000;
    let [sum, squares, cubes, fourths, tail] = [0, 0, 0, 0, 0];
    for (let i = 0; i < n; i++) {
      const z = random.normal();
      sum += z;
      squares += z * z;
      cubes += z * z * z;
      fourths += z * z * z * z;
      if (Math.abs(z) > 1.959963984540054) tail++;
    }
    expect(Math.abs(sum / n)).toBeLessThan(0.01);
    expect(Math.abs(squares / n - 1)).toBeLessThan(0.015);
    expect(Math.abs(cubes / n)).toBeLessThan(0.04);
    expect(Math.abs(fourths / n - 3)).toBeLessThan(0.11);
    expect(Math.abs(tail / n - 0.05)).toBeLessThan(0.0025);
  });

  it('draws integers below n without bias', () => {
    const random = new Random(5, 'b');
    const counts = new Array<number>(6).fill(0);
    for (let i = 0; i < 60_000; i++) counts[random.below(6)]++;
    for (const n of counts) expect(Math.abs(n - 10_000)).toBeLessThan(430);
    // With 3 · 2³⁰ a plain remainder would favour the lower third twice over.
    let low = 0;
    for (let i = 0; i < 10_000; i++) if (random.below(3 * 2 ** 30) < 2 ** 30) low++;
    expect(Math.abs(low - 3333)).toBeLessThan(240);
    expect(() => random.below(0)).toThrow(RangeError);
    expect(() => random.below(1.5)).toThrow(RangeError);
    expect(random.below(1)).toBe(0);
  });

  it('shuffles into every order equally often', () => {
    const random = new Random(6, 's');
    const counts = new Map<string, number>();
    for (let i = 0; i < 24_000; i++) {
      const order = Uint32Array.of(0, 1, 2, 3);
      random.shuffle(order);
      counts.set(order.join(), (counts.get(order.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    for (const n of counts.values()) expect(Math.abs(n - 1000)).toBeLessThan(150);
  });

  it('begins another sequence as if it were made for it, also where its name has two parts', () => {
    const random = new Random(7, 'r');
    random.normal();
    random.begin(42, 'init:0');
    expect(random.state()).toEqual(new Random(42, 'init:0').state());
    for (const name of ['shuffle:123', '', 'Größe–∂', '\uffff'.repeat(40)]) {
      for (const at of [0, 1, name.length]) {
        random.begin(42, name.slice(0, at), name.slice(at));
        expect(random.state()).toEqual(new Random(42, name).state());
      }
    }
    expect(take(new Random(42, 'Größe–∂'), 2)).toEqual([2386352541, 3415764617]);
  });

  it('draws from 2³² numbers, and without bias from one less and from a half and one more', () => {
    const [random, plain] = [new Random(9, 'b'), new Random(9, 'b')];
    for (let i = 0; i < 100; i++) expect(random.below(2 ** 32)).toBe(plain.uint32());
    for (const n of [2 ** 32 - 1, 2 ** 31 + 1, 3 * 2 ** 30, 1000]) {
      const limit = 2 ** 32 - (2 ** 32 % n);
      for (let i = 0; i < 200; i++) {
        let value: number;
        do value = plain.uint32();
        while (value >= limit);
        expect(random.below(n)).toBe(value % n);
      }
    }
  });

  it('shuffles a part, and leaves the rest', () => {
    const [random, plain] = [new Random(9, 'p'), new Random(9, 'p')];
    const [order, part] = [Uint32Array.of(7, 0, 1, 2, 3, 4, 9), Uint32Array.of(0, 1, 2, 3, 4)];
    random.shuffle(order, 1, 6);
    plain.shuffle(part);
    expect([...order]).toEqual([7, ...part, 9]);
  });

  it('goes on where a state was taken, also between the two numbers of a normal pair', () => {
    const random = new Random(7, 'r');
    random.normal();
    const state = random.state();
    const expected = [random.normal(), random.normal(), random.uniform(), random.uint32()];
    const other = new Random(8, 'x');
    other.restore(state);
    expect([other.normal(), other.normal(), other.uniform(), other.uint32()]).toEqual(expected);
    expect(() => other.restore(new Uint32Array(4))).toThrow(/7 words/);
  });
});
