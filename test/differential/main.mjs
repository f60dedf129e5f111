/**
 * Random networks, each computed in every way that there is: `npm run differential`.
 *
 *     npm run differential                                200 networks from seed 0
 *     npm run differential -- --networks 5000 --seed 1000
 *     npm run differential -- --describe 300              networks for PyTorch, into test/reference
 *
 * Prints the worst errors, and each network that failed with its command. The code is ours as it is now, bundled.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { parseArgs } from 'node:util';
import { build } from 'esbuild';
import { defines } from '../../esbuild.mjs';
import { root } from '../../scripts/needs.mjs';
import { buildWasm } from '../../scripts/wasm.mjs';
import { wasmText } from '../../scripts/wasmPlugins.mjs';

const number = /** @type {const} */ ({ type: 'string' });

/**
 * @param {string} name
 * @param {string} value
 */
function whole(name, value) {
  if (/^\d{1,9}$/.test(value)) return Number(value);
  throw new Error(`--${name}: expected a whole number, found "${value}".`);
}

function readOptions() {
  const { values } = parseArgs({ options: { networks: number, seed: number, describe: number } });
  return {
    networks: whole('networks', values.networks ?? '200'),
    seed: whole('seed', values.seed ?? '0'),
    described: whole('describe', values.describe ?? '0'),
  };
}

async function main() {
  const { networks, seed, described } = readOptions();
  await buildWasm();
  const folder = mkdtempSync(join(tmpdir(), 'nabla-differential-'));
  const outfile = join(folder, 'study.mjs');
  try {
    await build({
      absWorkingDir: root,
      entryPoints: ['test/differential/cli.ts'],
      ...{ outfile, bundle: true, format: 'esm', platform: 'node', logLevel: 'silent' },
      // As in esbuild.mjs: what jsonc-parser gives Node loads its parts at run time.
      mainFields: ['module', 'main'],
      define: await defines(),
      plugins: [wasmText],
    });
    const { study, writeDescriptions } = await import(pathToFileURL(outfile).href);
    if (described > 0) writeDescriptions(described);
    else if (!study(seed, networks)) process.exitCode = 1;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
