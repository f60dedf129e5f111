/** Maps that fill the neurons of a network with two inputs: their activation over the plane of the inputs. */
import { isLarge } from '../../src/engine/inspect/drawn';
import type { DataRange, NeuronMaps } from '../../src/protocol';
import type { Controller } from '../controller';
import { COARSE, MapKeeper, type Wanted } from '../predict/mapKeeper';
import { paintField } from '../predict/mapPaint';
import { extremes, mapScale } from '../predict/mapScale';
import { mapOver, type Neuron } from '../predict/subject';
import type { State } from '../store';
import { isHighContrast, onThemeChange, readInk } from '../theme';
import type { Named } from './names';

/** Neurons up to which maps are drawn in them. */
const MOST_NEURONS = 200;
/** Pixels of a picture. */
const SIDE = 72;

type Drawn = Pick<NonNullable<State['document']>, 'shapes'>;

/** Whether there is a plane to draw maps over. */
export const hasPlane = ({ shapes }: Drawn): boolean => shapes?.inputSize === 2;

/** Two inputs, every neuron drawn, and not more than can be computed as training goes on. */
export function hasNeuronMaps(document: Drawn): boolean {
  if (!hasPlane(document)) return false;
  const units = document.shapes?.layers.map(layer => layer.units) ?? [];
  return !units.some(isLarge) && units.reduce((a, b) => a + b, 2) <= MOST_NEURONS;
}

/** The address of a neuron's picture; undefined where there is none. */
export type MapPictures = (layer: number, row: number) => string | undefined;

export class NeuronMapKeeper {
  readonly #asks: () => Pick<Controller['asks'], 'map' | 'dataRange'>;
  readonly #changed: () => void;
  readonly #keeper: MapKeeper;
  #range: DataRange | undefined;
  #network: unknown;
  #wanted: Wanted | undefined;
  #stamp: unknown;
  #pictures: { readonly of: NeuronMaps; readonly urls: readonly string[] } | undefined;
  #end: (() => void) | undefined;

  constructor(asks: () => Pick<Controller['asks'], 'map' | 'dataRange'>, changed: () => void) {
    this.#asks = asks;
    this.#changed = changed;
    this.#keeper = new MapKeeper(
      request => this.#asks().map(request),
      () => this.#wanted,
      () => false,
      changed,
    );
  }

  disconnect(): void {
    this.#end?.();
    this.#end = undefined;
  }

  /** Wants the maps, where they are chosen and the network can have them; answers what is known of them. */
  of({ document, show, view }: State, named: Named): MapPictures | undefined {
    if (!show.maps || show.stepping || !document || document.stale || !hasNeuronMaps(document)) {
      this.#stamp = undefined;
      return undefined;
    }
    this.#end ??= onThemeChange(() => {
      this.#pictures = undefined;
      this.#changed();
    });
    if (this.#network !== document) void this.#read(document);
    if (this.#range && this.#stamp !== view) {
      this.#stamp = view;
      this.#wanted = mapOver(this.#range, neuronsOf(named), show.scope.snapshot);
      this.#keeper.refresh();
    }
    const { map } = this.#keeper;
    return map && this.#range && this.#painted(map, named);
  }

  async #read(document: unknown): Promise<void> {
    this.#network = document;
    try {
      const range = await this.#asks().dataRange();
      if (this.#network !== document) return;
      this.#range = range;
      this.#stamp = undefined;
      this.#changed();
    } catch {
      // Why there are no numbers has a banner; the neurons show their activation.
      if (this.#network === document) this.#range = undefined;
    }
  }

  #painted(map: NeuronMaps, named: Named): MapPictures {
    if (this.#pictures?.of !== map) this.#pictures = { of: map, urls: picturesOf(map, named) };
    const { urls } = this.#pictures;
    return (layer, row) => {
      const i = map.neurons.findIndex(neuron => neuron.layer === layer && neuron.row === row);
      return urls[i];
    };
  }
}

/** Of all layers, the input first. */
const neuronsOf = ({ sizes }: Named): readonly Neuron[] =>
  sizes.flatMap((units, i) => Array.from({ length: units }, (_, row) => ({ layer: i - 1, row })));

function picturesOf(map: NeuronMaps, named: Named): readonly string[] {
  const canvas = document.createElement('canvas');
  canvas.width = canvas.height = SIDE;
  // Each picture is read back at once.
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (!context) return [];
  const ink = readInk();
  const box = { x: 0, y: 0, width: SIDE, height: SIDE };
  return map.neurons.map(({ layer }, i) => {
    const values = map.values.subarray(i * COARSE * COARSE, (i + 1) * COARSE * COARSE);
    context.clearRect(0, 0, SIDE, SIDE);
    const scale = mapScale(named.network.layers[layer]?.activation, extremes(values));
    paintField(
      { context, ink, highContrast: isHighContrast(), scale },
      { box, cells: COARSE, values },
    );
    return canvas.toDataURL();
  });
}
