/** What a document says about its layers, as far as it can be understood. */
import type { Node } from 'jsonc-parser';
import { sourcesOf } from './graph';
import { denseSettings, initializerSettings, mergeSettings } from './layerCatalog';
import { limits } from './limits';
import type { DenseLayer, Initializer, LayerType, Network } from './network';
import { inputsOf, sizeOf } from './shapes';
import { child, elements } from './tree';
import { choice, flag, matrix, number, numbers } from './values';
import type { ChoiceSetting } from './setting';

/**
 * A layer of any type; every value may be missing, because it is wrong in the text or not of this type. A
 * layer of an unknown type is read as `dense`. `from` is empty where it is in the text, but wrong.
 */
export type LayerDraft = { readonly [K in keyof Omit<DenseLayer, 'type'>]?: DenseLayer[K] } & {
  readonly type: LayerType | undefined;
};

/** The number of values that come in; undefined where it is not known, or too large. */
export function inputSize(input: Network['input'] | undefined): number | undefined {
  const size = input && sizeOf(input.shape);
  return size !== undefined && size <= limits.inputs ? size : undefined;
}

/** @param inputs the number of values that come in, where it is known */
export function readLayers(node: Node | undefined, inputs: number | undefined): LayerDraft[] {
  return withUnits(elements(node).slice(0, limits.layers).map(readLayer), inputs);
}

export function isMerge({ type }: LayerDraft): boolean {
  return type === 'add' || type === 'concat';
}

function readLayer(node: Node): LayerDraft {
  const type = choice(child(node, 'type'), denseSettings.type);
  const { value: id } = child(node, 'id') ?? {};
  const name = { type, ...(typeof id === 'string' && { id }) };
  const activation = choice(child(node, 'activation'), denseSettings.activation);
  if (isMerge(name)) return { ...name, from: readSources(child(node, 'from'), false), activation };
  return { ...name, activation, ...readDense(node) };
}

function readDense(node: Node): Partial<DenseLayer> {
  const settings = denseSettings;
  const from = child(node, 'from');
  const useBias = flag(child(node, 'useBias'), settings.useBias);
  const weights = matrix(child(node, 'weights'));
  const bias = useBias === false ? undefined : numbers(child(node, 'bias'));
  return {
    ...(from && { from: readSources(from, true) }),
    units: number(child(node, 'units'), settings.units),
    useBias,
    init: readInitializer(child(node, 'init')),
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

export function readInitializer(node: Node | undefined): Initializer | undefined {
  const settings = initializerSettings;
  const type = typeOf(node, settings.type);
  const value = number(child(node, 'value'), settings.value);
  const scale = number(child(node, 'scale'), settings.scale);
  if (type === undefined || value === undefined || scale === undefined) return undefined;
  return { type, value, scale };
}

/** The units of `add` and `concat` come from their sources, which stand above them. */
function withUnits(layers: readonly LayerDraft[], inputs: number | undefined): LayerDraft[] {
  const all: LayerDraft[] = [];
  sourcesOf({ layers }).forEach((sources, index) => {
    const layer = layers[index];
    if (!isMerge(layer)) return all.push(layer);
    const lengths = sources.map(source => (source < 0 ? inputs : all[source]?.units));
    return all.push({ ...layer, units: mergedUnits(layer.type, lengths) });
  });
  return all;
}

/** Undefined where they are not known, do not go together, or are too many. */
function mergedUnits(
  type: LayerType | undefined,
  lengths: readonly (number | undefined)[],
): number | undefined {
  const known = lengths.filter(length => length !== undefined);
  if (type === 'add') return known.every(length => length === known[0]) ? known[0] : undefined;
  if (known.length < lengths.length || known.length === 0) return undefined;
  const units = inputsOf('concat', known);
  return units <= limits.units ? units : undefined;
}
