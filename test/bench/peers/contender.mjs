/** What the runners of JavaScript libraries share: the job, its data, and the one line that they print. */
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { rateOf, timeOf } from '../timing.mjs';
import { ACCURACY, RACE_STEPS, workloads } from '../workloads.mjs';

/** @type {{ folder: string, packages: string, workload: string, mode: string, check: boolean, seed: number, peer: string }} */
export const job = JSON.parse(process.argv[process.argv.length - 1]);

const fromPackages = createRequire(join(job.packages, 'package.json'));

/** A package of the peer, which has no types here. @type {(name: string) => any} */
export const packageOf = name => fromPackages(name);

/** The file that a package is loaded from. @param {string} name */
export const fileOf = name => fromPackages.resolve(name);

export const workload = workloads[job.workload];
export const sizes = workload.sizes ?? [];

/** @param {string} name */
export function floats(name) {
  const bytes = readFileSync(join(job.folder, `${name}.f32`));
  return new Float32Array(bytes.buffer, bytes.byteOffset, bytes.byteLength / 4);
}

/** Rows of a file, as lists. @param {string} name @param {number} width @param {number} [count] */
export function rows(name, width, count) {
  const values = floats(name);
  const length = count ?? values.length / width;
  return Array.from({ length }, (_, i) => Array.from(values.subarray(i * width, (i + 1) * width)));
}

/** Samples that are trained with. */
export const samples = () => {
  const { data, samples: count } = workload;
  const inputs = workload.shape ? workload.shape.reduce((a, b) => a * b, 1) : sizes[0];
  const outputs = workload.layers ? 10 : sizes[sizes.length - 1];
  return { x: rows(`${data}.x`, inputs, count), y: rows(`${data}.y`, outputs, count), count };
};

/**
 * Our initial parameters by layer: a row of weights is a target neuron.
 * @returns {{ weights: number[][], bias: number[] }[]}
 */
export function initialLayers() {
  const values = floats(
    job.mode === 'race' ? `${job.workload}.${job.seed}.w` : `${job.workload}.w`,
  );
  let at = 0;
  const take = (/** @type {number} */ count) => Array.from(values.subarray(at, (at += count)));
  return sizes.slice(1).map((units, i) => {
    const weights = Array.from({ length: units }, () => take(sizes[i]));
    return { weights, bias: take(units) };
  });
}

/**
 * @typedef {object} Contender a network of a library, with its data
 * @property {(step: number) => void} step makes an update, or as many samples one by one
 * @property {() => number} loss over all samples
 * @property {(inputs: readonly number[][]) => number[][]} [predict]
 * @property {boolean} [own] whether it starts with weights of its own, or learns in another way
 */

/** Does what the job asks. @param {() => Contender} make a fresh one */
export function compete(make) {
  if (job.mode === 'race') return print(race(make()));
  const contender = make();
  let at = 0;
  const rates = rateOf(workload.batch, steps =>
    timeOf(() => {
      for (let i = 0; i < steps; i++) contender.step(at++);
    }),
  );
  print({ ...rates, ...(job.check && checked(make())) });
}

/** Milliseconds that a contender with weights of its own learns before it is asked whether it has. */
const LEARNS = 5000;

/** @param {Contender} contender */
function checked({ step, loss, own }) {
  const before = own ? loss() : NaN;
  const end = own ? performance.now() + LEARNS : Infinity;
  for (let i = 0; i < workload.checkSteps && performance.now() < end; i++) step(i);
  return own ? { learnt: [before, loss()] } : { loss: loss() };
}

/** @param {Contender} contender */
function race({ step, predict }) {
  if (!predict) throw new Error('a race needs predictions');
  const inputs = rows('test-digits.x', 784);
  const targets = rows('test-digits.y', 10);
  let [spent, at] = [0, 0];
  for (let accuracy = 0; ;) {
    spent += timeOf(() => {
      for (let i = 0; i < RACE_STEPS; i++) step(at++);
    });
    const outputs = predict(inputs);
    const right = outputs.filter((row, i) => targets[i][row.indexOf(Math.max(...row))] === 1);
    accuracy = right.length / inputs.length;
    if (accuracy >= ACCURACY) return { seconds: spent / 1000, accuracy, steps: at };
    if (spent > 60_000) return { seconds: null, accuracy, steps: at };
  }
}

/** @param {object} values */
const print = values => void console.log(JSON.stringify(values));

/**
 * Mean squared error, or mean cross-entropy of probabilities.
 * @param {readonly number[][]} outputs @param {readonly number[][]} targets
 */
export function lossOf(outputs, targets) {
  const squared = workload.loss === 'meanSquaredError';
  let sum = 0;
  outputs.forEach((row, i) =>
    row.forEach(
      (a, k) => (sum += squared ? (a - targets[i][k]) ** 2 : -targets[i][k] * Math.log(a)),
    ),
  );
  return sum / (squared ? outputs.length * outputs[0].length : outputs.length);
}
