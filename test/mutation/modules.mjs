/** Sources and tests as modules that Node loads, a file each: a mutant changes one of them, and nothing else is built again. */
import { readFileSync, rmSync } from 'node:fs';
import { join, posix, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { defines } from '../../esbuild.mjs';
import { root } from '../../scripts/needs.mjs';
import { buildWasm } from '../../scripts/wasm.mjs';
import { wasmText } from '../../scripts/wasmPlugins.mjs';

/** Below the root, where Node finds the packages. */
export const folder = join(root, '.bench/mutation');

/** What tests get in place of vitest. */
const runner = 'test/mutation/runner.ts';

/** The program that runs tests, as it was written. */
export const program = join(folder, 'test/mutation/child.mjs');

/** What jsonc-parser gives Node loads its parts at run time, and names no exports. */
const bundled = new Set(['jsonc-parser']);

/** @param {string} path of a file @returns {string} from the root, with slashes */
const short = path => relative(root, path).replaceAll('\\', '/');

/**
 * Writes all modules that these tests reach.
 * @param {readonly string[]} tests paths from the root
 * @returns {Promise<ReadonlyMap<string, ReadonlySet<string>>>} by test, the sources that it loads
 */
export async function writeModules(tests) {
  rmSync(folder, { recursive: true, force: true });
  await buildWasm();
  const graph = await readGraph(tests);
  await emit([...graph.keys()], new Map());
  return new Map(tests.map(test => [test, reach(test, graph)]));
}

/**
 * @param {readonly string[]} tests
 * @returns {Promise<ReadonlyMap<string, readonly string[]>>} by each of our TypeScript files, those that it imports
 */
async function readGraph(tests) {
  const { metafile } = await build({
    ...(await common()),
    entryPoints: [...tests, 'test/mutation/child.ts'],
    outdir: folder,
    metafile: true,
    write: false,
    plugins: [nodeModules, wasmText],
  });
  const ours = Object.entries(metafile?.inputs ?? {}).filter(([path]) => isOurs(path));
  return new Map(
    ours.map(([path, { imports }]) => [path, imports.map(each => each.path).filter(isOurs)]),
  );
}

/** @param {string} path from the root */
const isOurs = path => path.endsWith('.ts') && !path.startsWith('node_modules');

/**
 * @param {string} test
 * @param {ReadonlyMap<string, readonly string[]>} graph
 */
function reach(test, graph) {
  const reached = new Set([test]);
  for (const path of reached) for (const next of graph.get(path) ?? []) reached.add(next);
  return reached;
}

/**
 * Writes these files again.
 * @param {readonly string[]} paths from the root
 * @param {ReadonlyMap<string, string>} texts of those that are not as they stand on the disk
 */
export async function emit(paths, texts) {
  await build({
    ...(await common()),
    entryPoints: [...paths],
    outdir: folder,
    outbase: root,
    outExtension: { '.js': '.mjs' },
    plugins: [apart, nodeModules, withTexts(texts), wasmText],
  });
}

/** @returns {Promise<import('esbuild').BuildOptions>} */
async function common() {
  return {
    absWorkingDir: root,
    bundle: true,
    format: 'esm',
    platform: 'node',
    target: 'node20',
    mainFields: ['module', 'main'],
    define: await defines(),
    logLevel: 'silent',
  };
}

/** @type {import('esbuild').Plugin} */
const nodeModules = {
  name: 'packages and scripts are loaded by Node',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path, kind }) => {
      if (kind === 'entry-point' || bundled.has(path)) return undefined;
      return { path, external: true };
    });
    onResolve({ filter: /^\.{1,2}\/.*\.mjs$/ }, ({ path, resolveDir }) => ({
      path: pathToFileURL(join(resolveDir, path)).href,
      external: true,
    }));
  },
};

/** @type {import('esbuild').Plugin} */
const apart = {
  name: 'each of our files stays a module',
  setup({ onResolve, resolve }) {
    onResolve(
      { filter: /^(\.|vitest$)/ },
      async ({ path, kind, resolveDir, importer, pluginData }) => {
        if (pluginData === apart || kind === 'entry-point') return undefined;
        const wanted = path === 'vitest' ? `${root}${runner}` : path;
        const found = await resolve(wanted, { kind, resolveDir, importer, pluginData: apart });
        if (found.errors.length > 0 || !isOurs(short(found.path))) return found;
        const way = posix.relative(posix.dirname(short(importer)), short(found.path));
        const written = (way.startsWith('.') ? way : `./${way}`).replace(/ts$/, 'mjs');
        return { path: written, external: true };
      },
    );
  },
};

/**
 * Texts in place of those on the disk; and what a module says of its own place stays true, wherever it was written.
 * @param {ReadonlyMap<string, string>} texts by path
 * @returns {import('esbuild').Plugin}
 */
const withTexts = texts => ({
  name: 'texts in place of those on the disk',
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      if (!isOurs(short(path))) return undefined;
      const text = texts.get(short(path)) ?? readFileSync(path, 'utf8');
      const own = JSON.stringify(pathToFileURL(path).href);
      return { contents: text.replaceAll('import.meta.url', own), loader: 'ts' };
    });
  },
});
