/** IDX files, plain and packed with gzip. */
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { codecs as nodeCodecs } from '../../../src/cli/codecs';
import { codecs as webCodecs } from '../../../src/worker/codecs';
import { mostTrainingSamples } from '../../../src/data/mostSamples';
import { mutated } from '../mutation';
import type { Answer, Target } from '../target';
import { loadFor } from './dataNetworks';
import type { Learner } from './dataNetworks';
import { idxExtremes } from './idxExtremes';

export interface IdxInput {
  readonly images: Uint8Array;
  readonly labels: Uint8Array;
  readonly learner: Learner;
  /** Unpacked by what a browser has, else by Node's own. */
  readonly inBrowser: boolean;
}

const typeBytes = [0x08, 0x09, 0x0b, 0x0c, 0x0d, 0x0e];
const sizes = [1, 1, 2, 4, 4, 8];

/** @param bytes of the values, repeated as often as needed */
export function idxBytes(
  type: number,
  dimensions: readonly number[],
  bytes: readonly number[],
): Uint8Array {
  const size = sizes[typeBytes.indexOf(type)] ?? 1;
  const values = dimensions.reduce((product, n) => product * n, size);
  const file = new Uint8Array(4 + 4 * dimensions.length + values);
  const view = new DataView(file.buffer);
  view.setUint8(2, type);
  view.setUint8(3, dimensions.length);
  dimensions.forEach((n, i) => view.setUint32(4 + 4 * i, n));
  const start = 4 + 4 * dimensions.length;
  for (let i = start; i < file.length; i++) file[i] = bytes[(i - start) % bytes.length];
  return file;
}

const values = fc.array(fc.integer({ min: 0, max: 255 }), { minLength: 1, maxLength: 40 });
const sound = (samples: number, inner: fc.Arbitrary<number[]>): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(fc.constantFrom(...typeBytes), inner, values)
    .map(([type, shape, bytes]) => idxBytes(type, [samples, ...shape], bytes));

const seeds = [
  idxBytes(0x08, [4, 2, 2], [0, 1, 2, 3]),
  idxBytes(0x0d, [3, 2], [0x3f, 0x80, 0, 0]),
  idxBytes(0x0e, [2, 1], [0x3f, 0xf0, 0, 0, 0, 0, 0, 0]),
  idxBytes(0x08, [4], [0, 1]),
];
const words = [
  [0, 0, 8, 3],
  [0xff, 0xff, 0xff, 0xff],
  [0x7f, 0xf0],
  [0x1f, 0x8b, 8, 0],
  [0x80, 0, 0, 0],
];
const spoilt = mutated(seeds, words);
const packedThenSpoilt = mutated(
  seeds.map(seed => new Uint8Array(gzipSync(seed))),
  words,
);
const maybePacked = (file: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
  fc
    .tuple(file, fc.integer({ min: 0, max: 3 }))
    .map(([bytes, packed]) =>
      packed === 0 ? new Uint8Array(gzipSync(bytes, { level: 1 })) : bytes,
    );

const learner = (inputs: number): fc.Arbitrary<Learner> =>
  fc.record({
    inputs: fc.constantFrom(inputs, inputs, inputs, 3),
    outputs: fc.constantFrom(1, 2, 10, 256),
    classes: fc.boolean(),
    normalize: fc.constantFrom('none', 'standard', 'minMax'),
    precision: fc.constantFrom('float32', 'float64'),
    validation: fc.constantFrom(0, 0, 0.5),
  });

const idxInput: fc.Arbitrary<IdxInput> = fc
  .tuple(fc.integer({ min: 1, max: 6 }), fc.array(fc.integer({ min: 1, max: 4 }), { maxLength: 3 }))
  .chain(([samples, shape]) => {
    const inputs = shape.reduce((product, n) => product * n, 1);
    const either = (right: fc.Arbitrary<Uint8Array>): fc.Arbitrary<Uint8Array> =>
      fc.oneof(
        { weight: 5, arbitrary: right },
        { weight: 2, arbitrary: spoilt },
        { weight: 1, arbitrary: packedThenSpoilt },
      );
    return fc.record({
      images: maybePacked(either(sound(samples, fc.constant(shape)))),
      labels: maybePacked(either(sound(samples, fc.constantFrom([], [], [], [2])))),
      learner: learner(inputs),
      inBrowser: fc.integer({ min: 0, max: 7 }).map(n => n === 0),
    });
  });

export const idx: Target<IdxInput> = {
  what: 'IDX and .gz: bytes to data',
  runs: 16_000,
  arbitrary: idxInput,
  extremes: idxExtremes,
  judge: judgeIdx,
  bytes: ({ images, labels }) => new Uint8Array(Buffer.concat([images, labels])),
};

async function judgeIdx({ images, labels, learner, inBrowser }: IdxInput): Promise<Answer> {
  const files = { i: images, l: labels };
  const source = { idx: { images: 'i', labels: 'l' } };
  mostTrainingSamples(
    { source: { type: 'idx', images: 'i', labels: 'l' }, validation: 0, normalize: 'none' },
    files,
  );
  const loaded = await loadFor(learner, source, files, inBrowser ? webCodecs : nodeCodecs);
  return loaded?.dataset ? 'accepted' : 'refused';
}
