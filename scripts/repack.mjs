/** Zip archives (PKWARE's APPNOTE, 4.3): what is in one, and the same packed as tightly as deflate can. */
import { inflateRawSync } from 'node:zlib';
import { deflateAsync } from '@gfx/zopfli';

/**
 * @typedef {object} Entry
 * @property {string} name
 * @property {number} packed bytes
 * @property {number} crc
 * @property {number} size bytes, unpacked
 * @property {number} attributes of the file, as the system that packed it wrote them
 * @property {Buffer} data deflated, or as it is
 * @property {number} method 0 or 8
 */

/**
 * The files of an archive, in the order of its central directory.
 * @param {Buffer} zip
 * @returns {Entry[]}
 */
export function listZip(zip) {
  const end = zip.lastIndexOf('PK\x05\x06', undefined, 'latin1');
  let at = zip.readUInt32LE(end + 16);
  return Array.from({ length: zip.readUInt16LE(end + 10) }, () => {
    const nameLength = zip.readUInt16LE(at + 28);
    const rest = zip.readUInt16LE(at + 30) + zip.readUInt16LE(at + 32);
    const packed = zip.readUInt32LE(at + 20);
    const local = zip.readUInt32LE(at + 42);
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    const entry = {
      name: zip.toString('utf8', at + 46, at + 46 + nameLength),
      packed,
      crc: zip.readUInt32LE(at + 16),
      size: zip.readUInt32LE(at + 24),
      attributes: zip.readUInt32LE(at + 38),
      data: zip.subarray(start, start + packed),
      method: zip.readUInt16LE(at + 10),
    };
    at += 46 + nameLength + rest;
    return entry;
  });
}

/**
 * The same files, packed anew: as small as zopfli finds, and without times, so that the same files give the same bytes.
 * @param {Buffer} zip
 * @param {(name: string, bytes: Buffer) => Buffer} [slim] makes a file smaller that says the same
 */
export async function repack(zip, slim = (_, bytes) => bytes) {
  /** @type {Entry[]} */
  const entries = [];
  for (const entry of listZip(zip)) {
    const whole = entry.method === 8 ? inflateRawSync(entry.data) : entry.data;
    const bytes = slim(entry.name, whole);
    const crc = bytes === whole ? entry.crc : crc32(bytes);
    entries.push({ ...entry, method: 8, crc, size: bytes.length, data: await deflated(bytes) });
  }
  let at = 0;
  const locals = [];
  const directory = [];
  for (const entry of entries) {
    const name = Buffer.from(entry.name);
    const local = Buffer.concat([header('PK\x03\x04', entry, name.length), name, entry.data]);
    directory.push(central(entry, name, at));
    locals.push(local);
    at += local.length;
  }
  const listed = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.write('PK\x05\x06', 'latin1');
  end.writeUInt16LE(entries.length, 8);
  end.writeUInt16LE(entries.length, 10);
  end.writeUInt32LE(listed.length, 12);
  end.writeUInt32LE(at, 16);
  return Buffer.concat([...locals, listed, end]);
}

/** The checksum of a file in an archive. @param {Buffer} bytes */
function crc32(bytes) {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc >>> 0;
}

/** In as many blocks as pay off. */
const packing = { blocksplittingmax: 0 };

/** @param {Buffer} bytes */
async function deflated(bytes) {
  return Buffer.from(bytes.length === 0 ? [3, 0] : await deflateAsync(bytes, packing));
}

/** Version 2.0; names in UTF-8; 1980-01-01, the first day that an archive knows. */
const [NEEDED, UTF8, FIRST_DAY] = [20, 0x800, 0x21];

/**
 * What stands before a file.
 * @param {string} sign
 * @param {Entry} entry
 * @param {number} nameLength
 */
function header(sign, { method, crc, data, size }, nameLength) {
  const bytes = Buffer.alloc(30);
  bytes.write(sign, 'latin1');
  bytes.writeUInt16LE(NEEDED, 4);
  bytes.writeUInt16LE(UTF8, 6);
  bytes.writeUInt16LE(method, 8);
  bytes.writeUInt16LE(FIRST_DAY, 12);
  bytes.writeUInt32LE(crc, 14);
  bytes.writeUInt32LE(data.length, 18);
  bytes.writeUInt32LE(size, 22);
  bytes.writeUInt16LE(nameLength, 26);
  return bytes;
}

/**
 * The same at the end of the archive, with the place of the file.
 * @param {Entry} entry
 * @param {Buffer} name
 * @param {number} place
 */
function central(entry, name, place) {
  const bytes = Buffer.alloc(46);
  bytes.write('PK\x01\x02', 'latin1');
  bytes.writeUInt16LE((3 << 8) | NEEDED, 4);
  // Without its sign, and without the length of what follows the name: the same fields, two bytes further on.
  header('PK\x03\x04', entry, name.length).copy(bytes, 6, 4, 28);
  bytes.writeUInt32LE(entry.attributes, 38);
  bytes.writeUInt32LE(place, 42);
  return Buffer.concat([bytes, name]);
}
