/**
 * Bundles every suite there is, found by its name, into `dist/test`: VS Code picks the extension host for
 * tests by where they lie, so they must lie inside the extension's folder.
 */
import { readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { root } from '../../scripts/needs.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** @import { HostKind } from './messages' */

/** @returns {Promise<string[]>} file names, in the order in which they run */
export async function suiteFiles() {
  const files = await readdir(`${here}suites`);
  return files.filter(file => file.endsWith('.host.test.ts')).sort();
}

/**
 * @param {HostKind} kind
 * @param {string} run its name: runs may go side by side
 * @param {string} extension folder of the extension under test
 * @returns {Promise<string>} the module for `extensionTestsPath`
 */
export async function bundleSuites(kind, run, extension = root) {
  const files = await suiteFiles();
  const table = files.map(file => `'${file}': () => import('./suites/${file}'),`);
  const contents = [
    "import { runIn } from './suite';",
    `export const run = () => runIn({ ${table.join(' ')} });`,
  ].join('\n');
  const outfile = `${extension}/dist/test/${run}.js`;
  await esbuild.build({
    stdin: { contents, resolveDir: here, sourcefile: 'suites.ts', loader: 'ts' },
    outfile,
    bundle: true,
    format: 'cjs',
    platform: kind === 'web' ? 'browser' : 'node',
    target: 'es2022',
    sourcemap: 'inline',
    sourcesContent: false,
    // Nothing of Node is let through: one suite runs in both kinds.
    external: ['vscode'],
    alias: { vitest: `${here}runner.ts` },
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return outfile;
}
