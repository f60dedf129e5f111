/** UTF-8 in pure code, which has no TextDecoder. */

/**
 * The text of bytes, strictly: no byte is replaced.
 *
 * @returns undefined where the bytes are not UTF-8 (RFC 3629: overlong forms and surrogates are none)
 */
export function decodeUtf8(bytes: Uint8Array): string | undefined {
  const parts: string[] = [];
  let units: number[] = [];
  for (let i = 0; i < bytes.length;) {
    const end = units.length === 0 ? asciiEnd(bytes, i) : i;
    if (end > i) {
      parts.push(asciiText(bytes.subarray(i, end)));
      i = end;
      continue;
    }
    const length = sequenceLength(bytes[i]);
    const point = length === 0 ? -1 : codePoint(bytes, i, length);
    if (point < 0) return undefined;
    if (point < 0x10000) units.push(point);
    else units.push(0xd7c0 + (point >> 10), 0xdc00 + (point & 0x3ff));
    i += length;
    if (units.length < MOST_UNITS && bytes[i] >= 0x80) continue;
    parts.push(String.fromCharCode(...units));
    units = [];
  }
  parts.push(String.fromCharCode(...units));
  return parts.join('');
}

/** As many arguments as every engine takes. */
const MOST_UNITS = 8192;

/** Many times as fast as the spread of an array of bytes. */
function asciiText(bytes: Uint8Array): string {
  return String.fromCharCode.apply(undefined, bytes as unknown as number[]);
}

/** Behind the ASCII characters from `start` on, of which most texts consist. */
function asciiEnd(bytes: Uint8Array, start: number): number {
  const most = Math.min(bytes.length, start + MOST_UNITS);
  let end = start;
  while (end < most && bytes[end] < 0x80) end++;
  return end;
}

/** Bytes of a character, by its first one; 0 where none begins so. */
function sequenceLength(first: number): number {
  if (first < 0x80) return 1;
  if (first < 0xc2) return 0;
  if (first < 0xe0) return 2;
  if (first < 0xf0) return 3;
  return first < 0xf5 ? 4 : 0;
}

/** The least character that needs so many bytes. */
const LEAST = [0, 0, 0x80, 0x800, 0x10000];

/** −1 where the bytes are none. */
function codePoint(bytes: Uint8Array, start: number, length: number): number {
  if (length === 1) return bytes[start];
  if (start + length > bytes.length) return -1;
  let point = bytes[start] & (0xff >> (length + 1));
  for (let k = 1; k < length; k++) {
    const byte = bytes[start + k];
    if ((byte & 0xc0) !== 0x80) return -1;
    point = (point << 6) | (byte & 0x3f);
  }
  const isSurrogate = point >= 0xd800 && point <= 0xdfff;
  return point < LEAST[length] || point > 0x10ffff || isSurrogate ? -1 : point;
}

/** The bytes of a text of ASCII characters, filled up with blanks to a multiple of `alignment`. */
export function asciiBytes(text: string, alignment: number): Uint8Array {
  const length = Math.ceil(text.length / alignment) * alignment;
  const bytes = new Uint8Array(length).fill(0x20);
  for (let i = 0; i < text.length; i++) bytes[i] = text.charCodeAt(i);
  return bytes;
}
