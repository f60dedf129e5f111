/** What the command line asks of the world; the tests bring one in memory. */
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
  /** All or nothing: when it rejects, the file is as it was. */
  writeFile(path: string, text: string): Promise<void>;
  /** Does nothing once {@link output} is no longer open. */
  stdout(text: string): void;
  stderr(text: string): void;
  readonly output: OutputState;
  /** Lets waiting events happen; only then `output` changes. */
  pause(): Promise<void>;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
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
