import { gzipSync } from 'node:zlib';
import { expect, it } from 'vitest';
import { loadDataset } from '../../src/data/load';
import { mostTrainingSamples } from '../../src/data/mostSamples';
import type { Data, DataSource } from '../../src/network/network';
import { parseNetwork } from '../../src/network/parse';
import { inferShapes } from '../../src/network/shapes';

const dataOf = (source: DataSource, validation = 0): Data => ({
  source,
  validation,
  normalize: 'none',
});

const csv: DataSource = { type: 'csv', path: 'a.csv', target: 'y' };
const samples = Array.from({ length: 10 }, () => ({ x: [1], y: [1] }));

it('is what the network says of its data, less the part for validation', () => {
  expect(mostTrainingSamples(dataOf({ type: 'inline', samples }), {})).toBe(10);
  expect(mostTrainingSamples(dataOf({ type: 'inline', samples }, 0.25), {})).toBe(8);
  const generator: DataSource = { type: 'generator', name: 'moons', samples: 300, noise: 0 };
  expect(mostTrainingSamples(dataOf(generator, 0.5), {})).toBe(150);
});

it('is the lines of a CSV file', () => {
  expect(mostTrainingSamples(dataOf(csv), { 'a.csv': 'x,y\n1,2\n3,4' })).toBe(3);
  expect(mostTrainingSamples(dataOf(csv), { 'a.csv': '' })).toBe(1);
});

it('is the lines of its bytes, too', () => {
  const bytes = new TextEncoder().encode('x,y\n1,2\n3,ü\n');
  expect(mostTrainingSamples(dataOf(csv), { 'a.csv': bytes })).toBe(4);
});

it('is the number of labels of IDX files, packed or not', () => {
  const idx: DataSource = { type: 'idx', images: 'i', labels: 'l' };
  const labels = new Uint8Array(8 + 700);
  expect(mostTrainingSamples(dataOf(idx, 0.5), { l: labels })).toBe(350);
  expect(mostTrainingSamples(dataOf(idx), { l: gzipSync(labels) })).toBe(700);
  expect(mostTrainingSamples(dataOf(idx), { l: Uint8Array.of(1, 2) })).toBe(0);
  expect(mostTrainingSamples(dataOf(idx), {})).toBe(0);
});

it('is nothing where nothing tells', () => {
  expect(mostTrainingSamples(undefined, {})).toBe(0);
  expect(mostTrainingSamples(dataOf(csv), {})).toBe(0);
});

it('is never less than what is then trained on', () => {
  const text = JSON.stringify({
    version: 1,
    input: { shape: [1] },
    layers: [{ type: 'dense', units: 1, activation: 'linear' }],
    loss: { type: 'meanSquaredError' },
    data: { csv: 'a.csv', target: 'y', validation: 0.3 },
  });
  const { network } = parseNetwork(text);
  const files = { 'a.csv': `x,y\n${'1,2\n'.repeat(17)}` };
  const { dataset } = loadDataset(network!, inferShapes(network!), files);
  expect(mostTrainingSamples(network!.data, files)).toBeGreaterThanOrEqual(
    dataset!.training.length,
  );
});
