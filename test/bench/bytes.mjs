/** Whether the same seed gives the same bytes: twenty networks in every Node, with one thread and with two. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { root, say } from '../../scripts/needs.mjs';
import { bundleAll, bundleFile } from './bundle.mjs';
import { ourNodes } from './nodes.mjs';
import { ask } from './rounds.mjs';
import { table } from './table.mjs';

/** @typedef {Readonly<Record<string, string>>} Digests */
/** @typedef {{ label: string, engines: readonly string[], digests: Digests }} Way */

const PATIENCE = 600_000;

/** @returns {Promise<Way[]>} */
async function trainEverywhere() {
  /** @type {Way[]} */
  const ways = [];
  const [here, wide] = await ourNodes({ wide: true });
  // Node 24 without its flag, too: it compiles otherwise than Node 20.
  for (const { node, flags } of [here, { ...wide, flags: [] }, wide])
    for (const threads of [1, 2]) {
      const job = JSON.stringify({ wide: flags.length > 0, threads });
      const args = [...flags, bundleFile('bytes'), job];
      const { digests, engines } = await ask({ command: node, args }, PATIENCE);
      const { version } = await ask({
        command: node,
        args: ['-p', 'JSON.stringify({ version: process.version })'],
      });
      ways.push({ label: `Node ${version.slice(1)}`, digests, engines });
      say(`Node ${version.slice(1)}: ${engines.join('; ')}`);
    }
  return ways;
}

/** @returns {Promise<boolean>} whether all of them are those that are recorded */
export async function benchBytes() {
  await bundleAll();
  const file = join(root, 'test/reference/trainedBytes.json');
  /** @type {Digests} */
  const recorded = JSON.parse(readFileSync(file, 'utf8'));
  const ways = await trainEverywhere();
  const rows = Object.entries(recorded).map(([name, digest]) => [
    name,
    ...[digest.slice(0, 12), ...ways.map(({ digests }) => sameOr(digests[name], digest))],
  ]);
  const heads = ways.map(({ label, engines }) => `${label}, ${engines.join('; ')}`);
  console.log(`\n${table(['60 steps of', 'SHA-256 ', ...heads], rows)}`);
  return ways.every(({ digests }) =>
    Object.entries(recorded).every(([name, digest]) => digests[name] === digest),
  );
}

/** @param {string | undefined} found @param {string} wanted */
const sameOr = (found, wanted) => (found === wanted ? 'same' : (found?.slice(0, 12) ?? 'missing'));
