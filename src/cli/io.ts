/** What the command line asks of the world; the tests bring one in memory. */
export interface CliIo {
  readonly version: string;
  /** The text as it is, byte order mark included. Rejects with a message that a person understands. */
  readFile(path: string): Promise<string>;
  writeFile(path: string, text: string): Promise<void>;
  stdout(text: string): void;
  stderr(text: string): void;
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}

/** 0: done and good. 1: the check failed. 2: the call itself cannot be right. */
export type ExitCode = 0 | 1 | 2;

/** Ends the command with exit code 2 and a hint at `--help`. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}

/** Ends the command with exit code 1; the lines are for people and go to stderr. */
export class CheckError extends Error {
  override readonly name = 'CheckError';
}
