/** The same call in a process of its own, whose V8 may compute wider: it has our terminal, our signals and our exit code. */
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import type { PlaceReason } from '../enginePlace';
import { isWide, isWideHere, wideArguments } from '../node/wideProcess';
import { CheckError } from './io';
import type { CliProcesses, ExitCode } from './io';

/** Set in such a process, to the reason for it: it starts no other. */
const MARK = 'NABLA_ENGINE_PROCESS';

/** Signals that are meant for whoever computes. */
const SIGNALS: readonly NodeJS.Signals[] = ['SIGINT', 'SIGTERM', 'SIGHUP'];

export function cliProcesses(): CliProcesses {
  const mark = process.env[MARK];
  const within = mark === 'long' || mark === 'asked' ? mark : undefined;
  if (within) endWithParent();
  return { within, isWideHere: isWideHere(), isWide, run };
}

/** Nobody waits for the result of a process whose starter was killed. */
function endWithParent(): void {
  process.once('disconnect', () => process.exit(1));
  // Waiting for that alone keeps no process alive.
  process.channel?.unref();
}

async function run(reason: PlaceReason['type']): Promise<ExitCode> {
  const own = process.execArgv.filter(argument => !argument.startsWith('--inspect'));
  const words = [...own, ...wideArguments(await isWide()), ...process.argv.slice(1)];
  const child = spawn(process.execPath, words, {
    stdio: ['inherit', 'inherit', 'inherit', 'ipc'],
    env: { ...process.env, [MARK]: reason },
  });
  const stopPassing = passSignals(child);
  try {
    return exitCode(await endOf(child));
  } finally {
    stopPassing();
  }
}

interface End {
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
}

function endOf(child: ChildProcess): Promise<End> {
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => resolve({ code, signal }));
  });
}

/** What is sent to us alone goes on to the child; a key in the terminal has reached both. */
function passSignals(child: ChildProcess): () => void {
  const pass = (signal: NodeJS.Signals): void => {
    if (signal !== 'SIGINT' || !process.stdin.isTTY) child.kill(signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  return () => {
    for (const signal of SIGNALS) process.off(signal, pass);
  };
}

/** A signal that ended the child ends this process too, once nothing listens for it any more. */
function exitCode({ code, signal }: End): ExitCode {
  if (code === 0 || code === 2) return code;
  if (signal === null) return 1;
  if (SIGNALS.includes(signal)) setImmediate(() => process.kill(process.pid, signal));
  else
    throw new CheckError(
      `nabla: the training process ended early (${signal}). Use --engine thread to do without one.`,
    );
  return 1;
}
