/**
 * Gets what this repository's commands need and the machine lacks, and says what it gets. Uses nothing but
 * Node's own modules, because it runs before `node_modules` exists.
 */
import { spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The repository's root, with a slash at its end. */
export const root = fileURLToPath(new URL('..', import.meta.url));

/** @param {string} text */
export const say = text => console.log(`· ${text}`);

/**
 * Runs a program to its end.
 * @param {string} command
 * @param {readonly string[]} args
 * @param {{ cwd?: string, show?: boolean, env?: NodeJS.ProcessEnv }} [options] `show`: its output goes to ours
 * @returns {Promise<{ code: number, output: string }>} output is empty when shown; code 127: no such program
 */
export function run(command, args, { cwd = root, show = false, env = process.env } = {}) {
  // npm is a batch file on Windows, which only a shell can start.
  const shell = process.platform === 'win32' && command === 'npm';
  const out = show ? 'inherit' : 'pipe';
  const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', out, out] });
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.on('data', text => (output += text));
  return new Promise(resolve => {
    child.on('error', error => resolve({ code: 127, output: String(error) }));
    child.on('close', code => resolve({ code: code ?? 1, output }));
  });
}

/**
 * As {@link run}, but a failure is an error with the program's last words.
 * @param {string} what for the message: "npm ci"
 * @param {Parameters<typeof run>} call
 */
export async function mustRun(what, ...call) {
  const { code, output } = await run(...call);
  if (code !== 0) throw new Error(`${what} failed (exit ${code})\n${output.slice(-4000)}`);
  return output;
}

/** @param {readonly string[]} names of programs @returns the first that is on the PATH, with its folder */
export function onPath(...names) {
  const suffixes = process.platform === 'win32' ? ['.exe', '.cmd'] : [''];
  const folders = (process.env.PATH ?? '').split(delimiter);
  const files = names.flatMap(name =>
    folders.flatMap(folder => suffixes.map(suffix => join(folder, name + suffix))),
  );
  return files.find(file => existsSync(file));
}

/** Installs the npm packages unless those of `package-lock.json` are there already. */
export async function needModules() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20)
    throw new Error(`Nabla is built with Node 20 or newer; this is ${process.version}.`);
  if (modulesAreCurrent()) return;
  say('installing the npm packages of package-lock.json into node_modules (npm ci)');
  await mustRun('npm ci', 'npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund']);
}

/**
 * Compares what is installed with what is locked, by version: times of files mean little after a checkout.
 * Packages for other platforms are optional and may be missing.
 */
function modulesAreCurrent() {
  try {
    const locked = readLock('package-lock.json');
    const installed = readLock('node_modules/.package-lock.json');
    return Object.entries(locked).every(
      ([place, { version, optional }]) =>
        place === '' || installed[place]?.version === version || (optional && !installed[place]),
    );
  } catch {
    return false;
  }
}

/**
 * @param {string} path
 * @returns {Record<string, { version: string, optional?: boolean }>}
 */
function readLock(path) {
  return JSON.parse(readFileSync(join(root, path), 'utf8')).packages;
}

/** The one without windows first: it draws the same for half the work. */
export const browserNames = [
  ...['chromium-headless-shell', 'chrome-headless-shell', 'chromium', 'chromium-browser'],
  ...['google-chrome', 'google-chrome-stable'],
];
const browserPackages = ['chromium-headless-shell', 'fonts-liberation', 'fonts-noto-cjk'];

/** @returns the Chromium to test with: `CHROMIUM` of the environment, or the first on the PATH */
export function findBrowser() {
  return process.env.CHROMIUM || onPath(...browserNames);
}

/**
 * Finds Chromium; on Debian and its kin installs it when we may.
 * @returns {Promise<string>} its path
 */
export async function needBrowser() {
  const found = findBrowser();
  if (found) return found;
  const mayInstall = process.getuid?.() === 0 && onPath('apt-get');
  if (!mayInstall) {
    throw new Error(
      'No Chromium found. Install it (on Debian: apt-get install ' +
        `${browserPackages.join(' ')}), or set CHROMIUM to the path of one.`,
    );
  }
  say(`installing from Debian: ${browserPackages.join(', ')} (about 130 MB to fetch)`);
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  await mustRun('apt-get update', 'apt-get', ['update', '-qq'], { env });
  const install = ['install', '-y', '-qq', '--no-install-recommends', ...browserPackages];
  await mustRun('apt-get install', 'apt-get', install, { env });
  const installed = findBrowser();
  if (!installed) throw new Error('apt-get installed a Chromium, yet it is not on the PATH.');
  return installed;
}
