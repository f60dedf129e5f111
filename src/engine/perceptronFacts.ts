/** What the perceptron rule would change (see `inspect/perceptron.ts`). */

/** One sample for the perceptron rule: an output, what it should be, and the input that the weight multiplies. */
export interface PerceptronSample {
  readonly index: number;
  readonly output: number;
  readonly target: number;
  /** 1 for a bias. */
  readonly source: number;
}

/** Δw = −η · factor · Σ (output − target) · source over samples. */
export interface PerceptronFacts {
  /** The first samples, and how many more with which sum. */
  readonly samples: readonly PerceptronSample[];
  readonly more: { readonly count: number; readonly sum: number };
  /** Over all samples. */
  readonly sum: number;
  /** That of the loss: 1, 1/n or 1/(n · outputs). */
  readonly factor: number;
}
