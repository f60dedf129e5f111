/**
 * Plain data with large arrays of numbers in one buffer: cheap to make, to move to another thread and to write as a file.
 *
 * Four letters, the length of a JSON text (4 bytes, little-endian), that text, and behind it the arrays, each at a
 * multiple of eight bytes. In the text an array is `{ "$array": [kind, offset, length] }`, and a number that JSON does
 * not have `{ "$number": "NaN" }`. Properties that are undefined are left out.
 */
import { readable } from '../network/sentence';
import { asciiBytes, decodeUtf8 } from './utf8';

/** Bytes that are none of packed data, or not whole. */
export class PackedError extends Error {
  override readonly name = 'PackedError';
}

type PackedArray = Float64Array | Uint8Array;

const MAGIC = 'NBLP';
const HEAD = 8;

const aligned = (length: number): number => Math.ceil(length / 8) * 8;

/** Objects, lists, texts, numbers, booleans, null; and arrays of numbers, which are copied. */
export function pack(value: object): Uint8Array<ArrayBuffer> {
  const arrays: { array: PackedArray; offset: number }[] = [];
  let end = 0;
  const text = JSON.stringify(value, (_, inner: unknown) => {
    if (inner instanceof Float64Array || inner instanceof Uint8Array) {
      arrays.push({ array: inner, offset: end });
      const $array = [inner instanceof Uint8Array ? 'u8' : 'f64', end, inner.length];
      end += aligned(inner.byteLength);
      return { $array };
    }
    const isOdd = typeof inner === 'number' && (!Number.isFinite(inner) || Object.is(inner, -0));
    return isOdd ? { $number: Object.is(inner, -0) ? '-0' : String(inner) } : inner;
  });
  const json = asciiBytes(escaped(text), 1);
  const start = aligned(HEAD + json.length);
  const bytes = new Uint8Array(start + end);
  bytes.set(asciiBytes(MAGIC, 1));
  new DataView(bytes.buffer).setUint32(4, json.length, true);
  bytes.set(json, HEAD);
  for (const { array, offset } of arrays)
    bytes.set(new Uint8Array(array.buffer, array.byteOffset, array.byteLength), start + offset);
  return bytes;
}

/** The same JSON in ASCII characters. */
function escaped(json: string): string {
  return json.replace(
    /[\u0080-\uffff]/g,
    unit => `\\u${unit.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

/**
 * What was packed. Its arrays are views of the bytes where these lie at a multiple of eight, else of a copy.
 *
 * @throws PackedError
 */
export function unpack(bytes: Uint8Array): unknown {
  const magic = decodeUtf8(bytes.subarray(0, MAGIC.length));
  if (bytes.length < HEAD || magic !== MAGIC)
    throw new PackedError(
      `Expected packed data (${MAGIC}), found ${JSON.stringify(magic ?? 'other bytes')}.`,
    );
  const whole = bytes.byteOffset % 8 === 0 ? bytes : bytes.slice();
  const length = new DataView(whole.buffer, whole.byteOffset).getUint32(4, true);
  const start = aligned(HEAD + length);
  const text = decodeUtf8(whole.subarray(HEAD, HEAD + length)) ?? '';
  try {
    return JSON.parse(text, (_, inner: unknown) => revived(inner, whole.subarray(start)));
  } catch (error) {
    if (!(error instanceof SyntaxError || error instanceof RangeError)) throw error;
    throw new PackedError(readable(`The packed data are not whole: ${error.message}`));
  }
}

function isSize(value: unknown): value is number {
  return Number.isSafeInteger(value) && Number(value) >= 0;
}

/** @throws RangeError where an array is none, or reaches beyond the end */
function revived(inner: unknown, arrays: Uint8Array): unknown {
  if (typeof inner !== 'object' || inner === null) return inner;
  const { $array, $number } = inner as { $array?: unknown; $number?: unknown };
  if ($number !== undefined) return typeof $number === 'string' ? Number($number) : NaN;
  if ($array === undefined) return inner;
  const [kind, offset, length] = Array.isArray($array) ? ($array as unknown[]) : [];
  if (!isSize(offset) || !isSize(length) || (kind !== 'u8' && (kind !== 'f64' || offset % 8 !== 0)))
    throw new RangeError(`expected a kind, an offset and a length of an array, found others.`);
  const at = arrays.byteOffset + offset;
  const size = kind === 'u8' ? length : 8 * length;
  if (offset + size > arrays.length)
    throw new RangeError(`expected ${offset + size} bytes of arrays, found ${arrays.length}.`);
  return kind === 'u8'
    ? new Uint8Array(arrays.buffer, at, length)
    : new Float64Array(arrays.buffer, at, length);
}
