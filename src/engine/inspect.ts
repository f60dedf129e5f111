/**
 * Inspection: any number of a pass, explained by the numbers it comes from.
 *
 * Always in float64 on the parameters as they are, whatever the network trains in. The latest pass of
 * each scope is kept, so that hovering from target to target computes nothing twice.
 */
import type { Dataset } from '../data/dataset';
import type { Network } from '../network/network';
import { inferShapes } from '../network/shapes';
import type { Facts, Scope, Target } from './facts';
import { BatchPass } from './inspect/batchPass';
import { gradientOf, tableOf, type Context, type Passed, type Position } from './inspect/context';
import { layerFacts, lossFacts } from './inspect/layerFacts';
import { neuronFacts } from './inspect/neuronFacts';
import { parameterFacts } from './inspect/parameterFacts';
import { createFloat64Pass, runSample, type SamplePass } from './inspect/samplePass';
import { fanOf, type Fan, type FanRequest } from './inspect/fan';
import { matrixPicture, type MatrixPicture, type MatrixRequest } from './inspect/matrix';
import { networkNumbers, type NetworkNumbers } from './inspect/view';
import type { OptimizerState } from './optimizers';
import type { Pass } from './pass';

export type { NetworkNumbers, Position };

/** Rows of a tile of a batch pass. */
const TILE_ROWS = 128;

export interface LayerGradients {
  /** Sample scope only. */
  readonly z?: readonly number[];
  readonly activation?: readonly number[];
  /** ∂C/∂z */
  readonly delta?: readonly number[];
  /** ∂C/∂w (units, inputs); empty without weights (`add`, `concat`) */
  readonly weights: readonly (readonly number[])[];
  /** ∂C/∂b (units); empty without biases */
  readonly bias: readonly number[];
}

/** Every gradient of a scope. */
export interface GradientReport {
  readonly loss: number;
  readonly layers: readonly LayerGradients[];
}

/** All parameters are given in the file's order; `position` is only repeated in the answer. */
export interface Inspector {
  /**
   * @param optimizerState of the trainer, for the next update; absent: that of a fresh start
   * @throws RangeError when there is no such target or sample
   */
  inspect(
    parameters: Float64Array,
    target: Target,
    scope: Scope,
    position: Position,
    optimizerState?: OptimizerState,
  ): Facts;
  gradients(parameters: Float64Array, scope: Scope): GradientReport;
  view(parameters: Float64Array, scope: Scope): NetworkNumbers;
  /** @throws RangeError when the layer has no weights, or not those rows and columns */
  matrix(parameters: Float64Array, request: MatrixRequest): MatrixPicture;
  /** @throws RangeError when there is no such neuron */
  fan(parameters: Float64Array, request: FanRequest): Fan;
  /**
   * Computes the pass that an answer needs, in slices: false when `expired` ended it early. Optional; an
   * answer whose pass has not been prepared computes it itself.
   */
  prepare(parameters: Float64Array, scope: Scope, expired: () => boolean): boolean;
}

export interface InspectorOptions {
  /**
   * The caller never changes an array of parameters that it has given: the same array has the same numbers, so
   * that millions of them are neither copied nor compared.
   */
  readonly frozen?: boolean;
}

export function createInspector(
  network: Network,
  dataset: Dataset,
  { frozen = false }: InspectorOptions = {},
): Inspector {
  return new PassInspector(network, dataset, frozen);
}

class PassInspector implements Inspector {
  readonly #network: Network;
  readonly #dataset: Dataset;
  readonly #frozen: boolean;
  readonly #samplePass: Pass;
  #batchPass: Pass | undefined;
  #sample: SamplePass | undefined;
  #batch: BatchPass | undefined;

  constructor(network: Network, dataset: Dataset, frozen: boolean) {
    this.#network = network;
    this.#dataset = dataset;
    this.#frozen = frozen;
    this.#samplePass = createFloat64Pass(network, inferShapes(network), 1);
  }

  inspect(
    parameters: Float64Array,
    target: Target,
    scope: Scope,
    position: Position,
    optimizerState?: OptimizerState,
  ): Facts {
    const context = this.#context(position, optimizerState);
    const passed = this.#passed(parameters, scope);
    switch (target.type) {
      case 'weight':
      case 'bias':
        return parameterFacts(context, passed, target);
      case 'neuron':
        return neuronFacts(context, passed, target);
      case 'layer':
        return layerFacts(context, passed, target);
      case 'loss':
        return lossFacts(context, passed);
    }
  }

  gradients(parameters: Float64Array, scope: Scope): GradientReport {
    const passed = this.#passed(parameters, scope);
    const gradient = gradientOf(passed);
    const { plan } = this.#samplePass.arena;
    return {
      loss: passed.type === 'sample' ? passed.sample.loss : passed.batch.loss,
      layers: plan.operations.map(({ layer, units, inputs }) => {
        const weights = tableOf(plan, layer, 'weight');
        const biases = tableOf(plan, layer, 'bias');
        const slice = (start: number, length: number): number[] =>
          Array.from(gradient.subarray(start, start + length));
        return {
          ...activityOf(passed, layer),
          weights: weights
            ? Array.from({ length: units }, (_, row) =>
                slice(weights.offset + row * inputs, inputs),
              )
            : [],
          bias: biases ? slice(biases.offset, units) : [],
        };
      }),
    };
  }

  view(parameters: Float64Array, scope: Scope): NetworkNumbers {
    return networkNumbers(this.#context(), this.#passed(parameters, scope));
  }

  matrix(parameters: Float64Array, request: MatrixRequest): MatrixPicture {
    return matrixPicture(this.#context(), this.#passed(parameters, request.scope), request);
  }

  fan(parameters: Float64Array, request: FanRequest): Fan {
    return fanOf(this.#context(), this.#passed(parameters, request.scope), request);
  }

  prepare(parameters: Float64Array, scope: Scope, expired: () => boolean): boolean {
    if (scope.type === 'batch') return this.#batchOf(parameters).run(expired);
    this.#sampleOf(parameters, scope.index);
    return true;
  }

  #context(position: Position = { epoch: 0, step: 0 }, optimizerState?: OptimizerState): Context {
    const { plan } = this.#samplePass.arena;
    return { network: this.#network, dataset: this.#dataset, plan, position, optimizerState };
  }

  #passed(parameters: Float64Array, scope: Scope): Passed {
    if (scope.type === 'sample') {
      return { type: 'sample', sample: this.#sampleOf(parameters, scope.index) };
    }
    const batch = this.#batchOf(parameters);
    batch.run();
    return { type: 'batch', batch };
  }

  #sampleOf(parameters: Float64Array, index: number): SamplePass {
    const { samples } = this.#dataset;
    if (!(Number.isInteger(index) && index >= 0 && index < samples)) {
      throw new RangeError(`Sample ${index} does not exist; the data have ${samples}.`);
    }
    const kept = this.#sample;
    if (kept?.index === index && this.#equal(kept.parameters, parameters)) return kept;
    const own = this.#kept(parameters);
    this.#sample = runSample(this.#network, this.#dataset, this.#samplePass, own, index);
    return this.#sample;
  }

  #batchOf(parameters: Float64Array): BatchPass {
    if (this.#batch && this.#equal(this.#batch.parameters, parameters)) return this.#batch;
    const rows = Math.max(1, Math.min(TILE_ROWS, this.#dataset.training.length));
    this.#batchPass ??= createFloat64Pass(this.#network, inferShapes(this.#network), rows);
    const own = this.#kept(parameters);
    this.#batch = new BatchPass(this.#network, this.#dataset, this.#batchPass, own);
    return this.#batch;
  }

  /** Numbers that stay as they are as long as a pass is kept. */
  #kept(parameters: Float64Array): Float64Array {
    return this.#frozen ? parameters : parameters.slice();
  }

  #equal(kept: Float64Array, parameters: Float64Array): boolean {
    return this.#frozen ? kept === parameters : equal(kept, parameters);
  }
}

function activityOf(passed: Passed, layer: number): Partial<LayerGradients> {
  if (passed.type === 'batch') return {};
  const { z, activation, delta } = passed.sample.layers[layer];
  return { z: Array.from(z), activation: Array.from(activation), delta: Array.from(delta) };
}

/** Same bits; NaN equals NaN. */
function equal(a: Float64Array, b: Float64Array): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (!Object.is(a[i], b[i])) return false;
  return true;
}
