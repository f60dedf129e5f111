/** The header of a safetensors file: what the file says of itself, held against its real length. */
import { readable } from '../network/sentence';
import { keyFault } from './jsonKeys';
import { isTensorType, otherTypes, shapeText, tensorTypes } from './tensorTypes';
import type { TensorType } from './tensorTypes';
import { decodeUtf8 } from './utf8';

/** A file that is none, or that cannot be trusted, with the sentence that says why. */
export class SafetensorsError extends Error {
  override readonly name = 'SafetensorsError';
}

export interface TensorInfo {
  readonly name: string;
  readonly type: TensorType;
  readonly shape: readonly number[];
  /** Bytes from the start of the data. */
  readonly begin: number;
  readonly end: number;
}

export interface Header {
  /** In the order of their data. */
  readonly tensors: readonly TensorInfo[];
  readonly metadata: ReadonlyMap<string, string>;
  /** Bytes from the start of the file. */
  readonly dataStart: number;
}

/** The reference implementation reads no longer header (`MAX_HEADER_SIZE` in its `tensor.rs`). */
export const MAX_HEADER_BYTES = 100_000_000;

/** Several times those of the deepest network with the moments of its optimizer. */
const MOST_TENSORS = 65_536;

/** Lists and objects within each other; a tensor needs three. */
const MOST_LEVELS = 32;

/** The name that is no tensor's. */
const METADATA = '__metadata__';

const REMEDY = 'The file is damaged or no safetensors file: write or fetch it anew.';

function refuse(fault: string, remedy = REMEDY): SafetensorsError {
  return new SafetensorsError(readable(`${fault}. ${remedy}`));
}

/** @throws SafetensorsError */
export function readHeader(bytes: Uint8Array): Header {
  const length = headerLength(bytes);
  const dataStart = 8 + length;
  const json = parsed(bytes.subarray(8, dataStart));
  const entries = Object.entries(json);
  if (entries.length > MOST_TENSORS)
    throw refuse(`Expected at most ${MOST_TENSORS} tensors, found ${entries.length}`);
  const tensors: TensorInfo[] = [];
  let metadata: ReadonlyMap<string, string> = new Map();
  for (const [name, value] of entries) {
    if (name === METADATA) metadata = readMetadata(value);
    else tensors.push(readInfo(name, value));
  }
  tensors.sort((a, b) => a.begin - b.begin || a.end - b.end);
  checkCover(tensors, bytes.length - dataStart);
  return { tensors, metadata, dataStart };
}

function headerLength(bytes: Uint8Array): number {
  if (bytes.length < 8) {
    throw refuse(`Expected 8 bytes with the length of the header, found ${bytes.length}`);
  }
  const length = new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0, true);
  if (length > BigInt(MAX_HEADER_BYTES)) {
    throw refuse(`Expected a header of at most ${MAX_HEADER_BYTES} bytes, found ${length}`);
  }
  if (length > BigInt(bytes.length - 8)) {
    throw refuse(
      `The header has ${length} bytes, of which ${bytes.length - 8} are there: the file is cut off`,
    );
  }
  return Number(length);
}

function parsed(header: Uint8Array): object {
  if (header[0] !== 0x7b) throw refuse('Expected a header that begins with "{", found none');
  const text = decodeUtf8(header);
  if (text === undefined) throw refuse('Expected a header in UTF-8, found other bytes');
  const fault = keyFault(text, MOST_LEVELS);
  if (fault === 'deeper')
    throw refuse(`Expected at most ${MOST_LEVELS} levels of JSON in the header, found more`);
  const json = parsedJson(text);
  if (typeof json !== 'object' || json === null) throw refuse('Expected a header in JSON');
  if (fault) throw refuse(`The header has ${JSON.stringify(fault.repeated)} twice`);
  return json;
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function readMetadata(value: unknown): ReadonlyMap<string, string> {
  const entries = isObject(value) ? Object.entries(value) : undefined;
  if (!entries?.every((entry): entry is [string, string] => typeof entry[1] === 'string')) {
    throw refuse(`Expected texts by name in ${METADATA}, found something else`);
  }
  return new Map(entries);
}

function readInfo(name: string, value: unknown): TensorInfo {
  const place = `The tensor ${JSON.stringify(name)}`;
  const { dtype, shape, data_offsets: offsets } = isObject(value) ? value : {};
  if (dtype === undefined || !isSizes(shape) || !isSizes(offsets)) {
    throw refuse(`${place}: expected dtype, shape and data_offsets, found something else`);
  }
  const [begin, end] = offsets;
  if (offsets.length !== 2 || begin > end) {
    throw refuse(`${place}: expected data_offsets from begin to end, found ${shapeText(offsets)}`);
  }
  const type = readType(place, dtype);
  const expected = shape.reduce((product, size) => product * size, tensorTypes[type].size);
  if (expected !== end - begin) {
    throw refuse(
      `${place}: ${type} numbers of shape ${shapeText(shape)} have ${expected} bytes, data_offsets leave ${end - begin}`,
    );
  }
  return { name, type, shape, begin, end };
}

function readType(place: string, dtype: unknown): TensorType {
  if (isTensorType(dtype)) return dtype;
  const known = Object.keys(tensorTypes).join(', ');
  const fault = `${place}: expected one of ${known} as dtype, found ${JSON.stringify(dtype)}`;
  const isOther = typeof dtype === 'string' && otherTypes.has(dtype);
  throw isOther ? refuse(fault, 'Convert the tensor to F32 before.') : refuse(fault);
}

/** One tensor after the other, from the first byte of the data to the last. */
function checkCover(tensors: readonly TensorInfo[], length: number): void {
  let at = 0;
  for (const { name, begin, end } of tensors) {
    if (begin !== at) {
      const what = begin < at ? 'overlap those before them' : `leave ${begin - at} bytes unused`;
      throw refuse(
        `The data of the tensor ${JSON.stringify(name)} ${what}: expected offset ${at}, found ${begin}`,
      );
    }
    at = end;
  }
  if (at === length) return;
  const cut = at > length ? ': the file is cut off' : '';
  throw refuse(`Expected ${at} bytes of data after the header, found ${length}${cut}`);
}

function isObject(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Lengths and offsets: whole numbers that a number holds exactly. */
function isSizes(value: unknown): value is readonly number[] {
  return Array.isArray(value) && value.every(size => Number.isSafeInteger(size) && size >= 0);
}
