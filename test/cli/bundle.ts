/** The command line as it is shipped, run as a process of its own. */
import { execFile } from 'node:child_process';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';

/** Writes the bundle into a folder and answers its path. */
export async function buildCli(folder: string): Promise<string> {
  const builder = pathToFileURL(resolve('esbuild.mjs')).href;
  const { bundleOptions } = (await import(builder)) as {
    bundleOptions: (name: 'cli', mode: { define: Record<string, string> }) => BuildOptions;
  };
  const options = bundleOptions('cli', { define: { NABLA_VERSION: '"9.9.9"' } });
  await build({ ...options, outdir: folder });
  return join(folder, 'cli.js');
}

export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export function runProcess(
  file: string,
  words: readonly string[],
  folder: string,
  env: NodeJS.ProcessEnv = process.env,
): Promise<Ended> {
  return new Promise(done => {
    const child = execFile(file, words, { cwd: folder, env }, (_error, stdout, stderr) =>
      done({ code: child.exitCode, stdout, stderr }),
    );
  });
}
