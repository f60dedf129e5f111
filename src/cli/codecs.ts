/** Node's ways to text and to unpacked bytes. */
import { TextDecoder } from 'node:util';
import { createGunzip } from 'node:zlib';
import type { Codecs } from '../data/steps';

/** Bytes of a piece: larger ones mean fewer turns. */
const PIECE = 256 * 1024;

export const codecs: Codecs = {
  decode: bytes => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
  inflate: packed => {
    const gunzip = createGunzip({ chunkSize: PIECE });
    gunzip.end(packed);
    return gunzip;
  },
};
