/** SHA-256, by whoever has it: WebCrypto in Node and in browsers alike. */

/** What of `crypto.subtle` is needed. */
export interface Digest {
  digest(algorithm: 'SHA-256', bytes: Uint8Array<ArrayBuffer>): Promise<ArrayBuffer>;
}

/** 64 hexadecimal digits in lower case. */
export async function sha256(bytes: Uint8Array, subtle: Digest): Promise<string> {
  // Of a copy where the bytes lie in shared memory, which WebCrypto does not take.
  const own =
    bytes.buffer instanceof ArrayBuffer ? (bytes as Uint8Array<ArrayBuffer>) : bytes.slice();
  const sum = new Uint8Array(await subtle.digest('SHA-256', own));
  return Array.from(sum, byte => byte.toString(16).padStart(2, '0')).join('');
}
