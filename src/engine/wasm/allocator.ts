/** Hands out the bytes of one memory, one room behind the other. */
import { roundUp } from './panels';

/** Bytes below belong to the module's constants. */
const START = 8192;
/** A cache line. */
const ALIGNMENT = 64;

export class Allocator {
  #end = START;

  /** @returns the address of so many bytes */
  take(bytes: number): number {
    const address = this.#end;
    this.#end += roundUp(bytes, ALIGNMENT);
    return address;
  }

  get end(): number {
    return this.#end;
  }
}
