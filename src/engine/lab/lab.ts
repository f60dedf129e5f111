/**
 * The formula lab: the gradient by a rule beside the right one, layer by layer, with the verdict of gradcheck.
 *
 * The right gradient is that of backpropagation as it trains; the verdict comes from finite differences, which know
 * neither. Training and the network stay as they are.
 */
import type { Dataset } from '../../data/dataset';
import type { Network } from '../../network/network';
import { layerTraits } from '../../network/layerTypes';
import { inferShapes } from '../../network/shapes';
import type { Scope } from '../facts';
import {
  createGradcheck,
  type GradcheckEntry,
  type GradcheckJob,
  type GradcheckReport,
} from '../gradcheck';
import { batchGradient } from '../gradient';
import { checkSample } from '../inspect/context';
import { lossFunctions } from '../losses';
import { parameterTablesOf, type ParameterTable } from '../plan';
import { spread } from '../spread';
import { Chains } from './chain';
import type { LabRule, TriedActivations } from './presets';
import { Recogniser, type Finding } from './recognise';
import { idleSwitches, withActivations, type IdleSwitches } from './rule';
import { ruleGradient } from './ruleGradient';

export interface LabRequest {
  readonly rule: LabRule;
  /** A sample: its own loss, without reduction and penalty. The batch: the first 8 of the training part. */
  readonly scope: Scope;
  readonly tried: TriedActivations;
}

export interface LabLayer {
  /** As in the file. */
  readonly layer: number;
  /** Smallest and largest rule ÷ right, over the parameters whose right gradient is not 0; absent: all are. */
  readonly ratio: { readonly min: number; readonly max: number } | undefined;
  /** Parameters whose gradient differs from the right one, of all. */
  readonly wrong: number;
  readonly parameters: number;
  /** Compared with finite differences, and how many of those failed. */
  readonly checked: number;
  readonly failed: number;
  readonly finding: Finding;
}

export interface LabReport {
  readonly request: LabRequest;
  /** With the tried activations. */
  readonly network: Network;
  readonly samples: number;
  readonly parameters: number;
  /** At most {@link MOST_CHECKED}: of larger networks a spread of them. */
  readonly checked: number;
  readonly failed: number;
  readonly worst: GradcheckEntry | undefined;
  /** Behind a kink or a step, where a difference says nothing. */
  readonly unsure: number;
  /** Layers with parameters, in the file's order. */
  readonly layers: readonly LabLayer[];
  readonly idle: IdleSwitches;
  /** Why these samples cannot show that f′ is left out, though others may; empty where they do. */
  readonly blind: readonly Blindness[];
}

/** `unitSlopes`: each f′(z) that is left out is 1. `noInput`: every input is 0, and the first weights get nothing. */
export type Blindness = 'unitSlopes' | 'noInput';

/** Parameters compared with finite differences at most. */
export const MOST_CHECKED = 400;
/** Parameters of a network that the lab takes at all: a rule is worked out in one go. */
const MOST_PARAMETERS = 500_000;
const BATCH = 8;
/** Two gradients differ from here on, relative to the larger one. */
const SAME = 1e-9;

export interface LabJob {
  /** Works on; false when `expired` ended it before the end. */
  run(expired?: () => boolean): boolean;
  /** Call when complete. */
  result(): LabReport;
}

/**
 * @param parameters in the file's order, as they are
 * @throws RangeError when there is no such sample, the activation does not go with the loss, or the network is too
 *   large or has convolutions or pools
 */
export function createLab(
  network: Network,
  dataset: Dataset,
  parameters: Float64Array,
  request: LabRequest,
): LabJob {
  if (parameters.length > MOST_PARAMETERS)
    throw new RangeError(
      `The formula lab takes networks of at most ${MOST_PARAMETERS} parameters, found ${parameters.length}; try the rule on a smaller network.`,
    );
  checkTypes(network);
  const tried = withActivations(network, request.tried);
  checkOutput(tried);
  const batch = samplesOf(dataset, request.scope);
  return new Lab(
    request.scope.type === 'sample' ? ownLoss(tried) : tried,
    { ...dataset, training: batch },
    parameters,
    request,
  );
}

/** The rules are those of weights that each belong to one neuron. */
function checkTypes({ layers }: Network): void {
  const index = layers.findIndex(({ type }) => layerTraits[type].slides);
  if (index < 0) return;
  throw new RangeError(
    `The formula lab takes networks of dense layers and what joins them, found ${layers[index].type} in layers[${index}]; try the rule on a network without it.`,
  );
}

function checkOutput({ loss, layers }: Network): void {
  const { activation } = layers[layers.length - 1];
  const { fusedWith } = lossFunctions[loss.type];
  if (fusedWith === undefined || fusedWith === activation) return;
  throw new RangeError(
    `The loss ${loss.type} needs the output activation ${fusedWith}, found ${activation}; try another output activation, or choose the loss meanSquaredError in the file.`,
  );
}

function samplesOf(dataset: Dataset, scope: Scope): Uint32Array {
  if (scope.type === 'sample') {
    checkSample(dataset, scope.index);
    return Uint32Array.of(scope.index);
  }
  const { training } = dataset;
  if (training.length > 0) return training.slice(0, BATCH);
  throw new RangeError('data: the formula lab needs a training sample, found none; add data.');
}

/** Without reduction and penalty. */
function ownLoss(network: Network): Network {
  return {
    ...network,
    loss: { ...network.loss, reduction: 'sum' },
    regularization: { ...network.regularization, l1: 0, l2: 0 },
  };
}

class Lab implements LabJob {
  readonly #network: Network;
  readonly #dataset: Dataset;
  readonly #parameters: Float64Array;
  readonly #request: LabRequest;
  readonly #tables: readonly ParameterTable[];
  #found: Float64Array = new Float64Array(0);
  #right: Float64Array = new Float64Array(0);
  #gradcheck: GradcheckJob | undefined;
  readonly #places: Uint32Array;
  readonly #layers: LabLayer[] = [];
  #recogniser: Recogniser | undefined;
  #knownChains: Chains | undefined;

  /** `dataset.training` is the batch that is looked at. */
  constructor(network: Network, dataset: Dataset, parameters: Float64Array, request: LabRequest) {
    this.#network = network;
    this.#dataset = dataset;
    this.#parameters = parameters;
    this.#request = request;
    this.#tables = parameterTablesOf(network, inferShapes(network));
    this.#places = spread(parameters.length, MOST_CHECKED);
  }

  run(expired?: () => boolean): boolean {
    while (!this.#gradcheck) {
      this.#begin();
      if (expired?.()) return false;
    }
    if (!this.#gradcheck.run(expired)) return false;
    while (this.#recognise().prepare()) if (expired?.()) return false;
    const layers = [...new Set(this.#tables.map(({ layer }) => layer))];
    while (this.#layers.length < layers.length) {
      this.#layers.push(this.#compared(layers[this.#layers.length]));
      if (this.#layers.length < layers.length && expired?.()) return false;
    }
    return true;
  }

  /** One of the three things that are worked out in one go each. */
  #begin(): void {
    const { training } = this.#dataset;
    const given = [this.#network, this.#dataset, training, this.#parameters] as const;
    const count = this.#parameters.length;
    if (this.#right.length < count) this.#right = batchGradient(...given);
    else if (this.#found.length < count) this.#found = ruleGradient(this.#request.rule, ...given);
    else {
      this.#gradcheck = createGradcheck(this.#network, this.#dataset, this.#parameters, {
        samples: training.length,
        gradient: () => this.#found,
        places: this.#places,
      });
    }
  }

  result(): LabReport {
    const { checked, failed, worst, kinks, flat } = this.#report();
    const samples = this.#dataset.training.length;
    return {
      request: this.#request,
      network: this.#network,
      samples,
      parameters: this.#parameters.length,
      checked,
      failed: failed.length,
      worst,
      unsure: kinks.length + flat,
      layers: this.#layers,
      idle: idleSwitches(this.#network, samples, this.#request.scope.type === 'sample'),
      blind: this.#layers.some(({ wrong }) => wrong > 0) ? [] : this.#blindness(),
    };
  }

  #blindness(): readonly Blindness[] {
    const { slope } = this.#request.rule;
    if (slope === 'kept') return [];
    const chains = this.#chains;
    const last = this.#network.layers.length - 1;
    const layers = [...this.#network.layers.keys()].filter(layer =>
      slope === 'hidden' ? layer < last : slope === 'output' ? layer === last : true,
    );
    return [
      ...(layers.every(layer => chains.hasUnitSlopes(layer)) ? (['unitSlopes'] as const) : []),
      ...(chains.hasNoInput ? (['noInput'] as const) : []),
    ];
  }

  get #chains(): Chains {
    const { training } = this.#dataset;
    this.#knownChains ??= new Chains(this.#network, this.#dataset, training, this.#parameters);
    return this.#knownChains;
  }

  #compared(layer: number): LabLayer {
    const tables = this.#tables.filter(table => table.layer === layer);
    const start = tables[0].offset;
    const end = tables.reduce((sum, { length }) => sum + length, start);
    const { failed } = this.#report();
    return {
      layer,
      ...compare(this.#found.subarray(start, end), this.#right.subarray(start, end)),
      parameters: end - start,
      checked: this.#places.filter(place => place >= start && place < end).length,
      failed: failed.filter(({ target }) => target.layer === layer).length,
      finding: this.#recognise().find(this.#found, tables),
    };
  }

  #report(): GradcheckReport {
    if (this.#gradcheck) return this.#gradcheck.report();
    throw new Error('The lab has no result before it has run.');
  }

  #recognise(): Recogniser {
    const { training, outputSize } = this.#dataset;
    const [network, parameters] = [this.#network, this.#parameters];
    this.#recogniser ??= new Recogniser(
      { network, chains: this.#chains, samples: training.length, parameters },
      outputSize,
    );
    return this.#recogniser;
  }
}

function compare(found: Float64Array, right: Float64Array): Pick<LabLayer, 'ratio' | 'wrong'> {
  let [min, max, wrong] = [Infinity, -Infinity, 0];
  right.forEach((r, i) => {
    const same = Math.abs(found[i] - r) <= SAME * Math.max(Math.abs(found[i]), Math.abs(r));
    if (!same) wrong += 1;
    if (r === 0) return;
    min = Math.min(min, found[i] / r);
    max = Math.max(max, found[i] / r);
  });
  return { ratio: min <= max ? { min, max } : undefined, wrong };
}
