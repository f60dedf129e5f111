/** A workload as our engine takes it: a network and a data set in memory. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Dataset } from '../../../src/data/dataset';
import { loadDataset } from '../../../src/data/load';
import { layerGroups } from '../../../src/network/layerCatalog';
import type { InlineSample, Network } from '../../../src/network/network';
import { parseNetwork } from '../../../src/network/parse';
import { inferShapes } from '../../../src/network/shapes';
import { documentOf, workloads } from '../workloads.mjs';

/** What a runner is asked to do: its last argument, as JSON. */
export interface Job {
  /** Of the prepared workloads. */
  readonly folder: string;
  readonly workload: string;
  readonly mode: string;
  /** Whether the losses are asked for, too. */
  readonly check: boolean;
  /** Of the initial weights, in the race. */
  readonly seed: number;
  /** Whether V8 may make 256 bits of two times 128: then our engine tries both, as in a process of its own. */
  readonly wide: boolean;
  /** That shall compute; default: one. */
  readonly threads?: number;
  /** Whether products are fused with sums. */
  readonly fastMaths?: boolean;
}

export function readJob(): Job {
  return JSON.parse(process.argv[process.argv.length - 1]) as Job;
}

/** Why the network of a workload cannot be built: layer types that the catalogue does not have. */
export function absence(workload: string): string | undefined {
  const types = (workloads[workload].layers ?? []).map(layer => (layer as { type: string }).type);
  const missing = [...new Set(types)].filter(type => !Object.hasOwn(layerGroups, type));
  return missing.length > 0 ? `not in this build: layers of type ${missing.join(', ')}` : undefined;
}

/** @throws Error with the issues of a document that is no network */
export function networkOf(workload: string, more?: Parameters<typeof documentOf>[1]): Network {
  const { network, issues } = parseNetwork(JSON.stringify(documentOf(workloads[workload], more)));
  if (network) return network;
  throw new Error(`${workload}: ${issues.map(({ message }) => message).join(' ')}`);
}

export function readFloats(folder: string, name: string): Float32Array {
  const bytes = readFileSync(join(folder, `${name}.f32`));
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

/** The samples that are trained with, as a network file has them. */
export function inlineSamples(folder: string, workload: string, network: Network): InlineSample[] {
  const { data, samples } = workloads[workload];
  const { inputSize, outputSize } = inferShapes(network);
  const [inputs, targets] = ['x', 'y'].map(part => readFloats(folder, `${data}.${part}`));
  return Array.from({ length: samples }, (_, i) => ({
    x: [...inputs.subarray(i * inputSize, (i + 1) * inputSize)],
    y: [...targets.subarray(i * outputSize, (i + 1) * outputSize)],
  }));
}

/** The network with its data, which are repeated in their order up to `length`. */
export function withData(
  folder: string,
  workload: string,
  network: Network,
  length = workloads[workload].samples,
): Network {
  const once = inlineSamples(folder, workload, network);
  const samples = Array.from({ length }, (_, i) => once[i % once.length]);
  const source = { type: 'inline', samples } as const;
  return { ...network, data: { source, validation: 0, normalize: 'none' } };
}

/** The data of a workload as the engine has them. */
export function datasetOf(
  folder: string,
  workload: string,
  network: Network,
  length?: number,
): Dataset {
  const full = withData(folder, workload, network, length);
  const { dataset, issues } = loadDataset(full, inferShapes(full), {});
  if (dataset) return dataset;
  throw new Error(`${workload}: ${issues.map(({ message }) => message).join(' ')}`);
}

/**
 * Samples of an epoch so long that steps can be timed within it: an evaluation is no part of a step, and other
 * libraries have none. Not longer, so that small data stay in the processor's cache, where those of others are.
 */
export function longEpoch(workload: string, inputSize: number): number {
  const { samples, batch } = workloads[workload];
  const wanted = Math.max(16 * batch, Math.min(2 ** 14, 2 ** 22 / inputSize));
  return Math.ceil(wanted / samples) * samples;
}

/** The one line that a runner prints. */
export function answer(values: object): void {
  console.log(JSON.stringify(values));
}
