/** Runs the command line in this process, on the examples and on files in memory. */
import { readFileSync, readdirSync } from 'node:fs';
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
}

/** @param files in memory, before those on the disk; nothing can be written below `locked/` */
export async function nabla(
  words: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<Outcome> {
  let [stdout, stderr, clock] = ['', '', 0];
  const written: Record<string, string> = {};
  const code = await runCli(words, {
    version: '1.2.3',
    readFile: async path => files[path] ?? readFileSync(path, 'utf8'),
    writeFile: async (path, text) => {
      if (path.startsWith('locked/')) throw new Error('EACCES: permission denied');
      written[path] = text;
    },
    stdout: text => {
      stdout += text;
    },
    stderr: text => {
      stderr += text;
    },
    now: () => (clock += 10),
  });
  return { code, stdout, stderr, written };
}

/** As {@link nabla} with `--json`, for commands that print one object; exit code 0 is expected. */
export async function nablaJson<T>(
  words: readonly string[],
  files: Readonly<Record<string, string>> = {},
): Promise<T> {
  const { code, stdout, stderr } = await nabla([...words, '--json'], files);
  if (code !== 0) throw new Error(`exit code ${code}: ${stderr}`);
  return JSON.parse(stdout) as T;
}

/** Parsed lines of a training with `--json`. */
export function trainingLines(stdout: string): { epochs: EpochLine[]; done: DoneLine } {
  const lines = stdout.trimEnd().split('\n');
  const done = JSON.parse(lines[lines.length - 1]) as DoneLine;
  return { epochs: lines.slice(0, -1).map(line => JSON.parse(line) as EpochLine), done };
}

export interface EpochLine {
  epoch: number;
  loss: number;
  validationLoss: number | null;
  accuracy: number | null;
  validationAccuracy: number | null;
}

export interface DoneLine {
  done: string;
  epochs: number;
  loss: number;
  accuracy: number | null;
  validationAccuracy: number | null;
  seconds: number;
  samplesPerSecond: number;
}
