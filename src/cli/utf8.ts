/** Bytes of a file as text, strictly: what is not UTF-8 is refused, never replaced. */
import { TextDecoder } from 'node:util';

export type Decoded =
  | { readonly text: string }
  /** `valid`: the text before the first byte that is not UTF-8. `offset`: of that byte, from 0. */
  | { readonly valid: string; readonly offset: number };

/** The text, byte order mark included. */
export function decodeUtf8(bytes: Uint8Array): Decoded {
  try {
    return { text: strict().decode(bytes) };
  } catch {
    const valid = validStart(bytes);
    return { valid, offset: new TextEncoder().encode(valid).length };
  }
}

/** The end of a sentence: where it is wrong, and the remedy. */
export function encodingFault(bytes: Uint8Array, offset: number): string {
  const byte = bytes[offset].toString(16).toUpperCase().padStart(2, '0');
  return `is not UTF-8: the byte at offset ${offset} (0x${byte}) does not belong there. Save the file with the encoding UTF-8.`;
}

function strict(): TextDecoder {
  return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
}

/** The characters before the first fault, found by halving: a longer beginning is never better. */
function validStart(bytes: Uint8Array): string {
  let [text, good, bad] = ['', 0, bytes.length + 1];
  while (bad - good > 1) {
    const middle = (good + bad) >> 1;
    try {
      // `stream`: a character that is cut off at the end is left out, not a fault.
      text = strict().decode(bytes.subarray(0, middle), { stream: true });
      good = middle;
    } catch {
      bad = middle;
    }
  }
  return text;
}
