/** Cells of a CSV file, one after the other, as the numbers that their bytes write. */
import { parseNumber } from './cells';

const LINE_FEED = 10;
const RETURN = 13;
const QUOTE = 34;
const [PLUS, COMMA, MINUS, POINT, ZERO, NINE] = [43, 44, 45, 46, 48, 57];
/** Whole numbers of so many digits are exact in float64, and so are the powers of ten up to the 22nd. */
const EXACT_DIGITS = 15;
/** Characters of a cell that is read as a number here. */
const LONGEST = 4096;
const POWERS = Float64Array.from({ length: EXACT_DIGITS + 1 }, (_, i) => Number(`1e${i}`));

/** Stands on a byte; every line ends with a line feed, also the last one. */
export class CsvNumbers {
  /** Of the whole file. */
  readonly length: number;
  readonly #delimiter: number;
  readonly #decimalComma: boolean;
  /** What lies behind the last line feed, with one of its own. */
  readonly #tail: Uint8Array;
  #bytes: Uint8Array;
  #at: number;
  #end: number;
  /** Bytes before `#bytes`. */
  #before = 0;

  constructor(bytes: Uint8Array, start: number, delimiter: number, decimalComma: boolean) {
    this.length = bytes.length;
    this.#delimiter = delimiter;
    this.#decimalComma = decimalComma;
    this.#bytes = bytes;
    this.#at = start;
    this.#end = Math.max(start, bytes.lastIndexOf(LINE_FEED) + 1);
    const tail = bytes.subarray(this.#end);
    this.#tail = new Uint8Array(tail.length > 0 ? tail.length + 1 : 0).fill(LINE_FEED);
    this.#tail.set(tail);
    if (this.#at === this.#end) this.#beginTail();
  }

  /** Bytes that are passed. */
  get done(): number {
    return this.#before + this.#at;
  }

  get atEnd(): boolean {
    return this.#at >= this.#end;
  }

  /** The byte that it stands on. */
  get next(): number {
    return this.#bytes[this.#at];
  }

  /** Goes on by one byte. */
  pass(): void {
    if (++this.#at === this.#end) this.#beginTail();
  }

  linesLeft(): number {
    let lines = this.#bytes === this.#tail || this.#tail.length === 0 ? 0 : 1;
    for (let at = this.#at; at < this.#end; at = this.#bytes.indexOf(LINE_FEED, at) + 1) lines++;
    return lines;
  }

  /** Passes a cell whatever is in it; false where that is a quote. */
  skip(): boolean {
    const bytes = this.#bytes;
    let at = this.#at;
    while (!this.#ends(bytes[at]) && bytes[at] !== QUOTE) at++;
    this.#at = at;
    return bytes[at] !== QUOTE;
  }

  /** Passes a cell; NaN where it is no finite decimal number. Digits alone are the usual case. */
  number(): number {
    const bytes = this.#bytes;
    const start = this.#at;
    let at = start;
    let value = 0;
    let byte = bytes[at];
    while (byte >= ZERO && byte <= NINE) {
      value = value * 10 + (byte - ZERO);
      byte = bytes[++at];
    }
    const digits = at - start;
    if (digits === 0 || digits > EXACT_DIGITS || !this.#ends(byte)) return this.#decimal(start);
    this.#at = at;
    return value;
  }

  #ends(byte: number): boolean {
    return byte === this.#delimiter || byte === LINE_FEED || byte === RETURN;
  }

  /**
   * With a sign and a point. The quotient of two exact numbers is the number nearest to their true quotient, as
   * reading the text would give it.
   */
  #decimal(start: number): number {
    const bytes = this.#bytes;
    const signed = bytes[start] === MINUS || bytes[start] === PLUS;
    let at = signed ? start + 1 : start;
    let [value, digits, point] = [0, 0, -1];
    for (; !this.#ends(bytes[at]); at++) {
      const byte = bytes[at];
      if (byte >= ZERO && byte <= NINE) {
        value = value * 10 + (byte - ZERO);
        digits++;
      } else if (point < 0 && this.#isPoint(byte)) point = digits;
      else return this.#written(start);
    }
    if (digits === 0 || digits > EXACT_DIGITS) return this.#written(start);
    this.#at = at;
    const size = point < 0 ? value : value / POWERS[digits - point];
    return bytes[start] === MINUS ? -size : size;
  }

  #isPoint(byte: number): boolean {
    return byte === POINT || (byte === COMMA && this.#decimalComma);
  }

  /** Any other way to write a number. Longer cells are left to whoever reads the text. */
  #written(start: number): number {
    const bytes = this.#bytes;
    let at = start;
    while (!this.#ends(bytes[at])) at++;
    this.#at = at;
    if (at - start > LONGEST) return NaN;
    const text = String.fromCharCode(...bytes.subarray(start, at));
    const value = parseNumber(text, this.#decimalComma);
    return Number.isFinite(value) ? value : NaN;
  }

  #beginTail(): void {
    if (this.#bytes === this.#tail || this.#tail.length === 0) return;
    this.#before = this.#end;
    this.#bytes = this.#tail;
    this.#at = 0;
    this.#end = this.#tail.length;
  }
}
