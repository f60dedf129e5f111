/** A training that did not come to its end, with everything that it needs to go on; and its file. */
import type { MetricsChunk } from '../engine/history';
import { pack, unpack, PackedError } from '../export/packed';
import { shown } from '../network/sentence';
import type { RunEngine } from './run';

const FORMAT = 'nabla-unfinished';
/** Of another version is nothing that could be gone on with: the engine may count otherwise. */
const VERSION = 1;

/** When a training has begun, and with which text (UTF-8) of its network. */
export interface Begun {
  /** ISO 8601 with milliseconds, UTC. */
  readonly at: string;
  readonly text: Uint8Array;
}

export interface Unfinished {
  /** The document of the network, as a URI. */
  readonly uri: string;
  readonly begun: Begun;
  /** What the document said when the training was last started: what it says now must not be another network. */
  readonly text: Uint8Array;
  readonly engine: RunEngine;
  /** What was recorded up to the moment. */
  readonly history: MetricsChunk;
  /** A `TrainingMoment`, packed. */
  readonly moment: Uint8Array;
}

export function unfinishedFile(unfinished: Unfinished): Uint8Array<ArrayBuffer> {
  return pack({ format: FORMAT, version: VERSION, ...unfinished });
}

/** @throws PackedError when the bytes are none of this version, or not whole */
export function readUnfinished(bytes: Uint8Array): Unfinished {
  const found = unpack(bytes) as (Unfinished & { format?: unknown; version?: unknown }) | null;
  const { format, version } = found ?? {};
  if (found && format === FORMAT && version === VERSION) return found;
  throw new PackedError(
    `Expected ${FORMAT} of version ${VERSION}, found ${shown(format)} of version ${shown(version)}.`,
  );
}
