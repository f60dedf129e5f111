/**
 * Small random networks that PyTorch has computed, too: `test/reference/make_differential_fixtures.py` reads the same
 * descriptions, and makes the same numbers from them.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '../../src/data/dataset';
import { parameterTablesOf, type ParameterTable } from '../../src/engine/parameterTables';
import type { Network, Precision } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';
import { networkToJson } from '../../src/network/toJson';
import { dataset as datasetOf } from '../engine/networks';
import { Draw, isLarge, type RandomCase } from '../engine/randomCases';
import { reference } from '../engine/engines';
import { SideBySide } from '../engine/comparison';
import { mixedCase, varied } from './cases';

type TargetKind = 'real' | 'binary' | 'oneHot' | 'soft';

/** One line of `differential.networks.json`. */
export interface Description {
  readonly seed: number;
  readonly samples: number;
  readonly targets: TargetKind;
  /** Whether rounding to float32 leads it to no other side of a kink, and leaves gradients that are more than rounding. */
  readonly float32: boolean;
  /** As in a file. */
  readonly network: object;
}

/** One line of `differential.float64.json`: numbers in base64, eight (or four) bytes each, the lowest first. */
interface TorchLine {
  readonly seed: number;
  readonly outputs: string;
  readonly loss: string;
  readonly gradients: string;
  /** All numbers of the file after `TORCH_STEPS` steps, and the loss then. */
  readonly parameters: string;
  readonly lossAfter: string;
}

export type TorchNumbers = {
  readonly [K in Exclude<keyof TorchLine, 'seed'>]: readonly number[];
};

export const TORCH_STEPS = 6;

const FOLDER = 'test/reference';
const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(FOLDER, `differential.${name}.json`), 'utf8'));

export function readDescriptions(): Description[] {
  return read('networks') as Description[];
}

/** What PyTorch has found, by seed. */
export function readTorch(precision: Precision): Map<number, TorchNumbers> {
  const lines = read(precision) as TorchLine[];
  return new Map(
    lines.map(({ seed, ...texts }) => {
      const numbers = Object.entries(texts).map(([key, text]) => [key, decoded(text, precision)]);
      return [seed, Object.fromEntries(numbers) as TorchNumbers];
    }),
  );
}

function decoded(text: string, precision: Precision): readonly number[] {
  const bytes = Buffer.from(text, 'base64');
  const size = precision === 'float32' ? 4 : 8;
  return Array.from({ length: bytes.length / size }, (_, i) =>
    size === 4 ? bytes.readFloatLE(4 * i) : bytes.readDoubleLE(8 * i),
  );
}

/** The case that a description stands for. */
export function torchCase({ seed, samples, targets, network: json }: Description): RandomCase {
  const { network, issues } = parseNetwork(JSON.stringify(json));
  if (!network) throw new Error(`${seed}: ${issues.map(({ message }) => message).join('\n')}`);
  return {
    network,
    dataset: sharedData(network, seed, samples, targets),
    start: sharedStart(network, seed),
  };
}

/** From [0, 1), a multiple of 2⁻²⁰: float32 has it, and its differences from 1. */
function shared(seed: number, stream: number, index: number): number {
  const row = mixed(Math.imul(seed, 0x85ebca6b) + stream);
  return (mixed(row + Math.imul(index, 0x9e3779b1)) >>> 12) / 2 ** 20;
}

/** MurmurHash3's finalizer. */
function mixed(a: number): number {
  let h = a | 0;
  h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
  h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
  return h ^ (h >>> 16);
}

function sharedData(network: Network, seed: number, samples: number, kind: TargetKind): Dataset {
  const { inputSize, outputSize } = inferShapes(network);
  const rows = (size: number, value: (row: number, column: number) => number): number[][] =>
    Array.from({ length: samples }, (_, r) => Array.from({ length: size }, (__, k) => value(r, k)));
  const x = rows(inputSize, (r, k) => 4 * shared(seed, 1, r * inputSize + k) - 2);
  const drawn = (r: number, j: number): number => shared(seed, 2, r * outputSize + j);
  const y = rows(outputSize, (r, j) => {
    if (kind === 'real') return 4 * drawn(r, j) - 2;
    if (kind === 'soft') return drawn(r, j);
    if (kind === 'binary') return drawn(r, j) < 0.5 ? 0 : 1;
    return Math.floor(drawn(r, 0) * outputSize) === j ? 1 : 0;
  });
  return datasetOf(x, y);
}

function sharedStart(network: Network, seed: number): Float64Array {
  const shapes = inferShapes(network);
  const start = new Float64Array(shapes.stored);
  for (const table of parameterTablesOf(network, shapes)) {
    const isGamma = network.layers[table.layer].type === 'batchNorm' && table.kind === 'weight';
    for (let i = table.offset; i < table.offset + table.length; i++) {
      const u = shared(seed, 3, i);
      start[i] = isGamma || table.kind === 'variance' ? 0.5 + u : (2 * u - 1) * sizeOf(table);
    }
  }
  return start;
}

/** Of weights so small that sums over a row are about 1: a power of 2. */
function sizeOf({ kind, columns }: ParameterTable): number {
  if (kind !== 'weight') return kind === 'bias' ? 0.5 : 1;
  let size = 2;
  for (let power = 1; power < columns; power *= 4) size /= 2;
  return size;
}

const TINY = { inputs: 6, edge: 5, channels: 3, units: 7, filters: [3], samples: 4 };
/** Numbers of a network, and of its outputs, at most. */
const MOST_STORED = 150;
const MOST_OUTPUTS = 60;

/** So many descriptions: small networks with every layer type, half of them with batchNorm where it cancels. */
export function describeNetworks(count: number): Description[] {
  const found: Description[] = [];
  for (let seed = 1; found.length < count; seed++) {
    if (isLarge(seed)) continue;
    const description = describe(seed);
    if (description) found.push(description);
  }
  return found;
}

/** Undefined where the network is too large for a fixture, or its steps come to no end. */
function describe(seed: number): Description | undefined {
  const draw = new Draw(seed, 'torch');
  const cancels = seed % 2 === 0;
  const { network: drawn } = varied(mixedCase(seed, cancels, TINY), seed);
  const samples = 3 + draw.below(5);
  const isFused = ['binaryCrossEntropy', 'crossEntropy'].includes(drawn.loss.type);
  const targets = draw.of(isFused ? (['binary', 'oneHot', 'soft'] as const) : TARGETS);
  const { training } = drawn;
  const epsilon = cancels || draw.chance(0.5) ? training.optimizer.epsilon : 1e-8;
  const batchSize = draw.of([1, 2, 3, 'all'] as const);
  const optimizer = { ...training.optimizer, epsilon };
  const network = { ...drawn, training: { ...training, optimizer, batchSize, shuffle: false } };
  const { stored, parameters, outputSize } = inferShapes(network);
  if (parameters === 0 || stored > MOST_STORED || samples * outputSize > MOST_OUTPUTS)
    return undefined;
  const json = brief({ ...networkToJson({ ...network, name: '' }) }) as object;
  const description: Description = { seed, samples, targets, float32: false, network: json };
  return { ...description, float32: !cancels && epsilon > 1e-8 && isSmooth(description) };
}

const TARGETS: readonly TargetKind[] = ['real', 'real', 'binary', 'soft'];

/** With three digits. */
function brief(value: unknown): unknown {
  const text = JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'number' && !Number.isInteger(part) ? Number(part.toPrecision(3)) : part,
  );
  return JSON.parse(text);
}

/** Whether all of its steps keep away from kinks. */
function isSmooth(description: Description): boolean {
  const one = torchCase(description);
  const all = new SideBySide(one, reference.create(one.network, one.dataset, one.start), []);
  return !all.atKink && all.advance(TORCH_STEPS);
}
