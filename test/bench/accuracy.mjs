/** How many of MNIST's 10,000 test digits a network tells right that `nabla train` has trained with its 60,000. */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { say } from '../../scripts/needs.mjs';
import { bundleAll, bundleFile } from './bundle.mjs';
import { needDigits } from './mnist.mjs';
import { ourNodes } from './nodes.mjs';
import { ask } from './rounds.mjs';
import { digits, table } from './table.mjs';

const PATIENCE = 3_600_000;
/** Bytes before the labels of an IDX file. */
const LABELS = 8;

const train = { images: 'train-images-idx3-ubyte', labels: 'train-labels-idx1-ubyte' };
const test = { images: 't10k-images-idx3-ubyte', labels: 't10k-labels-idx1-ubyte' };

/** @param {number} filters */
const conv = filters => ({
  ...{ type: 'conv2d', filters, kernel: [5, 5], padding: 'same', activation: 'relu' },
  init: 'heNormal',
});
const pool = { type: 'maxPool2d', size: [2, 2] };
const outputs = { type: 'dense', units: 10, activation: 'softmax' };

/** @param {number[]} shape @param {object[]} layers @param {number} epochs */
const classifier = (shape, layers, epochs) => ({
  ...{ version: 1, seed: 3, input: { shape }, layers },
  loss: { type: 'crossEntropy', reduction: 'mean' },
  training: {
    optimizer: { type: 'adam', learningRate: 0.002 },
    schedule: { type: 'cosine', minimum: 0 },
    ...{ batchSize: 64, epochs },
  },
  data: { idx: train },
});

/** `least`: the share that is promised. */
const networks = [
  {
    ...{ name: '784-128-10', least: 0.98 },
    document: classifier(
      [28, 28],
      [{ type: 'dense', units: 128, activation: 'relu', init: 'heUniform' }, outputs],
      12,
    ),
  },
  {
    ...{ name: 'conv 5×5×8, pool, conv 5×5×16, pool, dense 10', least: 0.988 },
    document: classifier(
      [28, 28, 1],
      [conv(8), pool, conv(16), pool, { type: 'flatten' }, outputs],
      8,
    ),
  },
];

/** Share of the labels beside which the largest output stands. @param {string} labels @param {readonly (readonly number[])[]} told */
function shareRight(labels, told) {
  const expected = readFileSync(labels).subarray(LABELS);
  const right = told.filter((row, i) => row.indexOf(Math.max(...row)) === expected[i]);
  return right.length / expected.length;
}

/** @param {{ wide: boolean, node?: string }} options @returns {Promise<boolean>} whether all are as good as they must be */
export async function benchAccuracy(options) {
  await bundleAll();
  const folder = await needDigits();
  const nodes = await ourNodes(options);
  const { node } = nodes[nodes.length - 1];
  const results = [];
  for (const { name, least, document } of networks) {
    const { epochs } = document.training;
    const [file, trained] = ['accuracy.nn.json', 'accuracy.trained.nn.json'].map(each =>
      join(folder, each),
    );
    writeFileSync(file, JSON.stringify(document));
    const nabla = (/** @type {string[]} */ ...args) =>
      ask({ command: node, args: [bundleFile('cli'), ...args] }, PATIENCE);
    const start = performance.now();
    await nabla('train', file, '--json', '--out', trained);
    const seconds = (performance.now() - start) / 1000;
    const written = JSON.parse(readFileSync(trained, 'utf8'));
    writeFileSync(trained, JSON.stringify({ ...written, data: { idx: test } }));
    const answer = await nabla('predict', trained, '--data', '--json');
    const share = shareRight(join(folder, test.labels), answer.outputs);
    say(`${name}: ${(100 * share).toFixed(2)} % in ${digits(seconds)} s`);
    results.push({ name, epochs, seconds, share, least });
  }
  const rows = results.map(({ name, epochs, seconds, share, least }) => [
    ...[name, String(epochs), digits(seconds)],
    ...[(100 * share).toFixed(2), `≥ ${100 * least}`, share >= least ? 'kept' : 'missed'],
  ]);
  const heads = ['MNIST', 'epochs', 'seconds', 'test digits right, %', 'promised', 'verdict '];
  console.log(`\n${table(heads, rows)}`);
  return results.every(({ share, least }) => share >= least);
}
