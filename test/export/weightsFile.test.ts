import { webcrypto } from 'node:crypto';
import { describe, expect, test } from 'vitest';
import { initialParameters } from '../../src/engine/initializers';
import { parameterTensors } from '../../src/export/parameterTensors';
import { readSafetensors, writeSafetensors } from '../../src/export/safetensors';
import type { WrittenTensor } from '../../src/export/safetensors';
import { sha256 } from '../../src/export/sha256';
import {
  belongsInFile,
  MOST_INLINE,
  storeWeights,
  WeightsError,
  withoutWeights,
  withWeights,
} from '../../src/export/weightsFile';
import type { WeightsStore } from '../../src/export/weightsFile';
import type { Layer, Network, Precision } from '../../src/network/network';
import { dense, merge, network } from '../engine/networks';

const { subtle } = webcrypto;

const LAYERS: readonly Layer[] = [
  dense(4, 'tanh', { id: 'a' }),
  dense(3, 'relu', { id: 'b', from: ['input'], useBias: false }),
  merge('concat', 7, ['a', 'b']),
  dense(2, 'linear'),
];

const build = (precision: Precision = 'float64'): Network =>
  network(3, LAYERS, { training: { precision } });

/** A network that names these bytes. */
async function naming(bytes: Uint8Array, of = build()): Promise<Network> {
  return { ...of, weights: { file: 'w.safetensors', sha256: await sha256(bytes, subtle) } };
}

const random = (count: number): Float64Array =>
  Float64Array.from({ length: count }, (_, i) => Math.fround(1 / (i + 3)));

/** Files in memory. */
function memory(files = new Map<string, Uint8Array>()): WeightsStore & { files: typeof files } {
  return {
    files,
    subtle,
    read: file => Promise.resolve(files.get(file)),
    write: (file, bytes) => Promise.resolve(void files.set(file, bytes)),
  };
}

test('SHA-256 as FIPS 180-2 has it', async () => {
  expect(await sha256(new TextEncoder().encode('abc'), subtle)).toBe(
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  );
  const shared = new Uint8Array(new SharedArrayBuffer(3));
  shared.set([97, 98, 99]);
  expect(await sha256(shared, subtle)).toMatch(/^ba7816bf/);
});

test('more than 20,000 parameters belong in a file, and whoever has a file keeps it', () => {
  const sized = (units: number): Network => network(MOST_INLINE - 1, [dense(units, 'tanh')]);
  expect(belongsInFile(sized(1))).toBe(false);
  expect(belongsInFile(network(MOST_INLINE, [dense(1, 'tanh')]))).toBe(true);
  const small = build();
  expect(belongsInFile(small)).toBe(false);
  expect(belongsInFile({ ...small, weights: { file: 'w', sha256: '' } })).toBe(true);
});

describe.each(['float32', 'float64'] as const)('stored and read again in %s', precision => {
  test('to the bit, as tensors by layer', async () => {
    const net = build(precision);
    const parameters = random(4 * 3 + 4 + 3 * 3 + 2 * 7 + 2);
    const store = memory();
    const weights = await storeWeights(net, 'net.nn.json', parameters, store);
    expect([...store.files.keys()]).toEqual([weights.file]);
    const bytes = store.files.get(weights.file) ?? new Uint8Array();
    expect(weights.sha256).toBe(await sha256(bytes, subtle));
    expect(weights.file).toBe(`net.${weights.sha256.slice(0, 8)}.safetensors`);
    const type = precision === 'float32' ? 'F32' : 'F64';
    expect(readSafetensors(bytes).tensors.map(({ values: _, ...rest }) => rest)).toEqual([
      { name: 'layers.0.weight', type, shape: [4, 3] },
      { name: 'layers.0.bias', type, shape: [4] },
      { name: 'layers.1.weight', type, shape: [3, 3] },
      { name: 'layers.3.weight', type, shape: [2, 7] },
      { name: 'layers.3.bias', type, shape: [2] },
    ]);
    const read = await withWeights({ ...net, weights }, bytes, subtle);
    expect(initialParameters(read)).toEqual(parameters);
  });
});

test('a network that names a file has no numbers until it is read', () => {
  const named = { ...build(), weights: { file: 'w.safetensors', sha256: 'x' } };
  expect(() => initialParameters(named)).toThrow('weights.file: w.safetensors has not been read');
  expect(initialParameters(withoutWeights(named))).toEqual(initialParameters(build()));
});

test('what is read is not changed by who computes with it', async () => {
  const parameters = random(41);
  const bytes = writeSafetensors(parameterTensors(build(), parameters));
  const read = await withWeights(await naming(bytes), bytes, subtle);
  initialParameters(read).fill(0);
  expect(initialParameters(read)).toEqual(parameters);
});

describe('names', () => {
  const parameters = random(41);
  test.each([
    ['net.nn.json', 'net'],
    ['my.own.safetensors', 'my.own'],
    ['models/net.0123abcd.safetensors', 'models/net'],
    [`net.${'0123abcd'.repeat(8)}.safetensors`, 'net'],
  ])('beside %s', async (beside, stem) => {
    const { file, sha256: sum } = await storeWeights(build(), beside, parameters, memory());
    expect(file).toBe(`${stem}.${sum.slice(0, 8)}.safetensors`);
  });

  test('the same numbers are written once', async () => {
    const store = memory();
    const first = await storeWeights(build(), 'net', parameters, store);
    const locked = { ...store, write: () => Promise.reject(new Error('written twice')) };
    expect(await storeWeights(build(), first.file, parameters, locked)).toEqual(first);
  });

  test('a file with other numbers under the name stays as it is', async () => {
    const store = memory();
    const first = await storeWeights(build(), 'net', parameters, store);
    const foreign = Uint8Array.of(1, 2, 3);
    store.files.set(first.file, foreign);
    const second = await storeWeights(build(), 'net', parameters, store);
    expect(store.files.get(first.file)).toBe(foreign);
    expect(second).toEqual({ file: `net.${first.sha256}.safetensors`, sha256: first.sha256 });
    expect(store.files.size).toBe(2);
  });

  test('a store that cannot write says why', async () => {
    const full = { ...memory(), write: () => Promise.reject(new Error('no space left')) };
    await expect(storeWeights(build(), 'net', parameters, full)).rejects.toThrow('no space left');
    expect(full.files.size).toBe(0);
  });
});

describe('refused', () => {
  const good = parameterTensors(build(), random(41));
  /** The fault of a network that names a file of these tensors. */
  const fault = async (tensors: readonly WrittenTensor[], of = build()): Promise<WeightsError> => {
    const bytes = writeSafetensors(tensors);
    const error: unknown = await withWeights(await naming(bytes, of), bytes, subtle).catch(
      (reason: unknown) => reason,
    );
    expect(error).toBeInstanceOf(WeightsError);
    return error as WeightsError;
  };
  const changed = (name: string, change: Partial<WrittenTensor>): readonly WrittenTensor[] =>
    good.map(tensor => (tensor.name === name ? { ...tensor, ...change } : tensor));

  test('another file under the name', async () => {
    const named = await naming(writeSafetensors(good));
    const error = (await withWeights(named, Uint8Array.of(1), subtle).catch(
      (reason: unknown) => reason,
    )) as WeightsError;
    expect(error.code).toBe('weights.hash');
    expect(error.path).toEqual(['weights', 'sha256']);
    expect(error.message).toContain(
      `w.safetensors (1 bytes) is not the file that the network was saved with: expected SHA-256 ${named.weights?.sha256}, found `,
    );
    expect(error.message).toContain('or remove "weights" to start with new ones from the seed');
  });

  test('no safetensors file', async () => {
    const bytes = Uint8Array.of(1, 2, 3);
    const named = await naming(bytes);
    await expect(withWeights(named, bytes, subtle)).rejects.toMatchObject({
      code: 'weights.format',
      message: expect.stringContaining('w.safetensors: Expected 8 bytes') as string,
    });
  });

  test.each<[string, () => Promise<WeightsError>]>([
    [
      'Expected the tensor "layers.3.weight" of shape (2, 7) for layers[3], found "layers.0.weight", "layers.0.bias", "layers.1.weight", "layers.3.bias".',
      () => fault(good.filter(({ name }) => name !== 'layers.3.weight')),
    ],
    ['found no tensors', () => fault([])],
    [
      'The tensor "layers.3.weight": expected the shape (2, 7) of layers[3], found (7, 2).',
      () => fault(changed('layers.3.weight', { shape: [7, 2] })),
    ],
    [
      'and 1 more, found the tensor "layers.1.bias" of shape (1) too.',
      () => fault([...good, { name: 'layers.1.bias', shape: [1], values: Float32Array.of(1) }]),
    ],
    [
      'The tensor "layers.0.bias": expected finite numbers, found NaN at [2].',
      () => fault(changed('layers.0.bias', { values: Float64Array.of(1, 2, NaN, 4) })),
    ],
    [
      'its F64 numbers lose digits in float32 (0.1 at [1][0]): set training.precision to "float64"',
      () => {
        const values = random(9).fill(0.1, 3, 4);
        return fault(changed('layers.1.weight', { values }), build('float32'));
      },
    ],
  ])('%s', async (sentence, make) => {
    const error = await make();
    expect(error.code).toBe('weights.tensors');
    expect(error.path).toEqual(['weights', 'file']);
    expect(error.message).toContain(`w.safetensors: `);
    expect(error.message).toContain(sentence);
  });

  test('numbers of one layer in both places', async () => {
    const inline = { ...LAYERS[0], bias: [0, 0, 0, 0] } as Layer;
    const error = await fault(good, network(3, [inline, ...LAYERS.slice(1)]));
    expect(error.message).toContain(
      'Expected none for layers[0], whose numbers are in the text, found the tensor "layers.0.weight" of shape (4, 3) too.',
    );
    expect(error.path).toEqual(['layers', 0]);
  });
});

test('some layers in the text and the others in the file', async () => {
  const inline = {
    ...LAYERS[3],
    weights: [
      [1, 2, 3, 4, 5, 6, 7],
      [8, 9, 1, 2, 3, 4, 5],
    ],
  } as Layer;
  const mixed = network(3, [...LAYERS.slice(0, 3), inline]);
  const file = parameterTensors(build(), random(41)).filter(({ name }) => !/3/.test(name));
  const bytes = writeSafetensors(file);
  const read = initialParameters(await withWeights(await naming(bytes, mixed), bytes, subtle));
  expect(read.subarray(0, 25)).toEqual(random(41).subarray(0, 25));
  expect([...read.subarray(25)]).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 1, 2, 3, 4, 5, 0, 0]);
});

test('float32 numbers fill a float64 network', async () => {
  const bytes = writeSafetensors(parameterTensors(build('float32'), random(41)));
  const read = await withWeights(await naming(bytes), bytes, subtle);
  expect(initialParameters(read)).toEqual(random(41));
});
