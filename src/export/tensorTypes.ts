/** The types of numbers in a safetensors file, as far as weights are of them. */

/** `F16`: IEEE 754 binary16. `BF16`: the upper half of a float32. */
export type TensorType = 'F32' | 'F64' | 'F16' | 'BF16';

interface TypeRule {
  /** Bytes of one number. */
  readonly size: number;
  /** All numbers of a tensor, exactly. */
  read(data: DataView): Float32Array | Float64Array;
}

export const tensorTypes: { readonly [T in TensorType]: TypeRule } = {
  F32: { size: 4, read: data => filled(data, 4, offset => data.getFloat32(offset, true)) },
  F64: {
    size: 8,
    read(data) {
      const values = new Float64Array(data.byteLength / 8);
      for (let i = 0; i < values.length; i++) values[i] = data.getFloat64(8 * i, true);
      return values;
    },
  },
  F16: { size: 2, read: data => filled(data, 2, offset => half(data.getUint16(offset, true))) },
  BF16: { size: 2, read: data => filled(data, 2, offset => brain(data.getUint16(offset, true))) },
};

/** Types of the format that hold no weights: whole numbers, truth values, and floats that need a scale. */
export const otherTypes: ReadonlySet<string> = new Set(
  'BOOL U8 I8 U16 I16 U32 I32 U64 I64 F4 F6_E2M3 F6_E3M2 F8_E4M3 F8_E4M3FNUZ F8_E5M2 F8_E5M2FNUZ F8_E8M0 C64'.split(
    ' ',
  ),
);

export function isTensorType(name: unknown): name is TensorType {
  return typeof name === 'string' && Object.hasOwn(tensorTypes, name);
}

/** `(4, 3)`; `()` is a single number. */
export function shapeText(shape: readonly number[]): string {
  return `(${shape.join(', ')})`;
}

function filled(data: DataView, size: number, read: (offset: number) => number): Float32Array {
  const values = new Float32Array(data.byteLength / size);
  for (let i = 0; i < values.length; i++) values[i] = read(size * i);
  return values;
}

/** 1 bit sign, 5 exponent (bias 15), 10 fraction. */
function half(bits: number): number {
  const exponent = (bits >> 10) & 31;
  const fraction = bits & 1023;
  const sign = bits & 0x8000 ? -1 : 1;
  if (exponent === 31) return fraction === 0 ? sign * Infinity : NaN;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  return sign * (1 + fraction / 1024) * POWERS[exponent];
}

/** 2^(e − 15) for an exponent e of 5 bits, exactly. */
const POWERS = Float64Array.from({ length: 31 }, (_, e) =>
  e < 15 ? 1 / (1 << (15 - e)) : 1 << (e - 15),
);

const word = new DataView(new ArrayBuffer(4));

function brain(bits: number): number {
  word.setUint32(0, bits << 16);
  return word.getFloat32(0);
}
