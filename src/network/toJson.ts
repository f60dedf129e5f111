/** A network as the JSON value that its file holds. Settings that have no effect are left out. */
import type { JsonValue } from './json';
import { networkSettings } from './catalog';
import { expectationSettings } from './expectation';
import { batchNormSettings } from './layerCatalog';
import { isMergeLayer } from './layerTypes';
import type {
  BatchNormLayer,
  ConvLayer,
  Data,
  Expectation,
  Extent,
  Initializer,
  Layer,
  Network,
  Optimizer,
  ParameterLayer,
  PoolLayer,
  Schedule,
} from './network';
import { initializers, losses, optimizers, schedules } from './vocabulary';

interface JsonObject {
  [key: string]: JsonValue;
}

export function networkToJson(network: Network): JsonObject {
  const { version, name, notation, seed, input, layers, loss, training } = network;
  const { weights, data, expect } = network;
  const { type, half, reduction } = loss;
  const { l2, l1 } = network.regularization;
  const schedule = scheduleToJson(training.schedule);
  const clip = limitsOf(training.clip);
  const stop = limitsOf(training.stop);
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
      ...(schedule && { schedule }),
      ...(clip && { clip }),
      batchSize: training.batchSize,
      epochs: training.epochs,
      shuffle: training.shuffle,
      ...(stop && { stop }),
    },
    ...(weights && { weights: { file: weights.file, sha256: weights.sha256 } }),
    ...(data && { data: dataToJson(data) }),
    ...(expect && { expect: expect.map(expectationToJson) }),
  };
}

/** In the order of the catalogue. A source that is the only one is written without a list. */
function layerToJson(layer: Layer): JsonObject {
  const { type, id, from, activation } = layer;
  const only = from?.length === 1 && !isMergeLayer(layer) ? from[0] : from;
  const name = {
    type,
    ...(id !== undefined && { id }),
    ...(only !== undefined && { from: only }),
  };
  switch (layer.type) {
    case 'add':
    case 'concat':
      return { ...name, ...(activation !== 'linear' && { activation }) };
    case 'flatten':
      return name;
    case 'batchNorm':
      return { ...name, ...batchNormToJson(layer) };
    case 'dropout':
      return { ...name, rate: layer.rate };
    case 'maxPool2d':
    case 'averagePool2d':
      return { ...name, size: layer.size, ...slidingToJson(layer, layer.size) };
    case 'conv2d': {
      const { filters, kernel } = layer;
      return {
        ...name,
        filters,
        kernel,
        ...slidingToJson(layer, [1, 1]),
        ...parametersToJson(layer),
      };
    }
    case 'dense':
      return { ...name, units: layer.units, ...parametersToJson(layer) };
  }
}

/** @param usual the stride that is taken where none is written */
function slidingToJson({ stride, padding }: ConvLayer | PoolLayer, usual: Extent): JsonObject {
  const isUsual = stride[0] === usual[0] && stride[1] === usual[1];
  return { ...(!isUsual && { stride }), ...(padding !== 'valid' && { padding }) };
}

function parametersToJson(layer: ParameterLayer): JsonObject {
  const { activation, useBias, init, weights, bias, learningRateScale } = layer;
  return {
    activation,
    ...(!useBias && { useBias }),
    init: initializerToJson(init),
    ...(learningRateScale !== 1 && { learningRateScale }),
    ...(weights && { weights }),
    ...(bias && { bias }),
  };
}

function batchNormToJson(layer: BatchNormLayer): JsonObject {
  const { epsilon, momentum, activation, useBias, learningRateScale } = layer;
  const { weights, bias, mean, variance } = layer;
  return {
    ...(epsilon !== batchNormSettings.epsilon.default && { epsilon }),
    ...(momentum !== batchNormSettings.momentum.default && { momentum }),
    ...(activation !== 'linear' && { activation }),
    ...(!useBias && { useBias }),
    ...(learningRateScale !== 1 && { learningRateScale }),
    ...(weights && { weights }),
    ...(bias && { bias }),
    ...(mean && { mean }),
    ...(variance && { variance }),
  };
}

function initializerToJson(init: Initializer): JsonValue {
  const used = initializers[init.type].settings;
  return used.length === 0 ? init.type : pick(init, ['type', ...used]);
}

function optimizerToJson(optimizer: Optimizer): JsonObject {
  return pick(optimizer, ['type', ...optimizers[optimizer.type].settings]);
}

/** Undefined where the rate stays what it is. */
function scheduleToJson(schedule: Schedule): JsonObject | undefined {
  const { type, warmUp } = schedule;
  if (type === 'constant' && warmUp === 0) return undefined;
  const used = schedules[type].settings.filter(key => key !== 'warmUp' || warmUp > 0);
  return pick(schedule, ['type', ...used]);
}

/** Those that are set; undefined where none is. */
function limitsOf(group: object): JsonObject | undefined {
  const set = Object.entries(group as { [key: string]: number | null }).filter(
    ([, limit]) => limit !== null,
  );
  return set.length > 0 ? Object.fromEntries(set) : undefined;
}

function pick(value: Optimizer | Initializer | Schedule, keys: readonly string[]): JsonObject {
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

function expectationToJson(expectation: Expectation): JsonObject {
  const { name } = expectation;
  const named = name !== undefined && { name };
  if (expectation.type === 'gradcheck') return { ...named, gradcheck: true };
  if (expectation.type === 'loss') {
    const { atMost, afterEpochs } = expectation;
    return { ...named, loss: { atMost, ...(afterEpochs > 0 && { afterEpochs }) } };
  }
  const { input, output, tolerance } = expectation;
  const isUsual = tolerance === expectationSettings.tolerance.default;
  return { ...named, input, output, ...(!isUsual && { tolerance }) };
}
