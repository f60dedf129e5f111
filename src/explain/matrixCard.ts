/** A layer in matrices: its rules, each with the matrices that it is about. */
import type { Expression, Rule } from './explanation';
import type { MatrixEquation } from './matrixEquation';
import type { MatrixRole } from './words';

export interface MatrixStep {
  readonly role: MatrixRole;
  /** In the person's language, as are all words here. */
  readonly label: string;
  /** The same in symbols. */
  readonly rule: Rule;
  readonly equation: MatrixEquation;
  /** "BP2" */
  readonly name?: string;
  readonly notes: readonly string[];
}

export interface MatrixSection {
  readonly title: string;
  readonly steps: readonly MatrixStep[];
}

export interface MatrixCard {
  /** Of the layer's activations. */
  readonly symbol: Expression;
  /** "layer 2 (hidden) · 4 neurons, 3 inputs each" */
  readonly words: string;
  /** Size of the weights; empty without weights. */
  readonly size: string;
  readonly sections: readonly MatrixSection[];
  readonly notes: readonly string[];
}
