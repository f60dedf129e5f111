/** Integers of 64 bits, modulo 2⁶⁴, in two signed halves: a BigInt would be made anew by every operation. */

/** The upper half of the product of two unsigned 32-bit integers. */
function highOfProduct(a: number, b: number): number {
  const aHigh = a >>> 16;
  const aLow = a & 0xffff;
  const bHigh = b >>> 16;
  const bLow = b & 0xffff;
  const inner = Math.imul(aHigh, bLow);
  // It fits: (2¹⁶ − 1)² + 2 (2¹⁶ − 1) = 2³² − 1.
  const outer = (Math.imul(aLow, bHigh) + (inner & 0xffff) + (Math.imul(aLow, bLow) >>> 16)) | 0;
  return (Math.imul(aHigh, bHigh) + (inner >>> 16) + (outer >>> 16)) | 0;
}

/** Changes in place. Halves are taken as 32 bits, with a sign or without, and kept with one: such are small to V8. */
export class Word64 {
  high: number;
  low: number;

  constructor(high: number, low: number) {
    this.high = high | 0;
    this.low = low | 0;
  }

  /** @param value a safe integer ≥ 0 */
  static of(value: number): Word64 {
    return new Word64(Math.floor(value / 2 ** 32), value);
  }

  xor(high: number, low: number): this {
    this.high ^= high;
    this.low ^= low;
    return this;
  }

  add(high: number, low: number): this {
    const sum = (this.low + low) | 0;
    const carried = sum >>> 0 < low >>> 0 ? 1 : 0;
    this.high = (this.high + high + carried) | 0;
    this.low = sum;
    return this;
  }

  multiply(high: number, low: number): this {
    const carried = highOfProduct(this.low, low);
    this.high = (Math.imul(this.high, low) + Math.imul(this.low, high) + carried) | 0;
    this.low = Math.imul(this.low, low);
    return this;
  }

  /** x ^= x >> bits without sign, 0 < bits < 32. */
  xorShifted(bits: number): this {
    return this.xor(this.high >>> bits, (this.low >>> bits) | (this.high << (32 - bits)));
  }
}
