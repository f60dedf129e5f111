/** The lists of operations of a network, written into its memory: what the engine reads is assembly/program.ts. */
import type { Network } from '../../network/network';
import type { NetworkShapes } from '../../network/shapes';
import { clips } from '../clip';
import { hasPenalty } from '../penalty';
import * as denseField from './shared/denseRecord';
import * as operation from './shared/operations';
import * as place from './shared/places';
import { activationCodes, lossCode } from './codes';
import { fuses, gradientWays, type DenseBuffers, type LayerBuffers, type Layout } from './layout';

type Entry = readonly [code: number, record: number];

/** Writes records and lists one behind the other. */
class Writer {
  readonly #words: Int32Array;
  #end: number;

  constructor(buffer: ArrayBuffer, start: number) {
    this.#words = new Int32Array(buffer);
    this.#end = start;
  }

  /** @returns its address */
  record(fields: Readonly<Record<number, number>>): number {
    const address = this.#end;
    for (const [index, value] of Object.entries(fields)) {
      this.#words[address / 4 + Number(index)] = value;
    }
    this.#end += 4 * denseField.RECORD_WORDS;
    return address;
  }

  /** A list of operations, and its place and length into the header. */
  list(entries: readonly Entry[], header: number, index: number): void {
    this.#words[header / 4 + index] = this.#end;
    this.#words[header / 4 + index + 1] = entries.length;
    this.#words.set(entries.flat(), this.#end / 4);
    this.#end += 8 * entries.length;
  }
}

/** Writes all lists of the network. */
export function writeProgram(
  buffer: ArrayBuffer,
  network: Network,
  shapes: NetworkShapes,
  layout: Layout,
): void {
  const writer = new Writer(buffer, layout.program);
  const make = new ProgramMaker(network, shapes, layout, writer);
  const { header } = layout;
  writer.list(make.forward(false), header, place.FORWARD);
  writer.list(make.forward(true), header, place.KEEPING_FORWARD);
  writer.list(make.backward(operation.WEIGHT_STEP), header, place.BACKWARD);
  writer.list(make.backward(operation.WEIGHT_GRADIENT), header, place.STORING_BACKWARD);
  writer.list(make.storedUpdate(), header, place.STORED_UPDATE);
}

class ProgramMaker {
  readonly #network: Network;
  readonly #shapes: NetworkShapes;
  readonly #layout: Layout;
  readonly #writer: Writer;
  readonly #ways: ReturnType<typeof gradientWays>;

  constructor(network: Network, shapes: NetworkShapes, layout: Layout, writer: Writer) {
    this.#network = network;
    this.#shapes = shapes;
    this.#layout = layout;
    this.#writer = writer;
    this.#ways = gradientWays(shapes);
  }

  /**
   * `keeps`: every weighted input stays in a place of its own. Layers that the output does not hang on are left out:
   * what overflowed there would make their gradient, 0 × x, a NaN.
   */
  forward(keeps: boolean): Entry[] {
    return this.#network.layers.flatMap(({ type }, layer) => {
      if (!this.#ways.reached[layer]) return [];
      const buffers = this.#layout.layers[layer];
      const z = keeps ? buffers.kept : buffers.weightedInput;
      const first =
        type === 'dense' ? this.#dense(layer, z) : this.#copies(layer, z, buffers.stride);
      return [...first, ...this.#activation(layer, z)];
    });
  }

  backward(weights: number): Entry[] {
    const last = this.#network.layers.length - 1;
    const result: Entry[] = [this.#loss(last)];
    for (let layer = last; layer >= 0; layer--) {
      const isDense = this.#network.layers[layer].type === 'dense';
      if (this.#ways.reached[layer]) {
        if (layer !== last || !fuses(this.#network)) result.push(...this.#slope(layer));
        result.push(...(isDense ? this.#inputGradient(layer) : this.#copiesBack(layer)));
      }
      if (isDense) result.push([weights, this.#denseRecord(layer, {})]);
    }
    return result;
  }

  /** Where gradients are clipped, all of them are complete before the first is used. */
  storedUpdate(): Entry[] {
    const { dense, gradients, parameterBytes } = this.#layout;
    const forEach = (code: number): Entry[] =>
      dense.map(({ layer }) => [code, this.#denseRecord(layer, {})]);
    const steps = forEach(operation.STORED_STEP);
    const { training, regularization } = this.#network;
    if (!clips(training.clip)) return steps;
    const penalties = hasPenalty(regularization) ? forEach(operation.STORED_PENALTY) : [];
    const all = { [operation.TO]: gradients, [operation.COUNT]: parameterBytes };
    return [...penalties, [operation.STORED_CLIP, this.#writer.record(all)], ...steps];
  }

  #dense(layer: number, z: number): Entry[] {
    const { output } = this.#layout.layers[layer];
    const relu = this.#network.layers[layer].activation === 'relu' && z === output;
    const record = this.#denseRecord(layer, {
      [denseField.OUTPUT]: z,
      [denseField.RELU]: relu ? 1 : 0,
    });
    return [[operation.DENSE, record]];
  }

  #activation(layer: number, z: number): Entry[] {
    const { type, activation } = this.#network.layers[layer];
    const { output } = this.#layout.layers[layer];
    if (activation === 'softmax') return [[operation.SOFTMAX, this.#elements(layer, z, {})]];
    const done = activation === 'linear' || (activation === 'relu' && type === 'dense');
    if (done && z === output) return [];
    const fields = { [operation.FUNCTION]: activationCodes[activation] };
    return [[operation.ACTIVATE, this.#elements(layer, z, fields)]];
  }

  /** δ = ∂C/∂a ⊙ f′(z), in place. */
  #slope(layer: number): Entry[] {
    const { activation } = this.#network.layers[layer];
    const z = this.#layout.layers[layer].weightedInput;
    if (activation === 'linear') return [];
    if (activation === 'softmax') {
      return [[operation.SOFTMAX_BACKWARD, this.#elements(layer, z, {})]];
    }
    const fields = { [operation.FUNCTION]: activationCodes[activation] };
    return [[operation.ACTIVATE_BACKWARD, this.#elements(layer, z, fields)]];
  }

  #loss(layer: number): Entry {
    const { targets, layers } = this.#layout;
    const fields = {
      [operation.FUNCTION]: lossCode(this.#network.loss),
      [operation.TARGETS]: targets.address,
      [operation.TARGET_STRIDE]: targets.stride,
    };
    return [operation.LOSS, this.#elements(layer, layers[layer].weightedInput, fields)];
  }

  #elements(layer: number, z: number, fields: Readonly<Record<number, number>>): number {
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

  /** Values of a source, and bytes from row to row. */
  #source(source: number): { address: number; stride: number; width: number } {
    const { input, layers } = this.#layout;
    if (source < 0) return { ...input, width: this.#shapes.inputSize };
    const { output, stride, units } = layers[source];
    return { address: output, stride, width: units };
  }

  /** z of a merge: its sources side by side, or added. */
  #copies(layer: number, z: number, stride: number): Entry[] {
    const adds = this.#network.layers[layer].type === 'add';
    let start = 0;
    return this.#shapes.layers[layer].sources.map((source, k): Entry => {
      const { address, stride: fromStride, width } = this.#source(source);
      const record = this.#writer.record({
        [operation.TO]: z + 4 * start,
        [operation.TO_STRIDE]: stride,
        [operation.FROM]: address,
        [operation.FROM_STRIDE]: fromStride,
        [operation.COUNT]: width,
        [operation.ADDS_TO]: adds && k > 0 ? 1 : 0,
      });
      if (!adds) start += width;
      return [operation.COPY, record];
    });
  }

  #copiesBack(layer: number): Entry[] {
    const { layers } = this.#layout;
    const adds = this.#network.layers[layer].type === 'add';
    let start = 0;
    return this.#shapes.layers[layer].sources.flatMap((source, k): Entry[] => {
      const { width } = this.#source(source);
      const from = layers[layer].delta + 4 * start;
      if (!adds) start += width;
      if (source < 0) return [];
      const record = this.#writer.record({
        [operation.TO]: layers[source].delta,
        [operation.TO_STRIDE]: layers[source].stride,
        [operation.FROM]: from,
        [operation.FROM_STRIDE]: layers[layer].stride,
        [operation.COUNT]: width,
        [operation.ADDS_TO]: this.#ways.adds[layer][k] ? 1 : 0,
      });
      return [[operation.COPY, record]];
    });
  }

  #inputGradient(layer: number): Entry[] {
    const [source] = this.#shapes.layers[layer].sources;
    if (source < 0) return [];
    const { delta, stride } = this.#layout.layers[source];
    const record = this.#denseRecord(layer, {
      [denseField.INPUT_GRADIENT]: delta,
      [denseField.INPUT_GRADIENT_STRIDE]: stride,
      [denseField.ADDS_INPUT_GRADIENT]: this.#ways.adds[layer][0] ? 1 : 0,
    });
    return [[operation.INPUT_GRADIENT, record]];
  }

  #denseRecord(layer: number, fields: Readonly<Record<number, number>>): number {
    const dense = this.#layout.dense.find(each => each.layer === layer) as DenseBuffers;
    const [source] = this.#shapes.layers[layer].sources;
    const { address, stride, width } = this.#source(source);
    return this.#writer.record({
      [denseField.INPUT]: address,
      [denseField.INPUT_STRIDE]: stride,
      [denseField.INPUTS]: width,
      [denseField.IS_INPUT]: source < 0 ? 1 : 0,
      [denseField.COLUMNS]: this.#layout.work.columns,
      ...denseFields(this.#network, this.#layout, dense, this.#layout.layers[layer]),
      ...fields,
    });
  }
}

/** What all operations of a dense layer share. */
function denseFields(
  network: Network,
  layout: Layout,
  { weights, bias, rate, panels }: DenseBuffers,
  { units, stride, output, delta }: LayerBuffers,
): Record<number, number> {
  const { parameters, parameterBytes, gradients, width, work } = layout;
  /** The n-th array of moments, where the optimizer has one. */
  const moment = (address: number, n: number): number =>
    n * parameterBytes < layout.stateBytes ? address + n * parameterBytes : 0;
  return {
    [denseField.PANELS]: Math.ceil(units / width),
    [denseField.WEIGHTS]: weights,
    [denseField.BIAS]: bias,
    [denseField.OUTPUT]: output,
    [denseField.OUTPUT_STRIDE]: stride,
    [denseField.FIRST_W]: moment(weights, 1),
    [denseField.SECOND_W]: moment(weights, 2),
    [denseField.FIRST_B]: moment(bias, 1),
    [denseField.SECOND_B]: moment(bias, 2),
    [denseField.USE_BIAS]: panels.useBias ? 1 : 0,
    [denseField.PENALISES_BIAS]: network.regularization.bias ? 1 : 0,
    [denseField.GRADIENT_W]: gradients + weights - parameters,
    [denseField.GRADIENT_B]: gradients + bias - parameters,
    [denseField.RATE]: rate,
    [denseField.UNITS]: units,
    [denseField.PACKED_ROWS]: work.rows,
    [denseField.TRANSPOSED]: work.transposed,
    [denseField.PACKED_INPUT]: work.input,
    [denseField.PACKED_DELTA]: work.delta,
    [denseField.DELTA]: delta,
  };
}
