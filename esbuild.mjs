/**
 * Makes every bundle of the product, from one table.
 *
 *     node esbuild.mjs               for development: readable, with source maps
 *     node esbuild.mjs --production  for a package: minified, without source maps
 *     node esbuild.mjs --watch       as the first, again after every change
 *
 * Only the extension bundles may leave `vscode` to the editor. The worker and the webview do not list it as
 * external, so that an import of it there stops the build instead of failing on somebody's machine.
 */
import { chmod, mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { minify } from '@swc/core';
import * as esbuild from 'esbuild';
import { onlyUsedIcons } from './scripts/icons.mjs';
import { buildWasm } from './scripts/wasm.mjs';
import { wasmText } from './scripts/wasmPlugins.mjs';

const root = fileURLToPath(new URL('.', import.meta.url));

/** @typedef {'extension' | 'extension.web' | 'worker' | 'worker.web' | 'webview' | 'words' | 'cli'} BundleName */

/** @type {esbuild.BuildOptions} */
const node = { platform: 'node', format: 'cjs', target: 'node20', mainFields: ['module', 'main'] };
/** @type {esbuild.BuildOptions} */
const page = { platform: 'browser', format: 'iife', target: 'es2022' };

/**
 * The page's scripts are modules: `webview.js` draws the picture, `webview-furniture.js` comes when the picture is on
 * the screen (`webview/furnish.ts`), and what both need is in `webview-chunk.js`, which the page asks for at once.
 * Each of the first two has its words in a script for each language, of which a page loads one (`webview/words.ts`).
 * @type {esbuild.BuildOptions}
 */
const modules = { ...page, format: 'esm', splitting: true, chunkNames: 'webview-[name]' };

/** @type {esbuild.Plugin} */
const wordsApart = {
  name: 'words-apart',
  setup(build) {
    build.onResolve({ filter: /^\.\/words\/\w+\.\w+$/ }, ({ path }) => ({
      path: `${path.replace('/words/', '/webview-')}.js`,
      external: true,
    }));
  },
};

/** @param {string} language of those that the page speaks */
export const pictureScripts = language => [
  'webview.js',
  'webview-chunk.js',
  `webview-picture.${language}.js`,
];

/** Bytes of the scripts that the picture waits for, at most. */
export const pictureLimit = 350_000;

/**
 * What both kinds of extension hosts need is packed once: an entry for Node asks for the bundle for browsers.
 * @param {string} module as the entry imports it
 * @param {BundleName} bundle
 * @returns {esbuild.Plugin}
 */
const besideWebBundle = (module, bundle) => ({
  name: 'beside-web-bundle',
  setup(build) {
    build.onResolve({ filter: /^\.\// }, ({ path }) =>
      path === module ? { path: `./${bundle}.js`, external: true } : undefined,
    );
  },
});

/**
 * jsonc-parser makes tables for its formatter when it is loaded, more than a thousand strings. Where nothing formats
 * they are left out, which its package does not allow by itself.
 * @type {esbuild.Plugin}
 */
const onlyUsedTables = {
  name: 'only-used-tables',
  setup(build) {
    build.onResolve({ filter: /^\.\/string-intern$/ }, ({ path, resolveDir }) => ({
      path: join(resolveDir, `${path}.js`),
      sideEffects: false,
    }));
  },
};

/**
 * `dist/<name>.js`, or a file for each of its entries by their names, and what is particular about it. The web worker is a classic script: the web extension
 * host starts workers by `importScripts`, which module scripts do not know.
 * @type {Record<BundleName, esbuild.BuildOptions & { entry: string | Record<string, string> }>}
 */
export const bundles = {
  extension: {
    entry: 'src/extension.desktop.ts',
    ...node,
    external: ['vscode'],
    plugins: [besideWebBundle('./extension', 'extension.web')],
  },
  'extension.web': {
    entry: 'src/extension.web.ts',
    ...page,
    format: 'cjs',
    external: ['vscode'],
    plugins: [onlyUsedTables],
  },
  worker: {
    entry: 'src/worker/main.desktop.ts',
    ...node,
    plugins: [besideWebBundle('./main', 'worker.web')],
  },
  'worker.web': { entry: 'src/worker/main.ts', ...page },
  webview: {
    entry: 'webview/main.ts',
    ...modules,
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    plugins: [onlyUsedIcons(join(root, 'webview')), wordsApart],
  },
  words: {
    entry: {
      'webview-picture.en': 'webview/words/picture.en.ts',
      'webview-picture.zh': 'webview/words/picture.zh.ts',
      'webview-furniture.en': 'webview/words/furniture.en.ts',
      'webview-furniture.zh': 'webview/words/furniture.zh.ts',
    },
    ...page,
    format: 'esm',
  },
  cli: { entry: 'src/cli.ts', ...node, plugins: [onlyUsedTables] },
};

/** Constants that the sources name and the build knows. */
export async function defines() {
  const { version } = JSON.parse(await readFile(join(root, 'package.json'), 'utf8'));
  return { NABLA_VERSION: JSON.stringify(version) };
}

/**
 * esbuild's options for one bundle.
 * @param {BundleName} name
 * @param {{ production?: boolean, define?: Record<string, string> }} [mode]
 * @returns {esbuild.BuildOptions}
 */
export function bundleOptions(name, { production = false, define = {} } = {}) {
  const { entry, ...particular } = bundles[name];
  return {
    absWorkingDir: root,
    entryPoints: typeof entry === 'string' ? { [name]: entry } : entry,
    outdir: 'dist',
    bundle: true,
    minify: production,
    sourcemap: production ? false : 'linked',
    sourcesContent: false,
    metafile: true,
    logLevel: 'silent',
    define,
    ...particular,
    plugins: [wasmText, ...(particular.plugins ?? [])],
  };
}

/**
 * Writes what a build leaves beside the bundles: the metafile for the architecture test and for curious
 * people (`dist/meta/<name>.json`), and the right to execute the command line.
 * @param {BundleName} name
 * @param {esbuild.BuildResult} result
 */
async function finish(name, result) {
  await mkdir(join(root, 'dist/meta'), { recursive: true });
  await writeFile(join(root, 'dist/meta', `${name}.json`), JSON.stringify(result.metafile));
  if (name === 'cli') await chmod(join(root, 'dist/cli.js'), 0o755);
}

/**
 * A twentieth smaller than esbuild makes them: names are given by how often they stand there.
 * @param {esbuild.BuildResult} result
 */
async function shrink(result) {
  const files = Object.keys(result.metafile?.outputs ?? {}).filter(file => file.endsWith('.js'));
  await Promise.all(files.map(file => shrinkFile(join(root, file))));
}

/** @param {string} file */
async function shrinkFile(file) {
  const script = await readFile(file, 'utf8');
  const { code } = await minify(script, {
    // The page's scripts are modules; the others are called as functions, or are one: nothing of them is global.
    module: /webview[^/]*$/.test(file),
    ecma: 2022,
    compress: { ecma: 2022, passes: 4, toplevel: true },
    mangle: { toplevel: true },
    // Only ASCII: V8 reads a text of one byte a letter faster. Words in UTF-8 are half as long. Licences stay.
    format: { asciiOnly: !/\.(en|zh)\.js$/.test(file), comments: 'some' },
  });
  await writeFile(file, code);
}

/**
 * Prints what a build complains about.
 * @param {{ errors: esbuild.Message[], warnings: esbuild.Message[] }} result
 */
async function report(result) {
  for (const kind of /** @type {const} */ (['error', 'warning'])) {
    const messages = kind === 'error' ? result.errors : result.warnings;
    const texts = await esbuild.formatMessages(messages, { kind, color: process.stderr.isTTY });
    for (const text of texts) console.error(text);
  }
}

/** The schema of networks, without the spaces that people read it by, and without the texts that VS Code does not show. */
async function writeSchema() {
  const text = await readFile(join(root, 'media/network.schema.json'), 'utf8');
  const schema = JSON.parse(text, (_, value) => (Array.isArray(value) ? value : shownTexts(value)));
  await mkdir(join(root, 'dist'), { recursive: true });
  await writeFile(join(root, 'dist/network.schema.json'), JSON.stringify(schema));
}

/** Plain texts, and the keys of the same as Markdown. */
const texts = { description: 'markdownDescription', enumDescriptions: 'markdownEnumDescriptions' };

/**
 * VS Code shows Markdown where there is some, and plain text elsewhere: of two equal texts the plain one stays.
 * @param {any} value
 */
function shownTexts(value) {
  if (value === null || typeof value !== 'object') return value;
  const superfluous = Object.entries(texts).flatMap(([plain, marked]) => {
    const [text, markdown] = [value[plain], value[marked]].map(found => JSON.stringify(found));
    if (text === undefined || markdown === undefined) return [];
    return [text === markdown ? marked : plain];
  });
  return Object.fromEntries(Object.entries(value).filter(([key]) => !superfluous.includes(key)));
}

/**
 * Builds everything once, all bundles side by side. A bundle that fails does not hide the others.
 * @param {boolean} production
 * @returns {Promise<boolean>} whether every bundle was made
 */
export async function buildAll(production) {
  await rm(join(root, 'dist'), { recursive: true, force: true });
  await buildWasm();
  await writeSchema();
  const define = await defines();
  const names = /** @type {BundleName[]} */ (Object.keys(bundles));
  const made = await Promise.all(names.map(name => buildOne(name, { production, define })));
  return made.every(Boolean);
}

/**
 * @param {BundleName} name
 * @param {{ production: boolean, define: Record<string, string> }} mode
 */
async function buildOne(name, mode) {
  try {
    const result = await esbuild.build(bundleOptions(name, mode));
    if (mode.production) await shrink(result);
    await report(result);
    await finish(name, result);
    return true;
  } catch (error) {
    await report(/** @type {esbuild.BuildFailure} */ (error));
    return false;
  }
}

/** Builds again after every change, and says so in the words that `.vscode/tasks.json` waits for. */
async function watch() {
  await buildWasm();
  await writeSchema();
  const define = await defines();
  let building = 0;
  for (const name of /** @type {BundleName[]} */ (Object.keys(bundles))) {
    /** @type {esbuild.Plugin} */
    const announce = {
      name: 'announce',
      setup(build) {
        build.onStart(() => {
          if (building++ === 0) console.log('[watch] build started');
        });
        build.onEnd(async result => {
          await report(result);
          if (result.errors.length === 0) await finish(name, result);
          if (--building === 0) console.log('[watch] build finished');
        });
      },
    };
    const options = bundleOptions(name, { define });
    const plugins = [...(options.plugins ?? []), announce];
    const context = await esbuild.context({ ...options, plugins });
    await context.watch();
  }
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  if (process.argv.includes('--watch')) await watch();
  else if (!(await buildAll(process.argv.includes('--production')))) process.exitCode = 1;
}
