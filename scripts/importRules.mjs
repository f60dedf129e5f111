/**
 * Who may import whom: the architecture as a table, read by `test/architecture.test.ts` (which checks every
 * import) and by `eslint.config.mjs` (which shows the broken rule while one types).
 *
 * An import of types only costs nothing at run time, so it may reach further than an import of code.
 * Places are prefixes of paths from the repository's root; `*` stands for any characters but `/`.
 */

/**
 * @typedef {object} Zone
 * @property {readonly string[]} at the files of this zone
 * @property {readonly string[]} code places it may import code (and types) from, besides itself
 * @property {readonly string[]} types places it may import types from
 */

const pure = [
  'src/math/',
  'src/network/',
  'src/data/',
  'src/engine/',
  'src/explain/',
  'src/export/',
  'src/expect/',
  'src/runs/',
];

/** Folders without a world: no editor, no page, no Node, no clock, no chance. */
export const pureFolders = pure;

/** @type {Readonly<Record<string, Zone>>} */
export const zones = {
  math: { at: ['src/math/'], code: [], types: [] },
  // Examples are templates of new networks, too.
  network: { at: ['src/network/'], code: ['media/examples/'], types: [] },
  data: { at: ['src/data/'], code: ['src/math/', 'src/network/'], types: [] },
  engine: { at: ['src/engine/'], code: ['src/math/', 'src/data/', 'src/network/'], types: [] },
  explain: { at: ['src/explain/'], code: ['src/network/'], types: ['src/engine/'] },
  export: { at: ['src/export/'], code: ['src/network/', 'src/engine/'], types: [] },
  // What a network is expected to do is judged alike in a terminal and in the editor; who computes is handed in.
  expect: { at: ['src/expect/'], code: ['src/network/'], types: ['src/engine/'] },
  runs: { at: ['src/runs/'], code: ['src/network/', 'src/engine/', 'src/export/'], types: [] },
  protocol: {
    at: ['src/protocol.ts', 'src/protocol/'],
    code: [],
    types: [...pure, 'src/protocol/'],
  },
  rpc: { at: ['src/rpc.ts', 'src/rpc/'], code: [], types: ['src/protocol.ts'] },
  // Where to train, for the editor and the command line alike.
  place: { at: ['src/enginePlace.ts'], code: [], types: ['src/engine/'] },
  // Node alone, for the same two and the worker.
  node: { at: ['src/node/'], code: [], types: [] },
  worker: {
    at: ['src/worker/'],
    // Code of Node only in `*.desktop.ts`, as in the host.
    code: [...pure, 'src/rpc.ts', 'src/protocol.ts', 'src/node/'],
    types: [],
  },
  cli: {
    at: ['src/cli.ts', 'src/cli/'],
    code: [...pure, 'src/enginePlace.ts', 'src/node/'],
    types: [],
  },
  host: {
    at: ['src/host/', 'src/extension*.ts'],
    // Code of Node only in `*.desktop.ts`: a bundle for browsers has none.
    code: [...pure, 'src/rpc.ts', 'src/protocol.ts', 'src/enginePlace.ts', 'src/node/'],
    types: [],
  },
  webview: {
    at: ['webview/'],
    // The catalogue and its words make the forms; all of these are plain data and small functions.
    code: [
      'src/explain/',
      'src/engine/activations.ts',
      'src/engine/decimated.ts',
      'src/engine/gradcheck/verdicts.ts',
      'src/engine/history.ts',
      'src/engine/inspect/drawn.ts',
      'src/engine/lab/presets.ts',
      'src/network/network.ts',
      'src/network/catalog.ts',
      'src/network/layerCatalog.ts',
      'src/network/limits.ts',
      'src/network/setting.ts',
      'src/network/snippets.ts',
      'src/network/parameterPath.ts',
      'src/network/vocabulary.ts',
      'src/network/lossPairs.ts',
      'src/network/shapes.ts',
      'src/network/graph.ts',
      'src/network/images.ts',
      'src/network/kinds.ts',
      'src/network/layerTypes.ts',
      'src/network/shortened.ts',
      'src/data/infer.ts',
      'src/rpc.ts',
      'src/protocol.ts',
    ],
    types: ['src/'],
  },
};

/**
 * The only places that may name a package, for types too. What is not listed is not imported anywhere.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const packages = {
  vscode: ['src/host/', 'src/extension*.ts'],
  'node:*': [
    'src/host/*.desktop.ts',
    'src/worker/*.desktop.ts',
    'src/*.desktop.ts',
    'src/cli',
    'src/node/',
  ],
  'jsonc-parser': ['src/network/'],
  papaparse: ['src/data/'],
  lit: ['webview/'],
  '@vscode/codicons': ['webview/'],
  '@vscode/webview-ui-toolkit': ['webview/toolkit.ts'],
  uplot: ['webview/training/metricChart.ts', 'webview/training/training.css'],
};

/**
 * What a bundle must not contain: inputs as esbuild's metafile names them.
 * @type {Readonly<Record<string, readonly string[]>>}
 */
export const forbiddenInputs = {
  extension: ['webview/', 'src/worker/', 'node_modules/lit', 'node_modules/react'],
  'extension.web': ['webview/', 'src/worker/', 'node_modules/lit', 'node_modules/react'],
  worker: ['webview/', 'src/host/', 'node_modules/lit', 'node_modules/@microsoft/'],
  'worker.web': ['webview/', 'src/host/', 'node_modules/lit', 'node_modules/@microsoft/'],
  webview: [
    'src/host/',
    'src/worker/',
    'src/engine/trainer',
    'src/engine/kernels/',
    'node_modules/react',
    'node_modules/jsonc-parser/',
    'node_modules/papaparse/',
  ],
  words: [
    'src/engine/',
    'src/host/',
    'src/network/',
    'src/worker/',
    'webview/words.ts',
    'node_modules/',
  ],
  cli: ['webview/', 'src/host/', 'src/worker/', 'node_modules/lit'],
};

/**
 * Whether `path` lies at one of `places`.
 * @param {string} path
 * @param {readonly string[]} places
 */
export function liesAt(path, places) {
  return places.some(place => placePattern(place).test(path));
}

/** @param {string} place */
function placePattern(place) {
  const escaped = place.replace(/[.+?^${}()|[\]\\]/g, '\\$&').replaceAll('*', '[^/]*');
  return new RegExp(`^${escaped}`);
}
