/** The samples in the engine's memory: all of them, or those of the steps to come where they are many. */
import type { Dataset } from '../../data/dataset';
import { copyInputs } from '../../data/inputs';
import * as place from './shared/places';
import { roundUp } from './panels';
import type { Layout } from './layout';

/** Data up to so many bytes of float32 lie in the memory as a whole. */
const MOST_HELD = 64 * 2 ** 20;
/** Bytes of staged samples. */
const STAGED = 2 ** 20;

/** How samples are held. */
export interface Holding {
  /** Samples that there is room for. */
  readonly samples: number;
  /** Places of the order that the engine reads. */
  readonly places: number;
  readonly inputStride: number;
  /** Whether they are those of the steps to come alone. */
  readonly staged: boolean;
  readonly asBytes: boolean;
}

/** @param rows of a batch or tile at most  @param epochs whose orders are held, where that can be */
export function holdingOf(dataset: Dataset, rows: number, epochs = 1): Holding {
  const floats = 4 * roundUp(dataset.inputSize, 4);
  if (dataset.inputs.type === 'numbers' && dataset.samples * floats <= MOST_HELD) {
    const places = epochs * dataset.training.length;
    return { samples: dataset.samples, places, inputStride: floats, staged: false, asBytes: false };
  }
  const asBytes = convertsExactly(dataset);
  const inputStride = asBytes ? roundUp(dataset.inputSize, 16) : floats;
  const samples = Math.min(dataset.samples, Math.max(rows, Math.floor(STAGED / inputStride)));
  return { samples, places: samples, inputStride, staged: true, asBytes };
}

/** Whether the engine's float32 gives every byte the same number as float64, rounded. */
function convertsExactly({ inputs }: Dataset): boolean {
  if (inputs.type !== 'bytes') return false;
  const { offset, scale } = inputs;
  const known = new Set<string>();
  for (let k = 0; k < scale.length; k++) {
    const pair = `${offset[k]},${scale[k]}`;
    if (known.has(pair)) continue;
    known.add(pair);
    const [o, s] = [Math.fround(offset[k]), Math.fround(scale[k])];
    for (let byte = 0; byte < 256; byte++) {
      const exact = Math.fround((byte - offset[k]) / scale[k]);
      if (!Object.is(Math.fround(Math.fround(byte - o) / s), exact)) return false;
    }
  }
  return true;
}

export class Samples {
  /** Of the epoch under way, and of some behind it where there is room. */
  readonly order: Uint32Array;
  readonly #dataset: Dataset;
  readonly #holding: Holding;
  readonly #layout: Layout;
  readonly #words: Int32Array;
  readonly #floats: Float32Array;
  readonly #bytes: Uint8Array;
  readonly #tileOrder: Uint32Array;

  constructor(dataset: Dataset, holding: Holding, layout: Layout, buffer: ArrayBuffer) {
    this.#dataset = dataset;
    this.#holding = holding;
    this.#layout = layout;
    this.#words = new Int32Array(buffer, layout.header, 64);
    this.#floats = new Float32Array(buffer);
    this.#bytes = new Uint8Array(buffer);
    const { order, places, tileOrder } = layout.data;
    this.#tileOrder = new Uint32Array(buffer, tileOrder, layout.rows);
    const held = new Uint32Array(buffer, order, places);
    if (holding.staged) {
      this.order = new Uint32Array(dataset.training.length);
      held.forEach((_, i) => (held[i] = i));
    } else {
      this.order = held;
      for (let i = 0; i < dataset.samples; i++) this.#put(i, i);
    }
    if (holding.asBytes) this.#writeScales(buffer);
  }

  /** Steps of `batch` samples that can be made in one call. */
  stepsHeld(batch: number): number {
    return this.#holding.staged ? Math.max(1, Math.floor(this.#holding.samples / batch)) : Infinity;
  }

  /**
   * Makes the samples of the epoch's order from `position` on ready, `count` of them.
   *
   * @returns their place in the order that the engine reads
   */
  open(position: number, count: number): number {
    this.#words[place.ORDER] = this.#layout.data.order;
    if (!this.#holding.staged) return position;
    for (let i = 0; i < count; i++) this.#put(i, this.order[position + i]);
    return 0;
  }

  /** The same for other samples, as many as a tile has rows. */
  openOthers(samples: Uint32Array, start: number, rows: number): number {
    if (this.#holding.staged) {
      this.#words[place.ORDER] = this.#layout.data.order;
      for (let i = 0; i < rows; i++) this.#put(i, samples[start + i]);
      return 0;
    }
    this.#words[place.ORDER] = this.#layout.data.tileOrder;
    for (let i = 0; i < rows; i++) this.#tileOrder[i] = samples[start + i];
    return 0;
  }

  /** Sample `from` of the data to the place `to` of those that are held. */
  #put(to: number, from: number): void {
    const { inputs, targets, inputStride } = this.#layout.data;
    const { inputSize, outputSize } = this.#dataset;
    const at = inputs + to * inputStride;
    if (this.#holding.asBytes && this.#dataset.inputs.type === 'bytes') {
      const { values } = this.#dataset.inputs;
      this.#bytes.set(values.subarray(from * inputSize, (from + 1) * inputSize), at);
    } else copyInputs(this.#dataset, from, this.#floats, at / 4);
    const y = (targets + to * this.#layout.targets.stride) / 4;
    const start = from * outputSize;
    for (let j = 0; j < outputSize; j++) this.#floats[y + j] = this.#dataset.targets[start + j];
  }

  #writeScales(buffer: ArrayBuffer): void {
    const { offsets, scales } = this.#layout.data;
    const { inputs } = this.#dataset;
    if (inputs.type !== 'bytes') return;
    const padded = this.#layout.input.stride / 4;
    new Float32Array(buffer, scales, padded).fill(1);
    new Float32Array(buffer, offsets).set(inputs.offset);
    new Float32Array(buffer, scales).set(inputs.scale);
  }
}
