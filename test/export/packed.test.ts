import { describe, expect, it } from 'vitest';
import { pack, PackedError, unpack } from '../../src/export/packed';

const value = {
  name: 'größer',
  odd: [NaN, Infinity, -Infinity, -0, 0, 1.5],
  none: null,
  inner: { numbers: Float64Array.of(1, NaN, -0), bytes: Uint8Array.of(1, 2, 3) },
  last: new Float64Array(0),
};

describe('packed data', () => {
  it('are the same again, to the bit', () => {
    const found = unpack(pack(value)) as typeof value;
    expect(found).toEqual(value);
    expect(Object.is(found.odd[3], -0)).toBe(true);
    expect(Object.is(found.inner.numbers[2], -0)).toBe(true);
  });

  it('may hold packed data, and lie anywhere in a buffer', () => {
    const outer = pack({ inside: pack(value), more: Float64Array.of(7) });
    const shifted = new Uint8Array(outer.length + 3);
    shifted.set(outer, 3);
    const { inside, more } = unpack(shifted.subarray(3)) as { inside: Uint8Array; more: unknown };
    expect(more).toEqual(Float64Array.of(7));
    expect(unpack(inside)).toEqual(value);
  });

  it('leave out what is undefined', () => {
    expect(unpack(pack({ a: undefined, b: 1 }))).toEqual({ b: 1 });
  });

  it.each([
    ['nothing', new Uint8Array(0), 'found ""'],
    ['a text', new TextEncoder().encode('{"format": 1}'), 'found "{\\"fo"'],
    ['half of the header', pack(value).slice(0, 40), 'not whole'],
    ['half of the arrays', pack(value).slice(0, -8), 'not whole'],
  ])('are not %s', (_, bytes, sentence) => {
    expect(() => unpack(bytes)).toThrow(PackedError);
    expect(() => unpack(bytes)).toThrow(sentence);
  });
});
