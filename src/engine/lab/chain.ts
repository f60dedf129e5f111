/**
 * Backpropagation written out plainly, sample by sample, with factors that can be left out: what a rule of the lab
 * computes, and what it is compared with. Forward is the engine's own; backward shares nothing with it.
 */
import type { Dataset } from '../../data/dataset';
import type { Network } from '../../network/network';
import { inferShapes } from '../../network/shapes';
import { elementActivations, softmaxBackwardRow } from '../activations';
import { createArena, type Arena, type OperationViews } from '../arena';
import { createReferenceKernels } from '../kernels/reference';
import { fusedDeltaRow, fusedOutputSlope, lossFunctions } from '../losses';
import type { Numbers } from '../numbers';
import { Pass } from '../pass';
import { compile } from '../plan';

/** What is left out of the chain rule. Layers count as in the file. */
export interface Chain {
  /** f′ of this layer is left out of the gradient of its own parameters. */
  readonly ownDropped: ReadonlySet<number>;
  /** f′ of this layer is left out of what it hands on to the layers before. */
  readonly passedDropped: ReadonlySet<number>;
  /** δ goes through W, not Wᵀ, where W is square. */
  readonly transposed: boolean;
  /** Biases take the δ of the last sample, not the sum. */
  readonly lastBias: boolean;
  /** The squared error's ½ or 2 is left out. */
  readonly otherHalf: boolean;
}

/** Every z and a of a batch, and gradients from them with this or that factor left out. */
export class Chains {
  readonly #network: Network;
  readonly #arena: Arena;
  readonly #rows: number;

  constructor(network: Network, dataset: Dataset, samples: Uint32Array, parameters: Float64Array) {
    this.#network = network;
    this.#rows = samples.length;
    this.#arena = createArena(compile(network, inferShapes(network), this.#rows, 'float64'));
    const pass = new Pass(
      network,
      this.#arena,
      createReferenceKernels('float64', this.#arena.scratch),
    );
    this.#arena.parameters.set(parameters);
    pass.gather(dataset, samples, 0, this.#rows);
    pass.forward(this.#rows);
  }

  /** Whether every input of every sample is 0: the weights that take them get no gradient. */
  get hasNoInput(): boolean {
    return this.#arena.inputs.every(x => x === 0);
  }

  /** Whether f′(z) of this layer is 1 for every neuron on every sample. Of a softmax, which has a Jacobian, never. */
  hasUnitSlopes(layer: number): boolean {
    const views = this.#arena.operations.find(({ operation }) => operation.layer === layer);
    const activation = views?.operation.activation;
    if (!views || !activation || activation === 'softmax') return false;
    const { derivative } = elementActivations[activation];
    return views.weightedInput.every((z, i) => derivative(z, views.output[i]) === 1);
  }

  /** Σ over the samples of the gradients of their losses, in the file's order: no reduction, no penalty. */
  gradient(chain: Chain): Float64Array {
    const { gradients, operations } = this.#arena;
    gradients.fill(0);
    for (let row = 0; row < this.#rows; row++) {
      for (const { outputGradient } of operations) outputGradient.fill(0);
      this.#lossGradient(row, chain);
      for (let i = operations.length - 1; i >= 0; i--) {
        if (operations[i].operation.reached) this.#layer(operations[i], row, chain);
      }
    }
    return Float64Array.from(gradients);
  }

  /** ∂C/∂a of the sample into row 0 of the last layer's output gradient. */
  #lossGradient(row: number, { otherHalf }: Chain): void {
    const { operations, targets } = this.#arena;
    const { outputGradient: dy, output, operation } = operations[operations.length - 1];
    const { loss } = this.#network;
    for (let j = 0; j < operation.units; j++) {
      const [a, y] = [output[row * operation.units + j], targets[row * operation.units + j]];
      dy[j] = lossSlope(loss.type, a, y, loss.half !== otherHalf);
    }
  }

  #layer(views: OperationViews, row: number, chain: Chain): void {
    const { layer, units } = views.operation;
    const dy = views.outputGradient.subarray(0, units);
    const slope = this.#withSlope(views, row, dy);
    const own = chain.ownDropped.has(layer) ? dy : slope;
    const passed = chain.passedDropped.has(layer) ? dy : slope;
    if (!('weights' in views)) return handOnParts(views, passed);
    const { weightGradient: dw, biasGradient: db, sources, operation } = views;
    const { inputs } = operation;
    const x = sources[0].values;
    for (let j = 0; j < units; j++) {
      for (let k = 0; k < inputs; k++) dw[j * inputs + k] += own[j] * x[row * inputs + k];
      if (db) db[j] = (chain.lastBias ? 0 : db[j]) + own[j];
    }
    const { gradient: dx } = sources[0];
    if (dx) handOn(dx, views.weights, passed, inputs, chain.transposed && inputs === units);
  }

  /** δ = ∂C/∂z of one sample; with softmax its whole Jacobian, with a fused loss the difference that is left. */
  #withSlope(
    { operation, weightedInput, output }: OperationViews,
    row: number,
    dy: Numbers,
  ): Numbers {
    const { units, activation, layer } = operation;
    const [start, end] = [row * units, (row + 1) * units];
    const z = weightedInput.subarray(start, end);
    const a = output.subarray(start, end);
    const delta = new Float64Array(units);
    const { fusedWith } = lossFunctions[this.#network.loss.type];
    if (fusedWith !== undefined && layer === this.#network.layers.length - 1) {
      const y = this.#arena.targets.subarray(start, end);
      fusedDeltaRow(delta, a, y, 1, fusedWith === 'softmax', 0, units);
    } else if (activation === 'softmax') softmaxBackwardRow(delta, dy, a, 0, units);
    else {
      const { derivative } = elementActivations[activation];
      for (let j = 0; j < units; j++) delta[j] = dy[j] * derivative(z[j], a[j]);
    }
    return delta;
  }
}

/** dx_k += Σ_j w_jk δ_j; transposed: Σ_j w_kj δ_j */
function handOn(
  dx: Numbers,
  w: Numbers,
  delta: Numbers,
  inputs: number,
  transposed: boolean,
): void {
  for (let k = 0; k < inputs; k++) {
    for (let j = 0; j < delta.length; j++) {
      dx[k] += w[transposed ? k * inputs + j : j * inputs + k] * delta[j];
    }
  }
}

/** Each source of a merge gets the part of δ that it has flowed into. */
function handOnParts({ sources }: OperationViews, delta: Numbers): void {
  for (const { source, gradient: dx } of sources) {
    for (let k = 0; dx && k < source.units; k++) dx[k] += delta[source.start + k];
  }
}

/** ∂C/∂a of one output, also of losses that the engine computes from z. */
function lossSlope(type: Network['loss']['type'], a: number, y: number, half: boolean): number {
  const rule = lossFunctions[type];
  return rule.fusedWith === undefined
    ? rule.derivative(a, y, half)
    : fusedOutputSlope(rule.fusedWith, a, y);
}
