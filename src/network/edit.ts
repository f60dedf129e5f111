/**
 * Semantic edits and the minimal text edits that make them.
 *
 * The designer never writes text: it says what it means (`NetworkEdit`), and `textEdits` finds the
 * smallest change of the text that makes it so. Everything outside the change keeps its bytes.
 */
import type { JsonPath, Matrix } from './network';

/** Replace `text.slice(start, end)` by `text`. Offsets are UTF-16, of the text before any edit. */
export interface TextEdit {
  readonly start: number;
  readonly end: number;
  readonly text: string;
}

export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** One gesture of a person. `label` of the undo step is made from it (`editLabel`). */
export type NetworkEdit =
  /** Sets a scalar or small value at a path; adds the property when it is absent. */
  | { readonly type: 'set'; readonly path: JsonPath; readonly value: JsonValue }
  | { readonly type: 'unset'; readonly path: JsonPath }
  /** Inserts an array element before `index` (index = length appends). */
  | { readonly type: 'insert'; readonly path: JsonPath; readonly index: number; readonly value: JsonValue }
  | { readonly type: 'remove'; readonly path: JsonPath; readonly index: number }
  /** Changes the width of a layer; drops weights that no longer fit (this layer's and the next one's). */
  | { readonly type: 'setUnits'; readonly layer: number; readonly units: number }
  | { readonly type: 'addLayer'; readonly index: number; readonly layer: { readonly [key: string]: JsonValue } }
  | { readonly type: 'removeLayer'; readonly layer: number }
  /** Writes all weights and biases; `undefined` removes the layer's blocks. */
  | {
      readonly type: 'setParameters';
      readonly label: string;
      readonly layers: readonly ({ readonly weights: Matrix; readonly bias?: readonly number[] } | undefined)[];
    }
  | { readonly type: 'setSeed'; readonly seed: number };
