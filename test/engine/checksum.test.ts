import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Checksum } from '../../src/engine/checksum';

const hex = (...arrays: (Float64Array | Uint32Array | Uint8Array)[]): string =>
  arrays.reduce((sum, array) => sum.add(array), new Checksum()).hex();

test('the same numbers have the same sum, on every platform', () => {
  expect(hex(Float64Array.of(1, -2.5), Uint32Array.of(7))).toBe(KNOWN);
});

/** Written down when it was made: a checkpoint of then must be read for ever. */
const KNOWN = 'd9886a29704898d9';

test('one other number is noticed, whichever it is', () => {
  const array = fc.float64Array({ minLength: 1, maxLength: 20, noNaN: true });
  fc.assert(
    fc.property(array, fc.nat(), fc.double({ noNaN: true }), (numbers, at, value) => {
      const other = numbers.slice();
      other[at % numbers.length] = value;
      const same = Object.is(other[at % numbers.length], numbers[at % numbers.length]);
      expect(hex(other) === hex(numbers)).toBe(same);
    }),
  );
});

test('numbers that change places or arrays are noticed', () => {
  const [a, b] = [Float64Array.of(1, 2), Float64Array.of(3)];
  const sums = [hex(a, b), hex(b, a), hex(Float64Array.of(1, 2, 3)), hex(Float64Array.of(2, 1), b)];
  expect(new Set(sums).size).toBe(4);
});

test('bytes count wherever they lie', () => {
  const bytes = Uint8Array.of(9, 1, 2, 3, 4, 5, 6, 7);
  expect(hex(bytes.subarray(1))).toBe(hex(Uint8Array.of(1, 2, 3, 4, 5, 6, 7)));
  expect(hex(bytes.subarray(1))).not.toBe(hex(Uint8Array.of(1, 2, 3, 4, 5, 6, 8)));
  expect(hex(Uint8Array.of(1))).not.toBe(hex(Uint8Array.of(1, 0)));
});
