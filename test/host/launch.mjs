/** Runs the suites once, in one VS Code, on a fresh profile and a fresh copy of the examples. */
import { chmod, cp, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { runTests } from '@vscode/test-electron';
import { root } from '../../scripts/needs.mjs';
import { installExtension } from '../../scripts/hostServer.mjs';
import { prepareHost } from '../../scripts/prepareHost.mjs';
import { openBridge } from './bridge.mjs';
import { bundleSuites } from './bundle.mjs';
import { judge } from './judge.mjs';

/** @import { Errand, HostKind, Report, Stage, TestOutcome } from './messages' */

/**
 * @typedef {object} RunOptions
 * @property {string} version of VS Code; 'desktop' downloads the newest from its makers
 * @property {HostKind} kind of extension host
 * @property {string} [onlyFile]
 * @property {string} [onlyTest]
 * @property {number} [steps] of the fuzzer
 * @property {number} [minutes] of the soak
 * @property {number} [seed] of its person
 * @property {string} [extension] folder of the extension under test; default this repository
 * @property {string} [locale] the language that the person reads
 * @property {boolean} [words] only the suites that look for words of the product
 * @property {string} [packaged] a .vsix that is installed and tested instead
 * @property {boolean} [bench] measures instead of testing
 * @property {string} [examples] folder that is copied as the workspace
 */

/** Seconds that a run of so many minutes may take beside them: to begin, to end, to measure once more. */
const ASIDE = 600;

/** @typedef {Report & { seconds: number, failedFiles: string[], problem?: string }} RunResult */

/** @param {RunOptions} options @returns {Promise<RunResult>} */
export async function runHost(options) {
  const started = Date.now();
  const { version, kind } = options;
  const host = [version, kind, options.locale].filter(Boolean).join('-');
  // Runs go side by side: each has its own bundle and its own log.
  const run = [host, options.onlyFile?.replaceAll(',', '+')].filter(Boolean).join('-');
  const folder = await mkdtemp(join(tmpdir(), 'nabla-host-'));
  const workspace = join(folder, 'examples');
  const debuggingPort = await freePort();
  await cp(options.examples ?? join(root, 'media/examples'), workspace, { recursive: true });
  const extension = options.packaged
    ? await install(options.packaged, version, folder)
    : (options.extension ?? root);
  const kept = join(root, '.vscode-test/kept');
  const shots = join(process.env.NABLA_SHOTS ?? join(root, '.vscode-test/shots'), host);
  /** @type {Set<string>} */
  const failedFiles = new Set();
  const bridge = await openBridge({
    ...{ debuggingPort, workspace, shots, kept },
    tested: outcome => {
      printOutcome(outcome);
      if (outcome.state === 'failed') failedFiles.add(outcome.file);
    },
    leave: (address, stage) => leaveErrand(workspace, { ...options, bridge: address, stage }),
  });
  try {
    const problem = await launch(options, { run, folder, workspace, extension, debuggingPort });
    return {
      ...judge(bridge.report(), bridge.problem() ?? problem),
      seconds: (Date.now() - started) / 1000,
      failedFiles: [...failedFiles],
    };
  } finally {
    await bridge.close();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** @param {string} workspace @param {RunOptions & { bridge: string, stage?: Stage }} options */
async function leaveErrand(workspace, options) {
  const { packaged, bridge, kind, version, onlyFile, onlyTest, steps, minutes, seed, stage } =
    options;
  const named = { bridge, kind, version, onlyFile, onlyTest, steps, minutes, seed, stage };
  /** @type {Errand} */
  const errand = { ...named, packaged: Boolean(packaged) };
  await writeFile(join(workspace, '.nabla-test.json'), JSON.stringify(errand));
}

/**
 * Installs a package as a person would. The tests then come from an empty extension beside it.
 * @param {string} file
 * @param {string} version of VS Code
 * @param {string} folder of this run
 * @returns {Promise<string>} the empty extension's folder
 */
async function install(file, version, folder) {
  const host = await prepareHost(version);
  await installExtension(host, file, join(folder, 'extensions'));
  const driver = join(folder, 'driver');
  await mkdir(driver);
  const manifest = {
    name: 'driver',
    publisher: 'test',
    version: '0.0.0',
    engines: { vscode: '*' },
  };
  await writeFile(join(driver, 'package.json'), JSON.stringify(manifest));
  return driver;
}

/**
 * @param {RunOptions} options
 * @param {{ run: string, folder: string, workspace: string, extension: string, debuggingPort: number }} places
 * @returns {Promise<string | undefined>} what went wrong outside of the tests
 */
async function launch({ version, kind, packaged, bench, locale, words, minutes }, places) {
  const folderOf = bench ? 'benches' : 'suites';
  const { run, folder, workspace, extension, debuggingPort } = places;
  const shim = fileURLToPath(new URL('vscode.mjs', import.meta.url));
  await chmod(shim, 0o755);
  const logs = join(root, '.vscode-test/logs');
  await mkdir(logs, { recursive: true });
  const log = join(logs, `${run}.log`);
  try {
    await runTests({
      ...(version === 'desktop' ? {} : { vscodeExecutablePath: shim }),
      extensionDevelopmentPath: extension,
      extensionTestsPath: await bundleSuites(kind, run, extension, folderOf, words),
      launchArgs: [
        workspace,
        ...(packaged ? [] : ['--disable-extensions']),
        // Fresh every time: a setting of one run would leak into the next.
        `--user-data-dir=${join(folder, 'user-data')}`,
        `--extensions-dir=${join(folder, 'extensions')}`,
        `--remote-debugging-port=${debuggingPort}`,
        ...(locale ? [`--locale=${locale}`] : []),
        ...(kind === 'web' ? ['--extensionDevelopmentKind=web'] : []),
      ],
      extensionTestsEnv: {
        VSCODE_SHIM_VERSION: version,
        VSCODE_SHIM_LOG: log,
        VSCODE_SHIM_SCREENSHOT: join(logs, `${run}.png`),
        ...(minutes && { VSCODE_SHIM_SECONDS: String(minutes * 60 + ASIDE) }),
      },
    });
    return undefined;
  } catch (error) {
    const lines = (await readFile(log, 'utf8').catch(() => '')).trimEnd().split('\n');
    return `${error}\n${lines.slice(-25).join('\n')}\n(the whole log: ${log})`;
  }
}

/** @param {TestOutcome} outcome */
function printOutcome({ name, state, milliseconds, error }) {
  const mark = { passed: '✓', failed: '✗', skipped: '–' }[state];
  console.log(`  ${mark} ${name} (${milliseconds} ms)`);
  const lines = error?.split('\n') ?? [];
  for (const line of lines.slice(0, 40)) console.log(`      ${line.trimStart()}`);
}

/** @returns {Promise<number>} */
function freePort() {
  return new Promise(resolve => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const { port } = /** @type {import('node:net').AddressInfo} */ (server.address());
      server.close(() => resolve(port));
    });
  });
}
