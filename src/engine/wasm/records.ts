/** The records of a network's operations: what each works on, and where that stands. */
import type { DropoutLayer, Network } from '../../network/network';
import type { NetworkShapes } from '../../network/shapes';
import { largestDropped } from '../dropout';
import { gradientWays, type DropoutBuffers, type Layout, type WeightedBuffers } from './layout';
import { normFields, type NormBuffers } from './norms';
import type { Fields, ProgramWriter } from './programWriter';
import * as normField from './shared/normRecord';
import * as weightField from './shared/denseRecord';
import * as operation from './shared/operations';
import { weightFields } from './weightFields';
import type { WindowBuffers } from './windows';

/** Values of a layer or the input, and bytes from row to row. */
interface Values {
  readonly address: number;
  readonly stride: number;
  readonly width: number;
}

export class Records {
  readonly ways: ReturnType<typeof gradientWays>;
  readonly #network: Network;
  readonly #shapes: NetworkShapes;
  readonly #layout: Layout;
  readonly #writer: ProgramWriter;

  constructor(network: Network, shapes: NetworkShapes, layout: Layout, writer: ProgramWriter) {
    this.ways = gradientWays(shapes);
    this.#network = network;
    this.#shapes = shapes;
    this.#layout = layout;
    this.#writer = writer;
  }

  /** @returns its address, of this record as of all others */
  elements(layer: number, z: number, fields: Fields): number {
    const { units, stride, output, delta } = this.#layout.layers[layer];
    return this.#writer.record({
      [operation.WEIGHTED_INPUT]: z,
      [operation.OUTPUT]: output,
      [operation.STRIDE]: stride,
      [operation.UNITS]: units,
      [operation.DELTA]: delta,
      ...fields,
    });
  }

  /** From the k-th source of a layer to its z, `start` numbers behind the first. */
  flow(layer: number, k: number, z: number, start: number, fields: Fields): number {
    const { address, stride, width } = this.source(layer, k);
    return this.#writer.record({
      [operation.TO]: z + 4 * start,
      [operation.TO_STRIDE]: this.#layout.layers[layer].stride,
      [operation.FROM]: address,
      [operation.FROM_STRIDE]: stride,
      [operation.COUNT]: width,
      ...fields,
    });
  }

  /** From δ of a layer to ∂C/∂a of its k-th source; undefined where that is the input. */
  flowBack(layer: number, k: number, start: number, fields: Fields): number | undefined {
    const { layers } = this.#layout;
    const source = this.#shapes.layers[layer].sources[k];
    if (source < 0) return undefined;
    return this.#writer.record({
      [operation.TO]: layers[source].delta,
      [operation.TO_STRIDE]: layers[source].stride,
      [operation.FROM]: layers[layer].delta + 4 * start,
      [operation.FROM_STRIDE]: layers[layer].stride,
      [operation.COUNT]: layers[source].units,
      [operation.ADDS_TO]: this.ways.adds[layer][k] ? 1 : 0,
      ...fields,
    });
  }

  /** Of a layer with parameters. */
  weights(layer: number, fields: Fields = {}): number {
    const buffers = this.#layout.weighted.find(each => each.layer === layer) as WeightedBuffers;
    const window = this.#windowOf(layer);
    const { address, stride } = this.source(layer, 0);
    const isInput = this.#shapes.layers[layer].sources[0] < 0;
    return this.#writer.record({
      [weightField.INPUT]: address,
      [weightField.INPUT_STRIDE]: stride,
      [weightField.IS_INPUT]: isInput ? 1 : 0,
      [weightField.LIST_ROOM]: this.#layout.work.lists,
      [weightField.WINDOW]: window?.record ?? 0,
      ...weightFields(this.#network, this.#layout, buffers, this.#layout.layers[layer]),
      ...fields,
    });
  }

  /** The same with ∂C/∂a of its source; undefined where that is the input. */
  inputGradient(layer: number): number | undefined {
    const [source] = this.#shapes.layers[layer].sources;
    if (source < 0) return undefined;
    const { delta, stride } = this.#layout.layers[source];
    return this.weights(layer, {
      [weightField.INPUT_GRADIENT]: delta,
      [weightField.INPUT_GRADIENT_STRIDE]: stride,
      [weightField.ADDS_INPUT_GRADIENT]: this.ways.adds[layer][0] ? 1 : 0,
    });
  }

  /** Of a batchNorm. */
  norm(layer: number, z: number, fields: Fields = {}): number {
    const buffers = this.#layout.weighted.find(each => each.layer === layer) as WeightedBuffers;
    const own = this.#layout.norms.find(each => each.layer === layer) as NormBuffers;
    const input = this.source(layer, 0);
    return this.#writer.record({
      ...normFields(this.#layout, buffers, this.#layout.layers[layer], own, input, z),
      ...fields,
    });
  }

  /** The same with ∂C/∂a of its source, where that is wanted. */
  normBackward(layer: number): number {
    const { layers } = this.#layout;
    const [source] = this.#shapes.layers[layer].sources;
    const isWanted = source >= 0 && this.ways.reached[layer];
    return this.norm(layer, layers[layer].output, {
      [normField.INPUT_GRADIENT]: isWanted ? layers[source].delta : 0,
      [normField.INPUT_GRADIENT_STRIDE]: isWanted ? layers[source].stride : 0,
      [normField.ADDS_INPUT_GRADIENT]: this.ways.adds[layer][0] ? 1 : 0,
    });
  }

  /** What pools have beside the way from there to here. */
  poolFields(layer: number): Fields {
    const { address, stride } = this.source(layer, 0);
    return {
      [operation.WINDOW]: this.#windowOf(layer)?.record ?? 0,
      [operation.IMAGES]: address,
      [operation.IMAGES_STRIDE]: stride,
      [operation.MAXIMA]: this.#layout.layers[layer].output,
      [operation.IS_LARGEST]: this.#network.layers[layer].type === 'maxPool2d' ? 1 : 0,
    };
  }

  /** The same of dropout. */
  dropFields(layer: number, { rate }: DropoutLayer): Fields {
    const ofLayer = (each: DropoutBuffers): boolean => each.layer === layer;
    const { factors, key } = this.#layout.dropout.find(ofLayer) as DropoutBuffers;
    return {
      [operation.FACTORS]: factors,
      [operation.KEY]: key,
      [operation.LARGEST_DROPPED]: largestDropped(rate),
      [operation.KEPT]: bitsOf(1 / (1 - rate)),
    };
  }

  /** Of so many bytes at an address. */
  stretch(address: number, bytes: number): number {
    return this.#writer.record({ [operation.TO]: address, [operation.COUNT]: bytes });
  }

  /** What flows into a layer, by the k-th of its ways. */
  source(layer: number, k: number): Values {
    const { input, layers } = this.#layout;
    const source = this.#shapes.layers[layer].sources[k];
    if (source < 0) return { ...input, width: this.#shapes.inputSize };
    const { output, stride, units } = layers[source];
    return { address: output, stride, width: units };
  }

  #windowOf(layer: number): WindowBuffers | undefined {
    return this.#layout.windows.find(each => each.layer === layer);
  }
}

/** Of a float32. */
const bitsOf = (value: number): number => new Int32Array(Float32Array.of(value).buffer)[0];
