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
import {
  checkSample,
  gradientOf,
  type Context,
  type Passed,
  type Position,
} from './inspect/context';
import { gradientReport, type GradientReport, type LayerGradients } from './inspect/gradientReport';
import { layerMatrices } from './inspect/layerMatrices';
import { layerFacts, lossFacts } from './inspect/layerFacts';
import { neuronFacts } from './inspect/neuronFacts';
import { parameterFacts } from './inspect/parameterFacts';
import { createFloat64Pass, runSample, type SamplePass } from './inspect/samplePass';
import { fanOf, type Fan, type FanRequest } from './inspect/fan';
import { matrixPicture, type MatrixPicture, type MatrixRequest } from './inspect/matrix';
import { someGradients, type GradientsRequest, type SomeGradients } from './inspect/gradients';
import { overviewOf, type Overview, type OverviewRequest } from './inspect/overview';
import { updatesOf } from './inspect/updates';
import { networkNumbers, type NetworkNumbers } from './inspect/view';
import { noPush, WhatIfJob, type WhatIfRequest } from './inspect/whatIf';
import type { LayerMatrices, MatricesRequest } from './matrixFacts';
import { sameNumbers } from './numbers';
import type { OptimizerState } from './optimizers';
import type { Pass } from './pass';

export type {
  GradientReport,
  GradientsRequest,
  LayerGradients,
  NetworkNumbers,
  Position,
  SomeGradients,
};

/** For answers that do not say where the run is. */
const NOWHERE: Position = { epoch: 0, step: 0 };
/** Rows of a tile of a batch pass. */
const TILE_ROWS = 128;

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
  /** @throws RangeError when there is no such layer, row or column */
  layerMatrices(parameters: Float64Array, request: MatricesRequest): LayerMatrices;
  /** That of one parameter, by its place in the file's order. */
  gradientAt(parameters: Float64Array, scope: Scope, index: number): number;
  /** Some of them, and how large they are by row and by layer. */
  someGradients(
    parameters: Float64Array,
    request: GradientsRequest,
    position: Position,
  ): SomeGradients;
  /** @param next the optimizer's state, where the next updates are drawn too */
  view(
    parameters: Float64Array,
    scope: Scope,
    next?: { readonly state: OptimizerState | undefined },
  ): NetworkNumbers;
  /** @throws RangeError when the layer has no weights, or not those rows and columns */
  matrix(
    parameters: Float64Array,
    request: MatrixRequest,
    optimizerState?: OptimizerState,
  ): MatrixPicture;
  /** @throws RangeError when there is no such neuron */
  fan(parameters: Float64Array, request: FanRequest, optimizerState?: OptimizerState): Fan;
  /** All layers side by side. */
  overview(
    parameters: Float64Array,
    request: OverviewRequest,
    optimizerState?: OptimizerState,
  ): Overview;
  /**
   * How the loss changes when one number is pushed.
   *
   * @throws RangeError when there is no such target or sample, or the request makes no curve
   */
  whatIf(
    parameters: Float64Array,
    request: WhatIfRequest,
    position: Position,
    optimizerState?: OptimizerState,
  ): WhatIfJob;
  /**
   * Computes the pass that an answer needs, in slices: false when `expired` ended it early. Optional; an
   * answer whose pass has not been prepared computes it itself.
   */
  prepare(parameters: Float64Array, scope: Scope, expired: () => boolean): boolean;
  /** From now on of this network, which has other learning rates and nothing else: the kept passes are its own. */
  setRates(network: Network): void;
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
  #network: Network;
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
    return gradientReport(this.#samplePass.arena.plan, this.#passed(parameters, scope));
  }

  gradientAt(parameters: Float64Array, scope: Scope, index: number): number {
    return gradientOf(this.#passed(parameters, scope))[index];
  }

  layerMatrices(parameters: Float64Array, request: MatricesRequest): LayerMatrices {
    const passed = this.#passed(parameters, request.scope);
    return layerMatrices(this.#context(), passed, request);
  }

  someGradients(
    parameters: Float64Array,
    request: GradientsRequest,
    position: Position,
  ): SomeGradients {
    const passed = this.#passed(parameters, request.scope);
    return someGradients(this.#context(position), passed, request);
  }

  view(
    parameters: Float64Array,
    scope: Scope,
    next?: { readonly state: OptimizerState | undefined },
  ): NetworkNumbers {
    const context = this.#context(NOWHERE, next?.state);
    const passed = this.#passed(parameters, scope);
    return networkNumbers(context, passed, next && updatesOf(context, passed));
  }

  matrix(parameters: Float64Array, request: MatrixRequest, state?: OptimizerState): MatrixPicture {
    const passed = this.#passed(parameters, request.scope);
    return matrixPicture(this.#context(NOWHERE, state), passed, request);
  }

  fan(parameters: Float64Array, request: FanRequest, state?: OptimizerState): Fan {
    const passed = this.#passed(parameters, request.scope);
    return fanOf(this.#context(NOWHERE, state), passed, request);
  }

  overview(parameters: Float64Array, request: OverviewRequest, state?: OptimizerState): Overview {
    const passed = this.#passed(parameters, request.scope);
    return overviewOf(this.#context(NOWHERE, state), passed, request);
  }

  whatIf(
    parameters: Float64Array,
    request: WhatIfRequest,
    position: Position,
    optimizerState?: OptimizerState,
  ): WhatIfJob {
    const { target, scope } = request;
    const facts = this.inspect(parameters, target, scope, position, optimizerState);
    if (facts.type !== 'weight' && facts.type !== 'bias' && facts.type !== 'neuron') throw noPush();
    return new WhatIfJob(this.#context(position), this.#kept(parameters), facts, request);
  }

  prepare(parameters: Float64Array, scope: Scope, expired: () => boolean): boolean {
    if (scope.type === 'batch') return this.#batchOf(parameters).run(expired);
    this.#sampleOf(parameters, scope.index);
    return true;
  }

  setRates(network: Network): void {
    this.#network = network;
  }

  #context(position: Position = NOWHERE, optimizerState?: OptimizerState): Context {
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
    checkSample(this.#dataset, index);
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
    return this.#frozen ? kept === parameters : sameNumbers(kept, parameters);
  }
}
