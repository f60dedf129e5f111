/** Reading data in steps, so that whoever reads may stop between two of them: to listen, to tell, or for good. */

/** Between two steps: the part of the work that is done, from 0 to 1, or what has to be waited for. */
export type Pause = number | Promise<unknown>;

/** Work that pauses often, a few milliseconds of computing at a time. Giving it up is to ask for no further step. */
export type Steps<T> = Generator<Pause, T, void>;

/** Contents of the files that a network names, by path as written: texts, or bytes as they lie on the disk. */
export type DataFiles = Readonly<Record<string, string | Uint8Array>>;

/** What reading asks of the place it runs in. */
export interface Codecs {
  /** UTF-8. */
  decode(bytes: Uint8Array): string;
  /** Unpacks gzip, piece by piece: no more is unpacked than what is asked for. Rejects when the bytes are damaged. */
  inflate(packed: Uint8Array): AsyncIterable<Uint8Array>;
}

/** Bytes of inputs that a data set may hold. What exceeds it is refused before anything is allocated. */
export const MAX_HELD_BYTES = 512 * 1024 * 1024;

/** A larger file is not read as a text: its cells would take many times its bytes. */
export const MAX_TEXT_BYTES = 64 * 1024 * 1024;

/** Work of about this many bytes or numbers takes a few milliseconds. */
export const STEP_SIZE = 1 << 18;

/** Works until the end, without a rest: for steps that wait for nothing. */
export function atOnce<T>(steps: Steps<T>): T {
  for (;;) {
    const next = steps.next();
    if (next.done) return next.value;
  }
}
