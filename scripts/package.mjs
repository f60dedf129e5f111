/**
 * Makes `nabla-<version>.vsix` and checks what is in it.
 *
 *     npm run package                 makes it
 *     npm run package -- --install    and installs it into each VS Code of `prepareHost.mjs`, where smoke and activation suites run
 */
import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pictureLimit, pictureScripts } from '../esbuild.mjs';
import { mustRun, needModules, root, say } from './needs.mjs';
import { hosts } from './prepareHost.mjs';
import { listZip, repack } from './repack.mjs';

const packager = '@vscode/vsce@3.9.2';

/** Bytes. The examples' data may come on top. What VS Code and the page say in two languages is a sixth of it. */
const limit = 725_000;

/** Where every packed file must lie; source, tests and maps do not belong into what people install. */
const allowed = [
  // Without the command line: it is for a terminal, where nobody finds it among an editor's extensions.
  /^extension\/dist\/(?!cli)[^/]+\.(js|css|ttf)$/,
  /^extension\/dist\/network\.schema\.json$/,
  /^extension\/(media|l10n)\//,
  /^extension\/package(\.nls(\.[\w-]+)?)?\.json$/,
  /^extension\/(readme|changelog|license)[\w.-]*$/i,
  /^extension\.vsixmanifest$/,
  /^\[Content_Types\]\.xml$/,
];

/** That the page speaks. */
const languages = ['en', 'zh'];

/** Without these it would not work. */
const needed = [
  ...['extension', 'extension.web', 'worker', 'worker.web'],
  ...['webview', 'webview-chunk', 'webview-furniture'],
  ...languages.flatMap(language => [
    `webview-picture.${language}`,
    `webview-furniture.${language}`,
  ]),
].map(name => `extension/dist/${name}.js`);
needed.push('extension/dist/network.schema.json');

/** @returns {Promise<string>} the path of the package */
async function makePackage() {
  const { name, version } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  const file = join(root, `${name}-${version}.vsix`);
  say(`packing with ${packager} (npm fetches it when it is not in its cache)`);
  const args = ['exec', '--yes', '--', packager, 'package', '--no-dependencies', '--out', file];
  // The README's links stay as they are: there is no public repository yet that they could point to.
  const links = ['--allow-missing-repository', '--no-rewrite-relative-links'];
  mkdirSync(join(root, '.package'), { recursive: true });
  const readme = forPackage(readFileSync(join(root, 'README.md'), 'utf8'));
  writeFileSync(join(root, '.package/README.md'), readme);
  await mustRun('vsce package', 'npm', [...args, ...links, '--readme-path', '.package/README.md']);
  writeFileSync(file, await repack(readFileSync(file), slim));
  return file;
}

/**
 * JSON without spaces, the manifest without what only developing needs. Examples keep their layout: people read them.
 * @param {string} name
 * @param {Buffer} bytes
 */
function slim(name, bytes) {
  if (!/^extension\/(?!media\/).*\.json$/.test(name)) return bytes;
  const left = name === 'extension/package.json' ? ['scripts', 'devDependencies', 'bin'] : [];
  const json = Object.entries(JSON.parse(bytes.toString('utf8')));
  return Buffer.from(
    JSON.stringify(Object.fromEntries(json.filter(([key]) => !left.includes(key)))),
  );
}

/**
 * VS Code shows one README, and its pictures only from the web; those beside it would be frames with nothing in them, and
 * other pages of the repository would not be there.
 * @param {string} readme
 */
function forPackage(readme) {
  const blocks = readme.split(/\n{2,}/);
  return blocks
    .filter(block => !/\]\((media\/pictures\/|README|SECURITY)/.test(block))
    .join('\n\n');
}

/**
 * @param {string} file
 * @returns {string[]} what is wrong with it
 */
function checkPackage(file) {
  const entries = listZip(readFileSync(file));
  const strange = entries.filter(({ name }) => !allowed.some(pattern => pattern.test(name)));
  const missing = needed.filter(path => !entries.some(({ name }) => name === path));
  const data = entries.filter(({ name }) => /^extension\/media\/examples\//.test(name));
  const size = statSync(file).size - data.reduce((sum, { packed }) => sum + packed, 0);
  say(`${(size / 1000).toFixed(0)} kB in ${entries.length} files, without the examples' data`);
  return [
    ...strange.map(({ name }) => `${name} does not belong into the package (.vscodeignore)`),
    ...missing.map(path => `${path} is missing in the package`),
    ...(size > limit ? [`the package has ${size} bytes; the limit is ${limit}`] : []),
    ...languages.flatMap(tooMuchBefore),
  ];
}

/**
 * What the page loads before it draws a network.
 * @param {string} language
 * @returns {string[]} what is wrong with it
 */
function tooMuchBefore(language) {
  const sizes = pictureScripts(language).map(name => statSync(join(root, 'dist', name)).size);
  const size = sizes.reduce((sum, each) => sum + each, 0);
  say(`${(size / 1000).toFixed(0)} kB of scripts before the picture (${language})`);
  if (size <= pictureLimit) return [];
  return [
    `the picture waits for ${size} bytes of scripts (${language}); the limit is ${pictureLimit}. What it does not need belongs into webview/furniture.ts`,
  ];
}

/** @returns {Promise<number>} the exit code */
async function main() {
  await needModules();
  const file = await makePackage();
  const problems = checkPackage(file);
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) return 1;
  if (!process.argv.includes('--install')) return 0;
  const codes = Object.keys(hosts).map(version => tryInstalled(file, version));
  return Math.max(...codes);
}

/**
 * @param {string} file
 * @param {string} version of VS Code
 * @returns {number} the exit code
 */
function tryInstalled(file, version) {
  const args = ['test/host/main.mjs', version, '--package', file, '--file', 'smoke,activation'];
  return spawnSync(process.execPath, args, { cwd: root, stdio: 'inherit' }).status ?? 1;
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
