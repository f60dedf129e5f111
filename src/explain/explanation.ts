/**
 * The explanation of one target: formulas with symbols, the same with numbers, and values.
 *
 * A tree, not text: the canvas card renders it as MathML, the text hover and the command line as Unicode.
 * `value` of every part is kept at full precision, so that a test can evaluate the printed formula with
 * the printed numbers and compare.
 */

export type Expression =
  /** A printed number at full precision; renderers round it, to at least `digits` where fewer would hide what it is about. */
  | { readonly type: 'number'; readonly value: number; readonly digits?: number }
  /**
   * A named quantity with its indices: w with subscript 2,4 and superscript 3. `text` is one or two letters,
   * or the name of a function (`tanh`, `max`).
   */
  | {
      readonly type: 'symbol';
      readonly text: string;
      readonly subscript?: string;
      readonly superscript?: string;
      /** f′ */
      readonly prime?: boolean;
    }
  /** ∂numerator/∂denominator */
  | { readonly type: 'derivative'; readonly of: Expression; readonly by: Expression }
  /** Terms carry their own sign as `negate`. */
  | { readonly type: 'sum'; readonly terms: readonly Expression[] }
  | { readonly type: 'product'; readonly factors: readonly Expression[] }
  | { readonly type: 'quotient'; readonly numerator: Expression; readonly denominator: Expression }
  | { readonly type: 'power'; readonly base: Expression; readonly exponent: Expression }
  | { readonly type: 'negate'; readonly operand: Expression }
  /** f(x), ln(x), max(0, x) … */
  | { readonly type: 'call'; readonly name: Expression; readonly argument: Expression }
  /** Several arguments of one call. */
  | { readonly type: 'list'; readonly items: readonly Expression[] }
  | { readonly type: 'absolute'; readonly operand: Expression }
  /** Σ over an index (empty: over all there are) of a body, for the general form. */
  | { readonly type: 'bigSum'; readonly index: string; readonly body: Expression }
  /** Left-out terms: "772 more", whose sum is known. `label` is already in the person's language. */
  | {
      readonly type: 'rest';
      readonly count: number;
      readonly sum: number;
      readonly label: string;
    }
  /** A function defined piece by piece; only in rules, where no number chooses the branch. */
  | { readonly type: 'cases'; readonly branches: readonly Branch[] }
  /** ⊙, element by element; only in rules about whole layers. */
  | { readonly type: 'hadamard'; readonly factors: readonly Expression[] }
  /** Only in rules about whole layers. */
  | { readonly type: 'transpose'; readonly operand: Expression }
  /** Euclidean norm of a vector or matrix. */
  | { readonly type: 'norm'; readonly operand: Expression };

export interface Branch {
  readonly value: Expression;
  readonly condition: Condition;
}

export interface Condition {
  readonly left: Expression;
  readonly relation: '<' | '≤' | '>' | '≥';
  readonly right: Expression;
}

/** left = forms[0] = forms[1] = … = value. The last form holds numbers only and evaluates to `value`. */
export interface Equation {
  readonly left: Expression;
  /** Printed instead of the first "=" of an assignment: w ← w − … */
  readonly becomes?: boolean;
  readonly forms: readonly Expression[];
  readonly value: number;
  /** Of the value, as those of a number. */
  readonly digits?: number;
}

/** A general rule: left = forms[0] = …, without a number of its own (whole layers, functions). */
export interface Rule {
  readonly left: Expression;
  readonly becomes?: boolean;
  readonly forms: readonly Expression[];
  readonly value?: undefined;
  readonly digits?: undefined;
}

export interface Line {
  /** Which kind of line it is; the look and the tests hang on it. */
  readonly role:
    | 'value'
    | 'gradient'
    | 'forward'
    | 'activation'
    | 'derivative'
    | 'delta'
    | 'part'
    | 'update'
    | 'statistic'
    | 'rule';
  /** Short words before the formula, already in the person's language ("next update"). */
  readonly label: string;
  readonly equation: Equation | Rule;
  /** Words after it ("BP4", "this is a share of the loss"). */
  readonly note?: string;
}

/** What every card shows: of a number in the network, or of a setting in the file. */
export interface Card {
  /** In words: "weight from neuron 4 of layer 2 to neuron 2 of layer 3". */
  readonly words: string;
  readonly lines: readonly Line[];
  /** Sentences that warn or help ("saturated: f′(z) is nearly 0"). */
  readonly cautions: readonly string[];
}

/** A gradient as the sum over all paths from the parameter to the loss. */
export interface PathSum {
  /** A line a path, the largest first. */
  readonly lines: readonly Line[];
  /** The gradient as the sum of them. */
  readonly total: Equation;
  /** How many there are, and what storing δ saves. */
  readonly counts: string;
}

/** Another rule than that of the gradient, in words and with its numbers. */
export interface PerceptronRule {
  readonly words: string;
  readonly lines: readonly Line[];
}

/** A neuron edge by edge, with the sum at the end; empty where there is nothing. */
export interface Edges {
  readonly incoming: readonly Line[];
  readonly outgoing: readonly Line[];
}

export interface Explanation extends Card {
  /** The target's own symbol: w₂₄³. */
  readonly symbol: Expression;
  /** Where it stands in the file: `layers[1].weights[1][3]`; empty for inputs. */
  readonly path: string;
  /** The number a person came for, ∂C/∂w of a weight, the loss of the loss; repeated from its line. */
  readonly headline: Equation;
  /**
   * In sample scope: the chain rule line by line, down to the number. Of weights and biases, and of outputs whose
   * slope cancels that of the loss.
   */
  readonly derivation?: readonly Line[];
  /** Of weights and biases in sample scope, unless there are too many. */
  readonly paths?: PathSum;
  /** Of weights and biases of a single layer of steps. */
  readonly perceptron?: PerceptronRule;
  /** Of neurons and inputs in sample scope. */
  readonly edges?: Edges;
}
