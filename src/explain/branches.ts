/** Who takes from whom, as far as formulas need it. Layers count as in the file, −1 is the input. */
import type { FactsBase } from '../engine/facts';
import { consumersOf } from '../network/graph';
import type { LayerType } from '../network/network';

export class Branches {
  readonly #sizes: readonly number[];
  readonly #sources: readonly (readonly number[])[];
  readonly #consumers: readonly (readonly number[])[];

  /** Without `sources` every layer takes from the one above. */
  constructor({ sizes, sources }: Pick<FactsBase, 'sizes'> & Partial<Pick<FactsBase, 'sources'>>) {
    this.#sizes = sizes;
    this.#sources = sources ?? sizes.slice(1).map((_, layer) => [layer - 1]);
    this.#consumers = consumersOf(this.#sources);
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

  /** Only merges have several sources; the values of an `add` are as many as those of each of them. */
  typeOf(layer: number): LayerType {
    const sources = this.sourcesOf(layer);
    if (sources.length < 2) return 'dense';
    return this.sizeOf(layer) === this.sizeOf(sources[0]) ? 'add' : 'concat';
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
