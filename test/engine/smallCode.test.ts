/** The machine code of small networks, instruction by instruction: what it leaves in memory, beside plain arithmetic. */
import { describe, expect, it } from 'vitest';
import * as code from '../../src/engine/wasm/small/code';
import { compileModule, createMemory, instantiateWith } from '../../src/engine/wasm/webAssembly';
import { allowRelaxed } from './engines';

const BYTES = 65_536;
const { f32, f64, i32 } = {
  f32: (...values: number[]) => Float32Array.from(values),
  f64: (...values: number[]) => Float64Array.from(values),
  i32: (...values: number[]) => Int32Array.from(values),
};
/** Where operands and results lie. */
const [A, B, C, RESULT] = [1024, 1040, 1056, 4096];

/** What a function makes of a memory. */
function ran(
  make: (f: code.FunctionCode) => void,
  given: ReadonlyMap<number, ArrayBufferView> = new Map(),
  { fuses = false, numbers = [] as readonly number[] } = {},
): ArrayBuffer {
  const memory = createMemory(BYTES);
  for (const [at, { buffer, byteLength }] of given)
    new Uint8Array(memory.buffer).set(new Uint8Array(buffer as ArrayBuffer, 0, byteLength), at);
  const f = new code.FunctionCode(numbers.length, fuses);
  make(f);
  const bytes = code.moduleBytes(
    numbers.map(() => 'i32'),
    f,
  );
  const { run } = instantiateWith(compileModule(bytes), memory) as unknown as {
    run: (...all: readonly number[]) => void;
  };
  run(...numbers);
  return memory.buffer;
}

/** Four lanes of what is computed of vectors in memory. */
function lanes(of: (a: code.Code, b: code.Code, c: code.Code) => code.Code, fuses = false) {
  return (...vectors: readonly (Float32Array | Int32Array)[]): ArrayBuffer => {
    const given = new Map(vectors.map((vector, i) => [[A, B, C][i], vector]));
    const [a, b, c] = [A, B, C].map(place => code.load(code.i32(place)));
    const buffer = ran(f => f.do(code.store(code.i32(RESULT), of(a, b, c))), given, { fuses });
    return buffer.slice(RESULT, RESULT + 16);
  };
}

describe('an integer', () => {
  const edges = [0, 1, 6, 13, 20, 27].flatMap(bits => [2 ** bits - 1, 2 ** bits, 2 ** bits + 1]);
  const values = [...edges, ...edges.map(value => -value), 2 ** 31 - 1, -(2 ** 31), -129, 255];

  it.each([...new Set(values)])('%i is written so that it is read again', value => {
    // The address is right only if the number is: the rest to it is written by its own bytes.
    const rest = i32(RESULT - value);
    const buffer = ran(
      f =>
        f.do(
          code.store(
            code.addI32(code.i32(value), code.loadI32(code.i32(A))),
            code.load(code.i32(B)),
          ),
        ),
      new Map<number, ArrayBufferView>([
        [A, rest],
        [B, f32(1, 2, 3, 4)],
      ]),
    );
    expect(new Float32Array(buffer, RESULT, 4)).toEqual(f32(1, 2, 3, 4));
  });

  it.each([
    [0, [0]],
    [127, [127]],
    [128, [0x80, 1]],
    [16_383, [0xff, 0x7f]],
    [624_485, [0xe5, 0x8e, 0x26]],
    [2 ** 32 - 1, [0xff, 0xff, 0xff, 0xff, 0x0f]],
  ])('%i without a sign is as in the standard', (value, bytes) => {
    expect(code.unsigned(value)).toEqual(bytes);
  });

  /** An integer that is computed, by the address to which it leads. */
  const told = (of: code.Code, at = 0): boolean => {
    const buffer = ran(
      f => f.do(code.store(of, code.splat(code.loadAsF32(code.i32(A))))),
      new Map([[A, f64(7)]]),
    );
    return new Float32Array(buffer, at, 4).every(value => value === 7);
  };

  it('is added, multiplied, taken away and compared', () => {
    const [a, b] = [code.i32(6000), code.i32(16)];
    expect(told(code.addI32(a, b), 6016)).toBe(true);
    expect(told(code.subtractI32(a, b), 5984)).toBe(true);
    expect(told(code.multiplyI32(code.i32(512), b), 8192)).toBe(true);
    const less = (x: number, y: number) =>
      code.multiplyI32(code.isLess(code.i32(x), code.i32(y)), a);
    expect(told(less(1, 2), 6000)).toBe(true);
    expect([told(less(2, 2), 0), told(less(3, 2), 0)]).toEqual([true, true]);
    for (const [x, y] of [
      [4096, 8192],
      [8192, 4096],
    ])
      expect(told(code.smallerI32(code.i32(x), code.i32(y)), 4096)).toBe(true);
  });
});

const X = [1.5, -2, 0.25, 3];
const Y = [0.5, -4, 8, 3];

describe('a vector', () => {
  it.each<[string, (a: code.Code, b: code.Code) => code.Code, (a: number, b: number) => number]>([
    ['add', code.add, (a, b) => a + b],
    ['subtract', code.subtract, (a, b) => a - b],
    ['multiply', code.multiply, (a, b) => a * b],
    ['divide', code.divide, (a, b) => a / b],
    ['larger', code.larger, Math.max],
    ['smallerOf', code.smallerOf, (a, b) => (b < a ? b : a)],
    ['largerOf', code.largerOf, (a, b) => (a < b ? b : a)],
    ['absolute', a => code.absolute(a), Math.abs],
  ])('%s', (_, of, plain) => {
    expect(new Float32Array(lanes(of)(f32(...X), f32(...Y)))).toEqual(
      f32(...X.map((x, i) => plain(x, Y[i]))),
    );
  });

  it('keeps what is no number where it stands first, and takes the larger by the sign', () => {
    const [a, b] = [f32(NaN, 1, NaN, -0), f32(1, NaN, NaN, 0)];
    expect(new Float32Array(lanes(code.smallerOf)(a, b))).toEqual(f32(NaN, 1, NaN, -0));
    expect(new Float32Array(lanes(code.largerOf)(a, b))).toEqual(f32(NaN, 1, NaN, -0));
    expect(new Float32Array(lanes(code.larger)(a, b))).toEqual(f32(NaN, NaN, NaN, 0));
  });

  it.each<[string, (a: code.Code, b: code.Code) => code.Code, (a: number, b: number) => number]>([
    ['isSmaller', code.isSmaller, (a, b) => (a < b ? -1 : 0)],
    ['isLarger', code.isLarger, (a, b) => (a > b ? -1 : 0)],
  ])('%s, as a mask of bits', (_, of, plain) => {
    const found = lanes(of)(f32(...X), f32(...Y));
    expect(new Int32Array(found)).toEqual(i32(...X.map((x, i) => plain(x, Y[i]))));
  });

  const [P, Q, M] = [
    i32(0b1100, -1, 7, 1 << 30),
    i32(0b1010, 5, 8, -(2 ** 31)),
    i32(0b0110, -1, 0, 0x0f0f0f0f),
  ];
  it.each<[string, (a: code.Code, b: code.Code) => code.Code, (a: number, b: number) => number]>([
    ['and', code.and, (a, b) => a & b],
    ['andNot', code.andNot, (a, b) => a & ~b],
    ['or', code.or, (a, b) => a | b],
    ['addLanes', code.addLanes, (a, b) => (a + b) | 0],
    ['shiftLeft', a => code.shiftLeft(a, 23), a => a << 23],
  ])('%s, of bits', (_, of, plain) => {
    expect(new Int32Array(lanes(of)(P, Q))).toEqual(P.map((p, i) => plain(p, Q[i])));
  });

  it('is selected by the bits of a mask', () => {
    const found = new Int32Array(lanes(code.select)(P, Q, M));
    expect(found).toEqual(P.map((p, i) => (p & M[i]) | (Q[i] & ~M[i])));
  });

  it('is shuffled from two', () => {
    const of = (order: readonly number[]) =>
      new Int32Array(lanes((a, b) => code.shuffle(a, b, order))(i32(0, 1, 2, 3), i32(4, 5, 6, 7)));
    expect(of([2, 3, 0, 1])).toEqual(i32(2, 3, 0, 1));
    expect(of([7, 0, 4, 3])).toEqual(i32(7, 0, 4, 3));
  });

  it('is loaded and stored at an offset, whole or from one number', () => {
    const given = new Map<number, ArrayBufferView>([[A, f32(1, 2, 3, 4, 5, 6, 7, 8, 9)]]);
    const buffer = ran(f => {
      f.do(code.store(code.i32(RESULT), code.load(code.i32(A), 16), 144));
      f.do(code.store(code.i32(RESULT), code.loadSplat(code.i32(A), 32)));
    }, given);
    expect(new Float32Array(buffer, RESULT + 144, 4)).toEqual(f32(5, 6, 7, 8));
    expect(new Float32Array(buffer, RESULT, 4)).toEqual(f32(9, 9, 9, 9));
    expect(new Float32Array(buffer, RESULT + 16, 4)).toEqual(f32(0, 0, 0, 0));
  });
});

describe('a sum of a product', () => {
  /** 1 + 2⁻¹² squared has a bit that float32 has no room for: it is there only if it was rounded once. */
  const near = 1 + 2 ** -12;
  const square = Math.fround(near * near);
  const bit = near * near - square;
  const all = (value: number): Float32Array => f32(value, value, value, value);
  const forms: [string, (a: code.Code, b: code.Code, c: code.Code) => code.Code, number, number][] =
    [
      ['a·b + c', (a, b, c) => code.add(code.multiply(a, b), c), -square, bit],
      ['c + a·b', (a, b, c) => code.add(c, code.multiply(a, b)), -square, bit],
      ['c − a·b', (a, b, c) => code.subtract(c, code.multiply(a, b)), square, -bit],
      ['a·b − c', (a, b, c) => code.subtract(code.multiply(a, b), c), square, 0],
    ];

  it.each(forms)('%s is rounded once where it is fused, else twice', (_, of, c, once) => {
    allowRelaxed();
    const found = (fuses: boolean) =>
      new Float32Array(lanes(of, fuses)(all(near), all(near), all(c)));
    expect(found(false)).toEqual(all(0));
    // A processor without such an instruction rounds twice as well.
    expect([all(once), all(0)]).toContainEqual(found(true));
  });

  it.each(forms)('%s is the same number by both ways where nothing is rounded', (_, of) => {
    allowRelaxed();
    const plain = { 'a·b + c': 11, 'c + a·b': 11, 'c − a·b': -1, 'a·b − c': 1 };
    const [a, b, c] = [all(2), all(3), all(5)];
    for (const fuses of [false, true])
      expect(new Float32Array(lanes(of, fuses)(a, b, c))).toEqual(
        all(plain[_ as keyof typeof plain]),
      );
  });

  // f32x4.relaxed_madd and f32x4.relaxed_nmadd, as the proposal of relaxed vectors numbers them.
  const [MADD, NMADD] = ['fd8502', 'fd8602'];
  it.each([
    ['a·b + c', MADD],
    ['c + a·b', MADD],
    ['c − a·b', NMADD],
    ['a·b − c', undefined],
  ])('%s is one instruction where it is fused: %s', (name, instruction) => {
    const of = forms.find(([form]) => form === name)?.[1];
    const bytes = [false, true].map(fuses => {
      const f = new code.FunctionCode(0, fuses);
      const [a, b, c] = [A, B, C].map(place => code.load(code.i32(place)));
      if (of) f.do(code.store(code.i32(RESULT), of(a, b, c)));
      return Buffer.from(code.moduleBytes([], f)).toString('hex');
    });
    const seen = bytes.map(each => [MADD, NMADD].filter(each.includes.bind(each)));
    expect(seen).toEqual([[], instruction ? [instruction] : []]);
  });

  it('of a sum of products has each of them once', () => {
    allowRelaxed();
    const of = (a: code.Code, b: code.Code, c: code.Code): code.Code =>
      code.add(code.multiply(a, b), code.add(code.multiply(b, c), code.multiply(a, c)));
    expect(new Float32Array(lanes(of, true)(all(2), all(3), all(5)))).toEqual(all(6 + 15 + 10));
  });
});

describe('a function', () => {
  it('keeps what is computed once, and changes what may change', () => {
    const buffer = ran(
      f => {
        const value = f.variable(code.load(code.i32(A)));
        const kept = f.keep(value.get);
        value.set(code.add(value.get, value.get));
        const place = f.integer(f.parameter(1));
        f.do(code.store(place.get, kept));
        place.set(code.addI32(place.get, f.parameter(0)));
        f.do(code.store(place.get, value.get));
      },
      new Map([[A, f32(1, 2, 3, 4)]]),
      { numbers: [32, RESULT] },
    );
    expect(new Float32Array(buffer, RESULT, 12)).toEqual(f32(1, 2, 3, 4, 0, 0, 0, 0, 2, 4, 6, 8));
  });

  const counted = (kind: 'while' | 'repeat', times: number): number => {
    const buffer = ran(
      f => {
        const count = f.integer(f.parameter(0));
        const sum = f.variable(code.load(code.i32(B)));
        const more = () => code.isLess(count.get, code.i32(5));
        const body = (): void => {
          sum.set(code.add(sum.get, code.load(code.i32(A))));
          count.set(code.addI32(count.get, code.i32(1)));
        };
        if (kind === 'while') f.while(more(), body);
        else f.repeat(body, more);
        f.do(code.store(code.i32(RESULT), sum.get));
      },
      new Map([[A, f32(1, 1, 1, 1)]]),
      { numbers: [times] },
    );
    return new Float32Array(buffer, RESULT, 4)[2];
  };

  it('goes round while it shall, and once at least where that is asked behind', () => {
    expect([0, 4, 5, 6].map(from => counted('while', from))).toEqual([5, 1, 0, 0]);
    expect([0, 4, 5, 6].map(from => counted('repeat', from))).toEqual([5, 1, 1, 1]);
  });

  it('may have more variables than fit into one byte of a number', () => {
    const buffer = ran(
      f => {
        const all = Array.from({ length: 300 }, (_, i) =>
          f.keep(code.splat(code.loadAsF32(code.i32(A + 8 * i)))),
        );
        f.do(code.store(code.i32(RESULT), all.reduce(code.add)));
      },
      new Map([[A, Float64Array.from({ length: 300 }, (_, i) => i)]]),
    );
    expect(new Float32Array(buffer, RESULT, 1)[0]).toBe((299 * 300) / 2);
  });
});
