/** Who takes from whom and what a layer is, as far as formulas need it. Layers count as in the file, −1 is the input. */
import type { FactsBase } from '../engine/facts';
import { consumersOf } from '../network/graph';
import type { ImageShape, WindowShape } from '../network/images';
import type { LayerKind } from '../network/kinds';
import { layerTraits } from '../network/layerTypes';
import type { LayerType } from '../network/network';

/** Without `sources` every layer takes from the one above; without `kinds` all are dense, `add` or `concat`. */
export type Wired = Pick<FactsBase, 'sizes'> &
  Partial<Pick<FactsBase, 'sources' | 'kinds' | 'inputImage'>>;

export class Branches {
  readonly #sizes: readonly number[];
  readonly #sources: readonly (readonly number[])[];
  readonly #consumers: readonly (readonly number[])[];
  readonly #kinds: readonly LayerKind[] | undefined;
  readonly #inputImage: ImageShape | undefined;

  constructor({ sizes, sources, kinds, inputImage }: Wired) {
    this.#sizes = sizes;
    this.#sources = sources ?? sizes.slice(1).map((_, layer) => [layer - 1]);
    this.#consumers = consumersOf(this.#sources);
    this.#kinds = kinds;
    this.#inputImage = inputImage;
  }

  sizeOf(layer: number): number {
    return this.#sizes[layer + 1];
  }

  sourcesOf(layer: number): readonly number[] {
    return this.#sources[layer] ?? [layer - 1];
  }

  /** The one source of a layer with weights. */
  sourceOf(layer: number): number {
    return this.sourcesOf(layer)[0];
  }

  /** Layers that take from this one, in the file's order. */
  consumersOf(layer: number): readonly number[] {
    return this.#consumers[layer + 1] ?? [];
  }

  /** Without kinds: only merges have several sources; those of an `add` are as long as itself. */
  typeOf(layer: number): LayerType {
    const kind = this.#kinds?.[layer];
    if (kind) return kind.type;
    const sources = this.sourcesOf(layer);
    if (sources.length < 2) return 'dense';
    return this.sizeOf(layer) === this.sizeOf(sources[0]) ? 'add' : 'concat';
  }

  /** What goes out of a layer, where that is an image. */
  imageOf(layer: number): ImageShape | undefined {
    return layer < 0 ? this.#inputImage : this.#kinds?.[layer]?.image;
  }

  /** Of conv2d and the pools. */
  windowOf(layer: number): WindowShape | undefined {
    return this.#kinds?.[layer]?.window;
  }

  /** Of a dropout; else 0. */
  rateOf(layer: number): number {
    return this.#kinds?.[layer]?.rate ?? 0;
  }

  /** Of a batchNorm; else 0. */
  epsilonOf(layer: number): number {
    return this.#kinds?.[layer]?.epsilon ?? 0;
  }

  /** The row of the weights that a neuron has: of a convolution its filter, of a batchNorm of an image its channel. */
  rowOf(layer: number, row: number): number {
    const isShared = layerTraits[this.typeOf(layer)].hasParameters;
    const image = isShared ? this.imageOf(layer) : undefined;
    return image ? row % image.channels : row;
  }

  /** The neuron of a merge that the first neuron of a source flows into. */
  startOf(layer: number, source: number): number {
    if (this.typeOf(layer) !== 'concat') return 0;
    const sources = this.sourcesOf(layer);
    return sources
      .slice(0, sources.indexOf(source))
      .reduce((start, before) => start + this.sizeOf(before), 0);
  }
}
