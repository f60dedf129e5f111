/**
 * The beginning of an IDX file, the format of MNIST (yann.lecun.com/exdb/mnist): two zero bytes, a type, the number of
 * dimensions, the dimensions in four bytes each; then the values, row by row. All numbers are big-endian.
 */

export type IdxType = keyof typeof idxTypes;

/** By the byte that stands for it in a file. */
const idxTypes = {
  0x08: { name: 'unsigned bytes', size: 1 },
  0x09: { name: 'signed bytes', size: 1 },
  0x0b: { name: '16-bit integers', size: 2 },
  0x0c: { name: '32-bit integers', size: 4 },
  0x0d: { name: '32-bit floats', size: 4 },
  0x0e: { name: '64-bit floats', size: 8 },
} as const;

export interface IdxHeader {
  readonly type: IdxType;
  /** At least one. */
  readonly dimensions: readonly number[];
  /** Bytes before the values. */
  readonly start: number;
  /** Bytes of the whole file. */
  readonly length: number;
}

/** Undefined where there are too few bytes to tell; `none` where they begin no IDX file. */
export function readIdxHeader(bytes: Uint8Array): IdxHeader | 'none' | undefined {
  if (bytes.length < 4) return undefined;
  const [first, second, type, rank] = bytes;
  if (first !== 0 || second !== 0 || !isIdxType(type) || rank === 0) return 'none';
  const start = 4 + 4 * rank;
  if (bytes.length < start) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, start);
  const dimensions = Array.from({ length: rank }, (_, i) => view.getUint32(4 + 4 * i));
  return { type, dimensions, start, length: start + valuesOf(dimensions) * idxTypes[type].size };
}

function isIdxType(byte: number): byte is IdxType {
  return Object.hasOwn(idxTypes, byte);
}

export function valuesOf(dimensions: readonly number[]): number {
  return dimensions.reduce((product, length) => product * length, 1);
}

/** `60000 × 28 × 28 unsigned bytes` */
export function describeIdx({ type, dimensions }: IdxHeader): string {
  return `${dimensions.join(' × ')} ${idxTypes[type].name}`;
}

/** `00 00 08 03`, the first four bytes. */
export function magicOf(bytes: Uint8Array): string {
  const hex = Array.from(bytes.subarray(0, 4), byte => byte.toString(16).padStart(2, '0'));
  return hex.join(' ').toUpperCase();
}

/** Value i, from a view of the whole file. */
export const idxReaders: {
  readonly [T in IdxType]: (view: DataView, start: number, i: number) => number;
} = {
  0x08: (view, start, i) => view.getUint8(start + i),
  0x09: (view, start, i) => view.getInt8(start + i),
  0x0b: (view, start, i) => view.getInt16(start + 2 * i),
  0x0c: (view, start, i) => view.getInt32(start + 4 * i),
  0x0d: (view, start, i) => view.getFloat32(start + 4 * i),
  0x0e: (view, start, i) => view.getFloat64(start + 8 * i),
};
