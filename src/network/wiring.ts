/**
 * Who takes values from whom, while an edit is planned: layers have keys that they keep when they move, so
 * that the network before an edit can be compared with the one after it.
 */
import type { Node } from 'jsonc-parser';
import { INPUT_ID, sourcesOf } from './graph';
import { hasPlaces, readSliding } from './draftShapes';
import { imageOf, imageSize, imageText, windowOver } from './images';
import type { ImageShape, SlidingSettings, WindowShape } from './images';
import { isLayerType, layerTraits } from './layerTypes';
import type { LayerType } from './network';
import { keptImage, sizeOf, windowSize } from './shapes';
import { child, descend, elements } from './tree';

export interface WiredLayer {
  /** The same before and after the edit: the index before it, or a name of its own for a new layer. */
  readonly key: string;
  readonly type: LayerType;
  /** Of `dense`; NaN where it is not written. Of the others it comes from their settings and sources. */
  readonly units: number;
  /** Of layers that slide a window; absent where a setting is wrong. */
  readonly sliding?: SlidingSettings;
  readonly useBias: boolean;
  readonly activation: unknown;
  readonly id?: string;
  /** Keys of its sources. Absent: the layer above. */
  readonly from?: readonly string[];
}

export interface Wiring {
  /** Values of the network's input; NaN where they are not known. */
  readonly inputs: number;
  /** Where the input is an image. */
  readonly image?: ImageShape;
  readonly layers: readonly WiredLayer[];
}

/** Values that lie one behind the other and come from one place. */
export interface Segment {
  readonly origin: string;
  readonly size: number;
}

export interface Flow {
  /** Indices into `layers`, −1 the input. */
  readonly sources: readonly number[];
  /** Of `add`: those of its first source. */
  readonly incoming: readonly Segment[];
  readonly outgoing: readonly Segment[];
  /** What goes out as an image. */
  readonly image: ImageShape | undefined;
  readonly window: WindowShape | undefined;
  /** The matrix of weights: 0 where there is none, NaN where it is not known. */
  readonly rows: number;
  readonly columns: number;
}

/** Key of the network's input; no layer has it. */
export const INPUT_KEY = INPUT_ID;

/** The network of a syntax tree. A source that does not exist has a key that no layer has. */
export function wiringOf(root: Node): Wiring {
  const layers = elements(child(root, 'layers')).map(readLayer);
  const sources = sourcesOf({ layers });
  const shape = elements(descend(root, ['input', 'shape'])).map(({ value }) => Number(value));
  const image = imageOf(shape);
  return {
    inputs: shape.length === 0 ? NaN : sizeOf(shape),
    ...(image && { image }),
    layers: layers.map(({ from, ...layer }, index) => ({
      ...layer,
      key: String(index),
      ...(from && { from: sources[index].map((source, k) => keyOf(source, from[k])) }),
    })),
  };
}

function keyOf(source: number, name: string): string {
  if (Number.isNaN(source)) return `"${name}"`;
  return source < 0 ? INPUT_KEY : String(source);
}

/** `from` holds names. */
export function readLayer(node: Node): Omit<WiredLayer, 'key'> {
  const written = child(node, 'type')?.value as unknown;
  const type = isLayerType(written) ? written : 'dense';
  const sliding = readSliding(node, type);
  const units = child(node, 'units')?.value as unknown;
  const id = child(node, 'id')?.value as unknown;
  const from = namesIn(child(node, 'from'));
  return {
    type,
    units: typeof units === 'number' && type === 'dense' ? units : NaN,
    ...(sliding && { sliding }),
    useBias: child(node, 'useBias')?.value !== false,
    activation: child(node, 'activation')?.value as unknown,
    ...(typeof id === 'string' && { id }),
    ...(from && { from }),
  };
}

/** The names of `from`, which may also be a single one. */
export function namesIn(node: Node | undefined): readonly string[] | undefined {
  if (!node) return undefined;
  const items = node.type === 'array' ? elements(node) : [node];
  return items.map(({ value }) => String(value));
}

/** By layer, indices of its sources; NaN where there is none. */
export function sourceIndices({ layers }: Wiring): readonly (readonly number[])[] {
  const places = new Map(layers.map(({ key }, index) => [key, index]));
  places.set(INPUT_KEY, -1);
  return layers.map(({ from }, index) => from?.map(key => places.get(key) ?? NaN) ?? [index - 1]);
}

/** Joined layers may join each other again and again: beyond this, parts are no longer told apart. */
const MOST_SEGMENTS = 256;

/** What flows into and out of each layer. Every source must stand above its layer; see `checkSources`. */
export function flowsOf(wiring: Wiring): readonly Flow[] {
  const flows: Flow[] = [];
  const input = [{ origin: INPUT_KEY, size: wiring.inputs }];
  sourceIndices(wiring).forEach((sources, index) => {
    const layer = wiring.layers[index];
    const images = sources.map(source => (source < 0 ? wiring.image : flows[source]?.image));
    const outgoing = sources.map(source => (source < 0 ? input : (flows[source]?.outgoing ?? [])));
    const incoming =
      layer.type === 'concat' ? collapsed(outgoing.flat(), layer) : (outgoing[0] ?? []);
    const { sliding, type } = layer;
    const window = sliding && images[0] ? windowOver(images[0], sliding) : undefined;
    const image = layerTraits[type].slides ? imageIn(window) : keptImage(type, images);
    flows.push({
      sources,
      incoming,
      outgoing: outgoingOf(layer, incoming, image),
      image,
      window,
      ...matrixOf(layer, incoming, image, window),
    });
  });
  return flows;
}

/** Undefined where the window has no place in what comes in. */
function imageIn(window: WindowShape | undefined): ImageShape | undefined {
  return window && hasPlaces(window) ? window.target : undefined;
}

function matrixOf(
  { type, units, sliding }: WiredLayer,
  incoming: readonly Segment[],
  image: ImageShape | undefined,
  window: WindowShape | undefined,
): Pick<Flow, 'rows' | 'columns'> {
  if (type === 'dense') return { rows: units, columns: sizeIn(incoming) };
  if (type === 'batchNorm') return { rows: image?.channels ?? sizeIn(incoming), columns: 1 };
  if (type !== 'conv2d') return { rows: 0, columns: 0 };
  return { rows: sliding?.channels ?? NaN, columns: window ? windowSize(window) : NaN };
}

function outgoingOf(
  { key, type, units }: WiredLayer,
  incoming: readonly Segment[],
  image: ImageShape | undefined,
): readonly Segment[] {
  if (type === 'dense') return [{ origin: key, size: units }];
  if (type === 'concat' || type === 'flatten' || (layerTraits[type].keepsShape && type !== 'add'))
    return incoming;
  // In images of different shape no value has the place that it had.
  if (layerTraits[type].slides) {
    return [
      image ? { origin: `${key}:${imageText(image)}`, size: imageSize(image) } : unknown(key),
    ];
  }
  return incoming.map(({ origin, size }) => ({ origin: `${key}(${origin})`, size }));
}

const unknown = (key: string): Segment => ({ origin: key, size: NaN });

function collapsed(segments: readonly Segment[], { key }: WiredLayer): readonly Segment[] {
  if (segments.length <= MOST_SEGMENTS) return segments;
  return [{ origin: key, size: sizeIn(segments) }];
}

export function sizeIn(segments: readonly Segment[]): number {
  return segments.length === 0 ? NaN : segments.reduce((sum, { size }) => sum + size, 0);
}
