/**
 * Compiles the engine's AssemblyScript, once for each block of the innermost loops, into `src/engine/wasm/build`.
 *
 *     node scripts/wasm.mjs
 *
 * What is there already and was made of the same sources is kept; the build, the tests and the benchmarks call this.
 */
import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { tilesSource } from './tiles.mjs';
import { windowTilesSource } from './windowTiles.mjs';

/** @import { Block } from './tiles.mjs' */

const root = fileURLToPath(new URL('..', import.meta.url));
/** What is AssemblyScript alone, and what TypeScript reads too. */
const folders = ['src/engine/wasm/assembly', 'src/engine/wasm/shared'];
const build = join(root, 'src/engine/wasm/build');

/** @type {Readonly<Record<string, Block>>} */
export const modules = {
  'plain-4x8': { nr: 8, unroll: 1 },
  'plain-4x16': { nr: 16, unroll: 4 },
};

/** Binaryen would move the loads of the innermost loops (scripts/tiles.mjs). Data begin above the first KiB. */
const options = [
  ...['--optimizeLevel', '0', '--noAssert', '--runtime', 'stub', '--importMemory'],
  ...['--enable', 'simd', '--enable', 'threads'],
  ...['--maximumMemory', '65536', '--memoryBase', '1024'],
];

/** @returns {Promise<Map<string, string>>} the AssemblyScript, by name */
async function readSources() {
  /** @type {Map<string, string>} */
  const texts = new Map();
  for (const folder of folders) {
    const names = (await readdir(join(root, folder))).filter(name => name.endsWith('.ts'));
    for (const name of names.sort()) {
      texts.set(name, await readFile(join(root, folder, name), 'utf8'));
    }
  }
  return texts;
}

/** @param {Block} block */
const blockSource = ({ nr }) => `/** Numbers of a panel's row, and their bytes. */
export const NR: i32 = ${nr};
export const PANEL_BYTES: usize = ${4 * nr};
`;

/** @param {Block} block  @param {Map<string, string>} common */
function withBlock(block, common) {
  return new Map([
    ...common,
    ['block.ts', blockSource(block)],
    ['tiles.ts', tilesSource(block)],
    ['windowTiles.ts', windowTilesSource(block)],
  ]);
}

/**
 * @typedef {object} Compiler
 * @property {(options: string[], api: {
 *   readFile(name: string): string | null,
 *   writeFile(name: string, contents: unknown): void,
 *   listFiles(): string[],
 * }) => Promise<{ error: Error | null, stderr: { toString(): string } }>} main
 */

/** @returns {Promise<Compiler>} whose own types declare another `console` for every file of this program */
const compiler = () => import(String('assemblyscript/asc'));

/** @param {Map<string, string>} files  @returns {Promise<Uint8Array>} */
async function compile(files) {
  const asc = await compiler();
  /** @type {Uint8Array | undefined} */
  let bytes;
  const { error, stderr } = await asc.main(['index.ts', ...options, '-o', 'module.wasm'], {
    readFile: name => files.get(basename(name)) ?? null,
    writeFile: (_, contents) => void (bytes = /** @type {Uint8Array} */ (contents)),
    listFiles: () => [],
  });
  if (error || !bytes) throw new Error(`AssemblyScript: ${error?.message}\n${stderr.toString()}`);
  return bytes;
}

/** Makes what is missing or older than its sources. */
export async function buildWasm() {
  const common = await readSources();
  await mkdir(build, { recursive: true });
  const { version } = JSON.parse(
    await readFile(join(root, 'node_modules/assemblyscript/package.json'), 'utf8'),
  );
  for (const [name, block] of Object.entries(modules)) {
    const files = withBlock(block, common);
    const made = createHash('sha256').update(JSON.stringify([version, options, ...files]));
    const stamp = made.digest('hex');
    const stampFile = join(build, `${name}.sha256`);
    if ((await readFile(stampFile, 'utf8').catch(() => '')) === stamp) continue;
    await writeFile(join(build, `${name}.wasm`), await compile(files));
    await writeFile(stampFile, stamp);
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) await buildWasm();
