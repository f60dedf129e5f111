/** The Nodes in which our engine is measured. */
import { needNode24 } from './fetch.mjs';

/** Lets V8 join two operations on 128 bits into one on 256. */
const WIDE = ['--experimental-wasm-revectorize'];

/** @typedef {{ id: string, label: string, node: string, flags: readonly string[] }} OurNode */

/** @param {{ node?: string, wide: boolean }} options @returns {Promise<OurNode[]>} */
export async function ourNodes({ node = process.execPath, wide }) {
  const plain = { id: 'nabla', label: 'Nabla', node, flags: [] };
  if (!wide) return [plain];
  return [plain, { id: 'nabla-wide', label: 'Nabla, wide', node: await needNode24(), flags: WIDE }];
}
