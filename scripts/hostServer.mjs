/**
 * VS Code's server, as made by `prepareHost.mjs`: started, and ended together with all it started. Uses
 * Node's own modules only.
 */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, join, resolve } from 'node:path';
import { mustRun } from './needs.mjs';

/** A person's first look, and a test's: no welcome pages, nothing that asks the network for something. */
const quietSettings = {
  'workbench.startupEditor': 'none',
  // As on the desktop; the browser's own default saves after a second.
  'files.autoSave': 'off',
  'git.openRepositoryInParentFolders': 'never',
  'workbench.secondarySideBar.defaultVisibility': 'hidden',
  'extensions.autoCheckUpdates': false,
  'extensions.autoUpdate': false,
  'telemetry.telemetryLevel': 'off',
  'chat.disableAIFeatures': true,
};

/**
 * @typedef {object} ServerOptions
 * @property {import('./prepareHost.mjs').Host} host
 * @property {string} profile folder of everything the server keeps
 * @property {string} [userData] default: inside the profile
 * @property {string} [extensions] default: inside the profile
 * @property {Record<string, unknown>} [settings] the user's, besides our quiet ones, in a fresh profile
 * @property {boolean} [isPersonal] whether a person sits before it, not a test
 * @property {(text: string) => void} [log] everything it prints
 */

/**
 * @typedef {object} Server
 * @property {number} port
 * @property {() => Promise<void>} stop resolves when it is gone
 */

/** @param {ServerOptions} options @returns {Promise<Server>} once it listens */
export async function startServer(options) {
  const { host, profile, userData, extensions, settings, log = () => {} } = options;
  const places = {
    userData: resolve(userData ?? join(profile, 'user-data')),
    extensions: resolve(extensions ?? join(profile, 'extensions')),
    serverData: join(profile, 'server'),
  };
  seedSettings(places.userData, { ...quietSettings, ...settings });
  mkdirSync(places.extensions, { recursive: true });
  const child = spawn(host.node, serverArguments(options, places), {
    env: serverEnvironment(),
    stdio: ['ignore', 'pipe', 'pipe'],
    // A process group of its own: extension hosts and watchers end with it.
    detached: true,
  });
  // Should this program end without a goodbye, the server does not outlive it.
  process.once('exit', () => child.pid && signalGroup(child.pid, 'SIGKILL'));
  const port = await listeningPort(child, log).catch(async error => {
    await stopGroup(child);
    throw error;
  });
  return { port, stop: () => stopGroup(child) };
}

/**
 * Installs a package, as `code --install-extension` does.
 * @param {import('./prepareHost.mjs').Host} host
 * @param {string} file the .vsix
 * @param {string} extensions folder where extensions are kept
 */
export async function installExtension(host, file, extensions) {
  const profile = mkdtempSync(join(tmpdir(), 'nabla-install-'));
  const server = join(host.folder, 'out/server-main.js');
  const args = ['--install-extension', file, '--extensions-dir', extensions];
  const places = ['--server-data-dir', profile, '--accept-server-license-terms'];
  try {
    const env = serverEnvironment();
    await mustRun('Installing the package', host.node, [server, ...args, ...places], { env });
  } finally {
    rmSync(profile, { recursive: true, force: true });
  }
}

/** @param {string} userData @param {Record<string, unknown>} settings */
function seedSettings(userData, settings) {
  const file = join(userData, 'User/settings.json');
  if (existsSync(file)) return;
  mkdirSync(join(userData, 'User'), { recursive: true });
  writeFileSync(file, JSON.stringify(settings, null, 2));
}

/**
 * @param {ServerOptions} options
 * @param {{ userData: string, extensions: string, serverData: string }} places
 */
function serverArguments({ host, isPersonal = false }, places) {
  return [
    join(host.folder, 'out/server-main.js'),
    ...['--host', '127.0.0.1', '--port', '0', '--without-connection-token'],
    ...['--accept-server-license-terms', '--telemetry-level', 'off', '--disable-workspace-trust'],
    // Newer versions load an extension from the address's payload only with this. Nobody would be asked anything then:
    // every dialog fails or is answered with yes, and a file that is there is written over.
    ...(isPersonal ? [] : ['--enable-smoke-test-driver']),
    // Browser and server share a machine: to pack what they tell each other takes longer than to send it.
    '--disable-websocket-compression',
    ...['--server-data-dir', places.serverData],
    ...['--user-data-dir', places.userData],
    ...['--extensions-dir', places.extensions],
  ];
}

function serverEnvironment() {
  const env = { ...process.env, NODE_OPTIONS: '', EXTENSIONS_GALLERY: '{"serviceUrl":""}' };
  // Started from a terminal inside VS Code, we would hand on what makes the server a child of that one.
  for (const name of Object.keys(env)) {
    if (/^(VSCODE_(?!SHIM)|CODE_SERVER_|ELECTRON_|NODE_ENV$)/.test(name))
      Reflect.deleteProperty(env, name);
  }
  return env;
}

/**
 * @param {import('node:child_process').ChildProcess} child
 * @param {(text: string) => void} log
 * @returns {Promise<number>}
 */
function listeningPort(child, log) {
  let output = '';
  return new Promise((resolvePort, reject) => {
    const giveUp = (/** @type {string} */ why) =>
      reject(new Error(`VS Code's server ${why}\n${output}`));
    const timer = setTimeout(() => giveUp('did not start within 60 seconds'), 60_000);
    child.on('error', error => giveUp(`did not start: ${error.message}`));
    child.on('exit', code => giveUp(`ended with exit code ${code}`));
    for (const stream of [child.stdout, child.stderr]) {
      stream?.on('data', data => {
        log(String(data));
        if (output.length < 20_000) output += data;
        const listening = /Extension host agent listening on (\d+)/.exec(output);
        if (!listening) return;
        clearTimeout(timer);
        resolvePort(Number(listening[1]));
      });
    }
  });
}

/** @param {import('node:child_process').ChildProcess} child */
async function stopGroup(child) {
  if (child.pid === undefined || child.exitCode !== null || child.signalCode !== null) return;
  const gone = new Promise(done => child.once('exit', done));
  signalGroup(child.pid, 'SIGTERM');
  const timer = setTimeout(() => signalGroup(Number(child.pid), 'SIGKILL'), 3000);
  await gone;
  clearTimeout(timer);
}

/** @param {number} pid @param {NodeJS.Signals} signal */
function signalGroup(pid, signal) {
  try {
    process.kill(-pid, signal);
  } catch {
    // Nobody is left in the group.
  }
}

/**
 * Another path to an extension's folder. VS Code takes themes that lie below an extension under development
 * for that extension's own and wears the first of them; below ours lies this VS Code with all its themes.
 * @param {string} profile
 * @param {string} extension
 */
export function pathBeside(profile, extension) {
  const link = join(profile, `extension-${basename(extension)}`);
  mkdirSync(profile, { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(resolve(extension), link);
  return resolve(link);
}

/**
 * The address of a folder in the server's workbench.
 * @param {Server} server
 * @param {{ folder?: string, extension?: string, tests?: string }} what
 */
export function workbenchAddress({ port }, { folder, extension, tests }) {
  const remote = (/** @type {string} */ path) =>
    `vscode-remote://127.0.0.1:${port}${resolve(path)}`;
  const payload = [];
  if (extension) payload.push(['extensionDevelopmentPath', remote(extension)]);
  if (tests) payload.push(['extensionTestsPath', remote(tests)]);
  const address = new URL(`http://127.0.0.1:${port}/`);
  if (folder) address.searchParams.set('folder', resolve(folder));
  else address.searchParams.set('ew', 'true');
  if (payload.length > 0) address.searchParams.set('payload', JSON.stringify(payload));
  return address.href;
}
