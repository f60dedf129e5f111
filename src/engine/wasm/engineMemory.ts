/** The memory of one network in the engine: what stands where, in words of the network. */
import type { Dataset } from '../../data/dataset';
import type { Network } from '../../network/network';
import { rateOf } from '../../network/rates';
import type { NetworkShapes } from '../../network/shapes';
import type { LayerNumbers, TensorNumbers } from '../divergence';
import { dropoutKey } from '../dropout';
import { reachedLayers } from '../gradientFlow';
import { startClock, type Clock, type OptimizerState } from '../optimizers';
import * as place from './shared/places';
import type { Backend } from './backends';
import { writeHeader } from './headerNumbers';
import { layOut, type Layout } from './layout';
import { readPanels, shifted, writePanels, type Panels } from './panels';
import { writeProgram } from './program';
import { holdingOf, Samples } from './samples';
import { SmallSteps } from './small/small';
import { createMemory, instantiate, type Exports } from './webAssembly';
import { writeWindows } from './windows';

export class EngineMemory {
  /** Of the rows that have been passed forward: (rows, outputs), without gaps. */
  readonly outputs: Float32Array;
  readonly weightedInputs: Float32Array;
  readonly targets: Float32Array;
  readonly #network: Network;
  readonly #layout: Layout;
  readonly #samples: Samples;
  readonly #reached: readonly boolean[];
  readonly #engine: Exports;
  readonly #words: Int32Array;
  readonly #reals: Float64Array;
  readonly #floats: Float32Array;
  readonly #bytes: Uint8Array;
  readonly #trace: Float32Array;
  readonly #parameters: number;
  /** Of networks that are small. */
  readonly #small: SmallSteps | undefined;
  /** Which of the two places holds what was saved last; the clocks of then. */
  #latest: 0 | 1 = 0;
  readonly #clocks: readonly Clock[] = [startClock(), startClock()];

  /** @param rows of a batch or tile at most */
  constructor(
    network: Network,
    shapes: NetworkShapes,
    dataset: Dataset,
    rows: number,
    { module, width }: Backend,
  ) {
    const holding = holdingOf(dataset, rows);
    const layout = layOut(network, shapes, rows, holding, width);
    const memory = createMemory(layout.byteLength);
    const { buffer } = memory;
    this.#network = network;
    this.#layout = layout;
    this.#parameters = shapes.parameters;
    this.#reached = reachedLayers(shapes.layers);
    this.#words = new Int32Array(buffer, layout.header, place.WORD_BYTES / 4);
    this.#reals = new Float64Array(buffer, layout.header + place.WORD_BYTES, 32);
    this.#floats = new Float32Array(buffer);
    this.#bytes = new Uint8Array(buffer);
    this.#trace = new Float32Array(buffer, layout.trace, 4);
    const outputs = layout.rows * shapes.outputSize;
    this.outputs = new Float32Array(outputs);
    this.weightedInputs = new Float32Array(outputs);
    this.targets = new Float32Array(outputs);
    writeHeader(buffer, network, shapes, layout, holding.asBytes);
    this.setRates(network);
    this.beginEpoch(0);
    writeWindows(buffer, layout.windows, layout.work);
    writeProgram(buffer, network, shapes, layout);
    this.#samples = new Samples(dataset, holding, layout, buffer);
    this.#engine = instantiate(module, memory);
    this.#engine.setup(layout.header);
    if (!holding.staged) {
      this.#small = SmallSteps.create(network, shapes, layout, memory, this.#engine);
    }
  }

  get order(): Uint32Array {
    return this.#samples.order;
  }

  /** Rows of the latest batch or tile. */
  get rows(): number {
    return this.#words[place.ROWS];
  }

  get gradientNorm(): number {
    return Math.sqrt(this.#reals[place.SQUARED_NORM]);
  }

  /** Steps from `position` of the order on, `steps` at most; answers how many. The norm is that of the last one. */
  train(position: number, end: number, batchSize: number, steps: number): number {
    const most = Math.min(steps, this.#samples.stepsHeld(batchSize));
    const samples = Math.min(end - position, most * batchSize);
    const start = this.#open(position, samples);
    if (this.#small) return this.#small.train(start, start + samples, batchSize, most);
    this.#words[place.POSITION] = start;
    this.#words[place.END] = start + samples;
    this.#words[place.BATCH] = batchSize;
    return this.#engine.train(most, true);
  }

  /** Copies samples of the epoch's order into the batch buffers. */
  gather(position: number, rows: number): void {
    this.#engine.gather(this.#open(position, rows), rows);
  }

  /** Makes samples of the epoch's order ready; answers where they stand in the order that the engine reads. */
  #open(position: number, count: number): number {
    const start = this.#samples.open(position, count);
    this.#words[place.EPOCH_SHIFT] = position - start;
    return start;
  }

  gatherSamples(samples: Uint32Array, start: number, rows: number): void {
    this.#engine.gather(this.#samples.openOthers(samples, start, rows), rows);
  }

  /** (rows, inputSize) without gaps, into the batch buffer. */
  setInputs(inputs: Float64Array, rows: number): void {
    const { address, stride } = this.#layout.input;
    const width = inputs.length / rows;
    for (let r = 0; r < rows; r++) {
      const to = (address + r * stride) / 4;
      for (let k = 0; k < width; k++) this.#floats[to + k] = inputs[r * width + k];
    }
    this.#words[place.ROWS] = rows;
  }

  /** `keeps`: every layer's weighted input can be looked at afterwards; `drops`: as in training. */
  forward(keeps: boolean, drops = false): void {
    this.#engine.forward(keeps, drops);
  }

  /** The gradient of the rows, a tile of a batch of `samples`; `adds`: to that of earlier tiles. */
  backward(samples: number, adds: boolean): void {
    this.#engine.backward(samples, adds);
  }

  /** A step by the stored gradient. */
  applyStored(): void {
    this.#engine.applyStored();
  }

  /** Fills `outputs`, `weightedInputs` and `targets` from the rows that have been passed forward. */
  readOutputs(): void {
    const { layers, targets } = this.#layout;
    const { units, stride, output, kept, weightedInput } = layers[layers.length - 1];
    const z = weightedInput === output ? output : kept;
    for (let r = 0; r < this.rows; r++) {
      const y = (targets.address + r * targets.stride) / 4;
      const [zAt, aAt] = [(z + r * stride) / 4, (output + r * stride) / 4];
      for (let j = 0; j < units; j++) {
        this.outputs[r * units + j] = this.#floats[aAt + j];
        this.weightedInputs[r * units + j] = this.#floats[zAt + j];
        this.targets[r * units + j] = this.#floats[y + j];
      }
    }
  }

  /** Whether no step since `save` has met a number that is not finite. */
  isFinite(): boolean {
    const { parameters, stateBytes } = this.#layout;
    return (
      this.#trace.every(value => value === 0) && this.#engine.finite(parameters, stateBytes) !== 0
    );
  }

  /** Keeps parameters and optimizer as they are, for `restore`, and what was kept before them. */
  save(): void {
    this.forgetSave();
    const { parameters, stateBytes, saved } = this.#layout;
    this.#bytes.copyWithin(saved[this.#latest], parameters, parameters + stateBytes);
    Object.assign(this.#clocks[this.#latest], this.clock());
    this.#trace.fill(0);
  }

  restore(): void {
    const { parameters, stateBytes, saved } = this.#layout;
    this.#bytes.copyWithin(parameters, saved[this.#latest], saved[this.#latest] + stateBytes);
    this.#setClock(this.#clocks[this.#latest]);
    this.#trace.fill(0);
  }

  /** What was saved before is what `restore` leads back to again: once, for there are two. */
  forgetSave(): void {
    this.#latest = this.#latest === 0 ? 1 : 0;
  }

  clock(): Clock {
    const { [place.BETA1_POWER]: beta1Power, [place.BETA2_POWER]: beta2Power } = this.#reals;
    return { beta1Power, beta2Power };
  }

  begin(parameters: Float64Array, optimizer: OptimizerState | undefined): void {
    const { parameters: start, stateBytes } = this.#layout;
    this.#floats.fill(0, start / 4, (start + stateBytes) / 4);
    [parameters, ...(optimizer?.moments ?? [])].forEach((numbers, n) => {
      let at = 0;
      for (const panels of this.#panels(n)) at = writePanels(this.#floats, panels, numbers, at);
    });
    this.#setClock(optimizer?.clock ?? startClock());
    this.#trace.fill(0);
  }

  /** Parameters (0) or an array of moments (1, 2) in the file's order. */
  readTensors(n: number): Float64Array {
    const numbers = new Float64Array(this.#parameters);
    let at = 0;
    for (const panels of this.#panels(n)) at = readPanels(this.#floats, panels, numbers, at);
    return numbers;
  }

  /** What is dropped from now on is that of this epoch. */
  beginEpoch(epoch: number): void {
    if (this.#layout.dropout.length === 0) return;
    const words = new Uint32Array(this.#floats.buffer);
    for (const { layer, key } of this.#layout.dropout) {
      words[key / 4] = dropoutKey(this.#network.seed, layer, epoch);
    }
  }

  setRates(network: Network): void {
    const { buffer } = this.#floats;
    for (const { layer, rate } of this.#layout.weighted) {
      new Float64Array(buffer, rate, 1)[0] = rateOf(network, layer);
    }
  }

  /** Every layer's numbers of a forward pass that kept them. */
  *layerNumbers(): Generator<LayerNumbers> {
    for (const [layer, { units, stride, kept, output }] of this.#layout.layers.entries()) {
      if (!this.#reached[layer]) continue;
      const view = (address: number): Float32Array => this.#floats.subarray(address / 4);
      const [weightedInput, activation] = [view(kept), view(output)];
      yield { layer, units, stride: stride / 4, weightedInput, output: activation };
    }
  }

  /** Stored gradients, from the last layer to the first. */
  gradientTensors(): TensorNumbers[] {
    const { gradients, parameters } = this.#layout;
    return this.#tensors(gradients - parameters).reverse();
  }

  /** Parameters and moments, in the file's order. */
  stateTensors(): TensorNumbers[] {
    const { stateBytes, parameterBytes } = this.#layout;
    const arrays = Array.from({ length: stateBytes / parameterBytes }, (_, n) =>
      this.#tensors(n * parameterBytes),
    );
    return arrays[0].flatMap((_, t) => arrays.map(tensors => tensors[t]));
  }

  #tensors(shift: number): TensorNumbers[] {
    return this.#layout.weighted.flatMap(({ layer, panels }) => {
      const { units, inputs, useBias } = panels;
      const numbers = new Float64Array(units * inputs + (useBias ? units : 0));
      readPanels(this.#floats, shifted(panels, shift / 4), numbers, 0);
      const weights = { layer, columns: inputs, numbers: numbers.subarray(0, units * inputs) };
      const bias = { layer, columns: 1, numbers: numbers.subarray(units * inputs) };
      return useBias ? [weights, bias] : [weights];
    });
  }

  /** Where the n-th array, as long as the parameters, has its layers. */
  #panels(n: number): Panels[] {
    const { weighted, parameterBytes } = this.#layout;
    return weighted.map(({ panels }) => shifted(panels, (n * parameterBytes) / 4));
  }

  #setClock({ beta1Power, beta2Power }: Clock): void {
    this.#reals[place.BETA1_POWER] = beta1Power;
    this.#reals[place.BETA2_POWER] = beta2Power;
  }
}
