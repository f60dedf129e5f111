/** Files of WebAssembly as imports, for the tests' bundler and for the bundles of the product. */
import { readFile } from 'node:fs/promises';

/** @returns {import('vitest/config').Plugin} */
export const wasmBytes = () => ({
  name: 'wasm-bytes',
  enforce: 'pre',
  async load(id) {
    return id.endsWith('.wasm') ? asModule(await readFile(id)) : undefined;
  },
});

/**
 * The same for esbuild, whose own loader writes base64: what is written here needs a quarter less of a package, since it
 * keeps bytes that recur apart from each other, and as many letters as there are bytes.
 * @type {import('esbuild').Plugin}
 */
export const wasmText = {
  name: 'wasm-text',
  setup(build) {
    build.onLoad({ filter: /\.wasm$/ }, async ({ path }) => ({
      contents: asModule(await readFile(path)),
    }));
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
