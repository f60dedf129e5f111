/** What an edit asks the outside for: this folder does not know how numbers are drawn. */
import type { Initializer, Precision } from './network';

/** New weights of one layer, in a matrix of which the other numbers are kept. */
export interface DrawRequest {
  /** Index of the layer after the edit. */
  readonly layer: number;
  readonly init: Initializer;
  /**
   * Size of the whole matrix after the edit, on which the spread depends: (units, inputs). Of a conv2d the numbers of
   * a window, and filters times its area.
   */
  readonly inputs: number;
  readonly units: number;
  /** How many numbers are asked for; they are placed row by row. */
  readonly count: number;
  readonly seed: number;
  readonly precision: Precision;
}

export interface EditTools {
  /** As many finite numbers as are asked for; the same request always gives the same ones. */
  draw(request: DrawRequest): readonly number[];
}
