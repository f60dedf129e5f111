/** Rows of plain numbers, read from the bytes of a CSV file into as little memory as they need. */
import type { Beginning, Odd } from './csvBeginning';
import { CsvNumbers } from './csvNumbers';
import { MAX_HELD_BYTES, STEP_SIZE } from './steps';
import type { RawInputs } from './table';

const LINE_FEED = 10;
const RETURN = 13;
const UNUSED = -1;
/** Slots of targets lie below. */
const FIRST_TARGET = -2;

/** Which of a file's columns go where: places of the inputs and of the targets among them. */
export interface CsvSlots {
  readonly inputs: readonly number[];
  readonly targets: readonly number[];
}

export class CsvRows {
  readonly #cells: CsvNumbers;
  readonly #delimiter: number;
  /** By column: the place of the input, or what it is instead. */
  readonly #slots: Int32Array;
  readonly #inputSize: number;
  readonly #targetSize: number;
  /** At most so many rows: lines that are left. */
  readonly #room: number;
  #line: number;
  #bytes: Uint8Array | undefined;
  #numbers: Float64Array | undefined;
  readonly #targets: Float64Array;
  /** Lines of the samples. */
  readonly #lines: number[] = [];
  #odd: Odd | undefined;
  #tooLarge = false;

  constructor(bytes: Uint8Array, beginning: Beginning, { inputs, targets }: CsvSlots) {
    const { start, line, delimiter, decimalComma, names } = beginning;
    this.#cells = new CsvNumbers(bytes, start, delimiter, decimalComma);
    this.#delimiter = delimiter;
    this.#line = line;
    this.#slots = new Int32Array(names.length).fill(UNUSED);
    inputs.forEach((column, k) => (this.#slots[column] = k));
    targets.forEach((column, t) => (this.#slots[column] = FIRST_TARGET - t));
    this.#inputSize = inputs.length;
    this.#targetSize = targets.length;
    this.#room = this.#cells.linesLeft();
    this.#tooLarge = this.#room * (this.#inputSize + 8 * this.#targetSize) > MAX_HELD_BYTES;
    const room = this.#tooLarge ? 0 : this.#room;
    this.#bytes = new Uint8Array(room * this.#inputSize);
    this.#targets = new Float64Array(room * this.#targetSize);
  }

  /** Reads on for some milliseconds. False at the end, and where something is {@link odd} or {@link tooLarge}. */
  read(): boolean {
    const stop = this.#cells.done + STEP_SIZE;
    while (this.#cells.done < stop) {
      if (this.#tooLarge || this.#cells.atEnd || !this.#row()) return false;
    }
    return true;
  }

  /** The part of the file that is read, from 0 to 1. */
  get part(): number {
    return this.#cells.done / this.#cells.length;
  }

  get odd(): Odd | undefined {
    return this.#odd;
  }

  /** Whether the rows take more memory than a data set may. */
  get tooLarge(): boolean {
    return this.#tooLarge;
  }

  /** Rows that are read, and at most how many there are. */
  get count(): number {
    return this.#lines.length;
  }

  get room(): number {
    return this.#room;
  }

  get lines(): readonly number[] {
    return this.#lines;
  }

  /** (count, inputs) */
  get inputs(): RawInputs {
    const length = this.count * this.#inputSize;
    return this.#bytes
      ? { type: 'bytes', values: this.#bytes.subarray(0, length), unit: 1 }
      : { type: 'numbers', values: (this.#numbers as Float64Array).subarray(0, length) };
  }

  /** (count, targets) */
  get targets(): Float64Array {
    return this.#targets.slice(0, this.count * this.#targetSize);
  }

  /** One line; false where something is odd. */
  #row(): boolean {
    const [cells, slots] = [this.#cells, this.#slots];
    if (cells.next === LINE_FEED || cells.next === RETURN) return this.#endOfLine();
    const last = slots.length - 1;
    const row = this.count;
    for (let column = 0; column <= last; column++) {
      if (slots[column] === UNUSED) {
        if (!cells.skip()) return this.#isOdd('a quote');
      } else {
        const value = cells.number();
        if (Number.isNaN(value)) return this.#isOdd('a cell that is no plain number');
        if (!this.#store(row, slots[column], value)) return false;
      }
      if (column < last && cells.next !== this.#delimiter) return this.#isOdd('too few cells');
      if (column < last) cells.pass();
    }
    if (cells.next === this.#delimiter) return this.#isOdd('too many cells');
    this.#lines.push(this.#line);
    return this.#endOfLine();
  }

  #endOfLine(): boolean {
    if (this.#cells.next === RETURN) this.#cells.pass();
    if (this.#cells.next !== LINE_FEED) return this.#isOdd('a line end of another kind');
    this.#cells.pass();
    this.#line++;
    return true;
  }

  #isOdd(what: string): false {
    this.#odd = { line: this.#line, what };
    return false;
  }

  /** False where the memory does not suffice. */
  #store(row: number, slot: number, value: number): boolean {
    if (slot <= FIRST_TARGET) {
      this.#targets[row * this.#targetSize + FIRST_TARGET - slot] = value;
      return true;
    }
    const place = row * this.#inputSize + slot;
    if (this.#bytes) {
      if (isByte(value)) {
        this.#bytes[place] = value;
        return true;
      }
      if (!this.#widen(this.#bytes)) return false;
    }
    (this.#numbers as Float64Array)[place] = value;
    return true;
  }

  /** There is a number that is no byte: all of them become numbers. */
  #widen(bytes: Uint8Array): boolean {
    this.#tooLarge = 8 * bytes.length > MAX_HELD_BYTES;
    if (this.#tooLarge) return false;
    this.#numbers = Float64Array.from(bytes);
    this.#bytes = undefined;
    return true;
  }
}

/** −0 is none: bytes know no sign. */
function isByte(value: number): boolean {
  return (value & 255) === value && !Object.is(value, -0);
}
