/**
 * Bundles every suite there is, found by its name, into `dist/test`: VS Code picks the extension host for
 * tests by where they lie, so they must lie inside the extension's folder.
 */
import { readFile, readdir } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import * as esbuild from 'esbuild';
import { root } from '../../scripts/needs.mjs';

const here = fileURLToPath(new URL('.', import.meta.url));

/** @import { HostKind } from './messages' */

/**
 * @param {'suites' | 'benches'} folder
 * @param {boolean} worded only those that look for words of the product
 * @returns {Promise<string[]>} file names, in the order in which they run
 */
async function filesOf(folder, worded) {
  const all = await readdir(`${here}${folder}`);
  const files = all.filter(file => /\.host\.(test|bench)\.ts$/.test(file)).sort();
  if (!worded) return files;
  const sources = await Promise.all(
    files.map(file => readFile(`${here}${folder}/${file}`, 'utf8')),
  );
  return files.filter((_, i) => WORDED.test(sources[i]));
}

/** What words.ts gives to a suite. */
const WORDED = /\b(?:words|wordsOf|pattern|spoken|issue)\(/;

/**
 * @param {HostKind} kind
 * @param {string} run its name: runs may go side by side
 * @param {string} extension folder of the extension under test
 * @param {'suites' | 'benches'} folder what is run: tests, or measurements
 * @param {boolean} worded only the suites that look for words of the product
 * @returns {Promise<string>} the module for `extensionTestsPath`
 */
export async function bundleSuites(kind, run, extension = root, folder = 'suites', worded = false) {
  const files = await filesOf(folder, worded);
  const table = files.map(file => `'${file}': () => import('./${folder}/${file}'),`);
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
    loader: { '.wasm': 'binary' },
    alias: { vitest: `${here}runner.ts` },
    mainFields: ['module', 'main'],
    logLevel: 'warning',
  });
  return outfile;
}
