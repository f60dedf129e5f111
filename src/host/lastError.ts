/** The error that was logged last: what is in a log cannot be read back. */
import type { LogOutputChannel } from 'vscode';

export interface RememberingLog {
  readonly log: LogOutputChannel;
  /** With its stack, where it has one. */
  lastError(): string | undefined;
}

/** The same channel, whose errors are remembered. */
export function remembering(channel: LogOutputChannel): RememberingLog {
  let last: string | undefined;
  const error = (thrown: string | Error, ...more: unknown[]): void => {
    last = thrown instanceof Error ? (thrown.stack ?? thrown.message) : thrown;
    channel.error(thrown, ...more);
  };
  const log = new Proxy(channel, {
    get: (target, key) => (key === 'error' ? error : Reflect.get(target, key)) as unknown,
  });
  return { log, lastError: () => last };
}
