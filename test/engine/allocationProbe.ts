/**
 * Measures, in a process of its own, how many bytes of heap a training step takes: printed as JSON. Arguments: an engine
 * ("reference" or "wasm") and a shape ("chain", or "branches" for a network with merges).
 * Started with --expose-gc and a young generation so large that nothing is collected meanwhile.
 */
import { narrow, reference32 } from './engines';
import { dense, merge, network, randomDataset } from './networks';

const STEPS = 1000;
const ROUNDS = 12;

const chain = [dense(16, 'relu'), dense(12, 'relu'), dense(4, 'linear')];
const branches = [
  dense(16, 'relu', { id: 'a' }),
  dense(16, 'relu', { id: 'b' }),
  merge('add', 16, ['a', 'b'], 'relu', 'sum'),
  merge('concat', 38, ['sum', 'input', 'b']),
  dense(4, 'linear'),
];

const [name, shape] = process.argv.slice(2);
const engine = name === 'wasm' ? narrow : reference32;

const net = network(6, shape === 'branches' ? branches : chain, {
  regularization: { l2: 0.01 },
  optimizer: { type: 'adam', learningRate: 1e-3 },
  training: { batchSize: 8 },
});

/**
 * Bytes a step, `extra` being called as often as steps are made: the least of several rounds, because a function that has
 * not been optimised yet puts intermediate results on the heap. What is really allocated is there in
 * every round.
 */
function measure(extra: () => void): number {
  const trainer = engine.create(net, randomDataset(8 * STEPS * (ROUNDS + 1), 6, 4));
  let asked = trainer.step;
  // WebAssembly makes many steps before it asks.
  const expired = (): boolean => {
    for (; asked < trainer.step; asked++) extra();
    return false;
  };
  let least = Infinity;
  for (let round = 0; round < ROUNDS; round++) {
    (globalThis as unknown as { gc(): void }).gc();
    const before = process.memoryUsage().heapUsed;
    trainer.run({ steps: STEPS, expired });
    least = Math.min(least, (process.memoryUsage().heapUsed - before) / STEPS);
  }
  return least;
}

const views = [new Float32Array(64)];
// What is called once in many steps is compiled after many calls.
if (name === 'wasm') measure(() => undefined);
const step = measure(() => undefined);
const stepWithOneView = measure(() => {
  views[0] = views[0].subarray(0);
});
console.log(JSON.stringify({ step, stepWithOneView }));
