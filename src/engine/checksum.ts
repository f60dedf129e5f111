/** A checksum that tells numbers from other numbers: against mix-ups and damage, not against malice. */

/**
 * 64 bits in two lanes, over 32-bit words. Each word passes through steps that can be undone, so arrays that
 * differ in one word never have the same sum.
 */
export class Checksum {
  #a = 0x9e3779b9;
  #b = 0x85ebca6b;

  /** Adds the bits of numbers, and how many there are. */
  add(numbers: Float64Array | Uint32Array | Uint8Array): this {
    if (numbers instanceof Uint8Array) return this.#addBytes(numbers);
    const words = new Uint32Array(numbers.buffer, numbers.byteOffset, numbers.byteLength / 4);
    this.#addWord(words.length);
    for (let i = 0; i < words.length; i++) this.#addWord(words[i]);
    return this;
  }

  /** As words where they lie: bytes of a file may begin anywhere. */
  #addBytes(bytes: Uint8Array): this {
    this.#addWord(bytes.length);
    const whole = bytes.length - (bytes.length % 4);
    for (let i = 0; i < whole; i += 4)
      this.#addWord(bytes[i] | (bytes[i + 1] << 8) | (bytes[i + 2] << 16) | (bytes[i + 3] << 24));
    for (let i = whole; i < bytes.length; i++) this.#addWord(bytes[i]);
    return this;
  }

  /** 16 hexadecimal digits. */
  hex(): string {
    const digits = (lane: number): string => (lane >>> 0).toString(16).padStart(8, '0');
    return digits(this.#a) + digits(this.#b);
  }

  #addWord(word: number): void {
    // Odd multipliers from the finishers of MurmurHash3 (Appleby, public domain).
    const a = Math.imul(this.#a ^ word, 0xcc9e2d51);
    this.#a = a ^ (a >>> 15);
    const b = Math.imul(this.#b ^ word, 0xc2b2ae35);
    this.#b = b ^ (b >>> 13);
  }
}
