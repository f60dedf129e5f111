/**
 * A training that is kept, and what its file says.
 *
 * The file is lines of JSON. The first is the {@link RunHead}; each further one is a row of metrics, by the names of its
 * columns; the last is the {@link RunResult}. JSON has no NaN and no infinities: `null` in a row or a result stands for a
 * number that does not exist or is not finite, and reads back as NaN.
 */
import type { ChangeMark } from '../engine/changeMarks';
import type { EngineReport } from '../engine/engineReport';
import type { FinishReason } from '../engine/stopRule';
import type { WeightsFile } from '../network/network';
import type { JsonValue } from '../network/json';

export const RUN_FORMAT = 'nabla-run';
export const RUN_VERSION = 1;
export const RUN_ENDING = '.jsonl';

export interface RunHead {
  readonly format: typeof RUN_FORMAT;
  readonly version: typeof RUN_VERSION;
  /** The network's file, from the folder of the workspace, with `/` between its parts. */
  readonly file: string;
  /** SHA-256 of the network's text (UTF-8) when the training began. */
  readonly sha256: string;
  /** When the training began: ISO 8601 with milliseconds, UTC. */
  readonly begun: string;
  readonly engine: RunEngine;
  /** What the sweep is called that it belongs to. */
  readonly sweep?: string;
  /** The network as a file has it, without weights. */
  readonly network: JsonValue;
}

/** What has computed a run, and where. */
export interface RunEngine extends EngineReport {
  /** `thread` or `process`. */
  readonly place: string;
}

/** `paused`: by the person, or by a change of the text; on the command line that is `interrupted`. */
export type RunReason = FinishReason | 'paused' | 'diverged' | 'interrupted';

export interface RunResult {
  readonly reason: RunReason;
  /** Completed epochs, and updates. */
  readonly epochs: number;
  readonly steps: number;
  /** Of training. */
  readonly seconds: number;
  readonly lossBefore: number;
  readonly loss: number;
  /** The least training loss of all rows; absent where no loss is a number. */
  readonly best?: { readonly loss: number; readonly epoch: number };
  /** The parameters at the end, in the file's order: these numbers, or the file beside this one that has them. */
  readonly parameters?: readonly number[];
  readonly weights?: WeightsFile;
  /** Where settings were changed while it was trained; absent: nowhere. */
  readonly changes?: readonly ChangeMark[];
}

/** By name, in the order of the file; all of one length. NaN where a quantity does not exist. */
export type RunColumns = ReadonlyMap<string, Float64Array>;

/** Of columns without rows 0. */
export function rowCount(columns: RunColumns): number {
  const [first] = columns.values();
  return first?.length ?? 0;
}

/** The least loss and its epoch; undefined where there is none. */
export function bestOf(columns: RunColumns): RunResult['best'] {
  const [losses, epochs] = [columns.get('loss') ?? [], columns.get('epoch') ?? []];
  let best = -1;
  for (let row = 0; row < losses.length; row++)
    if (losses[row] < (best < 0 ? Infinity : losses[best])) best = row;
  return best < 0 ? undefined : { loss: losses[best], epoch: epochs[best] };
}

/** How many characters of a network's name are in that of a run. */
const NAME_LENGTH = 60;

/** `xor-20260131T235959123Z-7`: without its ending. */
export function runName(file: string, begun: string, seed: number): string {
  const stem = file.slice(file.lastIndexOf('/') + 1).replace(/(\.nn)?\.json$/, '');
  const name = stem.replace(/[^\p{L}\p{N}._-]/gu, '_').slice(0, NAME_LENGTH);
  return `${name}-${begun.replace(/[-:.]/g, '')}-${seed}`;
}

/** Of the name of a run's file, what orders runs by their beginning; undefined where it is none. */
export function beginningIn(name: string): string | undefined {
  return /-(\d{8}T\d{9}Z)-\d+\.jsonl$/.exec(name)?.[1];
}
