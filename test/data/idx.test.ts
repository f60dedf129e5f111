import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { codecs as nodeCodecs } from '../../src/cli/codecs';
import { inputsOf } from '../../src/data/inputs';
import type { Codecs, DataFiles } from '../../src/data/steps';
import { MAX_HELD_BYTES } from '../../src/data/steps';
import type { DataSource } from '../../src/network/network';
import { codecs as workerCodecs } from '../../src/worker/codecs';
import { idxFile, loadBytes } from './support';
import type { NetworkOptions } from './support';

const SOURCE: DataSource = { type: 'idx', images: 'x.idx', labels: 'y.idx' };
const SOFTMAX: NetworkOptions = {
  inputs: 4,
  outputs: 3,
  activation: 'softmax',
  loss: 'crossEntropy',
};
const PIXELS = [0, 51, 102, 255, 1, 2, 3, 4, 250, 128, 64, 32];
/** Three pictures of 2 × 2. */
const IMAGES = idxFile([3, 2, 2], PIXELS);
const LABELS = idxFile([3], [2, 0, 2]);

async function loaded(files: DataFiles, options: NetworkOptions = SOFTMAX, codecs?: Codecs) {
  const { dataset, issues } = await loadBytes(SOURCE, options, files, codecs);
  expect(issues).toEqual([]);
  if (!dataset) throw new Error('no data set');
  return dataset;
}

async function fault(files: DataFiles, options: NetworkOptions = SOFTMAX, codecs?: Codecs) {
  const { dataset, issues } = await loadBytes(SOURCE, options, files, codecs);
  expect(dataset).toBeUndefined();
  expect(issues.map(issue => issue.severity)).toEqual(['error']);
  return issues[0];
}

const withImages = (images: Uint8Array): DataFiles => ({ 'x.idx': images, 'y.idx': LABELS });
const withLabels = (labels: Uint8Array): DataFiles => ({ 'x.idx': IMAGES, 'y.idx': labels });

describe('pictures and labels', () => {
  it('are numbers from 0 to 1, and one output for each class', async () => {
    const dataset = await loaded(withImages(IMAGES));
    expect(dataset).toMatchObject({
      samples: 3,
      inputSize: 4,
      outputSize: 3,
      classNames: ['0', '1', '2'],
      targetNames: ['0', '1', '2'],
      normalization: undefined,
    });
    expect([...inputsOf(dataset, 0, 3)]).toEqual(PIXELS.map(byte => byte / 255));
    expect([...dataset.targets]).toEqual([0, 0, 1, 1, 0, 0, 0, 0, 1]);
  });

  it('stay the bytes of the file, without a copy', async () => {
    const { inputs } = await loaded(withImages(IMAGES));
    expect(inputs.type).toBe('bytes');
    expect(inputs.values.buffer).toBe(IMAGES.buffer);
    expect(inputs.values).toEqual(Uint8Array.from(PIXELS));
  });

  it('may lack classes that the network has outputs for', async () => {
    const dataset = await loaded(withLabels(idxFile([3], [1, 0, 1])), { ...SOFTMAX, outputs: 3 });
    expect(dataset.classNames).toEqual(['0', '1', '2']);
    expect([...dataset.targets]).toEqual([0, 1, 0, 1, 0, 0, 0, 1, 0]);
  });

  it('are numbers for other outputs', async () => {
    const dataset = await loaded(withLabels(LABELS), { inputs: 4 });
    expect(dataset).toMatchObject({ targetNames: ['label'], classNames: undefined });
    expect([...dataset.targets]).toEqual([2, 0, 2]);
  });

  it('may be several numbers a sample', async () => {
    const labels = idxFile([3, 2], [0.5, -1, 2, 3, 4, 5], 0x0d);
    const dataset = await loaded(withLabels(labels), { inputs: 4, outputs: 2 });
    expect(dataset.targetNames).toEqual(['y1', 'y2']);
    expect([...dataset.targets]).toEqual([0.5, -1, 2, 3, 4, 5]);
  });

  it.each([[[3]], [[3, 1]], [[3, 1, 1, 1]]])('may have the dimensions %j', async dimensions => {
    const dataset = await loaded(withImages(idxFile(dimensions, [0, 51, 255])), {
      ...SOFTMAX,
      inputs: 1,
    });
    expect([...inputsOf(dataset, 0, 3)]).toEqual([0, 0.2, 1]);
  });

  it.each([
    [0x09, [-128, 127, 0, 1]],
    [0x0b, [-32768, 32767, 256, -1]],
    [0x0c, [-2147483648, 2147483647, 65536, -1]],
    [0x0d, [0.5, -0.25, 2 ** -100, 3]],
    [0x0e, [0.1, -1e-300, 3, 1 / 3]],
  ] as const)('of type %d are taken as they are', async (type, values) => {
    const dataset = await loaded(
      { 'x.idx': idxFile([1, 4], values, type), 'y.idx': idxFile([1], [1]) },
      { ...SOFTMAX, precision: 'float64' },
    );
    expect(dataset.inputs).toEqual({ type: 'numbers', values: Float64Array.from(values) });
  });

  it.each([
    ['of Node', nodeCodecs],
    ['of a worker', workerCodecs],
  ])('may be packed, by the codecs %s', async (_, codecs) => {
    const packed = { 'x.idx': gzipSync(IMAGES), 'y.idx': gzipSync(LABELS) };
    expect(await loaded(packed, SOFTMAX, codecs)).toEqual(await loaded(withImages(IMAGES)));
  });

  it('may be large, and packed in many pieces', async () => {
    const values = Array.from({ length: 300 * 900 }, (_, i) => (i * i) % 251);
    const files = {
      'x.idx': gzipSync(idxFile([300, 30, 30], values)),
      'y.idx': gzipSync(
        idxFile(
          [300],
          values.slice(0, 300).map(value => value % 3),
        ),
      ),
    };
    for (const codecs of [nodeCodecs, workerCodecs]) {
      const { inputs } = await loaded(files, { ...SOFTMAX, inputs: 900 }, codecs);
      expect(inputs.values).toEqual(Uint8Array.from(values));
    }
  });
});

describe('files that cannot be used', () => {
  it('are not there', async () => {
    const images = await fault({ 'y.idx': LABELS });
    expect(images).toMatchObject({ code: 'data.idx.missing', path: ['data', 'idx', 'images'] });
    const labels = await fault({ 'x.idx': IMAGES });
    expect(labels).toMatchObject({ code: 'data.idx.missing', path: ['data', 'idx', 'labels'] });
  });

  it('begin otherwise', async () => {
    const png = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 13, 10);
    const found = await fault(withImages(png));
    expect(found).toMatchObject({ code: 'data.idx.magic', path: ['data', 'idx', 'images'] });
    expect(found.message).toBe(
      'x.idx is no IDX file: expected 00 00, a type from 08 to 0E and the number of dimensions, found 89 50 4E 47. Name a file in the format of MNIST.',
    );
    for (const bytes of [
      [0, 0, 0x0a, 1, 0, 0, 0, 0],
      [0, 0, 8, 0],
      [0, 1, 8, 1, 0, 0, 0, 0],
    ])
      expect((await fault(withLabels(Uint8Array.from(bytes)))).code).toBe('data.idx.magic');
  });

  it('are cut off, wherever', async () => {
    for (let length = 0; length < IMAGES.length; length++) {
      const found = await fault(withImages(IMAGES.slice(0, length)));
      expect(found.code, String(length)).toBe('data.idx.truncated');
      expect(found.message).toContain('ownload it again.');
    }
    const found = await fault(withImages(IMAGES.slice(0, -1)));
    expect(found.message).toBe(
      'x.idx is cut off: its header announces 3 × 2 × 2 unsigned bytes, in all 28 bytes, found 27. Download it again.',
    );
  });

  it('have more than they announce', async () => {
    const found = await fault(withLabels(Uint8Array.of(...LABELS, 7)));
    expect(found).toMatchObject({ code: 'data.idx.longer', path: ['data', 'idx', 'labels'] });
    expect(found.message).toContain('in all 11 bytes, found 12.');
  });

  it('have no value', async () => {
    expect((await fault(withImages(idxFile([0, 2, 2], [])))).code).toBe('data.idx.empty');
    expect((await fault(withImages(idxFile([3, 0], [])))).code).toBe('data.idx.empty');
  });

  it('have other numbers of samples', async () => {
    const found = await fault(withLabels(idxFile([2], [0, 1])));
    expect(found).toMatchObject({ code: 'data.idx.counts', path: ['data', 'idx', 'labels'] });
    expect(found.message).toBe(
      'y.idx has 2 labels, x.idx has 3 samples: there must be as many. Name the two files that belong together.',
    );
  });

  it('have labels beyond the outputs', async () => {
    const found = await fault(withLabels(idxFile([3], [0, 4, 9])));
    expect(found).toMatchObject({ code: 'data.idx.label', path: ['data', 'idx', 'labels'] });
    expect(found.message).toBe(
      'y.idx has the label 4 in sample 1, the network has outputs for 0 to 2: set layers[0].units to 10, or name other labels.',
    );
  });

  it('have labels that are no classes', async () => {
    for (const labels of [idxFile([3], [0, -1, 1], 0x09), idxFile([3], [0, 0.5, 1], 0x0d)])
      expect((await fault(withLabels(labels))).message).toMatch(
        /label (-1|0.5) in sample 1: a soft/,
      );
  });

  it('have numbers that are none', async () => {
    const values = [1, 2, 3, 4, 5, Infinity, 7, 8, 9, 10, 11, 12];
    const infinite = await fault(withImages(idxFile([3, 4], values, 0x0d)));
    expect(infinite.message).toContain('has Infinity in sample 1, value 1: only finite');
  });

  it('have pictures of another size', async () => {
    const found = await fault(withImages(IMAGES), { ...SOFTMAX, inputs: 5 });
    expect(found).toMatchObject({ code: 'data.inputs', path: ['data', 'idx', 'images'] });
    expect(found.message).toContain('the network has 5: set input.shape to [2, 2].');
  });

  it('have targets that the loss does not take', async () => {
    const found = await fault(withLabels(LABELS), {
      inputs: 4,
      activation: 'sigmoid',
      loss: 'binaryCrossEntropy',
    });
    expect(found).toMatchObject({ code: 'data.targetRange', path: ['data', 'idx', 'labels'] });
  });
});

describe('packed files that cannot be used', () => {
  const header = (dimensions: readonly number[], type = 0x08): Uint8Array => {
    const bytes = idxFile(dimensions, []);
    bytes[2] = type;
    return bytes;
  };

  it('are cut off', async () => {
    const packed = gzipSync(idxFile([3, 2, 2], PIXELS, 0x0e));
    for (const codecs of [nodeCodecs, workerCodecs]) {
      const found = await fault(withImages(packed.subarray(0, 40)), SOFTMAX, codecs);
      expect(found.code).toMatch(/^data\.idx\.(packed|truncated)$/);
    }
    const half = await fault(withImages(gzipSync(IMAGES.slice(0, -3))));
    expect(half.message).toContain('in all 28 bytes, found 25.');
  });

  it('are damaged', async () => {
    const packed = gzipSync(IMAGES);
    packed[packed.length - 6] ^= 0xff; // the checksum
    for (const codecs of [nodeCodecs, workerCodecs]) {
      const found = await fault(withImages(packed), SOFTMAX, codecs);
      expect(found.code).toBe('data.idx.packed');
      expect(found.message).toMatch(/damaged or cut off .*: download or pack it again\.$/);
    }
  });

  it('are no IDX files', async () => {
    const found = await fault(withImages(gzipSync(Buffer.from('a,b\n1,2\n'))));
    expect(found.message).toContain('found 61 2C 62 0A');
  });

  it.each([
    ['bytes', [50_000, 200, 200], 0x08],
    ['numbers of eight bytes', [60_000, 28, 28, 2], 0x0b],
    ['overflowing sizes', [0xffffffff, 0xffffffff, 0xffffffff], 0x08],
  ])('announce more than can be held: %s', async (_, dimensions, type) => {
    const found = await fault(withImages(gzipSync(header(dimensions, type))));
    expect(found.code).toBe('data.idx.size');
    expect(found.message).toContain(
      `at most ${MAX_HELD_BYTES.toLocaleString('en-US')} can be held`,
    );
  });

  it('announce more than can be in them: nothing is unpacked for that, and no memory taken', async () => {
    let pieces = 0;
    async function* counted(): AsyncIterable<Uint8Array> {
      yield header([60_000, 28, 28]);
      for (pieces = 1; pieces < 9; pieces++) yield new Uint8Array(1000);
    }
    const packed = gzipSync(header([60_000, 28, 28]));
    const found = await fault(withImages(packed), SOFTMAX, { ...nodeCodecs, inflate: counted });
    expect(found.code).toBe('data.idx.truncated');
    expect(pieces).toBe(0);
    expect((await fault(withImages(packed))).code).toBe('data.idx.truncated');
  });

  it('hold more than they announce: a bomb is unpacked no further', async () => {
    let pieces = 0;
    let closed = false;
    async function* bomb(): AsyncIterable<Uint8Array> {
      try {
        yield IMAGES;
        for (;;) {
          pieces++;
          yield new Uint8Array(1000);
        }
      } finally {
        closed = true;
      }
    }
    const codecs = { ...nodeCodecs, inflate: bomb };
    const found = await fault(withImages(gzipSync(IMAGES)), SOFTMAX, codecs);
    expect(found.code).toBe('data.idx.longer');
    expect([pieces, closed]).toEqual([1, true]);
  });
});
