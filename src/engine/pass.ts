/**
 * A pass: forward and backward through a plan, tile by tile.
 *
 * A tile is at most `plan.batchRows` samples. Gradients add up over the tiles of a batch; activations,
 * weighted inputs and deltas are those of the latest tile.
 */
import type { Dataset } from '../data/dataset';
import { copyInputs } from '../data/inputs';
import type { Network } from '../network/network';
import type { Arena, OperationViews } from './arena';
import type { TrainingPlace } from './dropout';
import type { Kernels } from './kernels/kernels';
import { ruleOf } from './layers/layers';
import type { Numbers } from './numbers';
import { hasPenalty, penaltyScale } from './penalty';

export class Pass {
  readonly arena: Arena;
  readonly kernels: Kernels;
  readonly #network: Network;
  readonly #last: OperationViews;

  constructor(network: Network, arena: Arena, kernels: Kernels) {
    this.#network = network;
    this.arena = arena;
    this.kernels = kernels;
    this.#last = arena.operations[arena.operations.length - 1];
  }

  /** Output of the network for the latest tile (rows, outputSize). */
  get output(): Numbers {
    return this.#last.output;
  }

  /** Copies `rows` samples, `order[start]` first, into the batch buffers. */
  gather(dataset: Dataset, order: Uint32Array, start: number, rows: number): void {
    const { inputSize, outputSize } = dataset;
    const { inputs, targets } = this.arena;
    for (let r = 0; r < rows; r++) {
      const sample = order[start + r];
      copyInputs(dataset, sample, inputs, r * inputSize);
      const y = sample * outputSize;
      for (let k = 0; k < outputSize; k++) targets[r * outputSize + k] = dataset.targets[y + k];
    }
  }

  /**
   * x (rows, inputSize) in the batch buffer → every z and a.
   *
   * @param place of the samples in a training; absent where the network is only looked at: then nothing is dropped
   */
  forward(rows: number, place?: TrainingPlace): void {
    const { operations } = this.arena;
    for (let i = 0; i < operations.length; i++) {
      ruleOf(operations[i]).forward(operations[i], this.kernels, rows, place);
    }
  }

  /** Σ of the sample losses of the tile. No reduction, no penalty. */
  loss(rows: number): number {
    const { weightedInput: z, output: a, operation } = this.#last;
    return this.kernels.loss(this.#network.loss, z, a, this.arena.targets, rows, operation.units);
  }

  clearGradients(): void {
    this.arena.gradients.fill(0);
  }

  /** After `forward`: adds the gradient of factor × Σ sample losses. */
  backward(rows: number, factor: number): void {
    const { operations, targets } = this.arena;
    const { outputGradient: dy, delta, output: a, operation } = this.#last;
    let deltaKnown = this.kernels.lossGradient(
      this.#network.loss,
      dy,
      delta,
      a,
      targets,
      factor,
      rows,
      operation.units,
    );
    for (let i = operations.length - 1; i >= 0; i--) {
      const views = operations[i];
      if (!views.operation.reached) continue;
      ruleOf(views).backward(views, this.kernels, rows, deltaKnown);
      deltaKnown = false;
    }
  }

  /** Adds the gradient of the penalty over a batch of `samples`. */
  penaltyBackward(samples: number): void {
    const { regularization } = this.#network;
    if (!hasPenalty(regularization)) return;
    const scale = penaltyScale(regularization, samples);
    const { parameterViews } = this.arena;
    for (let i = 0; i < parameterViews.length; i++) {
      const { table, gradients, values } = parameterViews[i];
      if (!table.penalised) continue;
      const { l2, l1 } = regularization;
      this.kernels.penaltyGradient(gradients, values, scale * l2, scale * l1);
    }
  }
}
