/** `prepare FOLDER WORKLOAD`: data, initial weights and the losses of the float64 reference; `prepare.mjs` has the digits. */
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { initialParameters } from '../../../src/engine/initializers';
import type { Trainer } from '../../../src/engine/trainer';
import { Random } from '../../../src/math/random';
import { RACE, SEEDS, documentOf, workloads } from '../workloads.mjs';
import { createTrainer } from './engine';
import { absence, answer, datasetOf, inlineSamples, networkOf, readFloats } from './workload';

const [folder, name] = process.argv.slice(2);

function writeFloats(file: string, values: Iterable<number>): void {
  writeFileSync(join(folder, `${file}.f32`), Float32Array.from(values));
}

function writeXor(): void {
  writeFloats('xor.x', [0, 0, 0, 1, 1, 0, 1, 1]);
  writeFloats('xor.y', [0, 1, 1, 0]);
}

/** 500 points of two arms of 1¾ turns; targets −1 and 1, as tanh has them. */
function writeSpiral(): void {
  const order = Uint32Array.from({ length: 500 }, (_, i) => i);
  new Random(1, 'spiral').shuffle(order);
  const inputs = Array.from(order, i => {
    const radius = ((i >> 1) + 0.5) / 250;
    const angle = 3.5 * Math.PI * radius + (i & 1) * Math.PI;
    return [radius * Math.cos(angle), radius * Math.sin(angle)];
  });
  writeFloats('spiral.x', inputs.flat());
  const targets = Array.from(order, i => (i & 1 ? 1 : -1));
  writeFloats('spiral.y', targets);
}

/** Inputs and targets on [−1, 1). */
function writeNoise(): void {
  const { samples, sizes = [] } = workloads.W5;
  const random = new Random(1, 'noise');
  const draw = (size: number): Float32Array =>
    Float32Array.from({ length: samples * size }, () => 2 * random.uniform() - 1);
  writeFloats('noise.x', draw(sizes[0]));
  writeFloats('noise.y', draw(sizes[sizes.length - 1]));
}

function prepareData(): void {
  const { data } = workloads[name];
  if (data === 'digits' || existsSync(join(folder, `${data}.y.f32`))) return;
  ({ xor: writeXor, spiral: writeSpiral, noise: writeNoise })[data]();
}

/** What IDX files say before their bytes: unsigned bytes, the number of dimensions, and the dimensions. */
function idxHead(...dimensions: number[]): Buffer {
  const head = Buffer.alloc(4 + 4 * dimensions.length);
  head.writeUInt32BE(0x800 + dimensions.length);
  dimensions.forEach((size, i) => head.writeUInt32BE(size, 4 + 4 * i));
  return head;
}

/** The digits as the files that MNIST comes in. */
function writeIdx(images: string, labels: string): void {
  const pixels = readFloats(folder, 'digits.x').map(value => Math.round(255 * value));
  const oneHot = readFloats(folder, 'digits.y');
  const count = oneHot.length / 10;
  const digits = Uint8Array.from({ length: count }, (_, i) => oneHot.indexOf(1, 10 * i) - 10 * i);
  const write = (file: string, head: Buffer, bytes: Uint8Array): void =>
    writeFileSync(join(folder, file), Buffer.concat([head, bytes]));
  write(images, idxHead(count, 28, 28), Uint8Array.from(pixels));
  write(labels, idxHead(count), digits);
}

/** The document for the command line, with data as a person would have them. */
function writeDocument(): void {
  const idx = { images: 'digits-images.idx', labels: 'digits-labels.idx' };
  const isDigits = workloads[name].data === 'digits';
  if (isDigits) writeIdx(idx.images, idx.labels);
  const data = isDigits ? { idx } : { inline: inlineSamples(folder, name, networkOf(name)) };
  writeFileSync(
    join(folder, `${name}.nn.json`),
    JSON.stringify(documentOf(workloads[name], { data })),
  );
}

/** Steps with the epochs' ends among them. */
function makeSteps(trainer: Trainer, steps: number): void {
  while (trainer.step < steps) {
    const outcome = trainer.run({ steps: steps - trainer.step });
    if (outcome.type === 'diverged') throw new Error(`${name} diverged: choose a smaller rate.`);
  }
}

function check(): { start: number; loss: number } {
  const network = networkOf(name, { precision: 'float64' });
  // Those of float32: every contender starts with them.
  const initial = initialParameters(networkOf(name));
  const trainer = createTrainer(network, datasetOf(folder, name, network), {
    ...{ engine: 'reference', initial },
  });
  const start = trainer.evaluation.loss;
  makeSteps(trainer, workloads[name].checkSteps);
  trainer.evaluate();
  return { start, loss: trainer.evaluation.loss };
}

const absent = absence(name);
if (absent) answer({ absent });
else {
  prepareData();
  writeDocument();
  const initial = initialParameters(networkOf(name));
  writeFloats(`${name}.w`, initial);
  if (name === RACE)
    for (const seed of SEEDS)
      writeFloats(`${name}.${seed}.w`, initialParameters(networkOf(name, { seed })));
  answer({ parameters: initial.length, check: check() });
}
