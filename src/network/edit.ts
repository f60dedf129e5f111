/**
 * Semantic edits and the minimal text edits that make them.
 *
 * The designer never writes text: it says what it means (`NetworkEdit`), and `textEdits` finds the
 * smallest change of the text that makes it so. Everything outside the change keeps its bytes.
 */
import { addMerge, setSources } from './connections';
import type { Editing } from './editing';
import type { EditTools } from './editTools';
import type { JsonValue, TextEdit } from './json';
import { resize, setActivation, setGeometry } from './layerEdits';
import { copyLayers, insertLayers } from './layerInserts';
import type { LayerValue } from './layerInserts';
import { moveLayers, removeLayers } from './layerOrder';
import type { ActivationName, JsonPath, WeightsFile } from './network';
import { setParameter, setParameters, setWeightsFile } from './parameterEdits';
import type { LayerNumbers } from './layerNumbers';
import { parseNetwork } from './parse';
import type { ParsedDocument } from './parse';
import { Rewriting } from './rewriting';

export { EditError } from './editError';
export { editLabel } from './editLabels';
export { applyTextEdits, invertEdits } from './json';
export type { LayerValue } from './layerInserts';
export type { JsonValue, TextEdit } from './json';
export type { DrawRequest, EditTools } from './editTools';

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
  /**
   * Changes the width of a layer. Its weights that still fit stay, and so do those of the layers that take its
   * values, also through merges; new ones are drawn. Refused where the sources of a sum would differ.
   */
  | { readonly type: 'setUnits'; readonly layer: number; readonly units: number }
  /** Changes an activation; at the output also a loss that cannot go with it. */
  | {
      readonly type: 'setActivation';
      readonly layer: number;
      readonly activation: ActivationName;
    }
  /**
   * Before the layer at `index`. Without `from` it stands between that one and the layer above, also where
   * that one calls the layer above by name.
   */
  | {
      readonly type: 'addLayer';
      readonly index: number;
      readonly layer: LayerValue;
    }
  /** Who took its values takes those of its first source. Refused where a merge would keep only one source. */
  | { readonly type: 'removeLayer'; readonly layer: number }
  | { readonly type: 'removeLayers'; readonly layers: readonly number[] }
  /**
   * Puts layers, in their order, before the layer that now is at `to` (the number of layers: at the end).
   * Connections by name stay; without `from` a layer takes the one that then stands above it.
   */
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
      readonly parameters?: LayerNumbers;
    }
  /** Another number of inputs: `input.shape`, names, and the columns of the layers that take the input. */
  | { readonly type: 'setInputs'; readonly size: number; readonly names?: readonly string[] }
  /**
   * Several edits, each on the text that the one before has left, as one. `setUnits` and `setInputs` side by
   * side are made at once: the sources of a sum change together.
   */
  | { readonly type: 'several'; readonly label: string; readonly edits: readonly NetworkEdit[] }
  /**
   * Writes all weights and biases; `undefined` removes the layer's blocks. `weights` names the file that has the
   * numbers instead; without it the text names none any more.
   */
  | {
      readonly type: 'setParameters';
      readonly label: string;
      readonly layers: readonly (LayerNumbers | undefined)[];
      readonly weights?: WeightsFile;
    }
  | { readonly type: 'setSeed'; readonly seed: number };

export type EditOf<T extends NetworkEdit['type']> = Extract<NetworkEdit, { readonly type: T }>;

/** What a semantic edit does to the text. */
export interface EditPlan {
  /** Sorted, none touching another. */
  readonly edits: readonly TextEdit[];
  /** Numbers that are new in the text: drawn weights, and biases of 0. */
  readonly drawn: number;
}

type Maker<T extends NetworkEdit['type']> = (rewriting: Rewriting, edit: EditOf<T>) => void;

/** An edit that is done in one step. */
function step<T extends NetworkEdit['type']>(
  make: (editing: Editing, edit: EditOf<T>) => readonly TextEdit[],
): Maker<T> {
  return (rewriting, edit) => rewriting.apply(make(rewriting.editing, edit));
}

const makers: { readonly [T in NetworkEdit['type']]: Maker<T> } = {
  set: (rewriting, { path, value }) => changed(rewriting, path, rewriting.editing.set(path, value)),
  unset: (rewriting, { path }) => changed(rewriting, path, rewriting.editing.unset(path)),
  insert: step((editing, { path, index, value }) => editing.insert(path, index, value)),
  remove: step((editing, { path, index }) => editing.remove(path, index)),
  setUnits: (rewriting, edit) => setSizes(rewriting, [edit]),
  setActivation: (rewriting, { layer, activation }) => setActivation(rewriting, layer, activation),
  addLayer: (rewriting, { index, layer }) => insertLayers(rewriting, index, [layer]),
  removeLayer: (rewriting, { layer }) => removeLayers(rewriting, [layer]),
  removeLayers: (rewriting, { layers }) => removeLayers(rewriting, layers),
  moveLayers: (rewriting, { layers, to }) => moveLayers(rewriting, layers, to),
  copyLayers: (rewriting, { layers, to }) => copyLayers(rewriting, layers, to),
  insertLayers: (rewriting, { index, layers }) => insertLayers(rewriting, index, layers),
  addMerge: (rewriting, { index, merge, sources }) => addMerge(rewriting, index, merge, sources),
  setSources: (rewriting, { layer, sources }) => setSources(rewriting, layer, sources),
  setParameter: step((editing, { value, parameters, ...place }) =>
    setParameter(editing, place, value, parameters),
  ),
  setInputs: (rewriting, { size, names }) => resize(rewriting, new Map([[-1, size]]), names),
  several: (rewriting, { edits }) => makeAll(rewriting, edits),
  setParameters: (rewriting, { layers, weights }) => {
    rewriting.apply(setParameters(rewriting.editing, layers));
    setWeightsFile(rewriting, weights);
  },
  setSeed: step((editing, { seed }) => editing.set(['seed'], seed)),
};

/** Settings of a layer that decide how large an image comes out, and how large a filter is. */
const GEOMETRY: ReadonlySet<unknown> = new Set(['filters', 'kernel', 'size', 'stride', 'padding']);

/** Where weights have been written for the size of before, they are adapted. */
function changed(rewriting: Rewriting, path: JsonPath, edits: readonly TextEdit[]): void {
  const [owner, index, key] = path;
  const isSliding = rewriting.editing.wiring.layers.some(({ sliding }) => sliding);
  const ofLayer = owner === 'layers' && GEOMETRY.has(key);
  const ofInput = owner === 'input' && index === 'shape';
  if (isSliding && (ofLayer || ofInput)) setGeometry(rewriting, edits);
  else rewriting.apply(edits);
}

function make(rewriting: Rewriting, edit: NetworkEdit): void {
  (makers[edit.type] as (rewriting: Rewriting, edit: NetworkEdit) => void)(rewriting, edit);
}

/**
 * One after the other. New sizes that stand side by side are set together, so that the sources of a sum can
 * change theirs at the same time.
 */
function makeAll(rewriting: Rewriting, edits: readonly NetworkEdit[]): void {
  for (let i = 0; i < edits.length;) {
    const after = edits.slice(i).findIndex(edit => !setsSize(edit));
    const count = after < 0 ? edits.length - i : after;
    if (count > 1) setSizes(rewriting, edits.slice(i, i + count).filter(setsSize));
    else make(rewriting, edits[i]);
    i += Math.max(count, 1);
  }
}

type SizeEdit = EditOf<'setUnits' | 'setInputs'>;

function setsSize(edit: NetworkEdit): edit is SizeEdit {
  return edit.type === 'setUnits' || edit.type === 'setInputs';
}

function setSizes(rewriting: Rewriting, edits: readonly SizeEdit[]): void {
  const sizes = new Map<number, number>();
  let names: readonly string[] | undefined;
  for (const edit of edits) {
    if (edit.type === 'setUnits') {
      // −1 would be the input.
      rewriting.editing.layer(edit.layer);
      sizes.set(edit.layer, edit.units);
    } else {
      sizes.set(-1, edit.size);
      names = edit.names;
    }
  }
  resize(rewriting, sizes, names);
}

/**
 * The smallest text edits that make a semantic edit, and how many new numbers they write.
 *
 * @param document parsed, or its text
 * @param tools without them no weights are drawn: those that do not fit go, and are drawn from the seed
 * @throws EditError when the edit cannot be made
 */
export function planEdit(
  document: ParsedDocument | string,
  edit: NetworkEdit,
  tools?: EditTools,
): EditPlan {
  return planEdits(document, [edit], tools);
}

/** The same for several edits, each on the text that the one before has left, as one. */
export function planEdits(
  document: ParsedDocument | string,
  edits: readonly NetworkEdit[],
  tools?: EditTools,
): EditPlan {
  const parsed = typeof document === 'string' ? parseNetwork(document) : document;
  const rewriting = new Rewriting(parsed, tools);
  makeAll(rewriting, edits);
  const { edits: changes, drawn } = rewriting;
  return { edits: changes, drawn };
}

/** The text edits of {@link planEdit}. */
export function textEdits(
  document: ParsedDocument | string,
  edit: NetworkEdit,
  tools?: EditTools,
): readonly TextEdit[] {
  return planEdit(document, edit, tools).edits;
}
