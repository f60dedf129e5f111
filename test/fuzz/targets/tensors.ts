/** Files of weights: safetensors, checkpoints, and what else is read back from a disk. */
import { webcrypto } from 'node:crypto';
import fc from 'fast-check';
import { CheckpointError } from '../../../src/engine/checkpoint';
import { isCheckpoint, readCheckpoint, writeCheckpoint } from '../../../src/export/checkpointFile';
import { readSafetensors, writeSafetensors } from '../../../src/export/safetensors';
import { SafetensorsError } from '../../../src/export/safetensorsHeader';
import { sha256 } from '../../../src/export/sha256';
import { WeightsError, withWeights } from '../../../src/export/weightsFile';
import { loadDataset } from '../../../src/data/load';
import { createTrainer } from '../../../src/engine/createTrainer';
import { initialParameters } from '../../../src/engine/initializers';
import { parameterTensors } from '../../../src/export/parameterTensors';
import type { Network } from '../../../src/network/network';
import { parseNetwork } from '../../../src/network/parse';
import { inferShapes } from '../../../src/network/shapes';
import { mutated, mutatedJson } from '../mutation';
import { tensorFiles, utf8 } from '../seeds';
import { rest } from '../gauge';
import { must } from '../target';
import type { Answer, Extreme, Target } from '../target';
import { checkMessage } from './issues';

const text = `{ "version": 1, "input": { "shape": [2] }, "layers": [
  { "type": "dense", "units": 3, "activation": "tanh" }, { "type": "batchNorm" },
  { "type": "dense", "units": 1 }],
  "training": { "optimizer": "adam" },
  "data": { "inline": [{ "x": [0, 1], "y": [1] }, { "x": [1, 1], "y": [0] }] } }`;

function networkIn(text: string): Network {
  const { network } = parseNetwork(text);
  if (!network) throw new Error('The seed is no network.');
  return network;
}

const owner = networkIn(text);

/** After three steps. */
function checkpointFile(): Uint8Array {
  const { dataset } = loadDataset(owner, inferShapes(owner), {});
  if (!dataset) throw new Error('The seed has no data.');
  const trainer = createTrainer(owner, dataset, { engine: 'reference' });
  trainer.run({ steps: 3 });
  return writeCheckpoint(owner, trainer.checkpoint());
}

const weights = writeSafetensors(parameterTensors(owner, initialParameters(owner)));
const seeds = [...tensorFiles, weights, checkpointFile()];

const words = [
  ...['"F32"', '"F16"', '"BF16"', '"I64"', '[0,4]', '[9007199254740991]', '-1', '1e999', '{', '}'],
  ...['"__metadata__":{}', '"__proto__":', ',', ':', '"', '\\u0000', '[[[['],
  [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff],
  [0, 0, 0, 0, 0, 0, 0x20, 0],
  [0, 0, 0xc0, 0x7f],
];

/** The header is another JSON, with the length that it really has. */
const otherHeader = fc
  .tuple(
    mutatedJson(seeds.flatMap(headerOf), ['a', '__metadata__', '__proto__', 'dtype']),
    fc.constantFrom(...seeds),
  )
  .map(([header, seed]) => fileOf(JSON.stringify(header), seed.subarray(8 + lengthOf(seed))));

export function fileOf(header: string, data: Uint8Array): Uint8Array {
  const bytes = utf8(header);
  const file = new Uint8Array(8 + bytes.length + data.length);
  new DataView(file.buffer).setBigUint64(0, BigInt(bytes.length), true);
  file.set(bytes, 8);
  file.set(data, 8 + bytes.length);
  return file;
}

function lengthOf(file: Uint8Array): number {
  return file.length < 8
    ? 0
    : Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
}

function headerOf(file: Uint8Array) {
  try {
    return [JSON.parse(Buffer.from(file.subarray(8, 8 + lengthOf(file))).toString('utf8'))];
  } catch {
    return [];
  }
}

const MEGABYTE = 1024 * 1024;
const claimed = (length: bigint): Uint8Array => {
  const file = new Uint8Array(16);
  new DataView(file.buffer).setBigUint64(0, length, true);
  file[8] = 0x7b;
  return file;
};
const info = (begin: number, end: number, shape: string): string =>
  `{"dtype":"F32","shape":${shape},"data_offsets":[${begin},${end}]}`;
const none = new Uint8Array(0);

const headers: { readonly [name: string]: () => Uint8Array } = {
  'a header of 2⁵³ bytes': () => claimed(2n ** 53n),
  'a header of 2⁶⁴ − 1 bytes': () => claimed(2n ** 64n - 1n),
  'a header of 100 MB of which 8 bytes are there': () => claimed(100_000_000n),
  'a tensor of 2⁵³ − 8 bytes': () =>
    fileOf(`{"a":${info(0, 2 ** 53 - 8, '[2251799813685246]')}}`, none),
  'a shape of a million ones': () =>
    fileOf(`{"a":${info(0, 4, `[${Array(1_000_000).fill(1).join(',')}]`)}}`, new Uint8Array(4)),
  'a type nested 10,000 deep': () =>
    fileOf(
      `{"a":{"dtype":${'['.repeat(10_000)}${']'.repeat(10_000)},"shape":[],"data_offsets":[0,4]}}`,
      new Uint8Array(4),
    ),
  'a name of 20 MB': () =>
    fileOf(`{"${'n'.repeat(20 * MEGABYTE)}":${info(0, 4, '[2]')}}`, new Uint8Array(4)),
  'a type of 20 MB': () =>
    fileOf(
      `{"a":{"dtype":"${'F'.repeat(20 * MEGABYTE)}","shape":[],"data_offsets":[0,4]}}`,
      new Uint8Array(4),
    ),
  'a header of 50 MB of opening brackets': () => fileOf(`{"a":${'['.repeat(50 * MEGABYTE)}`, none),
  'a header of 50 MB of nested lists': () =>
    fileOf(`{"a":${'['.repeat(25 * MEGABYTE)}${']'.repeat(25 * MEGABYTE)}}`, none),
  'a header of 50 MB of blanks': () => fileOf(`{${' '.repeat(50 * MEGABYTE)}}`, none),
  'a header of 50 MB of text': () =>
    fileOf(`{"__metadata__":{"a":"${'x'.repeat(50 * MEGABYTE)}"}}`, none),
  'a header of 50 MB of backslashes': () =>
    fileOf(`{"__metadata__":{"a":"${'\\'.repeat(50 * MEGABYTE)}"}}`, none),
  '200,000 tensors of nothing': () =>
    fileOf(
      `{${Array.from({ length: 200_000 }, (_, i) => `"t${i}":${info(0, 0, '[0]')}`).join(',')}}`,
      none,
    ),
  'a tensor of 50 MB': () =>
    fileOf(`{"a":${info(0, 48 * MEGABYTE, '[12582912]')}}`, new Uint8Array(48 * MEGABYTE)),
};

const extremes: readonly Extreme<Uint8Array>[] = Object.entries(headers).map(([name, make]) => ({
  name,
  make,
}));

export const tensors: Target<Uint8Array> = {
  what: 'safetensors, files of weights, checkpoints',
  runs: 20_000,
  arbitrary: fc.oneof(mutated(seeds, words), otherHeader),
  extremes,
  judge: judgeTensors,
  bytes: bytes => bytes,
};

async function judgeTensors(bytes: Uint8Array): Promise<Answer> {
  await asWeights(bytes);
  rest();
  asCheckpoint(bytes);
  rest();
  try {
    const { tensors, metadata } = readSafetensors(bytes);
    rest();
    const again = readSafetensors(writeSafetensors(tensors, metadata));
    must(again.metadata.size === metadata.size, () => 'Metadata are lost');
    must(again.tensors.length === tensors.length, () => 'Tensors are lost');
    const found = new Map(again.tensors.map(tensor => [tensor.name, tensor]));
    for (const { name, shape, values } of tensors) {
      const same = found.get(name);
      must(same?.shape.join() === shape.join(), () => `${name} has another shape`);
      must(
        values.every((value, i) => Object.is(value, same.values[i])),
        () => `${name}: other numbers`,
      );
    }
    return 'accepted';
  } catch (error) {
    if (!(error instanceof SafetensorsError)) throw error;
    checkMessage('safetensors', error.message);
    return 'refused';
  }
}

/** Also where the hash is right, the tensors must be those of the network. */
async function asWeights(bytes: Uint8Array): Promise<void> {
  const subtle = webcrypto.subtle as unknown as Parameters<typeof sha256>[1];
  const named = {
    ...owner,
    weights: { file: 'w.safetensors', sha256: await sha256(bytes, subtle) },
  };
  try {
    const { weights } = await withWeights(named, bytes, subtle);
    const stored = weights?.parameters?.length;
    must(stored === inferShapes(owner).stored, () => `${stored} parameters`);
  } catch (error) {
    if (!(error instanceof WeightsError)) throw error;
    checkMessage(error.code, error.message);
    must(error.path.length > 0, () => 'A fault of weights has no place');
  }
}

function asCheckpoint(bytes: Uint8Array): void {
  const says = isCheckpoint(bytes);
  rest();
  try {
    readCheckpoint(owner, bytes);
    must(says, () => 'A checkpoint that says it is none');
  } catch (error) {
    if (!(error instanceof CheckpointError)) throw error;
    checkMessage('checkpoint', error.message);
  }
}
