/**
 * The safetensors format, read strictly and written.
 *
 * A file is the length of its header (8 bytes, little-endian), the header (JSON: by name of a tensor its dtype,
 * shape and place among the data), and the data, row by row and little-endian, without gaps. Source: the format's
 * description and reference implementation, https://github.com/safetensors/safetensors (version 0.8).
 */
import { readHeader } from './safetensorsHeader';
import type { TensorInfo } from './safetensorsHeader';
import { shapeText, tensorTypes } from './tensorTypes';
import type { TensorType } from './tensorTypes';
import { asciiBytes } from './utf8';

export interface Tensor {
  readonly name: string;
  /** As in the file. */
  readonly type: TensorType;
  readonly shape: readonly number[];
  /** Row by row. Of the types with fewer bits than 32 the float32 numbers that they stand for, which is exact. */
  readonly values: Float32Array | Float64Array;
}

export interface TensorFile {
  /** In the order of their data. */
  readonly tensors: readonly Tensor[];
  readonly metadata: ReadonlyMap<string, string>;
}

/** What is written: the type follows from the kind of array. */
export type WrittenTensor = Omit<Tensor, 'type'>;

/**
 * Reads a whole file. Nothing is allocated that the file is not long enough for.
 *
 * @throws SafetensorsError that names the tensor, what was expected, what was found, and the remedy
 */
export function readSafetensors(bytes: Uint8Array): TensorFile {
  const { tensors, metadata, dataStart } = readHeader(bytes);
  return { tensors: tensors.map(info => readTensor(bytes, dataStart, info)), metadata };
}

function readTensor(bytes: Uint8Array, dataStart: number, info: TensorInfo): Tensor {
  const { name, type, shape, begin, end } = info;
  const view = new DataView(bytes.buffer, bytes.byteOffset + dataStart + begin, end - begin);
  return { name, type, shape, values: tensorTypes[type].read(view) };
}

/** The header is filled up with blanks to a multiple of this, so that numbers lie aligned. */
const ALIGNMENT = 8;

/**
 * A file of these tensors, in this order. The same tensors give the same bytes.
 *
 * @throws RangeError when a shape is not that of its values, or a name comes twice
 */
export function writeSafetensors(
  tensors: readonly WrittenTensor[],
  metadata: ReadonlyMap<string, string> = new Map(),
): Uint8Array<ArrayBuffer> {
  const header = asciiBytes(headerText(tensors, metadata), ALIGNMENT);
  const dataLength = tensors.reduce((sum, { values }) => sum + values.byteLength, 0);
  const bytes = new Uint8Array(8 + header.length + dataLength);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(header.length), true);
  bytes.set(header, 8);
  let start = 8 + header.length;
  for (const { values } of tensors) {
    const view = new DataView(bytes.buffer, start, values.byteLength);
    if (values instanceof Float32Array) {
      for (let i = 0; i < values.length; i++) view.setFloat32(4 * i, values[i], true);
    } else for (let i = 0; i < values.length; i++) view.setFloat64(8 * i, values[i], true);
    start += values.byteLength;
  }
  return bytes;
}

function headerText(
  tensors: readonly WrittenTensor[],
  metadata: ReadonlyMap<string, string>,
): string {
  // A map: a property called "__proto__" would be none.
  const entries: string[] = [];
  if (metadata.size > 0) {
    const members = [...metadata].map(([key, text]) => `${quoted(key)}:${quoted(text)}`);
    entries.push(`"__metadata__":{${members.join(',')}}`);
  }
  const names = new Set(['__metadata__']);
  let begin = 0;
  for (const { name, shape, values } of tensors) {
    if (names.has(name)) throw new RangeError(`The tensor "${name}" is there twice.`);
    names.add(name);
    if (shape.reduce((product, length) => product * length, 1) !== values.length) {
      throw new RangeError(
        `The tensor "${name}" has ${values.length} numbers, its shape is ${shapeText(shape)}.`,
      );
    }
    const end = begin + values.byteLength;
    const type: TensorType = values instanceof Float32Array ? 'F32' : 'F64';
    const info = { dtype: type, shape, data_offsets: [begin, end] };
    entries.push(`${quoted(name)}:${JSON.stringify(info)}`);
    begin = end;
  }
  return `{${entries.join(',')}}`;
}

/** JSON in ASCII alone. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(
    /[\x7f-\uffff]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}
