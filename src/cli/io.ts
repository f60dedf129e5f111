/** What the command line asks of the world; the tests bring one in memory. */
import type { Helpers } from '../engine/wasm/threads';
import type { PlaceReason } from '../enginePlace';

export interface CliIo {
  readonly version: string;
  /** Absolute path that relative paths start from. */
  readonly folder: string;
  /** The bytes as they are. Rejects with a message that a person understands, as all of these. */
  readFile(path: string): Promise<Uint8Array>;
  /** The absolute path with every link followed; rejects when nothing is there. */
  realPath(path: string): Promise<string>;
  /** Rejects when {@link writeFile} cannot succeed: no such folder, no permission. Changes nothing. */
  checkWritable(path: string): Promise<void>;
  /** With all folders above it; does nothing where it is. Rejects where something else is there. */
  makeFolder(path: string): Promise<void>;
  /** All or nothing: when it rejects, the file is as it was. */
  writeFile(path: string, content: string | Uint8Array): Promise<void>;
  /** Does nothing once {@link output} is no longer open. */
  stdout(text: string): void;
  stderr(text: string): void;
  readonly output: OutputState;
  /** Lets waiting events happen; only then `output` changes. */
  pause(): Promise<void>;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
  /** Milliseconds since 1970. */
  time(): number;
  /**
   * Calls `tell` when the person ends the process (Ctrl+C), instead of ending it; the second time it ends. The
   * returned function leaves that to the system again. Absent where nobody can.
   */
  onInterrupt?(tell: () => void): () => void;
  /** Absent where nothing but this thread computes. */
  readonly helpers?: Helpers;
  /** Absent where no other process can be started. */
  readonly processes?: CliProcesses;
}

export interface CliProcesses {
  /** Why this process was started by {@link run}; undefined when it was not. */
  readonly within: PlaceReason['type'] | undefined;
  /** Whether this process may compute twice as wide. */
  readonly isWideHere: boolean;
  /** Whether one that is started can. */
  isWide(): Promise<boolean>;
  /** This very call once more, in a process of its own, to its end. Rejects when it does not start or is killed. */
  run(reason: PlaceReason['type']): Promise<ExitCode>;
}

/** Of standard output. `closed`: its reader wants no more, which is no fault (`nabla train … | head`). */
export type OutputState =
  { readonly type: 'open' | 'closed' } | { readonly type: 'failed'; readonly reason: string };

/** 0: done and good. 1: the check failed. 2: the call itself cannot be right. */
export type ExitCode = 0 | 1 | 2;

/** Ends the command with exit code 2 and a hint at `--help`. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Ends the command with exit code 1; the lines are for people and go to stderr. */
export class CheckError extends Error {
  override readonly name = 'CheckError';
  readonly lines: readonly string[];

  constructor(...lines: readonly string[]) {
    super(lines.join('\n'));
    this.lines = lines;
  }
}

export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
