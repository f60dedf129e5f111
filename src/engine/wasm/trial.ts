/** Whether the engine computes here as it should, before anybody's network is given to it. */
import type { Dataset } from '../../data/dataset';
import { emptyDataset } from '../../data/emptyDataset';
import type { Network, Optimizer } from '../../network/network';
import { inferShapes } from '../../network/shapes';
import type { NetworkShapes } from '../../network/shapes';
import { initialParameters } from '../initializers';
import type { Machine } from '../machine';
import { createReferenceMachine } from '../referenceMachine';
import type { Backend } from './backends';
import { createWasmMachine } from './machine';

/** Rounding in float32 over a few steps stays far below this. */
const TOLERANCE = 1e-4;

interface Sizes {
  readonly inputs: number;
  readonly width: number;
  readonly outputs: number;
  /** Samples of a batch; there are two of them. */
  readonly batch: number;
  readonly steps: number;
}

/** Batches that are no multiple of four, and widths that fill no panel. */
const SMALL: Sizes = { inputs: 5, width: 9, outputs: 3, batch: 11, steps: 6 };
/** A step takes half a millisecond, once the module is compiled as well as it can be. */
const LARGE: Sizes = { inputs: 256, width: 128, outputs: 16, batch: 32, steps: 0 };

/** Whether it computes as the reference does, but for rounding. */
export function computesRight(backend: Backend): boolean {
  const { network, shapes, dataset } = trial(SMALL);
  const [ours, theirs] = [
    createWasmMachine(network, shapes, dataset, backend),
    createReferenceMachine(network, shapes, dataset),
  ].map(machine => trained(machine, network, dataset, SMALL));
  return ours.every((value, i) => Math.abs(value - theirs[i]) < TOLERANCE);
}

/** A training of the same network by one of several modules, for measuring. */
export interface Contender {
  /** Milliseconds of the fastest step so far. */
  readonly best: number;
  /** One step more. */
  step(): void;
  parameters(): Float64Array;
}

/** @param now milliseconds of a clock */
export function contender(backend: Backend, now: () => number): Contender {
  const { network, shapes, dataset } = trial(LARGE);
  const machine = createWasmMachine(network, shapes, dataset, backend);
  begin(machine, network, dataset);
  let best = Infinity;
  return {
    get best() {
      return best;
    },
    step(): void {
      const start = now();
      machine.work(0, dataset.training.length, LARGE.batch, 1);
      best = Math.min(best, now() - start);
    },
    parameters: () => machine.readParameters(),
  };
}

function begin(machine: Machine, network: Network, { training }: Dataset): void {
  machine.begin(initialParameters(network));
  machine.order.set(training);
}

function trained(
  machine: Machine,
  network: Network,
  dataset: Dataset,
  { batch, steps }: Sizes,
): Float64Array {
  begin(machine, network, dataset);
  const { length } = dataset.training;
  for (let made = 0; made < steps;) {
    const position = (made * batch) % length;
    const now = machine.work(position, length, batch, steps - made);
    if (now === 0) break;
    made += now;
  }
  return machine.readParameters();
}

/** A network with a branch, and samples for it. */
function trial(sizes: Sizes): { network: Network; shapes: NetworkShapes; dataset: Dataset } {
  const network = trialNetwork(sizes);
  const shapes = inferShapes(network);
  return { network, shapes, dataset: trialData(network, shapes, sizes) };
}

function trialNetwork({ inputs, width, outputs, batch }: Sizes): Network {
  const init = { type: 'xavierUniform', value: 0, scale: 1 } as const;
  const dense = { type: 'dense', useBias: true, init, learningRateScale: 1 } as const;
  return {
    version: 1,
    name: 'trial',
    seed: 1,
    input: { shape: [inputs] },
    layers: [
      { ...dense, id: 'a', units: width, activation: 'tanh' },
      { ...dense, id: 'b', from: ['input'], units: width, activation: 'relu' },
      { type: 'add', from: ['a', 'b'], units: width, activation: 'linear' },
      { ...dense, units: outputs, activation: 'sigmoid' },
    ],
    loss: { type: 'meanSquaredError', half: false, reduction: 'mean' },
    regularization: { l2: 0, l1: 0, scale: 'lambda', bias: false },
    training: {
      precision: 'float32',
      optimizer: ADAM,
      schedule: { type: 'constant', every: 1, factor: 1, minimum: 0, warmUp: 0 },
      clip: { norm: null, value: null },
      batchSize: batch,
      epochs: 1,
      shuffle: false,
      stop: { targetLoss: null, patience: null, maxSeconds: null },
    },
  };
}

const ADAM: Optimizer = {
  type: 'adam',
  learningRate: 0.01,
  momentum: 0,
  nesterov: false,
  decay: 0.9,
  beta1: 0.9,
  beta2: 0.999,
  epsilon: 1e-8,
  weightDecay: 0,
};

function trialData(network: Network, shapes: NetworkShapes, sizes: Sizes): Dataset {
  const { inputs, outputs, batch } = sizes;
  const samples = 2 * batch;
  const numbers = (length: number, turn: number): Float64Array =>
    Float64Array.from({ length }, (_, i) => ((i * turn) % 17) / 8 - 1);
  return {
    ...emptyDataset(network, shapes),
    samples,
    inputs: { type: 'numbers', values: numbers(samples * inputs, 5) },
    targets: numbers(samples * outputs, 7),
    training: Uint32Array.from({ length: samples }, (_, i) => i),
  };
}
