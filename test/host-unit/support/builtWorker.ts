/** The training worker as it is shipped, for Node and for browsers. */
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import type { BuildOptions } from 'esbuild';

/** Builds it into this folder; the path of that for Node. */
export async function buildWorker(folder: string): Promise<string> {
  const builder = pathToFileURL(resolve('esbuild.mjs')).href;
  const { bundleOptions } = (await import(builder)) as {
    bundleOptions: (name: string, mode: object) => BuildOptions;
  };
  for (const name of ['worker', 'worker.web'])
    await build({ ...bundleOptions(name, {}), outdir: folder });
  return join(folder, 'worker.js');
}
