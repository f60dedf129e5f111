/**
 * What each edit means, said on the plain JSON value instead of on the text: the other side of the
 * comparison in the property tests.
 */
import fc from 'fast-check';
import type { NetworkEdit } from '../../../src/network/edit';
import { isObject } from '../../../src/network/json';
import type { JsonValue } from '../../../src/network/json';
import type { JsonPath } from '../../../src/network/network';
import { activationArbitrary, matrixArbitrary, numberArbitrary } from './networks';
import type { JsonObject } from './networks';

type Layer = JsonObject & { units: number; weights?: number[][]; bias?: number[] };

export function layersOf(network: JsonObject): Layer[] {
  return network.layers as Layer[];
}

export function inputsOf(network: JsonObject, layer: number): number {
  if (layer > 0) return layersOf(network)[layer - 1].units;
  return ((network.input as JsonObject).shape as number[])[0];
}

/** The network after an edit. */
export function applyToModel(network: JsonObject, edit: NetworkEdit): JsonObject {
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
      resize(layers, edit.layer, edit.units);
      break;
    case 'setActivation': {
      layers[edit.layer].activation = edit.activation;
      const { loss } = copy;
      const pair = { crossEntropy: 'softmax', binaryCrossEntropy: 'sigmoid' } as const;
      const type = isObject(loss ?? null) ? (loss as JsonObject).type : undefined;
      const partner = pair[type as keyof typeof pair] as string | undefined;
      if (edit.layer < layers.length - 1 || !partner || partner === edit.activation) break;
      const usual = {
        softmax: layers[edit.layer].units > 1 ? 'crossEntropy' : 'meanSquaredError',
        sigmoid: 'binaryCrossEntropy',
      };
      (loss as JsonObject).type =
        usual[edit.activation as keyof typeof usual] ?? 'meanSquaredError';
      break;
    }
    case 'addLayer': {
      const inputs = inputsOf(copy, edit.index);
      layers.splice(edit.index, 0, edit.layer as Layer);
      const next = layers[edit.index + 1];
      if (next && edit.layer.units !== inputs) delete next.weights;
      break;
    }
    case 'removeLayer': {
      const fits = inputsOf(copy, edit.layer) === layers[edit.layer].units;
      layers.splice(edit.layer, 1);
      if (!fits && edit.layer < layers.length) delete layers[edit.layer].weights;
      break;
    }
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

function resize(layers: Layer[], index: number, units: number): void {
  const layer = layers[index];
  const next = layers[index + 1] as Layer | undefined;
  if (units > layer.units) {
    delete layer.weights;
    delete layer.bias;
    if (next) delete next.weights;
  }
  if (units < layer.units) {
    layer.weights?.splice(units);
    layer.bias?.splice(units);
    next?.weights?.forEach(row => row.splice(units));
  }
  layer.units = units;
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

/** An edit that can be made in this network. */
export function editArbitrary(network: JsonObject): fc.Arbitrary<NetworkEdit> {
  const layers = layersOf(network);
  const layer = fc.nat({ max: layers.length - 1 });
  const units = fc.integer({ min: 1, max: 5 });
  const kinds: fc.Arbitrary<NetworkEdit>[] = [
    setArbitrary(network),
    unsetArbitrary(layers.length),
    fc.record({ type: fc.constant('setUnits' as const), layer, units }),
    fc.record({
      type: fc.constant('addLayer' as const),
      index: fc.nat({ max: layers.length }),
      layer: fc.record({ type: fc.constant('dense'), units, activation: activationArbitrary }),
    }),
    setParametersArbitrary(network),
    fc.record({
      type: fc.constant('setActivation' as const),
      layer,
      activation: activationArbitrary,
    }),
    fc.record({ type: fc.constant('setSeed' as const), seed: fc.nat() }),
  ];
  if (layers.length > 1)
    kinds.push(fc.record({ type: fc.constant('removeLayer' as const), layer }));
  if (hasSamples(network.data)) kinds.push(sampleArbitrary(network));
  return fc.oneof(...kinds);
}

function hasSamples(data: JsonValue | undefined): boolean {
  const inline = data !== undefined && isObject(data) ? data.inline : null;
  return Array.isArray(inline) && inline.length > 0;
}

function setArbitrary(network: JsonObject): fc.Arbitrary<NetworkEdit> {
  const targets: fc.Arbitrary<readonly [JsonPath, JsonValue]>[] = [
    fc.constant([['name'], 'a "new" name'] as const),
    fc.constant([['notation'], 'ng'] as const),
    numberArbitrary.map(n => [['training', 'optimizer', 'learningRate'], Math.abs(n)] as const),
    fc.constant([['training', 'stop', 'targetLoss'], 0.5] as const),
    fc.constant([['loss'], { type: 'huber', reduction: 'sum' }] as const),
    fc.constant([['regularization', 'l2'], 0.1] as const),
  ];
  layersOf(network).forEach((layer, index) => {
    const path = ['layers', index];
    targets.push(activationArbitrary.map(name => [[...path, 'activation'], name] as const));
    targets.push(fc.constant([[...path, 'init', 'scale'], 0.25] as const));
    if (!layer.weights || !layer.bias) return;
    const row = layer.units - 1;
    targets.push(numberArbitrary.map(n => [[...path, 'weights', row, 0], n] as const));
    targets.push(numberArbitrary.map(n => [[...path, 'bias', row], n] as const));
  });
  return fc.oneof(...targets).map(([path, value]) => ({ type: 'set', path, value }));
}

function unsetArbitrary(layers: number): fc.Arbitrary<NetworkEdit> {
  const path = fc.oneof(
    fc.constantFrom<JsonPath>(['name'], ['seed'], ['loss'], ['training'], ['data'], ['x-unknown']),
    fc.constantFrom<JsonPath>(['training', 'stop', 'targetLoss'], ['training', 'optimizer']),
    fc
      .tuple(
        fc.nat({ max: layers - 1 }),
        fc.constantFrom('activation', 'weights', 'bias', 'init', 'note'),
      )
      .map(([layer, key]) => ['layers', layer, key]),
  );
  return path.map(path => ({ type: 'unset', path }));
}

function sampleArbitrary(network: JsonObject): fc.Arbitrary<NetworkEdit> {
  const { inline } = network.data as { inline: { x: number[]; y: number[] }[] };
  const path = ['data', 'inline'];
  return fc.oneof(
    fc.nat({ max: inline.length - 1 }).map(index => ({ type: 'remove' as const, path, index })),
    fc
      .nat({ max: inline.length })
      .map(index => ({ type: 'insert' as const, path, index, value: inline[0] })),
  );
}

export function setParametersArbitrary(network: JsonObject): fc.Arbitrary<NetworkEdit> {
  const layers = layersOf(network).map((layer, index) => {
    const fresh = fc.record(
      {
        weights: matrixArbitrary(layer.units, inputsOf(network, index)),
        bias: matrixArbitrary(1, layer.units).map(([row]) => row),
      },
      { requiredKeys: ['weights'] },
    );
    return fc.oneof({ weight: 4, arbitrary: fresh }, fc.constant(undefined));
  });
  return fc
    .tuple(...layers)
    .map(layers => ({ type: 'setParameters' as const, label: 'Train', layers }));
}
