/** Bundles of our sources as they are now, made as the product's own are. */
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { build } from 'esbuild';
import { bundleOptions, defines } from '../../esbuild.mjs';
import { buildWasm } from '../../scripts/wasm.mjs';
import { benchFile, folders } from './folders.mjs';

/** What is bundled, by name: the command line itself, and what calls the engine as it and the worker do. */
const entries = {
  cli: undefined,
  prepare: benchFile('ours/prepare.ts'),
  trainer: benchFile('ours/trainer.ts'),
  session: benchFile('ours/session.ts'),
  load: benchFile('ours/load.ts'),
  bytes: benchFile('ours/bytes.ts'),
};

/** @typedef {keyof typeof entries} OurBundle */

/** @param {OurBundle} name */
export const bundleFile = name => join(folders.built, `${name}.js`);

/** Makes all of them. */
export async function bundleAll() {
  rmSync(folders.built, { recursive: true, force: true });
  await buildWasm();
  const define = await defines();
  const options = bundleOptions('cli', { production: true, define });
  for (const name of /** @type {OurBundle[]} */ (Object.keys(entries))) {
    const entry = entries[name];
    const entryPoints = entry ? { [name]: entry } : options.entryPoints;
    await build({ ...options, entryPoints, outdir: folders.built });
  }
}
