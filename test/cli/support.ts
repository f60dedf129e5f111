/** Runs the command line in this process, on the examples and on files in memory. */
import { readFileSync, readdirSync, realpathSync } from 'node:fs';
import { resolve, sep } from 'node:path';
import type { EngineFacts } from '../../src/cli/engine';
import type { CliProcesses, OutputState } from '../../src/cli/io';
import type { Helpers } from '../../src/engine/wasm/threads';
import { runCli } from '../../src/cli/main';

export const EXAMPLES = readdirSync('media/examples')
  .filter(name => name.endsWith('.nn.json'))
  .map(name => `media/examples/${name}`);

export function example(name: string): string {
  return `media/examples/${name}.nn.json`;
}

export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
  /** Files that the command wrote. */
  readonly written: Readonly<Record<string, string>>;
  /** Those that are no texts. */
  readonly bytes: Readonly<Record<string, Uint8Array>>;
}

export type Files = Readonly<Record<string, string | Uint8Array>>;

/** What happens around a command. */
export interface World {
  /** What standard output is after some text was printed; default: open. */
  readonly output?: (printed: string) => OutputState;
  /** Files that somebody saves while a network is trained, by their paths. */
  readonly savedMeanwhile?: Files;
  readonly helpers?: Helpers;
  readonly processes?: CliProcesses;
  /** Whether the person interrupts, when so much was printed. */
  readonly interrupted?: (printed: string) => boolean;
}

/** @param files in memory, before those on the disk; nothing can be written below `locked/` */
export async function nabla(
  words: readonly string[],
  files: Files = {},
  world: World = {},
): Promise<Outcome> {
  let [stdout, stderr, clock] = ['', '', 0];
  let output: OutputState = { type: 'open' };
  const written: Record<string, string> = {};
  const bytes: Record<string, Uint8Array> = {};
  let interrupt: (() => void) | undefined;
  const memory = new Map(absolute(files));
  const code = await runCli(words, {
    version: '1.2.3',
    folder: process.cwd(),
    readFile: async path => memory.get(resolve(path)) ?? readFileSync(path),
    realPath: async path => {
      const real = resolve(path);
      const known = [...memory.keys()].some(key => key === real || key.startsWith(real + sep));
      return known ? real : realpathSync(path);
    },
    checkWritable: async path => {
      if (path.startsWith('locked/')) throw new Error('EACCES: permission denied');
    },
    writeFile: async (path, content) => {
      if (path.startsWith('full/')) throw new Error('ENOSPC: no space left on device');
      if (typeof content === 'string') written[path] = content;
      else bytes[path] = content;
      for (const [name, saved] of absolute({ [path]: content })) memory.set(name, saved);
    },
    makeFolder: async path => {
      if (path.startsWith('locked/')) throw new Error('EACCES: permission denied');
    },
    stdout: text => {
      if (output.type === 'open') stdout += text;
    },
    stderr: text => {
      stderr += text;
    },
    get output() {
      return output;
    },
    pause: async () => {
      output = world.output?.(stdout) ?? output;
      for (const [path, saved] of absolute(world.savedMeanwhile ?? {})) memory.set(path, saved);
      if (world.interrupted?.(stdout)) interrupt?.();
    },
    now: () => (clock += 10),
    time: () => Date.UTC(2026, 0, 31, 23, 59, 59, 123),
    onInterrupt: tell => {
      interrupt = tell;
      return () => (interrupt = undefined);
    },
    helpers: world.helpers,
    processes: world.processes,
  });
  return { code, stdout, stderr, written, bytes };
}

function absolute(files: Files): [string, Uint8Array][] {
  const encoder = new TextEncoder();
  return Object.entries(files).map(([path, content]) => [
    resolve(path),
    typeof content === 'string' ? encoder.encode(content) : content,
  ]);
}

/** As {@link nabla} with `--json`, for commands that print one object; exit code 0 is expected. */
export async function nablaJson<T>(words: readonly string[], files: Files = {}): Promise<T> {
  const { code, stdout, stderr } = await nabla([...words, '--json'], files);
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** Parsed lines of a training with `--json`. */
export function trainingLines(stdout: string): {
  engine: EngineFacts;
  epochs: EpochLine[];
  done: DoneLine;
} {
  const lines = stdout.trimEnd().split('\n');
  const { engine } = JSON.parse(lines[0]) as { engine: EngineFacts };
  const done = JSON.parse(lines[lines.length - 1]) as DoneLine;
  return { engine, epochs: lines.slice(1, -1).map(line => JSON.parse(line) as EpochLine), done };
}

export interface EpochLine {
  epoch: number;
  loss: number;
  validationLoss: number | null;
  accuracy: number | null;
  validationAccuracy: number | null;
  r2: number | null;
  validationR2: number | null;
}

export interface DoneLine {
  done: string;
  epochs: number;
  loss: number;
  accuracy: number | null;
  validationAccuracy: number | null;
  r2: number | null;
  validationR2: number | null;
  seconds: number;
  samplesPerSecond: number;
}
