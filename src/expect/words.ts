/** The sentences of verdicts; numbers come as they are to be printed. */
export interface VerdictWords {
  readonly passed: string;
  readonly failed: string;
  readonly skipped: string;
  outputsWithin(count: number, tolerance: string, most: string): string;
  /** `off`: undefined where it is not a finite number. */
  outputOff(place: string, found: string, expected: string, off: string | undefined): string;
  diverged(epochs: number, atMost: string): string;
  /** What the loss is, without judging it. `epochs`: 0 before any training. */
  loss(loss: string, epochs: number): string;
  lossWithin(loss: string, atMost: string): string;
  lossBeyond(loss: string, atMost: string): string;
  gradientsAgree(checked: number): string;
  worst(error: string, place: string): string;
  gradientsDiffer(wrong: number, checked: number): string;
  gradientDiffers(place: string, analytic: string, numeric: string, error: string): string;
  /** After as many faults as are told. */
  more(count: number): string;
  /** Between two faults. */
  readonly between: string;
  readonly needsData: string;
  inputSize(found: number, expected: number): string;
  outputSize(found: number, expected: number): string;
  /** `loss ≤ 0.01 after 500 epochs`; `epochs`: 0 for at once. */
  lossLabel(atMost: number, epochs: number): string;
  /** `3 passed, 1 failed, 1 skipped` */
  tally(passed: number, failed: number, skipped: number): string;
}
