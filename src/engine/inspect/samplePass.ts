/** One sample through the network and back, in float64, with every number kept. */
import type { Dataset } from '../../data/dataset';
import type { Loss, Network } from '../../network/network';
import type { NetworkShapes } from '../../network/shapes';
import { createArena } from '../arena';
import { createReferenceKernels } from '../kernels/reference';
import { fusedOutputSlope, lossFunctions, lossShares } from '../losses';
import { Pass } from '../pass';
import { compile } from '../plan';

/** Numbers of one layer, each (units). */
export interface LayerNumbers {
  readonly z: Float64Array;
  readonly activation: Float64Array;
  /** ∂C/∂z */
  readonly delta: Float64Array;
  /** ∂C/∂a */
  readonly outputGradient: Float64Array;
}

/** C is the sample's own loss: no reduction, no penalty. */
export interface SamplePass {
  readonly parameters: Float64Array;
  readonly index: number;
  readonly input: Float64Array;
  readonly target: Float64Array;
  readonly loss: number;
  /** Each output's share of the loss. */
  readonly shares: readonly number[];
  readonly layers: readonly LayerNumbers[];
  /** ∂C/∂parameter in the file's order. */
  readonly gradient: Float64Array;
}

/** Activations of a layer; −1 is the input. */
export function activationsOf(sample: SamplePass, layer: number): Float64Array {
  return layer === -1 ? sample.input : sample.layers[layer].activation;
}

/** A pass in float64 over batches of at most `rows` samples. It makes no step: the optimizer's moments have no room in it. */
export function createFloat64Pass(network: Network, shapes: NetworkShapes, rows: number): Pass {
  const { training } = network;
  const optimizer = { ...training.optimizer, type: 'sgd' as const, momentum: 0 };
  const stepless = { ...network, training: { ...training, optimizer } };
  const arena = createArena(compile(stepless, shapes, rows, 'float64'));
  return new Pass(network, arena, createReferenceKernels('float64', arena.scratch));
}

/**
 * @param pass of height 1, whose parameters are set here
 * @param parameters kept as they are: the caller does not change them afterwards
 */
export function runSample(
  network: Network,
  dataset: Dataset,
  pass: Pass,
  parameters: Float64Array,
  index: number,
): SamplePass {
  const { arena } = pass;
  arena.parameters.set(parameters);
  pass.gather(dataset, Uint32Array.of(index), 0, 1);
  pass.forward(1);
  pass.clearGradients();
  pass.backward(1, 1);
  const target = Float64Array.from(arena.targets);
  const layers = arena.operations.map(views => ({
    z: Float64Array.from(views.weightedInput),
    activation: Float64Array.from(views.output),
    delta: Float64Array.from(views.delta),
    outputGradient: Float64Array.from(views.outputGradient),
  }));
  const { z, activation, outputGradient } = layers[layers.length - 1];
  fillFusedOutputGradient(network.loss, outputGradient, activation, target);
  const shares = lossShares(network.loss, z, activation, target);
  return {
    parameters,
    index,
    input: Float64Array.from(arena.inputs),
    target,
    loss: pass.loss(1),
    shares,
    layers,
    gradient: new Float64Array(arena.gradients),
  };
}

/**
 * ∂C/∂a of a fused loss, which training never computes. Infinite where a is 0 or 1 to the last digit and the target
 * is not.
 */
function fillFusedOutputGradient(
  loss: Loss,
  outputGradient: Float64Array,
  a: Float64Array,
  y: Float64Array,
): void {
  const { fusedWith } = lossFunctions[loss.type];
  if (fusedWith === undefined) return;
  for (let j = 0; j < a.length; j++) outputGradient[j] = fusedOutputSlope(fusedWith, a[j], y[j]);
}
