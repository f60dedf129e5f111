/** The world as this process sees it. */
import { mkdir, readFile, realpath } from 'node:fs/promises';
import { parallelism, startHelper } from '../node/helperThreads';
import { checkWritable, writeWhole } from './files';
import type { CliIo, OutputState } from './io';
import { cliProcesses } from './processes';

/** What the reader's end of a pipe says when it is closed; the second is Windows' word. */
const CLOSED: ReadonlySet<string | undefined> = new Set(['EPIPE', 'EOF']);

export function processIo(version: string): CliIo {
  let output: OutputState = { type: 'open' };
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (output.type !== 'open') return;
    const closed = CLOSED.has(error.code);
    output = closed ? { type: 'closed' } : { type: 'failed', reason: error.message };
  });
  // Where complaints cannot be written, there is nobody to complain to.
  process.stderr.on('error', () => undefined);
  return {
    version,
    folder: process.cwd(),
    readFile: path => readFile(path),
    realPath: path => realpath(path),
    checkWritable,
    writeFile: writeWhole,
    makeFolder: async path => void (await mkdir(path, { recursive: true })),
    stdout: text => {
      if (output.type === 'open') process.stdout.write(text);
    },
    stderr: text => void process.stderr.write(text),
    get output() {
      return output;
    },
    pause: () => new Promise(done => void setImmediate(done)),
    now: () => performance.now(),
    time: () => Date.now(),
    onInterrupt,
    helpers: { parallelism: parallelism(), start: work => startHelper(work, tellFailure) },
    processes: cliProcesses(),
  };
}

/** What is computed stays right: the other threads do more. */
function tellFailure(reason: string): void {
  process.stderr.write(`nabla: a helper thread has failed: ${reason}\n`);
}

function onInterrupt(tell: () => void): () => void {
  const signals = ['SIGINT', 'SIGTERM'] as const;
  for (const signal of signals) process.once(signal, tell);
  return () => {
    for (const signal of signals) process.off(signal, tell);
  };
}
