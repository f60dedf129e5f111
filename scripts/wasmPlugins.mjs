/** Files of WebAssembly as imports: esbuild has a loader for them, the tests' bundler gets the same here. */
import { readFile } from 'node:fs/promises';

/** @returns {import('vitest/config').Plugin} */
export const wasmBytes = () => ({
  name: 'wasm-bytes',
  enforce: 'pre',
  async load(id) {
    if (!id.endsWith('.wasm')) return undefined;
    const base64 = (await readFile(id)).toString('base64');
    return `export default Uint8Array.from(atob('${base64}'), c => c.charCodeAt(0));`;
  },
});
