/** Arbitrary edits that can be made in a network of dense layers, as the JSON value of its file. */
import fc from 'fast-check';
import type { LayerValue, NetworkEdit } from '../../../src/network/edit';
import { isObject } from '../../../src/network/json';
import type { JsonValue } from '../../../src/network/json';
import type { JsonPath } from '../../../src/network/network';
import { inputSize, inputsOf, layersOf } from './modelNetwork';
import { activationArbitrary, matrixArbitrary, numberArbitrary } from './networks';
import type { JsonObject } from './networks';

/** An edit that can be made in this network. Where it has merges, only edits of single values. */
export function editArbitrary(network: JsonObject): fc.Arbitrary<NetworkEdit> {
  const layers = layersOf(network);
  const layer = fc.nat({ max: layers.length - 1 });
  const units = fc.integer({ min: 1, max: 5 });
  const kinds: fc.Arbitrary<NetworkEdit>[] = [
    fc.constant({ type: 'set', path: ['name'], value: 'another' }),
    fc.record({
      type: fc.constant('setActivation' as const),
      layer,
      activation: activationArbitrary,
    }),
    fc.record({ type: fc.constant('setSeed' as const), seed: fc.nat() }),
    parameterArbitrary(network),
  ];
  if (hasSamples(network.data)) kinds.push(sampleArbitrary(network));
  if (layers.some(({ id, from }) => id !== undefined || from)) return fc.oneof(...kinds);
  kinds.push(
    setArbitrary(network),
    unsetArbitrary(layers.length),
    fc.record({ type: fc.constant('setUnits' as const), layer, units }),
    fc.record({
      type: fc.constant('addLayer' as const),
      index: fc.nat({ max: layers.length }),
      layer: fc.record({ type: fc.constant('dense'), units, activation: activationArbitrary }),
    }),
    setParametersArbitrary(network),
    ...arrangingKinds(network),
    ...connectingKinds(network),
  );
  return fc.oneof(...kinds);
}

/** Which layers there are, and in which order. */
function arrangingKinds(network: JsonObject): readonly fc.Arbitrary<NetworkEdit>[] {
  const layers = layersOf(network);
  const some = fc.subarray([...layers.keys()], { minLength: 1 });
  const to = fc.nat({ max: layers.length });
  const pasted = fc
    .tuple(fc.integer({ min: 1, max: 3 }), fc.integer({ min: 1, max: 3 }))
    .chain(([units, inputs]) =>
      fc.record(
        {
          type: fc.constant('dense'),
          units: fc.constant(units),
          weights: matrixArbitrary(units, inputs),
          bias: matrixArbitrary(1, units).map(([row]) => row),
          note: fc.constant('pasted'),
        },
        { requiredKeys: ['type', 'units'] },
      ),
    ) as fc.Arbitrary<LayerValue>;
  const kinds: fc.Arbitrary<NetworkEdit>[] = [
    fc.record({ type: fc.constant('moveLayers' as const), layers: some, to }),
    fc.record({ type: fc.constant('copyLayers' as const), layers: some, to }),
    fc.record({
      type: fc.constant('insertLayers' as const),
      index: to,
      layers: fc.array(pasted, { minLength: 1, maxLength: 3 }),
    }),
  ];
  if (layers.length < 2) return kinds;
  const layer = fc.nat({ max: layers.length - 1 });
  const most = { minLength: 1, maxLength: layers.length - 1 };
  const removed = fc.subarray([...layers.keys()], most);
  kinds.push(fc.record({ type: fc.constant('removeLayer' as const), layer }));
  kinds.push(fc.record({ type: fc.constant('removeLayers' as const), layers: removed }));
  return kinds;
}

/** Merges, sources, and the input. */
function connectingKinds(network: JsonObject): readonly fc.Arbitrary<NetworkEdit>[] {
  const layers = layersOf(network);
  const sizes = [inputSize(network), ...layers.map(({ units }) => units)];
  const size = fc.integer({ min: 1, max: 5 });
  const kinds: fc.Arbitrary<NetworkEdit>[] = [
    size.map(size => ({ type: 'setInputs' as const, size })),
    size.map(size => ({
      type: 'setInputs' as const,
      size,
      names: Array.from({ length: size }, (_, index) => `n${index}`),
    })),
  ];
  const sources = [...sizes.keys()].map(place => place - 1);
  const two = fc.subarray(sources, { minLength: 2, maxLength: Math.min(3, sources.length) });
  const merges = two.chain(chosen => {
    const equal = chosen.every(source => sizes[source + 1] === sizes[chosen[0] + 1]);
    const index = Math.max(...chosen) + 1;
    return fc.record({
      type: fc.constant('addMerge' as const),
      index: fc.integer({ min: index, max: layers.length }),
      merge: equal
        ? fc.constantFrom('add' as const, 'concat' as const)
        : fc.constant('concat' as const),
      sources: fc.constant(chosen),
    });
  });
  const connected = fc
    .nat({ max: layers.length - 1 })
    .chain(layer =>
      fc
        .integer({ min: -1, max: layer - 1 })
        .map(source => ({ type: 'setSources' as const, layer, sources: [source] })),
    );
  return [...kinds, merges, connected];
}

function parameterArbitrary(network: JsonObject): fc.Arbitrary<NetworkEdit> {
  const layers = layersOf(network);
  const dense = [...layers.keys()].filter(index => layers[index].type === 'dense');
  return fc.constantFrom(...dense).chain(layer => {
    const { units } = layers[layer];
    const inputs = inputsOf(network, layer);
    const place = fc.oneof(
      fc.record({ kind: fc.constant('weight' as const), column: fc.nat({ max: inputs - 1 }) }),
      fc.record({ kind: fc.constant('bias' as const), column: fc.constant(0) }),
    );
    const rest = fc.record({
      type: fc.constant('setParameter' as const),
      layer: fc.constant(layer),
      row: fc.nat({ max: units - 1 }),
      value: numberArbitrary,
      parameters: fc.record({
        weights: matrixArbitrary(units, inputs),
        bias: matrixArbitrary(1, units).map(([row]) => row),
      }),
    });
    return fc.tuple(rest, place).map(([edit, where]) => ({ ...edit, ...where }));
  });
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
