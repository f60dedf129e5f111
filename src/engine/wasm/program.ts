/** The lists of operations of a network, written into its memory: what the engine reads is assembly/program.ts. */
import type { Layer, Network } from '../../network/network';
import type { NetworkShapes } from '../../network/shapes';
import { clips } from '../clip';
import { hasPenalty } from '../penalty';
import { activationCodes, lossCode } from './codes';
import { fuses, type Layout } from './layout';
import { ProgramWriter, type Entry, type Fields } from './programWriter';
import { Records } from './records';
import * as weightField from './shared/denseRecord';
import * as operation from './shared/operations';
import * as place from './shared/places';

/** Writes all lists of the network. */
export function writeProgram(
  buffer: ArrayBuffer,
  network: Network,
  shapes: NetworkShapes,
  layout: Layout,
): void {
  const writer = new ProgramWriter(buffer, layout.program);
  const make = new ProgramMaker(network, shapes, layout, writer);
  const { header } = layout;
  writer.list(make.forward(false), header, place.FORWARD);
  writer.list(make.forward(true), header, place.KEEPING_FORWARD);
  writer.list(make.backward(STEPS), header, place.BACKWARD);
  writer.list(make.backward(GRADIENTS), header, place.STORING_BACKWARD);
  writer.list(make.storedUpdate(), header, place.STORED_UPDATE);
}

/** What is done to the weights of each type in a pass back. */
type WeightOperations = Readonly<Record<'dense' | 'conv2d', number>>;

const STEPS: WeightOperations = { dense: operation.WEIGHT_STEP, conv2d: operation.FILTER_STEP };
const GRADIENTS: WeightOperations = {
  dense: operation.WEIGHT_GRADIENT,
  conv2d: operation.FILTER_GRADIENT,
};

class ProgramMaker {
  readonly #network: Network;
  readonly #shapes: NetworkShapes;
  readonly #layout: Layout;
  readonly #records: Records;

  constructor(network: Network, shapes: NetworkShapes, layout: Layout, writer: ProgramWriter) {
    this.#network = network;
    this.#shapes = shapes;
    this.#layout = layout;
    this.#records = new Records(network, shapes, layout, writer);
  }

  /**
   * `keeps`: every weighted input stays in a place of its own. Layers that the output does not hang on are left out:
   * what overflowed there would make their gradient, 0 × x, a NaN.
   */
  forward(keeps: boolean): Entry[] {
    return this.#network.layers.flatMap((_, layer) => {
      if (!this.#records.ways.reached[layer]) return [];
      const buffers = this.#layout.layers[layer];
      const z = keeps ? buffers.kept : buffers.weightedInput;
      return [...this.#weightedInput(layer, z), ...this.#activation(layer, z)];
    });
  }

  backward(weights: WeightOperations): Entry[] {
    const last = this.#network.layers.length - 1;
    const result: Entry[] = [this.#loss(last)];
    for (let layer = last; layer >= 0; layer--) {
      const { type } = this.#network.layers[layer];
      const isReached = this.#records.ways.reached[layer];
      if (isReached) {
        if (layer !== last || !fuses(this.#network)) result.push(...this.#slope(layer));
        result.push(...this.#sourceGradients(layer));
      }
      if (type === 'dense' || type === 'conv2d') {
        result.push([weights[type], this.#records.weights(layer)]);
      }
      if (type !== 'batchNorm') continue;
      // Its gradients are stored in any case; where nothing hangs on it, δ and they are 0.
      if (!isReached)
        result.push([operation.NORMALISE_BACKWARD, this.#records.normBackward(layer)]);
      if (weights === STEPS) result.push(...this.#normStep(layer));
    }
    return result;
  }

  /** Where gradients are clipped, all of them are complete before the first is used. */
  storedUpdate(): Entry[] {
    const { weighted, gradients, parameterBytes } = this.#layout;
    const forEach = (code: number): Entry[] =>
      weighted.map(({ layer }) => [code, this.#records.weights(layer)]);
    const steps = [...forEach(operation.STORED_STEP), ...this.#follow(() => true)];
    const { training, regularization } = this.#network;
    if (!clips(training.clip)) return steps;
    const penalties = hasPenalty(regularization) ? forEach(operation.STORED_PENALTY) : [];
    const all = this.#records.stretch(gradients, parameterBytes);
    return [...penalties, [operation.STORED_CLIP, all], ...steps];
  }

  /** The optimizer's step of a batchNorm, and that of its running statistics. */
  #normStep(layer: number): Entry[] {
    const step: Entry = [operation.STORED_STEP, this.#records.weights(layer)];
    return [step, ...this.#follow(norm => norm === layer)];
  }

  /** Running statistics of layers that the output hangs on. */
  #follow(isWanted: (layer: number) => boolean): Entry[] {
    const { norms, layers } = this.#layout;
    return norms
      .filter(({ layer }) => this.#records.ways.reached[layer] && isWanted(layer))
      .map(({ layer }): Entry => {
        return [operation.FOLLOW_BATCH, this.#records.norm(layer, layers[layer].output)];
      });
  }

  #weightedInput(layer: number, z: number): Entry[] {
    const own = this.#network.layers[layer];
    const { type } = own;
    switch (type) {
      case 'dense':
        return [[operation.DENSE, this.#product(layer, z)]];
      case 'conv2d':
        return [[operation.CONVOLVE, this.#product(layer, z)]];
      case 'maxPool2d':
        return [[operation.MAX_POOL, this.#pool(layer, z)]];
      case 'averagePool2d':
        return [[operation.AVERAGE_POOL, this.#pool(layer, z)]];
      case 'dropout':
        if (own.rate === 0) return this.#copies(layer, z);
        return [
          [
            operation.DROP,
            this.#records.flow(layer, 0, z, 0, this.#records.dropFields(layer, own)),
          ],
        ];
      case 'add':
      case 'concat':
      case 'flatten':
        return this.#copies(layer, z);
      case 'batchNorm':
        return [[operation.NORMALISE, this.#records.norm(layer, z)]];
    }
  }

  /** ∂C/∂a of what the layer takes from. */
  #sourceGradients(layer: number): Entry[] {
    const own = this.#network.layers[layer];
    const records = this.#records;
    const pool = (): number | undefined => records.flowBack(layer, 0, 0, records.poolFields(layer));
    switch (own.type) {
      case 'dense':
        return entry(operation.INPUT_GRADIENT, records.inputGradient(layer));
      case 'conv2d':
        return entry(operation.IMAGE_GRADIENT, records.inputGradient(layer));
      case 'maxPool2d':
        return entry(operation.MAX_POOL_BACKWARD, pool());
      case 'averagePool2d':
        return entry(operation.AVERAGE_POOL_BACKWARD, pool());
      case 'dropout': {
        if (own.rate === 0) return this.#copiesBack(layer);
        const fields = records.dropFields(layer, own);
        return entry(operation.DROP_BACKWARD, records.flowBack(layer, 0, 0, fields));
      }
      case 'add':
      case 'concat':
      case 'flatten':
        return this.#copiesBack(layer);
      case 'batchNorm':
        return [[operation.NORMALISE_BACKWARD, records.normBackward(layer)]];
    }
  }

  #product(layer: number, z: number): number {
    const isRelu = this.#network.layers[layer].activation === 'relu';
    return this.#records.weights(layer, {
      [weightField.OUTPUT]: z,
      [weightField.RELU]: isRelu && z === this.#layout.layers[layer].output ? 1 : 0,
    });
  }

  #pool(layer: number, z: number): number {
    return this.#records.flow(layer, 0, z, 0, this.#records.poolFields(layer));
  }

  #activation(layer: number, z: number): Entry[] {
    const own = this.#network.layers[layer];
    const { activation } = own;
    const { output } = this.#layout.layers[layer];
    if (activation === 'softmax') {
      return [[operation.SOFTMAX, this.#records.elements(layer, z, {})]];
    }
    const done = activation === 'linear' || (activation === 'relu' && isProduct(own));
    if (done && z === output) return [];
    const fields = { [operation.FUNCTION]: activationCodes[activation] };
    return [[operation.ACTIVATE, this.#records.elements(layer, z, fields)]];
  }

  /** δ = ∂C/∂a ⊙ f′(z), in place. */
  #slope(layer: number): Entry[] {
    const { activation } = this.#network.layers[layer];
    const z = this.#layout.layers[layer].weightedInput;
    if (activation === 'linear') return [];
    if (activation === 'softmax') {
      return [[operation.SOFTMAX_BACKWARD, this.#records.elements(layer, z, {})]];
    }
    const fields = { [operation.FUNCTION]: activationCodes[activation] };
    return [[operation.ACTIVATE_BACKWARD, this.#records.elements(layer, z, fields)]];
  }

  #loss(layer: number): Entry {
    const { targets, layers } = this.#layout;
    const fields: Fields = {
      [operation.FUNCTION]: lossCode(this.#network.loss),
      [operation.TARGETS]: targets.address,
      [operation.TARGET_STRIDE]: targets.stride,
    };
    return [operation.LOSS, this.#records.elements(layer, layers[layer].weightedInput, fields)];
  }

  /** z of what its sources flow into as they are: side by side, or added. */
  #copies(layer: number, z: number): Entry[] {
    const adds = this.#network.layers[layer].type === 'add';
    return this.#starts(layer).map((start, k): Entry => {
      const fields = { [operation.ADDS_TO]: adds && k > 0 ? 1 : 0 };
      return [operation.COPY, this.#records.flow(layer, k, z, start, fields)];
    });
  }

  #copiesBack(layer: number): Entry[] {
    return this.#starts(layer).flatMap((start, k) =>
      entry(operation.COPY, this.#records.flowBack(layer, k, start, {})),
    );
  }

  /** Where each source begins in a layer. */
  #starts(layer: number): number[] {
    const adds = this.#network.layers[layer].type === 'add';
    let end = 0;
    return this.#shapes.layers[layer].sources.map((_, k) => {
      const start = end;
      if (!adds) end += this.#records.source(layer, k).width;
      return start;
    });
  }
}

/** An operation where there is a record of it. */
function entry(code: number, record: number | undefined): Entry[] {
  return record === undefined ? [] : [[code, record]];
}

/** Whether relu has been applied where z was computed. */
const isProduct = ({ type }: Layer): boolean => type === 'dense' || type === 'conv2d';
