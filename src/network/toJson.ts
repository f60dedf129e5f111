/** A network as the JSON value that its file holds. Settings that have no effect are left out. */
import type { JsonValue } from './json';
import { networkSettings } from './catalog';
import type { Data, Initializer, Layer, Network, Optimizer } from './network';
import { initializers, losses, optimizers } from './vocabulary';

interface JsonObject {
  [key: string]: JsonValue;
}

export function networkToJson(network: Network): JsonObject {
  const { version, name, notation, seed, input, layers, loss, training, weights, data } = network;
  const { type, half, reduction } = loss;
  const { l2, l1 } = network.regularization;
  const stops = Object.entries(training.stop).filter(([, limit]) => limit !== null);
  return {
    version,
    ...(name !== networkSettings.name.default && { name }),
    ...(notation && { notation }),
    seed,
    input: { shape: input.shape, ...(input.names && { names: input.names }) },
    layers: layers.map(layerToJson),
    loss: { type, ...(losses[type].settings.includes('half') && { half }), reduction },
    ...((l2 > 0 || l1 > 0) && { regularization: { ...network.regularization } }),
    training: {
      precision: training.precision,
      optimizer: optimizerToJson(training.optimizer),
      batchSize: training.batchSize,
      epochs: training.epochs,
      shuffle: training.shuffle,
      ...(stops.length > 0 && { stop: Object.fromEntries(stops) }),
    },
    ...(weights && { weights: { file: weights.file, sha256: weights.sha256 } }),
    ...(data && { data: dataToJson(data) }),
  };
}

/** A source that is the only one is written without a list. */
function layerToJson(layer: Layer): JsonObject {
  const { type, id, from, activation } = layer;
  const name = { type, ...(id !== undefined && { id }) };
  if (layer.type !== 'dense') {
    return { ...name, from: layer.from, ...(activation !== 'linear' && { activation }) };
  }
  const { units, useBias, init, weights, bias, learningRateScale } = layer;
  return {
    ...name,
    ...(from && { from: from.length === 1 ? from[0] : from }),
    units,
    activation,
    ...(!useBias && { useBias }),
    init: initializerToJson(init),
    ...(learningRateScale !== 1 && { learningRateScale }),
    ...(weights && { weights }),
    ...(bias && { bias }),
  };
}

function initializerToJson(init: Initializer): JsonValue {
  const used = initializers[init.type].settings;
  return used.length === 0 ? init.type : pick(init, ['type', ...used]);
}

function optimizerToJson(optimizer: Optimizer): JsonObject {
  return pick(optimizer, ['type', ...optimizers[optimizer.type].settings]);
}

function pick(value: Optimizer | Initializer, keys: readonly string[]): JsonObject {
  return Object.fromEntries(Object.entries(value).filter(([key]) => keys.includes(key)));
}

function dataToJson({ source, validation, normalize }: Data): JsonObject {
  return {
    ...sourceToJson(source),
    ...(validation > 0 && { split: { validation } }),
    ...(normalize !== 'none' && { normalize }),
  };
}

function sourceToJson(source: Data['source']): JsonObject {
  if (source.type === 'inline') return { inline: source.samples.map(({ x, y }) => ({ x, y })) };
  if (source.type === 'generator') {
    return { generator: source.name, samples: source.samples, noise: source.noise };
  }
  if (source.type === 'idx') return { idx: { images: source.images, labels: source.labels } };
  const { path, inputs, target } = source;
  return { csv: path, ...(inputs && { inputs }), target };
}
