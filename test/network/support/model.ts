/**
 * What each edit means, said on the plain JSON value instead of on the text: the other side of the
 * comparison in the property tests.
 */
import type { NetworkEdit } from '../../../src/network/edit';
import { isObject } from '../../../src/network/json';
import type { JsonValue } from '../../../src/network/json';
import type { JsonPath } from '../../../src/network/network';
import { drawnNumber, fitColumns, incoming, inputSize, layersOf, outputsOf } from './modelNetwork';
import type { ModelLayer } from './modelNetwork';
import type { JsonObject } from './networks';

/** Whether new numbers are drawn, as `tools` of the tests draw them; else what lacks numbers goes. */
export interface ModelOptions {
  readonly draws?: boolean;
}

/** The network after an edit. */
export function applyToModel(
  network: JsonObject,
  edit: NetworkEdit,
  options: ModelOptions = {},
): JsonObject {
  const copy = structuredClone(network);
  const layers = layersOf(copy);
  switch (edit.type) {
    case 'set':
      setAt(copy, edit.path, edit.value);
      break;
    case 'unset':
      unsetAt(copy, edit.path);
      break;
    case 'insert':
      listAt(copy, edit.path).splice(edit.index, 0, edit.value);
      break;
    case 'remove':
      listAt(copy, edit.path).splice(edit.index, 1);
      break;
    case 'setUnits':
      resize(copy, new Map([[edit.layer, edit.units]]), options);
      break;
    case 'setInputs':
      resize(copy, new Map([[-1, edit.size]]), options, edit.names);
      break;
    case 'setActivation':
      layers[edit.layer].activation = edit.activation;
      if (edit.layer === layers.length - 1) healLoss(copy);
      break;
    case 'addLayer':
      arrange(copy, spliced(layers, edit.index, [edit.layer as ModelLayer]), options);
      break;
    case 'insertLayers':
      arrange(copy, spliced(layers, edit.index, edit.layers as readonly ModelLayer[]), options);
      break;
    case 'copyLayers': {
      const copies = layers.filter((_, index) => edit.layers.includes(index));
      arrange(copy, spliced(layers, edit.to, copies), options, copies);
      break;
    }
    case 'removeLayer':
      arrange(
        copy,
        layers.filter((_, index) => index !== edit.layer),
        options,
      );
      break;
    case 'removeLayers':
      arrange(
        copy,
        layers.filter((_, index) => !edit.layers.includes(index)),
        options,
      );
      break;
    case 'moveLayers': {
      const isMoved = (layer: ModelLayer): boolean => edit.layers.includes(layers.indexOf(layer));
      const before = layers.slice(0, edit.to).filter(layer => !isMoved(layer));
      const behind = layers.slice(edit.to).filter(layer => !isMoved(layer));
      arrange(copy, [...before, ...layers.filter(isMoved), ...behind], options);
      break;
    }
    case 'addMerge':
    case 'setSources':
      connect(copy, edit, options);
      break;
    case 'setParameter': {
      const { layer, kind, row, column, value, parameters } = edit;
      const target = layers[layer];
      if (!(kind === 'weight' ? target.weights : target.bias)) {
        target.weights ??= structuredClone(parameters?.weights) as number[][];
        target.bias ??= structuredClone(parameters?.bias) as number[];
      }
      const list = kind === 'weight' ? target.weights?.[row] : target.bias;
      if (list) list[kind === 'weight' ? column : row] = value;
      break;
    }
    case 'several':
      return edit.edits.reduce((value, each) => applyToModel(value, each, options), copy);
    case 'setParameters':
      layers.forEach((layer, index) => {
        delete layer.weights;
        delete layer.bias;
        const parameters = structuredClone(edit.layers[index]);
        if (parameters) Object.assign(layer, parameters);
      });
      break;
    case 'setSeed':
      copy.seed = edit.seed;
  }
  return copy;
}

function spliced(
  layers: readonly ModelLayer[],
  index: number,
  added: readonly ModelLayer[],
): ModelLayer[] {
  return inserted(layers, index, ...added.map(layer => structuredClone(layer)));
}

function inserted<T>(list: readonly T[], index: number, ...added: readonly T[]): T[] {
  return [...list.slice(0, index), ...added, ...list.slice(index)];
}

/** Other layers, or another order: a matrix stays where as many values come in as before. */
function arrange(
  network: JsonObject,
  layers: ModelLayer[],
  options: ModelOptions,
  originals: readonly ModelLayer[] = [],
): void {
  const old = layersOf(network);
  const oldValues = new Map(incoming(network).map((values, index) => [old[index], values]));
  const keys = new Map(old.map((layer, index) => [layer, String(index)]));
  const added = layers.filter(layer => !keys.has(layer));
  added.forEach((layer, index) => {
    keys.set(layer, `new${index}`);
    const original = originals.at(index);
    if (original) oldValues.set(layer, oldValues.get(original) ?? []);
  });
  const last = old.at(-1);
  network.layers = layers;
  incoming(network, keys).forEach((values, index) => {
    const layer = layers[index];
    const before = oldValues.get(layer);
    if (!layer.weights) return;
    if (!before) {
      if (layer.weights[0].length !== values.length) delete layer.weights;
    } else if (before.length !== values.length) fit(layer, index, before, values, options);
  });
  if (layers.at(-1) !== last) healLoss(network);
}

function fit(
  layer: ModelLayer,
  index: number,
  before: readonly string[],
  after: readonly string[],
  { draws }: ModelOptions,
): void {
  const draw = draws ? (n: number) => drawnNumber(index, n) : undefined;
  const fitted = fitColumns(layer.weights ?? [], before, after, layer.units, draw);
  if (fitted) layer.weights = fitted;
  else delete layer.weights;
}

/** The usual loss, where the one of the file needs another output. */
function healLoss(network: JsonObject): void {
  const loss = (network.loss ?? {}) as JsonObject;
  const pair = { crossEntropy: 'softmax', binaryCrossEntropy: 'sigmoid' } as const;
  const partner = pair[loss.type as keyof typeof pair] as string | undefined;
  const activation = layersOf(network).at(-1)?.activation ?? 'linear';
  if (!partner || partner === activation) return;
  const usual = {
    softmax: outputsOf(network) > 1 ? 'crossEntropy' : 'meanSquaredError',
    sigmoid: 'binaryCrossEntropy',
  };
  loss.type = usual[activation as keyof typeof usual] ?? 'meanSquaredError';
}

function resize(
  network: JsonObject,
  sizes: ReadonlyMap<number, number>,
  options: ModelOptions,
  names?: readonly string[],
): void {
  const before = incoming(network);
  const layers = layersOf(network);
  const rows = layers.map(({ units }) => units);
  for (const [layer, size] of sizes) {
    if (layer < 0) setInputs(network, size, names);
    else layers[layer].units = size;
  }
  incoming(network).forEach((values, index) => {
    const layer = layers[index];
    const more = layer.units - rows[index];
    if (more > 0 && !options.draws) delete layer.bias;
    layer.bias?.splice(layer.units);
    if (more > 0) layer.bias?.push(...new Array<number>(more).fill(0));
    const same = values.join() === before[index].join();
    if (layer.weights && !(same && more === 0)) fit(layer, index, before[index], values, options);
  });
}

function setInputs(network: JsonObject, size: number, given?: readonly string[]): void {
  const input = network.input as JsonObject & { names?: string[] };
  if (inputSize(network) !== size) input.shape = [size];
  if (given) input.names = [...given];
  if (!input.names) return;
  while (input.names.length < size) input.names.push(`x${input.names.length + 1}`);
  input.names.splice(size);
}

/** Ids for the sources that have none, and `from`; in these networks no layer has an id before. */
function connect(
  network: JsonObject,
  edit: Extract<NetworkEdit, { type: 'addMerge' | 'setSources' }>,
  options: ModelOptions,
): void {
  const layers = layersOf(network);
  const implied = edit.type === 'setSources' && edit.sources[0] === edit.layer - 1;
  const ids = new Map<number, string>([[-1, 'input']]);
  const named = [...new Set(implied ? [] : edit.sources)].sort((a, b) => a - b);
  const changed = layers.map((layer, index) => {
    if (!named.includes(index)) return layer;
    ids.set(index, `dense${ids.size}`);
    return Object.assign(layer, { id: ids.get(index) });
  });
  const from = edit.sources.map(source => ids.get(source) ?? '?');
  if (edit.type === 'addMerge') {
    const merge = { type: edit.merge, from } as unknown as ModelLayer;
    return arrange(network, inserted(changed, edit.index, merge), options);
  }
  const before = incoming(network)[edit.layer];
  const layer = layers[edit.layer];
  if (implied) delete layer.from;
  else layer.from = from;
  const after = incoming(network)[edit.layer];
  if (layer.weights && before.length !== after.length)
    fit(layer, edit.layer, before, after, options);
}

function step(value: JsonValue, key: string | number): JsonValue | undefined {
  return (value as JsonObject)[key];
}

function setAt(root: JsonObject, path: JsonPath, value: JsonValue): void {
  let owner: JsonValue = root;
  path.slice(0, -1).forEach(key => {
    const inner = step(owner, key);
    const next = typeof inner === 'string' ? { type: inner } : (inner ?? {});
    (owner as JsonObject)[key] = next;
    owner = next;
  });
  (owner as JsonObject)[path[path.length - 1]] = value;
}

function unsetAt(root: JsonObject, path: JsonPath): void {
  const owner = path
    .slice(0, -1)
    .reduce<JsonValue | undefined>(
      (value, key) => (value === undefined ? value : step(value, key)),
      root,
    );
  if (owner !== undefined && isObject(owner)) {
    Reflect.deleteProperty(owner, path[path.length - 1]);
  }
}

function listAt(root: JsonObject, path: JsonPath): JsonValue[] {
  return path.reduce<JsonValue>((value, key) => step(value, key) ?? null, root) as JsonValue[];
}

export { layersOf };
