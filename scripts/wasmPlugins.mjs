/** Files of WebAssembly as imports, for the tests' bundler and for the bundles of the product. */
import { readFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { differences } from './differences.mjs';

/** @returns {import('vitest/config').Plugin} */
export const wasmBytes = () => ({
  name: 'wasm-bytes',
  enforce: 'pre',
  async load(id) {
    return id.endsWith('.wasm') ? asModule(await readFile(id)) : undefined;
  },
});

/** Modules that are almost another one, by their names: most of their bytes stand there. */
const twins = new Map([['plain-4x8.wasm', 'plain-4x16.wasm']]);

/**
 * The same for esbuild, whose own loader writes base64: what is written here needs a quarter less of a package, since it
 * keeps bytes that recur apart from each other, and as many letters as there are bytes. A module that is almost another
 * one is written as what is different: a tenth.
 * @type {import('esbuild').Plugin}
 */
export const wasmText = {
  name: 'wasm-text',
  setup(build) {
    build.onLoad({ filter: /\.wasm$/ }, async ({ path }) => {
      const bytes = await readFile(path);
      const twin = twins.get(basename(path));
      if (twin === undefined) return { contents: asModule(bytes) };
      const folder = join(path, '..');
      const base = await readFile(join(folder, twin));
      return { contents: asDifference(`./${twin}`, base, bytes), resolveDir: folder };
    });
  },
};

/** Letters for 256 bytes: those that UTF-8 writes as one byte, without quotes and backslash, come first. */
const letters = [
  ...Array.from({ length: 95 }, (_, i) => String.fromCharCode(32 + i)),
  ...Array.from({ length: 256 }, (_, i) => String.fromCharCode(0xa1 + i)),
].filter(letter => !/["'`\\$\u00ad]/.test(letter));

/**
 * A module whose default export is these bytes: each is a letter, the commonest are short.
 * @param {Uint8Array} bytes
 */
function asModule(bytes) {
  const counts = new Uint32Array(256);
  for (const byte of bytes) counts[byte] += 1;
  const order = Array.from({ length: 256 }, (_, byte) => byte).sort(
    (a, b) => counts[b] - counts[a],
  );
  const ranks = new Map(order.map((byte, rank) => [byte, rank]));
  const text = Array.from(bytes, byte => letters[ranks.get(byte) ?? 0]).join('');
  return `const order = [${order}];
const letters = ${JSON.stringify(letters.slice(0, 256).join(''))};
const byteOf = new Uint8Array(512);
for (let i = 0; i < 256; i++) byteOf[letters.charCodeAt(i)] = order[i];
const text = ${JSON.stringify(text)};
const bytes = new Uint8Array(text.length);
for (let i = 0; i < bytes.length; i++) bytes[i] = byteOf[text.charCodeAt(i)];
export default bytes;`;
}

/**
 * A module whose default export is these bytes, made of those of another one.
 * @param {string} twin as it is imported
 * @param {Uint8Array} base its bytes
 * @param {Uint8Array} bytes
 */
function asDifference(twin, base, bytes) {
  const { own, parts } = differences(base, bytes);
  return `import base from ${JSON.stringify(twin)};
const own = ${JSON.stringify([...own])};
const parts = ${JSON.stringify(parts)};
const bytes = new Uint8Array(${bytes.length});
for (let i = 0, at = 0, from = 0; i < parts.length; i += 3) {
  bytes.set(own.slice(from, from += parts[i]), at);
  at += parts[i];
  bytes.set(base.subarray(parts[i + 1], parts[i + 1] + parts[i + 2]), at);
  at += parts[i + 2];
}
export default bytes;`;
}
