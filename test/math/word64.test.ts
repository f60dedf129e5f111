import { expect, it } from 'vitest';
import { Random } from '../../src/math/random';
import { Word64 } from '../../src/math/word64';

const MASK = 0xffffffffffffffffn;
const word = (value: bigint): Word64 =>
  new Word64(Number(value >> 32n), Number(value & 0xffffffffn));
const value = ({ high, low }: Word64): bigint => {
  for (const half of [high, low]) expect(half).toBe(half | 0);
  return (BigInt(high >>> 0) << 32n) | BigInt(low >>> 0);
};

/** Any two words, and those at whose edges a carry is lost. */
const words = (() => {
  const random = new Random(5, 'word64');
  const edges = [0n, 1n, 0xffffn, 0x10000n, 0x7fffffffn, 0x80000000n, 0xffffffffn, 1n << 32n, MASK];
  const any = Array.from(
    { length: 30 },
    () => (BigInt(random.uint32()) << 32n) | BigInt(random.uint32()),
  );
  return [...edges, ...any];
})();

it('computes as integers of any size do, modulo 2⁶⁴', () => {
  for (const a of words)
    for (const b of words) {
      const { high, low } = word(b);
      expect(value(word(a).xor(high, low))).toBe(a ^ b);
      expect(value(word(a).add(high, low))).toBe((a + b) & MASK);
      expect(value(word(a).multiply(high, low))).toBe((a * b) & MASK);
    }
});

it('shifts from one half into the other', () => {
  for (const a of words)
    for (const bits of [1, 27, 30, 31])
      expect(value(word(a).xorShifted(bits))).toBe(a ^ (a >> BigInt(bits)));
});

it('takes every seed', () => {
  for (const seed of [0, 1, 2 ** 32 - 1, 2 ** 32, 2 ** 53 - 1])
    expect(value(Word64.of(seed))).toBe(BigInt(seed));
});
