import js from '@eslint/js';
import { defineConfig } from 'eslint/config';
import tseslint from 'typescript-eslint';
import { packages, pureFolders } from './scripts/importRules.mjs';

/** Of `Math` only what is exact or correctly rounded everywhere; the rest differs from one V8 to the next. */
const inexact =
  'acos acosh asin asinh atan atan2 atanh cbrt cos cosh exp expm1 hypot log log10 log1p log2 pow sin sinh tan tanh';

const inexactMath = inexact.split(' ').map(property => ({
  object: 'Math',
  property,
  message: 'Its last digits depend on the JavaScript engine: use src/math/functions.',
}));

const worldly = ['performance', 'fetch', 'setTimeout', 'setInterval', 'queueMicrotask', 'console'];

const syntax = {
  enums: { selector: 'TSEnumDeclaration', message: 'Use a union of string literals.' },
  defaults: { selector: 'ExportDefaultDeclaration', message: 'Name what you export.' },
  hasty: {
    selector:
      'CallExpression[callee.name="expect"] > AwaitExpression > CallExpression[callee.property.name=/^(textContent|inputValue|getAttribute|count|isVisible|isDisabled)$/]',
    message: 'The page may not be there yet: `await expect.poll(() => …)` waits for it.',
  },
  power: {
    selector:
      'BinaryExpression[operator="**"]:not([left.type="Literal"]):not([right.type="Literal"])',
    message:
      '`**` with an exponent that is no integer depends on the engine: use src/math/functions.',
  },
};

/** Ways for a text to become markup. */
const unsafeHtml = ['innerHTML', 'outerHTML', 'insertAdjacentHTML', 'setHTMLUnsafe', 'srcdoc'].map(
  property => ({
    property,
    message: 'Text becomes markup here: build elements or use a Lit template.',
  }),
);

/**
 * Packages that files of `folder` may not name: the message belongs beside the import.
 * @param {string} folder
 */
function packagesForbiddenIn(folder) {
  const forbidden = Object.entries(packages).filter(
    ([, places]) => !places.some(place => place.startsWith(folder) || folder.startsWith(place)),
  );
  return forbidden.map(([name, places]) => ({
    regex: `^${name.replace('*', '.*')}(/|$)`,
    message: `Only ${places.join(', ')} may import it (scripts/importRules.mjs).`,
  }));
}

/** Lit's doors for unescaped markup. */
const unsafeLit = [
  'lit/directives/unsafe-html.js',
  'lit/directives/unsafe-mathml.js',
  'lit/directives/unsafe-svg.js',
  'lit/static-html.js',
].map(name => ({
  name,
  message: 'Text becomes markup here: build elements or use a Lit template.',
}));

export default defineConfig(
  {
    ignores: [
      'dist/',
      'coverage/',
      '.vscode-test/',
      '.vscode-host/',
      '.nabla-examples/',
      '.bench/',
      // AssemblyScript: its own compiler checks it.
      'src/engine/wasm/assembly/',
    ],
  },
  js.configs.recommended,
  tseslint.configs.strict,
  {
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'no-console': 'off',
      'no-control-regex': 'off',
      'no-restricted-syntax': ['error', syntax.enums, syntax.defaults],
      'max-lines': ['error', { max: 300, skipBlankLines: true, skipComments: true }],
      'max-lines-per-function': ['error', { max: 40, skipBlankLines: true, skipComments: true }],
      '@typescript-eslint/consistent-type-imports': [
        'error',
        { fixStyle: 'separate-type-imports' },
      ],
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_' },
      ],
      // A class of event handlers or a visitor may have an empty method, and says so by being empty.
      '@typescript-eslint/no-empty-function': 'off',
      '@typescript-eslint/no-invalid-void-type': 'off',
    },
  },
  {
    name: 'promises, where they are common',
    files: ['src/host/**/*.ts', 'src/worker/**/*.ts', 'src/*.ts', 'webview/**/*.ts'],
    languageOptions: {
      parserOptions: {
        project: ['tsconfig.json', 'tsconfig.web.json', 'webview/tsconfig.json'],
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: false }],
      '@typescript-eslint/await-thenable': 'error',
    },
  },
  {
    name: 'pure folders: no world, no inexact mathematics',
    files: pureFolders.map(folder => `${folder}**/*.ts`),
    rules: {
      'no-restricted-globals': [
        'error',
        ...worldly.map(name => ({
          name,
          message: 'Pure code is given what it needs of the world.',
        })),
      ],
      'no-restricted-properties': [
        'error',
        ...inexactMath,
        { object: 'Math', property: 'random', message: 'Use src/math/random with a seed.' },
        { object: 'Date', property: 'now', message: 'Pure code has no clock: pass the time in.' },
      ],
      'no-restricted-syntax': ['error', syntax.enums, syntax.defaults, syntax.power],
    },
  },
  pureFolders.map(folder => ({
    name: `packages in ${folder}`,
    files: [`${folder}**/*.ts`],
    rules: { 'no-restricted-imports': ['error', { patterns: packagesForbiddenIn(folder) }] },
  })),
  {
    name: 'hot loops: an index is known to be in range',
    files: ['src/engine/**/*.ts', 'src/data/**/*.ts', 'src/math/**/*.ts'],
    rules: { '@typescript-eslint/no-non-null-assertion': 'off' },
  },
  {
    name: 'the page: no text becomes code',
    files: ['webview/**/*.ts'],
    rules: {
      'no-eval': 'error',
      'no-implied-eval': 'error',
      'no-new-func': 'error',
      'no-restricted-properties': ['error', ...unsafeHtml],
      'no-restricted-imports': [
        'error',
        { paths: unsafeLit, patterns: packagesForbiddenIn('webview/') },
      ],
    },
  },
  {
    name: 'the one place that parses markup: formulas, whose every text src/explain/mathml escapes',
    files: ['webview/inspect/formula.ts'],
    rules: {
      'no-restricted-properties': [
        'error',
        ...unsafeHtml.filter(({ property }) => property !== 'innerHTML'),
      ],
    },
  },
  {
    name: 'tests: as long as what they tell',
    files: ['test/**/*.ts'],
    rules: {
      'max-lines': 'off',
      'max-lines-per-function': 'off',
      '@typescript-eslint/no-misused-new': 'off',
      '@typescript-eslint/no-non-null-assertion': 'off',
    },
  },
  {
    name: 'pages: what they show follows in its own time',
    files: ['test/browser/*.ts'],
    rules: { 'no-restricted-syntax': ['error', syntax.enums, syntax.defaults, syntax.hasty] },
  },
  {
    name: 'configuration: the tools ask for a default export',
    files: ['*.config.mts', '*.config.mjs'],
    rules: { 'no-restricted-syntax': ['error', syntax.enums] },
  },
  {
    name: 'scripts run in Node, or are sent into a page',
    files: ['**/*.mjs'],
    languageOptions: {
      globals: Object.fromEntries(
        'window document location requestAnimationFrame MutationObserver MessageChannel NodeFilter EventTarget process console URL Buffer fetch setTimeout clearTimeout performance AbortSignal'
          .split(' ')
          .map(name => [name, 'readonly']),
      ),
    },
  },
);
