/**
 * Networks as plain JSON with every value of every layer under a name of its own (`2.0`: neuron 0 of layer
 * 2), so that one sees which column of a matrix belongs to which value before and after an edit.
 */
import type { JsonObject } from './networks';

export type ModelLayer = JsonObject & {
  type: string;
  units: number;
  weights?: number[][];
  bias?: number[];
  id?: string;
  from?: string[];
};

export function layersOf(network: JsonObject): ModelLayer[] {
  return network.layers as ModelLayer[];
}

export function inputSize(network: JsonObject): number {
  return ((network.input as JsonObject).shape as number[]).reduce((size, n) => size * n, 1);
}

/** Number of values that come into a layer. */
export function inputsOf(network: JsonObject, layer: number): number {
  return incoming(network)[layer].length;
}

/** Number of values that go out of the last layer. */
export function outputsOf(network: JsonObject): number {
  return outgoing(network).at(-1)?.length ?? 0;
}

/** Keys of layers: who they are, wherever they stand. */
export type Keys = ReadonlyMap<ModelLayer, string>;

export function keysOf(network: JsonObject): Keys {
  return new Map(layersOf(network).map((layer, index) => [layer, String(index)]));
}

/** By layer, the names of the values that come in. */
export function incoming(network: JsonObject, keys = keysOf(network)): string[][] {
  return flow(network, keys).map(([values]) => values);
}

function outgoing(network: JsonObject): string[][] {
  return flow(network, keysOf(network)).map(([, values]) => values);
}

function flow(network: JsonObject, keys: Keys): [string[], string[]][] {
  const input = names('input', inputSize(network));
  const byId = new Map([['input', input]]);
  let above = input;
  return layersOf(network).map(layer => {
    const sources = (layer.from ?? []).map(id => byId.get(id) ?? []);
    const values = layer.type === 'concat' ? sources.flat() : (sources.at(0) ?? above);
    const key = keys.get(layer) ?? '?';
    above = layer.type === 'dense' ? names(key, layer.units) : values;
    if (layer.type === 'add') above = values.map(value => `${key}(${value})`);
    if (layer.id !== undefined) byId.set(layer.id, above);
    return [values, above];
  });
}

function names(key: string, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${key}.${index}`);
}

/** What a model puts in for a number that is drawn: the n-th one of a layer. */
export function drawnNumber(layer: number, n: number): number {
  return 1000 * (layer + 1) + n + 0.5;
}

/** Columns by the names of values; undefined: nothing fits, or a number would have to be drawn. */
export function fitColumns(
  weights: number[][],
  before: readonly string[],
  after: readonly string[],
  rows: number,
  draw: ((n: number) => number) | undefined,
): number[][] | undefined {
  const columns = after.map(name => before.indexOf(name));
  const isNew = rows > weights.length || columns.includes(-1);
  if (columns.every(column => column < 0) || (isNew && !draw)) return undefined;
  let n = 0;
  const drawn = (): number => draw?.(n++) ?? NaN;
  return Array.from({ length: rows }, (_, row) =>
    columns.map(column => (weights[row] as number[] | undefined)?.[column] ?? drawn()),
  );
}

/** The values of the output: every function is the identity, missing biases are 0. */
export function evaluate(network: JsonObject, x: readonly number[]): number[] {
  const byId = new Map<string, readonly number[]>([['input', x]]);
  let above: readonly number[] = x;
  for (const { type, id, from, weights = [], bias } of layersOf(network)) {
    const sources = (from ?? []).map(name => byId.get(name) ?? []);
    const values = type === 'concat' ? sources.flat() : (sources.at(0) ?? above);
    if (type === 'dense') {
      above = weights.map((row, j) =>
        row.reduce((sum, weight, k) => sum + weight * values[k], bias?.[j] ?? 0),
      );
    } else {
      above =
        type === 'concat'
          ? values
          : values.map((_, j) => sources.reduce((sum, list) => sum + list[j], 0));
    }
    if (id !== undefined) byId.set(id, above);
  }
  return [...above];
}
