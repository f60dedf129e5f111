/** Files that are packed with gzip, unpacked into exactly the memory that their contents announce. */
import type { Codecs, Steps } from './steps';

export function isPacked(bytes: Uint8Array): boolean {
  return bytes.length > 2 && bytes[0] === 0x1f && bytes[1] === 0x8b;
}

/** Deflate never makes more than this of one byte (RFC 1951: 258 bytes by two bits of codes). */
const MOST_PER_BYTE = 1032;

/** `length`: bytes that were unpacked, where not as many as announced. */
export type Unpacked =
  | { readonly type: 'whole' | 'longer'; readonly bytes: Uint8Array }
  | { readonly type: 'shorter'; readonly length: number }
  | { readonly type: 'refused' }
  | { readonly type: 'damaged'; readonly reason: string };

/**
 * Unpacks no more than the contents say of themselves, however much there may be.
 *
 * @param announced length of the contents by their beginning; undefined where more of them is needed to tell, `refused`
 *   where they are not wanted
 */
export function* unpack(
  packed: Uint8Array,
  { inflate }: Pick<Codecs, 'inflate'>,
  announced: (beginning: Uint8Array) => number | 'refused' | undefined,
): Steps<Unpacked> {
  const source = new Pieces(inflate(packed));
  try {
    return yield* unpackPieces(source, packed.length, announced);
  } finally {
    source.close();
  }
}

function* unpackPieces(
  source: Pieces,
  packedLength: number,
  announced: (beginning: Uint8Array) => number | 'refused' | undefined,
): Steps<Unpacked> {
  let beginning: Uint8Array = new Uint8Array(0);
  let length: number | 'refused' | undefined;
  while ((length = announced(beginning)) === undefined) {
    const piece = yield* source.next();
    if (!piece) return source.fault ?? { type: 'shorter', length: beginning.length };
    beginning = joined(beginning, piece);
  }
  if (length === 'refused') return { type: 'refused' };
  // What cannot be there needs no memory.
  const most = MOST_PER_BYTE * packedLength;
  if (length > most) return { type: 'shorter', length: most };
  const bytes = new Uint8Array(length);
  let filled = 0;
  for (let piece: Uint8Array | undefined = beginning; piece; piece = yield* source.next()) {
    if (filled + piece.length > length) return { type: 'longer', bytes };
    bytes.set(piece, filled);
    filled += piece.length;
    yield filled / length;
  }
  if (source.fault) return source.fault;
  return filled === length ? { type: 'whole', bytes } : { type: 'shorter', length: filled };
}

/** The pieces of a stream, one step each. */
class Pieces {
  readonly #pieces: AsyncIterator<Uint8Array>;
  fault: Extract<Unpacked, { type: 'damaged' }> | undefined;

  constructor(stream: AsyncIterable<Uint8Array>) {
    this.#pieces = stream[Symbol.asyncIterator]();
  }

  /** Undefined at the end, and at a fault. */
  *next(): Steps<Uint8Array | undefined> {
    let piece: Uint8Array | undefined;
    let isThere = false;
    const comes = this.#pieces
      .next()
      .then(
        ({ done, value }) => void (piece = done === true ? undefined : value),
        (error: unknown) => {
          this.fault = { type: 'damaged', reason: error instanceof Error ? error.message : '' };
        },
      )
      .finally(() => (isThere = true));
    // Whoever goes on too early waits again.
    while (!isThere) yield comes;
    return piece;
  }

  /** No more is wanted. */
  close(): void {
    void this.#pieces.return?.().catch(() => undefined);
  }
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  const both = new Uint8Array(a.length + b.length);
  both.set(a);
  both.set(b, a.length);
  return both;
}
