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
      readonly layer: LayerValue;
    }
  | { readonly type: 'removeLayer'; readonly layer: number }
  | { readonly type: 'removeLayers'; readonly layers: readonly number[] }
  /** Puts layers, in their order, before the layer that now is at `to` (the number of layers: at the end). */
  | { readonly type: 'moveLayers'; readonly layers: readonly number[]; readonly to: number }
  /** Copies of layers, weights included, before the layer at `to`. */
  | { readonly type: 'copyLayers'; readonly layers: readonly number[]; readonly to: number }
  /** Pasted layers; what does not fit its new place (weights, ids that are taken) is left out or renamed. */
  | {
      readonly type: 'insertLayers';
      readonly index: number;
      readonly layers: readonly LayerValue[];
    }
  /** A new `add` or `concat` of these sources (−1: input); layers that need an id get one. */
  | {
      readonly type: 'addMerge';
      readonly index: number;
      readonly merge: 'add' | 'concat';
      readonly sources: readonly number[];
    }
  /** Connects: the layer takes its values from these (−1: input); `from` goes where it is the layer above. */
  | { readonly type: 'setSources'; readonly layer: number; readonly sources: readonly number[] }
  /**
   * One weight or bias by hand. A layer whose parameters are not in the file gets them all: `parameters` are
   * those of now.
   */
  | {
      readonly type: 'setParameter';
      readonly layer: number;
      readonly kind: 'weight' | 'bias';
      readonly row: number;
      /** 0 for a bias. */
      readonly column: number;
      readonly value: number;
      readonly parameters?: Parameters;
    }
  /** Another number of inputs: `input.shape`, names, and the columns of the layers that take the input. */
  | { readonly type: 'setInputs'; readonly size: number; readonly names?: readonly string[] }
  /** Several edits, each on the text that the one before has left, as one. */
  | { readonly type: 'several'; readonly label: string; readonly edits: readonly NetworkEdit[] }
  /** Writes all weights and biases; `undefined` removes the layer's blocks. */
  | {
      readonly type: 'setParameters';
      readonly label: string;
      readonly layers: readonly (Parameters | undefined)[];
    }
  | { readonly type: 'setSeed'; readonly seed: number };

/** A layer as JSON, as it stands in a file and on the clipboard. */
export type LayerValue = { readonly [key: string]: JsonValue };

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
