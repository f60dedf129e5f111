/** Every engine behind the trainer contract, each with the trainer that it makes: one suite for all of them. */
import { setFlagsFromString } from 'node:v8';
import type { Dataset } from '../../src/data/dataset';
import { checkSizes } from '../../src/engine/fit';
import { createTrainer } from '../../src/engine/referenceTrainer';
import { SteppingTrainer, type MakeMachine } from '../../src/engine/steppingTrainer';
import type { Trainer } from '../../src/engine/trainer';
import { loadBackend, type Backend } from '../../src/engine/wasm/backends';
import { createWasmMachine } from '../../src/engine/wasm/machine';
import type { StartHelper, TeamOptions } from '../../src/engine/wasm/team';
import type { Network, Precision } from '../../src/network/network';
import { inferShapes } from '../../src/network/shapes';
import { startHelper } from '../../src/node/helperThreads';

export interface Engine {
  readonly name: string;
  readonly precision: Precision;
  /** As `createTrainer` of the reference; the network is taken in the engine's precision. */
  create(network: Network, dataset: Dataset, initial?: Float64Array, now?: Float64Array): Trainer;
  /** As the engine holds them. */
  held(numbers: Float64Array): Float64Array;
  /** Decimal places that a number up to `size` agrees in, which agrees in `exact` places in float64. */
  digits(exact: number, size?: number): number;
}

export function inPrecision(network: Network, precision: Precision): Network {
  return { ...network, training: { ...network.training, precision } };
}

function referenceIn(precision: Precision): Engine {
  return {
    name: `reference ${precision}`,
    precision,
    create: (network, ...rest) => createTrainer(inPrecision(network, precision), ...rest),
    held: numbers => heldIn(precision, numbers),
    digits: (exact, size) => digitsOf(precision, exact, size),
  };
}

function heldIn(precision: Precision, numbers: Float64Array): Float64Array {
  return precision === 'float64' ? numbers : Float64Array.from(Float32Array.from(numbers));
}

/** A float32 has 24 bits: half a unit in its last place is 6e-8 of the number, and a few of them add up. */
function digitsOf(precision: Precision, exact: number, size = 1): number {
  return precision === 'float64' ? exact : Math.min(exact, 6 - Math.ceil(Math.log10(size)));
}

/**
 * Lets this process run the modules whose products are fused with sums: Node 20 has their instruction behind a flag, which
 * later ones do not know.
 */
export function allowRelaxed(): void {
  if (Number(process.versions.node.split('.')[0]) < 22)
    setFlagsFromString('--experimental-wasm-relaxed-simd');
}

/** @throws Error where the module cannot run: the tests have a Node that can */
export function backendOf(name: Backend['name']): Backend {
  if (name.startsWith('relaxed')) allowRelaxed();
  const backend = loadBackend(name);
  if (!backend) throw new Error(`This Node cannot run ${name}.`);
  return backend;
}

/** The threads of the latest memory, as in the product: older ones are left to those who have them. */
let started: { memory: unknown; stop: () => void }[] = [];

export const start: StartHelper = work => {
  for (const { stop } of started.filter(({ memory }) => memory !== work.memory)) stop();
  started = started.filter(({ memory }) => memory === work.memory);
  const stop = startHelper(work, reason => {
    throw new Error(reason);
  });
  started.push({ memory: work.memory, stop });
  return stop;
};

/** With threads that take part in the smallest things. */
export function threaded(name: Backend['name'], threads: number): Engine {
  return wasmOf(name, { threads, start, least: 1, rest: 0 });
}

function wasmOf(name: Backend['name'], team?: TeamOptions): Engine {
  return {
    name: `wasm ${name}${team ? `, ${team.threads} threads` : ''}`,
    precision: 'float32',
    create(given, dataset, initial, now) {
      const network = inPrecision(given, 'float32');
      const shapes = inferShapes(network);
      checkSizes(dataset, shapes.inputSize, shapes.outputSize);
      const report = { backend: `wasm ${name}`, reason: 'the test asks for it' };
      const make: MakeMachine = to => {
        const machine = createWasmMachine(to, shapes, dataset, backendOf(name), team);
        machine.gatherThreads();
        return { machine, report };
      };
      return new SteppingTrainer(network, dataset, make, initial, now);
    },
    held: numbers => heldIn('float32', numbers),
    digits: (exact, size) => digitsOf('float32', exact, size),
  };
}

export const reference = referenceIn('float64');
export const reference32 = referenceIn('float32');
export const narrow = wasmOf('plain-4x8');
export const wide = wasmOf('plain-4x16');

/** With products that are fused with sums. */
export const fusedNarrow = wasmOf('relaxed-4x8');
export const fusedWide = wasmOf('relaxed-4x16');

export const wasmEngines: readonly Engine[] = [narrow, wide];
export const float32Engines: readonly Engine[] = [reference32, ...wasmEngines];
export const engines: readonly Engine[] = [reference, ...float32Engines];

/** Parameters, moments and the optimizer's clock, to the bit. */
export function stateOf(trainer: Trainer): string {
  const { moments, clock } = trainer.readOptimizerState();
  return [trainer.readParameters(), ...moments, Float64Array.of(clock.beta1Power, clock.beta2Power)]
    .map(values => Buffer.from(values.buffer).toString('base64'))
    .join();
}

/**
 * Exactly `steps` updates in all, however often a call ends before; answers how many calls that took.
 *
 * @param most updates of a call
 */
export function runTo(
  trainer: Trainer,
  steps: number,
  expired?: () => boolean,
  most = Infinity,
): number {
  let calls = 0;
  while (trainer.step < steps) {
    const outcome = trainer.run({ steps: Math.min(most, steps - trainer.step), expired });
    if (outcome.type === 'diverged') throw new Error(JSON.stringify(outcome));
    calls += 1;
  }
  return calls;
}
