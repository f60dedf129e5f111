/** What a document says about its layers, as far as it can be understood. */
import type { Node } from 'jsonc-parser';
import {
  batchNormSettings,
  convSettings,
  denseSettings,
  dropoutSettings,
  initializerSettings,
  mergeSettings,
  poolSettings,
} from './layerCatalog';
import { isMergeType, layerTraits } from './layerTypes';
import { limits } from './limits';
import type {
  BatchNormLayer,
  ConvLayer,
  DropoutLayer,
  Extent,
  Initializer,
  LayerType,
  Network,
  PoolLayer,
} from './network';
import { sizeOf } from './shapes';
import { child, elements } from './tree';
import { choice, flag, matrix, number, numbers } from './values';
import type { ChoiceSetting, NumberSetting } from './setting';

/** Every setting of every type of layer. */
type AnyLayer = Omit<ConvLayer, 'type'> &
  Omit<PoolLayer, 'type'> &
  Omit<DropoutLayer, 'type'> &
  Omit<BatchNormLayer, 'type'>;

/**
 * A layer of any type; every value may be missing, because it is wrong in the text or not of this type. A
 * layer of an unknown type is read as `dense`. `from` is empty where it is in the text, but wrong.
 */
export type LayerDraft = { readonly [K in keyof AnyLayer]?: AnyLayer[K] } & {
  readonly type: LayerType | undefined;
};

/** The number of values that come in; undefined where it is not known, or too large. */
export function inputSize(input: Network['input'] | undefined): number | undefined {
  const size = input && sizeOf(input.shape);
  return size !== undefined && size <= limits.inputs ? size : undefined;
}

/** The layers as they are written: units only of `dense`. */
export function readLayers(node: Node | undefined): LayerDraft[] {
  return elements(node).slice(0, limits.layers).map(readLayer);
}

export function isMerge({ type }: LayerDraft): boolean {
  return type !== undefined && isMergeType(type);
}

/** Whether it has weights; a layer of an unknown type is read as `dense`. */
export function isWeighted({ type = 'dense' }: LayerDraft): boolean {
  return layerTraits[type].hasParameters;
}

function readLayer(node: Node): LayerDraft {
  const type = choice(child(node, 'type'), denseSettings.type);
  const { value: id } = child(node, 'id') ?? {};
  const name = { type, ...(typeof id === 'string' && { id }) };
  const activation = choice(child(node, 'activation'), denseSettings.activation);
  if (isMerge(name)) return { ...name, from: readSources(child(node, 'from'), false), activation };
  const from = child(node, 'from');
  const named = { ...name, ...(from && { from: readSources(from, true) }) };
  if (isWeighted(named)) return { ...named, activation, ...readOwn(node, type) };
  return { ...named, activation: 'linear', ...readOwn(node, type) };
}

/** The settings that only this type has. */
export function readOwn(node: Node, type: LayerType | undefined): Partial<AnyLayer> {
  switch (type) {
    case 'conv2d':
      return { ...readConv(node), ...readParameters(node) };
    case 'maxPool2d':
    case 'averagePool2d':
      return readPool(node);
    case 'batchNorm':
      return readBatchNorm(node);
    case 'dropout':
      return { rate: number(child(node, 'rate'), dropoutSettings.rate) };
    case 'flatten':
    case 'add':
    case 'concat':
      return {};
    case 'dense':
    case undefined:
      return { units: number(child(node, 'units'), denseSettings.units), ...readParameters(node) };
  }
}

function readConv(node: Node): Partial<AnyLayer> {
  const stride = child(node, 'stride');
  return {
    filters: number(child(node, 'filters'), convSettings.filters),
    kernel: readExtent(child(node, 'kernel')),
    stride: stride ? readExtent(stride) : [1, 1],
    padding: choice(child(node, 'padding'), convSettings.padding),
  };
}

function readPool(node: Node): Partial<AnyLayer> {
  const size = readExtent(child(node, 'size'));
  const stride = child(node, 'stride');
  return {
    size,
    stride: stride ? readExtent(stride) : size,
    padding: choice(child(node, 'padding'), poolSettings.padding),
  };
}

function readBatchNorm(node: Node): Partial<AnyLayer> {
  const mean = numbers(child(node, 'mean'));
  const variance = numbers(child(node, 'variance'));
  return {
    epsilon: number(child(node, 'epsilon'), batchNormSettings.epsilon),
    momentum: number(child(node, 'momentum'), batchNormSettings.momentum),
    ...readParameters(node),
    init: initOf(node, 'batchNorm'),
    ...(mean && { mean }),
    ...(variance && { variance }),
  };
}

/** Height and width. */
function readExtent(node: Node | undefined): Extent | undefined {
  const found = numbers(node, convSettings.kernel.item as NumberSetting);
  return found?.length === 2 ? [found[0], found[1]] : undefined;
}

function readParameters(node: Node): Partial<AnyLayer> {
  const settings = denseSettings;
  const useBias = flag(child(node, 'useBias'), settings.useBias);
  const weights = matrix(child(node, 'weights'));
  const bias = useBias === false ? undefined : numbers(child(node, 'bias'));
  return {
    useBias,
    init: initOf(node, undefined),
    ...(weights && { weights }),
    ...(bias && { bias }),
    learningRateScale: number(child(node, 'learningRateScale'), settings.learningRateScale),
  };
}

/** The ids; none where one of them is no text. */
function readSources(node: Node | undefined, single: boolean): readonly string[] {
  const items = single && node?.type === 'string' ? [node] : elements(node);
  const most = mergeSettings.from.maximumLength;
  const ids = items.slice(0, most).map(item => item.value as unknown);
  return ids.every(id => typeof id === 'string') ? ids : [];
}

/** The `type` of a group that may be written as its name alone. */
export function typeOf<C extends string>(node: Node | undefined, setting: ChoiceSetting<C>) {
  return choice(node?.type === 'string' ? node : child(node, 'type'), setting);
}

/** Nothing is drawn for batchNorm: γ starts at 1. */
const ones: Initializer = { type: 'constant', value: 1, scale: 1 };

/** How the weights of a layer start that are not written. */
export function initOf(layer: Node, type: LayerType | undefined): Initializer | undefined {
  return type === 'batchNorm' ? ones : readInitializer(child(layer, 'init'));
}

function readInitializer(node: Node | undefined): Initializer | undefined {
  const settings = initializerSettings;
  const type = typeOf(node, settings.type);
  const value = number(child(node, 'value'), settings.value);
  const scale = number(child(node, 'scale'), settings.scale);
  if (type === undefined || value === undefined || scale === undefined) return undefined;
  return { type, value, scale };
}
