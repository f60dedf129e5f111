/** Writes records and lists of operations into a memory. */
import { RECORD_WORDS } from './shared/denseRecord';

/** Of a record: index and word. */
export type Fields = Readonly<Record<number, number>>;

/** An operation (shared/operations.ts) and the address of its record. */
export type Entry = readonly [code: number, record: number];

/** One behind the other. */
export class ProgramWriter {
  readonly #words: Int32Array;
  #end: number;

  constructor(buffer: ArrayBuffer, start: number) {
    this.#words = new Int32Array(buffer);
    this.#end = start;
  }

  /** @returns its address */
  record(fields: Fields): number {
    const address = this.#end;
    for (const [index, value] of Object.entries(fields)) {
      this.#words[address / 4 + Number(index)] = value;
    }
    this.#end += 4 * RECORD_WORDS;
    return address;
  }

  /** A list of operations, and its place and length into the header. */
  list(entries: readonly Entry[], header: number, index: number): void {
    this.#words[header / 4 + index] = this.#end;
    this.#words[header / 4 + index + 1] = entries.length;
    this.#words.set(entries.flat(), this.#end / 4);
    this.#end += 8 * entries.length;
  }
}
