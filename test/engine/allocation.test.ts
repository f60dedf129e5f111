/** A training step allocates nothing: no array, no view, no object. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { buildSync } from 'esbuild';
import { afterEach, expect, test } from 'vitest';
import { narrow, reference, reference32, wide } from './engines';
import { imageData, imageNetwork } from './imageNetworks';
import { dense, network, randomDataset, TANGLED } from './networks';

const restore: (() => void)[] = [];
afterEach(() => restore.splice(0).forEach(undo => undo()));

/** Counts the buffers and views that are made from now on. */
function countBuffers(): { count: number } {
  const made = { count: 0 };
  const watch = (holder: object, name: string): void => {
    const original = Reflect.get(holder, name) as (...args: unknown[]) => object;
    const spy = new Proxy(original, {
      construct(target, args, newTarget) {
        made.count += 1;
        return Reflect.construct(target, args, newTarget) as object;
      },
      apply(target, self, args) {
        made.count += 1;
        return Reflect.apply(target, self, args) as object;
      },
    });
    Reflect.set(holder, name, spy);
    restore.push(() => Reflect.set(holder, name, original));
  };
  for (const name of ['ArrayBuffer', 'Float32Array', 'Float64Array', 'Uint32Array']) {
    watch(globalThis, name);
  }
  const views = Object.getPrototypeOf(Float64Array.prototype) as object;
  for (const name of ['subarray', 'slice', 'map', 'filter']) watch(views, name);
  return made;
}

const variants = [
  [reference32, 'sgd', 16],
  [reference, 'adamw', 16],
  [reference32, 'rmsprop', 'all'],
  [narrow, 'sgd', 16],
  [wide, 'adamw', 1],
  [narrow, 'rmsprop', 'all'],
] as const;

const named = variants.map(([engine, ...rest]) => [engine.name, ...rest, engine] as const);

test.each(named)('no buffer and no view: %s, %s, batch %s', (_, type, batchSize, engine) => {
  const net = network(4, [dense(9, 'gelu'), dense(8, 'tanh'), dense(3, 'softmax')], {
    loss: { type: 'crossEntropy' },
    regularization: { l1: 0.01 },
    optimizer: { type, momentum: 0.9, learningRate: 0.001 },
    training: { batchSize },
  });
  const trainer = engine.create(net, randomDataset(1000, 4, 3, 'oneHot'));
  const made = countBuffers();
  new Float64Array(4).subarray(1);
  expect(made.count).toBe(2); // it counts
  const steps = batchSize === 'all' ? 1 : 50;
  while (trainer.step < steps) trainer.run({ steps: 1, expired: () => true });
  expect(made.count).toBe(2);
});

test.each([reference32, narrow])('no buffer and no view with branches: $name', ({ create }) => {
  const net = network(3, TANGLED, { training: { batchSize: 16 } });
  const trainer = create(net, randomDataset(1000, 3, 2));
  const made = countBuffers();
  while (trainer.step < 50) trainer.run({ steps: 1, expired: () => true });
  expect(made.count).toBe(0);
});

test('no buffer and no view over images', () => {
  const net = imageNetwork();
  const training = { ...net.training, batchSize: 16 };
  const trainer = narrow.create({ ...net, training }, imageData(net, 1000));
  const made = countBuffers();
  while (trainer.step < 50) trainer.run({ steps: 1, expired: () => true });
  expect(made.count).toBe(0);
});

const probed = test.each([
  ['reference', 'chain'],
  ['reference', 'branches'],
  ['wasm', 'chain'],
  ['wasm', 'branches'],
]);

probed(
  'the heap does not grow by as much as one view a step: %s, %s',
  { timeout: 60_000 },
  (...asked) => {
    const folder = mkdtempSync(join(tmpdir(), 'allocation-'));
    restore.push(() => rmSync(folder, { recursive: true }));
    const outfile = join(folder, 'probe.cjs');
    buildSync({
      entryPoints: [fileURLToPath(new URL('./allocationProbe.ts', import.meta.url))],
      outfile,
      bundle: true,
      loader: { '.wasm': 'binary' },
      target: 'node20',
      mainFields: ['module', 'main'],
      platform: 'node',
    });
    // Functions are optimised when their turn comes, however busy the machine is.
    const flags = ['--expose-gc', '--max-semi-space-size=256', '--no-concurrent-recompilation'];
    const text = execFileSync(process.execPath, [...flags, outfile, ...asked], {
      encoding: 'utf8',
    });
    const found = JSON.parse(text) as { step: number; stepWithOneView: number };
    // A view takes about 100 bytes; the few intermediate numbers of a step of the reference take less.
    expect(found.stepWithOneView - found.step).toBeGreaterThan(60);
    expect(found.step).toBeLessThan(asked[0] === 'wasm' ? 8 : 80);
  },
);
