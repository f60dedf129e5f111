/** Gradcheck: every analytic gradient against central differences, in float64. */
import type { Target } from './facts';

/** `kink`: the difference straddles a point where the derivative jumps. `flat`: step activation. */
export type Verdict = 'ok' | 'look' | 'fail' | 'tiny' | 'kink' | 'flat';

export interface GradcheckEntry {
  readonly target: Extract<Target, { type: 'weight' | 'bias' }>;
  readonly analytic: number;
  readonly numeric: number;
  /** |a − n| / max(|a|, |n|, floor) */
  readonly error: number;
  readonly verdict: Verdict;
}

export interface GradcheckReport {
  /** Parameters of the network. */
  readonly parameters: number;
  readonly checked: number;
  /** Largest error among those that are neither kinks nor flat. */
  readonly worst: GradcheckEntry | undefined;
  /** Verdicts `look` and `fail`, largest error first. */
  readonly failed: readonly GradcheckEntry[];
  readonly kinks: readonly GradcheckEntry[];
  /** Verdict `flat` (behind a step activation). */
  readonly flat: number;
  /** Number of samples in the checked batch. */
  readonly samples: number;
  readonly step: number;
}
