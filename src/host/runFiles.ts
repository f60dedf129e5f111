/** Loads a network with the files that it names: its weights and its data. */
import type { Uri } from 'vscode';
import { WeightsError } from '../export/weightsFile';
import { dataFilePlaces } from '../network/dataFiles';
import type { DataFile } from '../network/dataFiles';
import type { Network } from '../network/network';
import type { DataIssue, LoadRequest, LoadResult } from '../protocol';
import { IssuesError } from '../rpc';
import { DataFileError, readDataFiles } from './dataFiles';
import { messageOf } from './messageOf';
import type { RunLoading } from './runLoading';
import type { RunPlace } from './runPlace';
import type { RunRecord } from './runRecord';
import { weightsIssue } from './runWeights';
import type { RunWeights } from './runWeights';

export interface FilesWorld {
  readonly uri: Uri;
  readonly place: RunPlace;
  readonly record: RunRecord;
  readonly loading: RunLoading;
  readonly weights: RunWeights;
  /** Whether the worker holds a network, from which the next one may go on. */
  holds(): boolean;
}

/**
 * From what the run goes on: from the parameters of the one before, or those that are `carried` to it; `recognizes`: with
 * the parameters of a kept moment it is back there.
 */
export type Going = Pick<LoadRequest, 'keepParameters' | 'recognizes' | 'carried'>;

export class RunFiles {
  readonly #world: FilesWorld;

  constructor(world: FilesWorld) {
    this.#world = world;
  }

  /** With data that cannot be used the network alone is loaded, and `issues` say why. */
  async load(
    network: Network,
    how: Going,
  ): Promise<{ result: LoadResult; issues: readonly DataIssue[] }> {
    const { uri, place, loading, holds } = this.#world;
    const load = (request: Pick<LoadRequest, 'network' | 'files'>): Promise<LoadResult> =>
      place.load({ ...request, ...ownNumbers(how) }, holds());
    const whole = await this.#withWeights(network);
    try {
      const result = await loading.load(
        network,
        () => readDataFiles(uri, network),
        files => load({ network: whole, files }),
      );
      return { result, issues: result.issues };
    } catch (error) {
      const issues = issuesOf(error);
      if (!issues || !network.data) throw this.#shown(error);
      const alone = { ...whole, data: undefined };
      const result = load({ network: alone, files: {} });
      return { result: await result.catch((again: unknown) => throws(this.#shown(again))), issues };
    }
  }

  /** A network for which there is no memory, with or without data, is a problem, too. */
  #shown(error: unknown): unknown {
    if (lacksMemory(error)) this.#world.record.setData(undefined, [memoryIssue(error)]);
    return error;
  }

  /** What is wrong with its file of weights is told as a problem; without them nothing is loaded. */
  async #withWeights(network: Network): Promise<Network> {
    const { weights, record } = this.#world;
    try {
      return await weights.read(network);
    } catch (error) {
      if (error instanceof WeightsError) record.setData(undefined, [weightsIssue(error)]);
      throw error;
    }
  }
}

/** For one attempt: a thread moves the numbers that it is given, and there may be another. */
function ownNumbers(how: Going): Going {
  const { carried } = how;
  return carried
    ? { ...how, carried: { ...carried, parameters: carried.parameters.slice() } }
    : how;
}

/** The files that a network names. */
export function filePlaces(network: Network): readonly DataFile[] {
  const { weights } = network;
  const ofWeights: DataFile[] = weights ? [{ path: weights.file, place: ['weights', 'file'] }] : [];
  return [...dataFilePlaces(network), ...ofWeights];
}

function throws(error: unknown): never {
  throw error;
}

const lacksMemory = (error: unknown): error is Error =>
  error instanceof Error && error.name === 'OutOfMemory';

function memoryIssue(error: Error): DataIssue {
  return { code: 'memory', severity: 'error', path: ['layers'], message: messageOf(error) };
}

function issuesOf(error: unknown): readonly DataIssue[] | undefined {
  if (lacksMemory(error)) return [memoryIssue(error)];
  if (error instanceof DataFileError) return [error.issue];
  return error instanceof IssuesError ? error.issues : undefined;
}
