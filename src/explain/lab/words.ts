/** What the formula lab says, for the page and the command line. One table a language. */
import type { Idle } from '../../engine/lab/rule';
import type { PenaltyRule, PresetName, SlopeRule } from '../../engine/lab/presets';
import type { Blindness } from '../../engine/lab/lab';
import type { Factor } from '../../engine/lab/recognise';

/** A mistake with the numbers of its layers as the notation counts them. */
export type NamedFactor =
  | Exclude<Factor, { type: 'slope' }>
  | { readonly type: 'slope'; readonly layers: readonly string[] };

export type FormulaLabel = 'lossSlope' | 'outputError' | 'hiddenError' | 'weights' | 'biases';

export interface LabWords {
  readonly presets: { readonly [P in PresetName | 'own']: string };
  readonly slopes: { readonly [S in SlopeRule]: string };
  readonly penalties: { readonly [P in PenaltyRule]: string };
  readonly switches: {
    readonly [S in 'sign' | 'reduction' | 'lossFactor' | 'transpose' | 'biasSum']: string;
  };
  readonly idle: { readonly [I in Idle]: string };
  readonly formulas: { readonly [F in FormulaLabel]: string };
  /** Headings of the findings by layer. */
  readonly columns: readonly [layer: string, ratio: string, failing: string, found: string];
  readonly standardFormula: string;
  readonly ruleFormula: string;
  /** Of f′ that is 1; of a softmax; of an output whose δ is a − y; of a bias with one sample. */
  readonly linearSlope: string;
  readonly softmaxSlope: string;
  readonly fusedSlope: string;
  readonly lastSample: string;
  /** "layer 2" */
  layer(number: string): string;
  /** "4.01–4.26 × too large" */
  ratio(range: string, side: 'larger' | 'smaller' | 'other'): string;
  readonly exact: string;
  readonly noRatio: string;
  readonly right: string;
  readonly zero: string;
  readonly unknown: string;
  factor(factor: NamedFactor): string;
  /** The one sentence about the whole rule. */
  readonly isStandard: string;
  readonly linearOnly: string;
  readonly changesNothing: string;
  /** It is right on these samples alone, and why. */
  readonly blindness: { readonly [B in Blindness]: string };
  onSample(reasons: readonly string[]): string;
  missing(factors: readonly string[]): string;
  readonly slopeMissing: string;
  readonly sigmoidBound: string;
  unexplained(layers: readonly string[]): string;
  /** Verdict of gradcheck. */
  agrees(checked: number, samples: number): string;
  fails(failed: number, checked: number, samples: number): string;
  worst(error: string, place: string): string;
  unsure(count: number): string;
  /** One sentence of several parts. */
  joined(parts: readonly string[]): string;
  /** Several mistakes of one layer. */
  several(mistakes: readonly string[]): string;
  someOf(checked: number, parameters: number): string;
}
