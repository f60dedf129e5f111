/**
 * Semantic edits and the minimal text edits that make them.
 *
 * The designer never writes text: it says what it means (`NetworkEdit`), and `textEdits` finds the
 * smallest change of the text that makes it so. Everything outside the change keeps its bytes.
 */
import { Editing } from './editing';
import { mergeEdits } from './json';
import type { JsonValue, TextEdit } from './json';
import { addLayer, removeLayer, setActivation, setUnits } from './layerEdits';
import { formatPath } from './network';
import type { ActivationName, JsonPath } from './network';
import { setParameters } from './parameterEdits';
import type { Parameters } from './parameterEdits';
import { parseNetwork } from './parse';
import type { ParsedDocument } from './parse';

export { EditError } from './editing';
export { applyTextEdits, invertEdits } from './json';
export type { JsonValue, TextEdit } from './json';

/** One gesture of a person. `label` of the undo step is made from it (`editLabel`). */
export type NetworkEdit =
  /** Sets a scalar or small value at a path; adds the property when it is absent. */
  | { readonly type: 'set'; readonly path: JsonPath; readonly value: JsonValue }
  | { readonly type: 'unset'; readonly path: JsonPath }
  /** Inserts an array element before `index` (index = length appends). */
  | {
      readonly type: 'insert';
      readonly path: JsonPath;
      readonly index: number;
      readonly value: JsonValue;
    }
  | { readonly type: 'remove'; readonly path: JsonPath; readonly index: number }
  /** Changes the width of a layer; drops weights that no longer fit (this layer's and the next one's). */
  | { readonly type: 'setUnits'; readonly layer: number; readonly units: number }
  /** Changes an activation; at the output also a loss that cannot go with it. */
  | {
      readonly type: 'setActivation';
      readonly layer: number;
      readonly activation: ActivationName;
    }
  | {
      readonly type: 'addLayer';
      readonly index: number;
      readonly layer: { readonly [key: string]: JsonValue };
    }
  | { readonly type: 'removeLayer'; readonly layer: number }
  /** Writes all weights and biases; `undefined` removes the layer's blocks. */
  | {
      readonly type: 'setParameters';
      readonly label: string;
      readonly layers: readonly (Parameters | undefined)[];
    }
  | { readonly type: 'setSeed'; readonly seed: number };

type EditOf<T extends NetworkEdit['type']> = Extract<NetworkEdit, { readonly type: T }>;

const makers: {
  readonly [T in NetworkEdit['type']]: (editing: Editing, edit: EditOf<T>) => readonly TextEdit[];
} = {
  set: (editing, { path, value }) => editing.set(path, value),
  unset: (editing, { path }) => editing.unset(path),
  insert: (editing, { path, index, value }) => editing.insert(path, index, value),
  remove: (editing, { path, index }) => editing.remove(path, index),
  setUnits: (editing, { layer, units }) => setUnits(editing, layer, units),
  setActivation: (editing, { layer, activation }) => setActivation(editing, layer, activation),
  addLayer: (editing, { index, layer }) => addLayer(editing, index, layer),
  removeLayer: (editing, { layer }) => removeLayer(editing, layer),
  setParameters: (editing, { layers }) => setParameters(editing, layers),
  setSeed: (editing, { seed }) => editing.set(['seed'], seed),
};

/**
 * The smallest text edits that make a semantic edit: sorted, none touching another.
 *
 * @param document parsed, or its text
 * @throws EditError when the edit cannot be made
 */
export function textEdits(
  document: ParsedDocument | string,
  edit: NetworkEdit,
): readonly TextEdit[] {
  const parsed = typeof document === 'string' ? parseNetwork(document) : document;
  const maker = makers[edit.type] as (editing: Editing, edit: NetworkEdit) => readonly TextEdit[];
  return mergeEdits(parsed.text, maker(new Editing(parsed), edit));
}

const labels: { readonly [T in NetworkEdit['type']]: (edit: EditOf<T>) => string } = {
  set: ({ path, value }) => `Set ${formatPath(path)} to ${short(JSON.stringify(value))}`,
  unset: ({ path }) => `Remove ${formatPath(path)}`,
  insert: ({ path, index }) => `Insert ${formatPath([...path, index])}`,
  remove: ({ path, index }) => `Remove ${formatPath([...path, index])}`,
  setUnits: ({ layer, units }) => `Set units of layers[${layer}] to ${units}`,
  setActivation: ({ layer, activation }) => `Set activation of layers[${layer}] to ${activation}`,
  addLayer: ({ layer }) =>
    ['Insert', layer.type, layer.units, layer.activation]
      .filter(word => typeof word === 'string' || typeof word === 'number')
      .join(' '),
  removeLayer: ({ layer }) => `Remove layers[${layer}]`,
  setParameters: ({ label }) => label,
  setSeed: ({ seed }) => `Set seed to ${seed}`,
};

/** The name of the undo step: `Insert dense 4 sigmoid`. */
export function editLabel(edit: NetworkEdit): string {
  return (labels[edit.type] as (edit: NetworkEdit) => string)(edit);
}

function short(text: string): string {
  return text.length > 40 ? `${text.slice(0, 39)}…` : text;
}
