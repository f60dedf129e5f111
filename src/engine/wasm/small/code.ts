/**
 * Machine code of WebAssembly, written byte by byte: as much of the binary format (WebAssembly Core Specification 2.0,
 * chapter 5) as functions of vectors need. An expression is the bytes that leave its value on the stack.
 */

/** Bytes, and codes within codes: they are put one behind the other when all of it is known. */
export type Code = readonly (number | Code)[];

/** All bytes of a code, behind those that stand there. @param fuses whether products are fused with sums */
function write(given: Code, bytes: number[], fuses = false): void {
  const code = fuses ? fusedOnce(given) : given;
  for (const part of code) {
    if (typeof part === 'number') bytes.push(part);
    else write(part, bytes, fuses);
  }
}

/** A code behind its length in bytes. */
function measured(code: Code): Code {
  const bytes: number[] = [];
  write(code, bytes);
  return [unsigned(bytes.length), bytes];
}

/** LEB128 of an unsigned integer. */
export function unsigned(value: number): readonly number[] {
  const bytes: number[] = [];
  do {
    const low = value % 128;
    value = Math.floor(value / 128);
    bytes.push(value > 0 ? low + 128 : low);
  } while (value > 0);
  return bytes;
}

/** LEB128 of a 32-bit integer with its sign. */
function signed(value: number): Code {
  const bytes: number[] = [];
  for (;;) {
    const low = value & 127;
    value >>= 7;
    const done = (value === 0 && (low & 64) === 0) || (value === -1 && (low & 64) !== 0);
    bytes.push(done ? low : low + 128);
    if (done) return bytes;
  }
}

/** The prefix of vectors, and which instruction it is. */
const opcodes: readonly Code[] = Array.from({ length: 256 }, (_, opcode) => [
  0xfd,
  ...unsigned(opcode),
]);

const [ADD, SUBTRACT, MULTIPLY] = [0xe4, 0xe5, 0xe6];
/** a·b + c and c − a·b, rounded once where the processor can (f32x4.relaxed_madd and relaxed_nmadd). */
const MULTIPLY_ADD: Code = [0xfd, unsigned(0x105)];
const SUBTRACT_PRODUCT: Code = [0xfd, unsigned(0x106)];

/** A sum or difference of a product as one instruction; any other code as it is. */
function fusedOnce(code: Code): Code {
  if (code.length !== 3) return code;
  const [a, b] = code as readonly [Code, Code];
  const isProduct = (term: Code): boolean => term.length === 3 && term[2] === opcodes[MULTIPLY];
  if (code[2] === opcodes[ADD]) {
    if (isProduct(a)) return [a[0], a[1], b, MULTIPLY_ADD];
    return isProduct(b) ? [b[0], b[1], a, MULTIPLY_ADD] : code;
  }
  return code[2] === opcodes[SUBTRACT] && isProduct(b) ? [b[0], b[1], a, SUBTRACT_PRODUCT] : code;
}

/** A vector instruction, behind its operands. */
function vector(opcode: number, ...operands: readonly Code[]): Code {
  return [...operands, opcodes[opcode]];
}

/** Alignment 2⁴ for v128, 2² for single numbers; `offset` in bytes. */
const at = (alignment: number, offset: number): Code => [alignment, unsigned(offset)];

export const i32 = (value: number): Code => [0x41, signed(value)];
export const addI32 = (a: Code, b: Code): Code => [a, b, 0x6a];
export const multiplyI32 = (a: Code, b: Code): Code => [a, b, 0x6c];
export const subtractI32 = (a: Code, b: Code): Code => [a, b, 0x6b];
export const isLess = (a: Code, b: Code): Code => [a, b, 0x49];
/** The smaller of two that are not negative. Each is computed twice. */
export const smallerI32 = (a: Code, b: Code): Code => [a, b, isLess(a, b), 0x1b];
export const loadI32 = (address: Code, offset = 0): Code => [address, 0x28, at(2, offset)];

/** A float64 in memory, as float32. */
export const loadAsF32 = (address: Code): Code => [address, 0x2b, at(3, 0), 0xb6];

export const load = (address: Code, offset = 0): Code => [vector(0x00, address), at(4, offset)];
export const loadSplat = (address: Code, offset = 0): Code => [
  vector(0x09, address),
  at(2, offset),
];
export const store = (address: Code, value: Code, offset = 0): Code => [
  vector(0x0b, address, value),
  at(4, offset),
];

export const splat = (value: Code): Code => vector(0x13, value);
export const add = (a: Code, b: Code): Code => vector(ADD, a, b);
export const subtract = (a: Code, b: Code): Code => vector(SUBTRACT, a, b);
export const multiply = (a: Code, b: Code): Code => vector(MULTIPLY, a, b);
export const divide = (a: Code, b: Code): Code => vector(0xe7, a, b);
export const larger = (a: Code, b: Code): Code => vector(0xe9, a, b);
/** b < a ? b : a, and a < b ? b : a: NaN stays when it stands first. */
export const smallerOf = (a: Code, b: Code): Code => vector(0xea, a, b);
export const largerOf = (a: Code, b: Code): Code => vector(0xeb, a, b);
export const absolute = (a: Code): Code => vector(0xe0, a);
export const isSmaller = (a: Code, b: Code): Code => vector(0x43, a, b);
export const isLarger = (a: Code, b: Code): Code => vector(0x44, a, b);
export const and = (a: Code, b: Code): Code => vector(0x4e, a, b);
/** Bits of a that are not set in b. */
export const andNot = (a: Code, b: Code): Code => vector(0x4f, a, b);
export const or = (a: Code, b: Code): Code => vector(0x50, a, b);
/** Bits of a where those of the mask are set, else of b. */
export const select = (a: Code, b: Code, mask: Code): Code => vector(0x52, a, b, mask);
export const shiftLeft = (a: Code, bits: number): Code => vector(0xab, a, i32(bits));
export const addLanes = (a: Code, b: Code): Code => vector(0xae, a, b);

/** Four lanes of two vectors: 0–3 of a, 4–7 of b. */
export function shuffle(a: Code, b: Code, lanes: readonly number[]): Code {
  const bytes = lanes.flatMap(lane => [0, 1, 2, 3].map(byte => 4 * lane + byte));
  return [vector(0x0d, a, b), bytes];
}

/** A function under construction: its locals, and what it does. */
export class FunctionCode {
  readonly #parameters: number;
  readonly #fuses: boolean;
  readonly #locals: number[] = [];
  readonly #bytes: number[] = [];

  /**
   * @param parameters how many, all of them int32 or float32
   * @param fuses whether products are fused with sums
   */
  constructor(parameters: number, fuses = false) {
    this.#parameters = parameters;
    this.#fuses = fuses;
  }

  /** Does something. */
  do(code: Code): void {
    write(code, this.#bytes, this.#fuses);
  }

  parameter(index: number): Code {
    return [0x20, unsigned(index)];
  }

  /** A vector that is computed once, and can be read from then on. */
  keep(value: Code): Code {
    return this.#variable(0x7b, value).get;
  }

  /** The same for an int32, which may change. */
  integer(value: Code): { readonly get: Code; set(next: Code): void } {
    return this.#variable(0x7f, value);
  }

  /** A vector that may change. */
  variable(value: Code): { readonly get: Code; set(next: Code): void } {
    return this.#variable(0x7b, value);
  }

  /** Again and again while the condition holds, which is asked first. */
  while(condition: Code, body: () => void): void {
    this.do([0x02, 0x40, 0x03, 0x40, condition, 0x45, 0x0d, 1]);
    body();
    this.do([0x0c, 0, 0x0b, 0x0b]);
  }

  /** Once, and again while the condition holds, which is asked behind it. */
  repeat(body: () => void, condition: () => Code): void {
    this.do([0x03, 0x40]);
    body();
    this.do([condition(), 0x0d, 0, 0x0b]);
  }

  /** As it stands in the code section. */
  body(): Code {
    const locals = this.#locals.map(type => [1, type]);
    return measured([unsigned(this.#locals.length), locals, this.#bytes, 0x0b]);
  }

  #variable(type: number, value: Code): { get: Code; set(next: Code): void } {
    const index = unsigned(this.#parameters + this.#locals.push(type) - 1);
    const set = (next: Code): void => this.do([next, 0x21, index]);
    set(value);
    return { get: [0x20, index], set };
  }
}

export type ValueType = 'i32' | 'f32';

const valueTypes: { readonly [K in ValueType]: number } = { i32: 0x7f, f32: 0x7d };

/** A module that imports `env.memory` and exports a function `run`, which returns nothing. */
export function moduleBytes(parameters: readonly ValueType[], code: FunctionCode): Uint8Array {
  const section = (id: number, item: Code): Code => [id, measured([1, item])];
  const name = (text: string): Code => [
    unsigned(text.length),
    Array.from(text, letter => letter.charCodeAt(0)),
  ];
  const types = parameters.map(type => valueTypes[type]);
  const bytes: number[] = [];
  write(
    [
      [0, 0x61, 0x73, 0x6d, 1, 0, 0, 0],
      section(1, [0x60, unsigned(types.length), types, 0]),
      section(2, [name('env'), name('memory'), 0x02, 0x00, 1]),
      section(3, [0]),
      section(7, [name('run'), 0x00, 0]),
      section(10, code.body()),
    ],
    bytes,
  );
  return Uint8Array.from(bytes);
}
