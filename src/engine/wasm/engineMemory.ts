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
import { layOut, type Layout } from './layout';
import { panelsOf, tensorsOf } from './layoutTensors';
import { epochsOfCall } from './pace';
import { readPanels, writePanels } from './panels';
import { Room } from './room';
import { holdingOf, Samples, type Holding } from './samples';
import { SmallSteps } from './small/small';
import type { TeamOptions } from './team';
import { writeNetwork } from './writing';

export class EngineMemory {
  /** Of the rows that have been passed forward: (rows, outputs), without gaps. */
  readonly outputs: Float32Array;
  readonly weightedInputs: Float32Array;
  readonly targets: Float32Array;
  readonly #network: Network;
  readonly #layout: Layout;
  readonly #dataset: Dataset;
  readonly #holding: Holding;
  readonly #reached: readonly boolean[];
  readonly #parameters: number;
  /** Other ones once a thread has been lost. */
  #room: Room;
  #samples: Samples;
  /** Of networks that are small. */
  readonly #small: SmallSteps | undefined;
  /** Which of the two places holds what was saved last; the clocks of then. */
  #latest: 0 | 1 = 0;
  readonly #clocks: readonly Clock[] = [startClock(), startClock()];

  /** @param rows of a batch or tile at most  @param team where more than one thread shall work */
  constructor(
    network: Network,
    shapes: NetworkShapes,
    dataset: Dataset,
    rows: number,
    backend: Backend,
    team?: TeamOptions,
  ) {
    const holding = holdingOf(dataset, rows, epochsOfCall(network, shapes, dataset));
    const layout = layOut(network, shapes, rows, holding, backend.width, team?.threads);
    const room = new Room(layout, backend, team !== undefined);
    const { buffer } = room;
    this.#network = network;
    this.#layout = layout;
    this.#dataset = dataset;
    this.#holding = holding;
    this.#parameters = shapes.stored;
    this.#reached = reachedLayers(shapes.layers);
    this.#room = room;
    const outputs = layout.rows * shapes.outputSize;
    this.outputs = new Float32Array(outputs);
    this.weightedInputs = new Float32Array(outputs);
    this.targets = new Float32Array(outputs);
    writeNetwork(buffer, network, shapes, layout, holding.asBytes);
    this.setRates(network);
    this.beginEpoch(0);
    this.#samples = new Samples(dataset, holding, layout, buffer);
    if (team) room.invite(team);
    else if (!holding.staged) {
      this.#small = SmallSteps.create(network, shapes, layout, room, backend.fuses);
    }
  }

  /** Threads that can work, once they have come. */
  gatherThreads(): number {
    return 1 + (this.#room.team?.gather() ?? 0);
  }

  /**
   * Whether the latest call lacks nothing. A thread that was lost has left something undone: then this one goes on
   * alone, with all that stood here, and the call has to be made again.
   */
  #isWhole(): boolean {
    if (!this.#room.team?.hasLost) return true;
    this.#room = this.#room.alone();
    const { order } = this.#samples;
    this.#samples = new Samples(this.#dataset, this.#holding, this.#layout, this.#room.buffer);
    this.#samples.order.set(order);
    return false;
  }

  get order(): Uint32Array {
    return this.#samples.order;
  }

  /** Rows of the latest batch or tile. */
  get rows(): number {
    return this.#room.words[place.ROWS];
  }

  get gradientNorm(): number {
    return Math.sqrt(this.#room.reals[place.SQUARED_NORM]);
  }

  /** Steps from `position` on, `steps` at most; answers how many. What was saved last must be as it is now. */
  train(position: number, end: number, batchSize: number, steps: number): number {
    const most = Math.min(steps, this.#samples.stepsHeld(batchSize));
    const samples = Math.min(end - position, most * batchSize);
    const start = this.#open(position, samples);
    if (this.#small) return this.#small.train(start, start + samples, batchSize, most);
    this.#room.words[place.POSITION] = start;
    this.#room.words[place.END] = start + samples;
    this.#room.words[place.BATCH] = batchSize;
    const made = this.#room.engine.train(most, true);
    if (this.#isWhole()) return made;
    this.restore();
    return this.train(position, end, batchSize, steps);
  }

  /** Copies samples of the epoch's order into the batch buffers. */
  gather(position: number, rows: number): void {
    this.#room.engine.gather(this.#open(position, rows), rows);
    if (!this.#isWhole()) this.gather(position, rows);
  }

  /** Makes samples of the epoch's order ready; answers where they stand in the order that the engine reads. */
  #open(position: number, count: number): number {
    const start = this.#samples.open(position, count);
    this.#room.words[place.EPOCH_SHIFT] = position - start;
    return start;
  }

  gatherSamples(samples: Uint32Array, start: number, rows: number): void {
    this.#room.engine.gather(this.#samples.openOthers(samples, start, rows), rows);
    if (!this.#isWhole()) this.gatherSamples(samples, start, rows);
  }

  /** (rows, inputSize) without gaps, into the batch buffer. */
  setInputs(inputs: Float64Array, rows: number): void {
    const { address, stride } = this.#layout.input;
    const width = inputs.length / rows;
    for (let r = 0; r < rows; r++) {
      const to = (address + r * stride) / 4;
      for (let k = 0; k < width; k++) this.#room.floats[to + k] = inputs[r * width + k];
    }
    this.#room.words[place.ROWS] = rows;
  }

  /** `keeps`: every layer's weighted input can be looked at afterwards; `drops`: as in training. */
  forward(keeps: boolean, drops = false): void {
    this.#room.engine.forward(keeps, drops);
    if (!this.#isWhole()) this.forward(keeps, drops);
  }

  /** The gradient of a tile of a batch of `samples`; `adds`: to that of earlier ones. False: a thread and all is lost. */
  backward(samples: number, adds: boolean): boolean {
    this.#room.engine.backward(samples, adds);
    return this.#isWhole() || (!adds && this.backward(samples, adds));
  }

  /** A step by the stored gradient. */
  applyStored(): void {
    this.#room.engine.applyStored();
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
        this.outputs[r * units + j] = this.#room.floats[aAt + j];
        this.weightedInputs[r * units + j] = this.#room.floats[zAt + j];
        this.targets[r * units + j] = this.#room.floats[y + j];
      }
    }
  }

  /** Whether no step since `save` has met a number that is not finite. */
  isFinite(): boolean {
    const { parameters, stateBytes } = this.#layout;
    const { trace, engine } = this.#room;
    const isFinite =
      trace.every(value => value === 0) && engine.finite(parameters, stateBytes) !== 0;
    return this.#isWhole() ? isFinite : this.isFinite();
  }

  /** Keeps parameters and optimizer as they are, for `restore`, and what was kept before them. */
  save(): void {
    this.forgetSave();
    const { parameters, stateBytes, saved } = this.#layout;
    this.#room.engine.keep(parameters, saved[this.#latest], stateBytes);
    if (!this.#isWhole()) this.#room.engine.keep(parameters, saved[this.#latest], stateBytes);
    Object.assign(this.#clocks[this.#latest], this.clock());
    this.#room.trace.fill(0);
  }

  restore(): void {
    const { parameters, stateBytes, saved } = this.#layout;
    this.#room.bytes.copyWithin(parameters, saved[this.#latest], saved[this.#latest] + stateBytes);
    this.#setClock(this.#clocks[this.#latest]);
    this.#room.trace.fill(0);
  }

  /** What was saved before is what `restore` leads back to again: once, for there are two. */
  forgetSave(): void {
    this.#latest = this.#latest === 0 ? 1 : 0;
  }

  clock(): Clock {
    const { [place.BETA1_POWER]: beta1Power, [place.BETA2_POWER]: beta2Power } = this.#room.reals;
    return { beta1Power, beta2Power };
  }

  begin(parameters: Float64Array, optimizer: OptimizerState | undefined): void {
    const { parameters: start, stateBytes } = this.#layout;
    this.#room.floats.fill(0, start / 4, (start + stateBytes) / 4);
    [parameters, ...(optimizer?.moments ?? [])].forEach((numbers, n) => {
      let at = 0;
      for (const panels of panelsOf(this.#layout, n * this.#layout.parameterBytes))
        at = writePanels(this.#room.floats, panels, numbers, at);
    });
    this.#setClock(optimizer?.clock ?? startClock());
    this.#room.trace.fill(0);
  }

  /** Parameters (0) or an array of moments (1, 2) in the file's order. */
  readTensors(n: number): Float64Array {
    return this.#read(n * this.#layout.parameterBytes);
  }

  /** The gradients that `backward` has stored, in the file's order, without the penalty. */
  readGradients(): Float64Array {
    return this.#read(this.#layout.gradients - this.#layout.parameters);
  }

  /** An array that begins so many bytes behind the parameters. */
  #read(bytes: number): Float64Array {
    const numbers = new Float64Array(this.#parameters);
    let at = 0;
    for (const panels of panelsOf(this.#layout, bytes))
      at = readPanels(this.#room.floats, panels, numbers, at);
    return numbers;
  }

  /** What is dropped from now on is that of this epoch. */
  beginEpoch(epoch: number): void {
    if (this.#layout.dropout.length === 0) return;
    const words = new Uint32Array(this.#room.floats.buffer);
    for (const { layer, key } of this.#layout.dropout) {
      words[key / 4] = dropoutKey(this.#network.seed, layer, epoch);
    }
  }

  setRates(network: Network): void {
    const { buffer } = this.#room.floats;
    for (const { layer, rate } of this.#layout.weighted) {
      new Float64Array(buffer, rate, 1)[0] = rateOf(network, layer);
    }
  }

  /** Every layer's numbers of a forward pass that kept them. */
  *layerNumbers(): Generator<LayerNumbers> {
    for (const [layer, { units, stride, kept, output }] of this.#layout.layers.entries()) {
      if (!this.#reached[layer]) continue;
      const view = (address: number): Float32Array => this.#room.floats.subarray(address / 4);
      const [weightedInput, activation] = [view(kept), view(output)];
      yield { layer, units, stride: stride / 4, weightedInput, output: activation };
    }
  }

  /** Stored gradients, from the last layer to the first. */
  gradientTensors(): TensorNumbers[] {
    const { gradients, parameters } = this.#layout;
    return tensorsOf(this.#layout, this.#room.floats, gradients - parameters).reverse();
  }

  /** Parameters and moments, in the file's order. */
  stateTensors(): TensorNumbers[] {
    const { stateBytes, parameterBytes } = this.#layout;
    const arrays = Array.from({ length: stateBytes / parameterBytes }, (_, n) =>
      tensorsOf(this.#layout, this.#room.floats, n * parameterBytes),
    );
    return arrays[0].flatMap((_, t) => arrays.map(tensors => tensors[t]));
  }

  #setClock({ beta1Power, beta2Power }: Clock): void {
    this.#room.reals[place.BETA1_POWER] = beta1Power;
    this.#room.reals[place.BETA2_POWER] = beta2Power;
  }
}
