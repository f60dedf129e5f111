/** Constants of the code of small networks. */
import { i32, load, type Code } from './code';

/** Bytes that they have in the memory. */
export const CONSTANT_BYTES = 1024;

/** Vectors of one number each, in memory: V8 loads them faster than it makes them. */
export class Constants {
  readonly #address: number;
  readonly #room: number;
  readonly #values: number[][] = [];
  readonly #places = new Map<string, Code>();

  /** @param room bytes from `address` on */
  constructor(address: number, room: number) {
    this.#address = address;
    this.#room = room;
  }

  /** Four times the same number. */
  of(value: number): Code {
    return this.integers(bits(value));
  }

  /** Ones in all bits of the first `lanes` lanes. */
  mask(lanes: number): Code {
    return this.#vector([0, 1, 2, 3].map(lane => (lane < lanes ? -1 : 0)));
  }

  integers(value: number): Code {
    return this.#vector([value, value, value, value]);
  }

  /** Into the memory, when all code is made. */
  write(buffer: ArrayBuffer): void {
    new Int32Array(buffer, this.#address).set(this.#values.flat());
  }

  #vector(lanes: number[]): Code {
    const key = lanes.join();
    const known = this.#places.get(key);
    if (known) return known;
    const index = this.#values.push(lanes) - 1;
    if (16 * (index + 1) > this.#room) throw new RangeError('There is no room for a constant.');
    const place = load(i32(this.#address + 16 * index));
    this.#places.set(key, place);
    return place;
  }
}

function bits(value: number): number {
  return new Int32Array(Float32Array.of(value).buffer)[0];
}
