/**
 * The structure of a network as it would be after an edit: enough to say what a drop will do before it is
 * dropped. The truth stays the text: the host makes the edit, and refuses what this did not foresee. Pure.
 */
import { limits } from '../../src/network/catalog';
import { sourcesOf } from '../../src/network/graph';
import { imageOf, imageSize, slidingSettings, windowOver } from '../../src/network/images';
import type { ImageShape, SlidingSettings } from '../../src/network/images';
import { hasParameters, isMergeType } from '../../src/network/layerTypes';
import type { ActivationName, Layer, LayerType, Network } from '../../src/network/network';
import { keptImage, windowSize } from '../../src/network/shapes';

/** The key of the network's input. */
export const INPUT = -1;
/** Key of the first new row; far beyond the most layers there may be. */
export const NEW = 1_000_000;

/** A layer; `key` names it through an edit: its index before the edit, or a number beyond for a new one. */
export interface Row {
  readonly key: number;
  readonly type: LayerType;
  /** Of `dense`; the others get it from their sources. */
  readonly units: number;
  readonly activation: ActivationName;
  readonly useBias: boolean;
  /** Of what slides a window over an image. */
  readonly sliding?: SlidingSettings;
  /** Keys of its sources; absent: the row above. */
  readonly from?: readonly number[];
}

export interface Structure {
  readonly inputSize: number;
  readonly inputImage?: ImageShape | undefined;
  readonly rows: readonly Row[];
}

export interface RowShape {
  readonly inputs: number;
  readonly units: number;
  /** Where the values that go out are an image. */
  readonly image?: ImageShape | undefined;
  /** (units, inputs) of a dense layer, (filters, window) of a conv2d, (features, 1) of a batchNorm; else undefined. */
  readonly weights: readonly [number, number] | undefined;
}

/** The first thing that makes the structure no network. */
export type Obstacle =
  /** A softmax layer that is not the last one. */
  | { readonly type: 'softmax'; readonly key: number; readonly above: number | undefined }
  /** The sources of an `add` are not equally long. */
  | { readonly type: 'sizes'; readonly key: number; readonly sizes: readonly number[] }
  /** What comes in is a list, and a window needs an image. */
  | { readonly type: 'image'; readonly key: number; readonly values: number }
  /** The window is larger than the image. */
  | { readonly type: 'window'; readonly key: number; readonly image: ImageShape }
  /** A source stands below its taker, without a cycle. */
  | { readonly type: 'order'; readonly key: number; readonly source: number }
  /** Keys round the cycle, the first one again at the end. */
  | { readonly type: 'cycle'; readonly path: readonly number[] }
  | { readonly type: 'few'; readonly key: number }
  | { readonly type: 'layers' }
  | { readonly type: 'units'; readonly units: number }
  | { readonly type: 'parameters'; readonly parameters: number };

export interface Judged {
  readonly shapes: ReadonlyMap<number, RowShape>;
  readonly parameters: number;
  readonly obstacle: Obstacle | undefined;
}

export function structureOf(network: Network, inputSize: number): Structure {
  const sources = sourcesOf(network);
  const rows = network.layers.map((layer, key) => rowOf(layer, key, layer.from && sources[key]));
  return { inputSize, inputImage: imageOf(network.input.shape), rows };
}

export function rowOf(layer: Layer, key: number, from?: readonly number[]): Row {
  const { type, units, activation } = layer;
  const useBias = hasParameters(layer) && layer.useBias;
  const sliding = slidingSettings(layer);
  return {
    key,
    type,
    units,
    activation,
    useBias,
    ...(sliding && { sliding }),
    ...(from && { from }),
  };
}

/** Shapes of every row up to the first obstacle, in the order of the rows. */
export function judge({ inputSize, inputImage, rows }: Structure): Judged {
  const shapes = new Map<number, RowShape>([
    [INPUT, { inputs: 0, units: inputSize, image: inputImage, weights: undefined }],
  ]);
  let parameters = 0;
  const stop = (obstacle: Obstacle): Judged => ({ shapes, parameters, obstacle });
  if (rows.length > limits.layers) return stop({ type: 'layers' });
  for (const [index, row] of rows.entries()) {
    const sources = sourcesAt(rows, index);
    const missing = sources.find(source => !shapes.has(source));
    if (missing !== undefined) return stop(misplaced(rows, row.key, missing));
    const shape = shapeOf(
      row,
      sources.flatMap(source => shapes.get(source) ?? []),
    );
    if ('type' in shape) return stop(shape);
    if (row.activation === 'softmax' && index < rows.length - 1)
      return stop({ type: 'softmax', key: row.key, above: rows[index + 1].key });
    shapes.set(row.key, shape);
    if (shape.weights) parameters += shape.weights[0] * (shape.weights[1] + (row.useBias ? 1 : 0));
    if (shape.units > limits.units) return stop({ type: 'units', units: shape.units });
    if (parameters > limits.parameters) return stop({ type: 'parameters', parameters });
  }
  return { shapes, parameters, obstacle: undefined };
}

/** Keys of the sources of the row at an index. */
export function sourcesAt(rows: readonly Row[], index: number): readonly number[] {
  return rows[index].from ?? [index === 0 ? INPUT : rows[index - 1].key];
}

function shapeOf(row: Row, sources: readonly RowShape[]): RowShape | Obstacle {
  const [{ units: inputs, image }] = sources;
  if (isMergeType(row.type)) return joined(row, sources);
  if (row.sliding) return slid(row, row.sliding, sources[0]);
  if (row.type === 'dense') return { inputs, units: row.units, weights: [row.units, inputs] };
  const kept = keptImage(row.type, [image]);
  const weights = row.type === 'batchNorm' ? ([kept?.channels ?? inputs, 1] as const) : undefined;
  return { inputs, units: inputs, image: kept, weights };
}

function joined({ type, key }: Row, sources: readonly RowShape[]): RowShape | Obstacle {
  if (sources.length < 2) return { type: 'few', key };
  const sizes = sources.map(({ units }) => units);
  const image = keptImage(
    type,
    sources.map(source => source.image),
  );
  if (type === 'add') {
    const equal = sizes.every(size => size === sizes[0]);
    return equal
      ? { inputs: sizes[0], units: sizes[0], image, weights: undefined }
      : { type: 'sizes', key, sizes };
  }
  const sum = sizes.reduce((total, size) => total + size, 0);
  return { inputs: sum, units: sum, weights: undefined };
}

function slid(row: Row, sliding: SlidingSettings, source: RowShape): RowShape | Obstacle {
  const { units: inputs, image } = source;
  if (!image) return { type: 'image', key: row.key, values: inputs };
  const window = windowOver(image, sliding);
  const { target } = window;
  if (target.height < 1 || target.width < 1) return { type: 'window', key: row.key, image };
  const weights =
    row.type === 'conv2d' ? ([target.channels, windowSize(window)] as const) : undefined;
  return { inputs, units: imageSize(target), image: target, weights };
}

/** A source that is not above: a cycle when it takes, through others, from its own taker. */
function misplaced(rows: readonly Row[], key: number, source: number): Obstacle {
  const path = wayFrom(rows, source, key, new Set());
  return path ? { type: 'cycle', path: [key, ...path] } : { type: 'order', key, source };
}

/** Keys from `from` up its sources to `to`, both included; undefined when there is no such way. */
function wayFrom(
  rows: readonly Row[],
  from: number,
  to: number,
  seen: Set<number>,
): readonly number[] | undefined {
  if (from === to) return [to];
  if (seen.has(from)) return undefined;
  seen.add(from);
  const index = rows.findIndex(({ key }) => key === from);
  for (const source of index < 0 ? [] : sourcesAt(rows, index)) {
    const rest = wayFrom(rows, source, to, seen);
    if (rest) return [from, ...rest];
  }
  return undefined;
}

/** Rows in a new order: `keys` before the row that now stands at `to`. */
export function moved(rows: readonly Row[], keys: readonly number[], to: number): readonly Row[] {
  const taken = new Set(keys);
  const block = rows.filter(({ key }) => taken.has(key));
  const before = rows.slice(0, to).filter(({ key }) => !taken.has(key));
  const after = rows.slice(to).filter(({ key }) => !taken.has(key));
  return [...before, ...block, ...after];
}

/**
 * Rows with new ones before the row that now stands at `to`. New ones that take the row above stand between it
 * and the row below, also where that one has named the row above.
 */
export function inserted(rows: readonly Row[], added: readonly Row[], to: number): readonly Row[] {
  const [next, ...rest] = rows.slice(to);
  const above = to === 0 ? INPUT : rows[to - 1].key;
  const last = added[added.length - 1].key;
  const passes = next?.from?.includes(above) === true && !added[0].from;
  const below = passes
    ? [{ ...next, from: next.from?.map(key => (key === above ? last : key)) }, ...rest]
    : rows.slice(to);
  return [...rows.slice(0, to), ...added, ...below];
}
