/**
 * The training worker as a process of its own, which may have what the extension host must not: flags of V8 that count
 * for the whole process.
 *
 * It is given no lower priority: it takes one core at most, as the thread does, and answers what the pointer asks.
 */
import { fork } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { createInterface } from 'node:readline';
import type { Readable } from 'node:stream';
import { nodeEnvironment, wideArguments } from '../node/wideProcess';
import type { WorkerPort } from './platform';

export interface ProcessOptions {
  /** Path of the worker's script. */
  readonly script: string;
  /** Whether WebAssembly may be widened: only where the runtime takes the flag. */
  readonly wide: boolean;
  /** Told each line that the process prints. */
  printed(line: string): void;
}

/** Starts the process. Resolves when its script listens; rejects when it ended before, or did not start at all. */
export async function forkWorker({ script, wide, printed }: ProcessOptions): Promise<WorkerPort> {
  const child = fork(script, [], {
    serialization: 'advanced',
    execArgv: [...wideArguments(wide)],
    env: nodeEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  for (const stream of [child.stdout, child.stderr]) if (stream) tellLines(stream, printed);
  const ended = endOf(child);
  const ready = new Promise<undefined>(resolve => {
    child.once('message', () => resolve(undefined));
  });
  const reason = await Promise.race([ready, ended]);
  if (reason !== undefined) throw new Error(reason);
  return portOf(child, ended);
}

/** Resolves with the reason when the process has ended, or could not be started. */
function endOf(child: ChildProcess): Promise<string> {
  return new Promise(resolve => {
    child.on('error', error => resolve(error.message));
    child.once('exit', (code, signal) => resolve(signal ?? `exit code ${code}`));
  });
}

function portOf(child: ChildProcess, ended: Promise<string>): WorkerPort {
  let disposed = false;
  return {
    // That the far side is gone is told by `onLost`. What the channel cannot take at once, Node keeps.
    post: message => void child.send(message, () => {}),
    listen(receive) {
      const hear = (message: unknown): void => receive(withOwnBuffers(message));
      child.on('message', hear);
      return () => child.off('message', hear);
    },
    onLost: lost =>
      void ended.then(reason => {
        if (!disposed) lost(reason);
      }),
    dispose() {
      disposed = true;
      // It has nothing to put in order, and one that was stopped hears no other signal.
      child.kill('SIGKILL');
    },
  };
}

function tellLines(stream: Readable, printed: (line: string) => void): void {
  createInterface({ input: stream }).on('line', printed);
}

/**
 * Typed arrays come as views of the whole message, or of several. Each gets a buffer of its own: a page would be sent
 * all of what they look into.
 */
export function withOwnBuffers(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || value instanceof ArrayBuffer) return value;
  if (ArrayBuffer.isView(value)) {
    const isOwn = value.byteLength === value.buffer.byteLength;
    return isOwn ? value : (value as Float64Array).slice();
  }
  if (Array.isArray(value)) {
    for (let i = 0; i < value.length; i++) value[i] = withOwnBuffers(value[i]);
  } else {
    const fields = value as Record<string, unknown>;
    for (const key of Object.keys(fields)) fields[key] = withOwnBuffers(fields[key]);
  }
  return value;
}
