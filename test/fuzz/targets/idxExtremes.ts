/** IDX files whose headers claim what is not there, and gzip files that grow. */
import { gzipSync } from 'node:zlib';
import type { Extreme } from '../target';
import type { IdxInput } from './idx';
import { plainLearner } from './dataNetworks';

const MEGABYTE = 1024 * 1024;

function headerOf(type: number, dimensions: readonly number[], length = 0): Uint8Array {
  const file = new Uint8Array(4 + 4 * dimensions.length + length);
  const view = new DataView(file.buffer);
  view.setUint8(2, type);
  view.setUint8(3, dimensions.length);
  dimensions.forEach((n, i) => view.setUint32(4 + 4 * i, n));
  return file;
}

const packed = (bytes: Uint8Array): Uint8Array => new Uint8Array(gzipSync(bytes, { level: 1 }));

const zeros = (megabytes: number): Uint8Array => new Uint8Array(megabytes * MEGABYTE);

const labels = (count: number): Uint8Array => headerOf(0x08, [count], count);

/** Of each: images and labels. */
const files: { readonly [name: string]: () => readonly [Uint8Array, Uint8Array] } = {
  'a header of 2³¹ samples': () => [headerOf(0x08, [2 ** 31, 1]), labels(1)],
  'a header of 2³² − 1 by 2³² − 1 doubles': () => [
    headerOf(0x0e, [2 ** 32 - 1, 2 ** 32 - 1]),
    labels(1),
  ],
  'a header of 255 dimensions of 2³² − 1': () => [
    headerOf(0x08, Array(255).fill(2 ** 32 - 1)),
    labels(1),
  ],
  'a header of 255 dimensions of nothing': () => [headerOf(0x08, Array(255).fill(0)), labels(1)],
  'a packed header of 2³¹ samples': () => [packed(headerOf(0x08, [2 ** 31, 1])), labels(1)],
  'a packed header of 500,000,000 samples': () => [
    packed(headerOf(0x08, [500_000_000, 1])),
    labels(1),
  ],
  '1 GB of zeros, packed': () => [packed(zeros(1024)), labels(1)],
  'a sample, and 256 MB behind it, packed': () => [
    packed(new Uint8Array(Buffer.concat([headerOf(0x08, [1, 1], 1), zeros(256)]))),
    labels(1),
  ],
  'one sample of 300 MB, packed': () => [
    packed(headerOf(0x08, [1, 300 * MEGABYTE], 300 * MEGABYTE)),
    labels(1),
  ],
  'one sample of 16,000,000 numbers': () => [
    headerOf(0x0d, [1, 16_000_000], 64_000_000),
    labels(1),
  ],
  'one label of 16,000,000 numbers': () => [
    headerOf(0x08, [1, 1], 1),
    headerOf(0x08, [1, 16_000_000], 16_000_000),
  ],
  '40,000,000 labels, packed': () => [headerOf(0x08, [1, 1], 1), packed(labels(40_000_000))],
  'a million samples of 28 × 28, which are not there': () => [
    headerOf(0x08, [1_000_000, 28, 28]),
    labels(1),
  ],
  'a gzip header alone': () => [Uint8Array.of(0x1f, 0x8b, 8), labels(1)],
  'gzip within gzip': () => [packed(packed(headerOf(0x08, [1, 1], 1))), labels(1)],
};

export const idxExtremes: readonly Extreme<IdxInput>[] = Object.entries(files).map(
  ([name, make]) => ({
    name,
    make: () => {
      const [images, labels] = make();
      return { images, labels, learner: plainLearner, inBrowser: false };
    },
  }),
);
