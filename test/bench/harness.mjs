/** The browser harness of the tests, for plain Node: bundled when it is needed, from the same sources. */
import { mkdtemp, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';

const root = resolve(import.meta.dirname, '../..');
const folder = join(root, 'test/browser/harness');

/** @returns {Promise<typeof import('../browser/harness/browser')>} */
export async function loadHarness() {
  // Beside the sources, so that packages are found from there.
  const at = await mkdtemp(join(root, 'node_modules', '.bench-'));
  const outfile = join(at, 'browser.mjs');
  try {
    await build({
      entryPoints: [join(folder, 'browser.ts')],
      bundle: true,
      platform: 'node',
      format: 'esm',
      packages: 'external',
      // It finds the sources from its own place.
      external: [join(root, 'esbuild.mjs')],
      outfile,
      define: { 'import.meta.dirname': JSON.stringify(folder) },
      logLevel: 'silent',
    });
    return await import(pathToFileURL(outfile).href);
  } finally {
    await rm(at, { recursive: true, force: true });
  }
}
