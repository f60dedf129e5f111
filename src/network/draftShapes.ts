/** Shapes of a document that may be wrong: what is not known is undefined, and nothing is refused. */
import type { Node } from 'jsonc-parser';
import { sourcesOf } from './graph';
import { imageOf, imageSize, windowOver } from './images';
import type { ImageShape, SlidingSettings, WindowShape } from './images';
import { inputSize, readOwn } from './layerDraft';
import type { LayerDraft } from './layerDraft';
import { isMergeType, layerTraits } from './layerTypes';
import { limits } from './limits';
import type { LayerType, Network } from './network';
import { inputsOf, keptImage, windowSize } from './shapes';

/** A layer as far as it is known; see `LayerShape`. */
export interface DraftShape {
  /** Indices into `layers`, −1 the input; NaN is no layer above. */
  readonly sources: readonly number[];
  readonly inputs: number | undefined;
  readonly units: number | undefined;
  readonly rows: number | undefined;
  readonly columns: number | undefined;
  readonly image: ImageShape | undefined;
  /** Also where the window is too large to have a place. */
  readonly window: WindowShape | undefined;
}

/** By layer; sources stand above. */
export function draftShapes(
  layers: readonly LayerDraft[],
  input: Network['input'] | undefined,
): readonly DraftShape[] {
  const inputs = inputSize(input);
  const shapes: DraftShape[] = [];
  sourcesOf({ layers }).forEach((sources, index) => {
    const lengths = sources.map(source => (source < 0 ? inputs : shapes[source]?.units));
    const images = sources.map(source =>
      source < 0 ? imageOf(input?.shape) : shapes[source]?.image,
    );
    shapes.push({ sources, ...shapeOf(layers[index], lengths, images) });
  });
  return shapes;
}

/** The units of all types but `dense` come from their settings and sources, which stand above them. */
export function withUnits(
  layers: readonly LayerDraft[],
  input: Network['input'] | undefined,
): LayerDraft[] {
  const shapes = draftShapes(layers, input);
  return layers.map((layer, index) =>
    layer.type === undefined || layer.type === 'dense'
      ? layer
      : { ...layer, units: shapes[index].units },
  );
}

/** How the layer of a syntax tree slides its window; undefined where it has none, or a setting is wrong. */
export function readSliding(node: Node, type: LayerType): SlidingSettings | undefined {
  return layerTraits[type].slides ? slidingOf({ type, ...readOwn(node, type) }) : undefined;
}

function shapeOf(
  layer: LayerDraft,
  lengths: readonly (number | undefined)[],
  images: readonly (ImageShape | undefined)[],
): Omit<DraftShape, 'sources'> {
  const { type = 'dense', units: own, filters } = layer;
  const none = { rows: 0, columns: 0, image: undefined, window: undefined };
  const inputs = lengths.length === 1 ? lengths[0] : undefined;
  if (type === 'dense') return { ...none, inputs, units: own, rows: own, columns: inputs };
  if (!layerTraits[type].slides) {
    const units = isMergeType(type) ? mergedUnits(type, lengths) : inputs;
    const joined = isMergeType(type) ? units : inputs;
    const image = keptImage(type, images);
    const matrix =
      type === 'batchNorm' ? { rows: image ? image.channels : units, columns: 1 } : none;
    return { ...none, ...matrix, inputs: joined, units, image };
  }
  const settings = slidingOf(layer);
  const window = images[0] && settings && windowOver(images[0], settings);
  const image = window && hasPlaces(window) ? window.target : undefined;
  const size = image && imageSize(image);
  const units = size !== undefined && size <= limits.units ? size : undefined;
  const shape = { inputs, units, image, window };
  if (type !== 'conv2d') return { ...shape, rows: 0, columns: 0 };
  return { ...shape, rows: filters, columns: window && windowSize(window) };
}

/** Whether the window fits into the image anywhere. */
export function hasPlaces({ target }: WindowShape): boolean {
  return target.height > 0 && target.width > 0;
}

/** Undefined where one of the settings is wrong, or the type has none. */
function slidingOf(layer: LayerDraft): SlidingSettings | undefined {
  const { type, kernel, size, stride, padding, filters } = layer;
  const window = type === 'conv2d' ? kernel : size;
  if (!window || !stride || !padding) return undefined;
  if (type !== 'conv2d') return { window, stride, padding };
  return filters === undefined ? undefined : { window, stride, padding, channels: filters };
}

/** Undefined where they are not known, do not go together, or are too many. */
function mergedUnits(
  type: 'add' | 'concat',
  lengths: readonly (number | undefined)[],
): number | undefined {
  const known = lengths.filter(length => length !== undefined);
  if (type === 'add') return known.every(length => length === known[0]) ? known[0] : undefined;
  if (known.length < lengths.length || known.length === 0) return undefined;
  const units = inputsOf('concat', known);
  return units <= limits.units ? units : undefined;
}
