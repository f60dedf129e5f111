/** What browsers and Node alike can do with the bytes of a file. */
import type { Codecs } from '../data/steps';

interface Reader {
  read(): Promise<{ readonly done: boolean; readonly value: Uint8Array }>;
  cancel(): Promise<void>;
}

interface Stream {
  pipeThrough(through: object): Stream;
  getReader(): Reader;
}

declare const TextDecoder: new (
  label: string,
  options: { readonly ignoreBOM: boolean },
) => { decode(bytes: Uint8Array): string };
declare const Blob: new (parts: readonly Uint8Array[]) => { stream(): Stream };
declare const DecompressionStream: new (format: 'gzip') => object;

/** Not every browser goes through a stream by `for await`. */
async function* inflate(packed: Uint8Array): AsyncIterable<Uint8Array> {
  const unpacked = new Blob([packed]).stream().pipeThrough(new DecompressionStream('gzip'));
  const reader = unpacked.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel();
  }
}

export const codecs: Codecs = {
  decode: bytes => new TextDecoder('utf-8', { ignoreBOM: true }).decode(bytes),
  inflate,
};
