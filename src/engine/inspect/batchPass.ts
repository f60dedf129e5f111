/**
 * The whole training part through the network and back, in float64: gradients and, for every neuron,
 * what its activations and deltas look like over the samples. Resumable, tile by tile.
 *
 * Deltas and own gradients are those of each sample's own loss; reduction and penalty come on top.
 */
import type { Dataset } from '../../data/dataset';
import type { Network } from '../../network/network';
import { elementActivations } from '../activations';
import type { OperationViews } from '../arena';
import { reductionFactor, sampleLoss } from '../losses';
import type { Numbers } from '../numbers';
import type { Pass } from '../pass';
import {
  hasPenalty,
  penalty,
  penaltyDerivative,
  penaltyScale,
  penaltySums,
  type PenaltySums,
} from '../penalty';
import { addPerceptronTerms, isPerceptron } from './perceptron';
import { Summary } from './statistics';

/** Samples whose own numbers are kept. */
const KEPT_SAMPLES = 8;
/** |f′(z)| below this is called saturated. */
export const SATURATED = 0.01;
/** |∂C/∂a| above this: the output is off by a quarter of the range of a sigmoid, or more. */
const WRONG = 0.5;

/** One neuron over all samples. Inputs have outputs only. */
export interface NeuronSummary {
  readonly output: Summary;
  readonly weightedInput: Summary;
  readonly delta: Summary;
  /** Samples with |f′(z)| < 0.01, and with f′(z) = 0. */
  saturated: number;
  dead: number;
  /** Saturated ones with |∂C/∂a| above 0.5. Of outputs with a loss that is no cross-entropy: far off, and stuck there. */
  wrong: number;
}

/** One of the first samples: its loss and targets, and per layer its activations and deltas. */
export interface KeptSample {
  readonly index: number;
  readonly loss: number;
  readonly targets: Float64Array;
  /** Input first: one more than there are layers. */
  readonly activations: readonly Float64Array[];
  readonly deltas: readonly Float64Array[];
}

export class BatchPass {
  readonly parameters: Float64Array;
  /** Input first: one more than there are layers. */
  readonly neurons: readonly (readonly NeuronSummary[])[];
  readonly kept: KeptSample[] = [];
  /** Σ (a − y) x over samples in the file's order, for the perceptron rule. Valid when complete. */
  readonly perceptronTerms: Float64Array | undefined;
  readonly #network: Network;
  readonly #dataset: Dataset;
  readonly #pass: Pass;
  #lossSum = 0;
  #done = 0;
  #gradient: Float64Array | undefined;
  #penaltySums: PenaltySums | undefined;

  /**
   * @param pass kept for this batch alone until it is complete
   * @param parameters kept as they are: the caller does not change them afterwards
   */
  constructor(network: Network, dataset: Dataset, pass: Pass, parameters: Float64Array) {
    this.#network = network;
    this.#dataset = dataset;
    this.#pass = pass;
    this.parameters = parameters;
    if (isPerceptron(network)) this.perceptronTerms = new Float64Array(parameters.length);
    const { plan } = pass.arena;
    const sizes = [plan.inputSize, ...plan.operations.map(({ units }) => units)];
    this.neurons = sizes.map(units => Array.from({ length: units }, newSummary));
    pass.arena.parameters.set(parameters);
    pass.clearGradients();
  }

  get samples(): number {
    return this.#dataset.training.length;
  }

  /** data = factor × Σ over samples. */
  get reductionFactor(): number {
    const { outputSize } = this.#pass.arena.plan;
    return reductionFactor(this.#network.loss.reduction, this.samples, outputSize);
  }

  /** Σ of the sample losses. */
  get lossSum(): number {
    return this.#lossSum;
  }

  get penaltySums(): PenaltySums {
    const { parameterTables } = this.#pass.arena.plan;
    return (this.#penaltySums ??= penaltySums(this.parameters, parameterTables));
  }

  get penalty(): number {
    const { regularization } = this.#network;
    return hasPenalty(regularization) ? penalty(regularization, this.samples, this.penaltySums) : 0;
  }

  /** The displayed loss; NaN without samples. */
  get loss(): number {
    if (this.samples === 0) return NaN;
    return this.reductionFactor * this.#lossSum + this.penalty;
  }

  /** Works on; false when `expired` ended it before the end. */
  run(expired?: () => boolean): boolean {
    const { training } = this.#dataset;
    while (this.#done < training.length) {
      const { batchRows } = this.#pass.arena.plan;
      this.#tile(Math.min(batchRows, training.length - this.#done));
      if (this.#done < training.length && expired?.()) return false;
    }
    return true;
  }

  /** Σ over samples of their own gradients, in the file's order. Valid when complete. */
  get ownGradients(): Numbers {
    return this.#pass.arena.gradients;
  }

  /** ∂penalty/∂parameter at a place in the file's order. */
  penaltyGradient(index: number): number {
    const { parameterTables } = this.#pass.arena.plan;
    const table = parameterTables.find(t => index < t.offset + t.length);
    if (!table?.penalised) return 0;
    const { regularization } = this.#network;
    const scale = penaltyScale(regularization, this.samples);
    return penaltyDerivative(regularization, scale, this.parameters[index]);
  }

  /** ∂C/∂parameter of the displayed loss, in the file's order; NaN without samples. */
  get gradient(): Float64Array {
    this.#gradient ??= this.#wholeGradient();
    return this.#gradient;
  }

  /** Table by table: there may be millions, and all at once no place is looked up. */
  #wholeGradient(): Float64Array {
    const { regularization } = this.#network;
    const factor = this.samples === 0 ? NaN : this.reductionFactor;
    const scale = penaltyScale(regularization, this.samples);
    const gradient = new Float64Array(this.ownGradients);
    for (const { offset, length, penalised } of this.#pass.arena.plan.parameterTables) {
      for (let i = offset; i < offset + length; i++) {
        const added = penalised ? penaltyDerivative(regularization, scale, this.parameters[i]) : 0;
        gradient[i] = factor * gradient[i] + added;
      }
    }
    return gradient;
  }

  #tile(rows: number): void {
    const pass = this.#pass;
    pass.gather(this.#dataset, this.#dataset.training, this.#done, rows);
    pass.forward(rows);
    this.#lossSum += pass.loss(rows);
    pass.backward(rows, 1);
    const { arena } = pass;
    if (this.perceptronTerms) addPerceptronTerms(this.perceptronTerms, arena, rows);
    summariseInputs(this.neurons[0], arena.inputs, rows);
    arena.operations.forEach((views, i) => summarise(this.neurons[i + 1], views, rows));
    for (let r = 0; r < rows && this.kept.length < KEPT_SAMPLES; r++) this.#keep(r);
    this.#done += rows;
  }

  #keep(row: number): void {
    const { inputs, operations, targets, plan } = this.#pass.arena;
    const rowOf = (values: Numbers, width: number): Float64Array =>
      Float64Array.from(values.subarray(row * width, (row + 1) * width));
    const last = operations[operations.length - 1];
    const { outputSize: width } = plan;
    const { weightedInput: z, output: a } = last;
    this.kept.push({
      index: this.#dataset.training[this.#done + row],
      loss: sampleLoss(this.#network.loss, z, a, targets, row * width, width),
      targets: rowOf(targets, width),
      activations: [
        rowOf(inputs, plan.inputSize),
        ...operations.map(views => rowOf(views.output, views.operation.units)),
      ],
      deltas: operations.map(views => rowOf(views.delta, views.operation.units)),
    });
  }
}

function newSummary(): NeuronSummary {
  return {
    output: new Summary(),
    weightedInput: new Summary(),
    delta: new Summary(),
    saturated: 0,
    dead: 0,
    wrong: 0,
  };
}

function summariseInputs(neurons: readonly NeuronSummary[], x: Numbers, rows: number): void {
  for (let i = 0; i < rows * neurons.length; i++) neurons[i % neurons.length].output.add(x[i]);
}

function summarise(neurons: readonly NeuronSummary[], views: OperationViews, rows: number): void {
  const { operation, weightedInput: z, output: a, outputGradient, delta } = views;
  for (let i = 0; i < rows * operation.units; i++) {
    const neuron = neurons[i % operation.units];
    neuron.output.add(a[i]);
    neuron.weightedInput.add(z[i]);
    neuron.delta.add(delta[i]);
    const slope = activationSlope(operation.activation, z[i], a[i]);
    if (Math.abs(slope) < SATURATED) {
      neuron.saturated += 1;
      if (Math.abs(outputGradient[i]) > WRONG) neuron.wrong += 1;
    }
    if (slope === 0) neuron.dead += 1;
  }
}

/** f′(z); for softmax ∂a_j/∂z_j = a_j(1 − a_j). */
export function activationSlope(
  name: OperationViews['operation']['activation'],
  z: number,
  a: number,
): number {
  return name === 'softmax' ? a * (1 - a) : elementActivations[name].derivative(z, a);
}
