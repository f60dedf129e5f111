/** Which steps can be made undone. */

/** What is saved is so many steps back, from that place in the order on; 0: nothing to undo. */
export interface Undoable {
  steps: number;
  position: number;
  end: number;
  batchSize: number;
  gradientNorm: number;
}

export function nothingToUndo(): Undoable {
  return { steps: 0, position: 0, end: 0, batchSize: 0, gradientNorm: NaN };
}
