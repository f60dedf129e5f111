/**
 * The recorded metrics of a run, in columns. The same class serves host and webview, so a webview
 * that reopens is sent the columns and goes on.
 */

/** One row an epoch (epoch 0 = before training). NaN where a quantity does not exist. */
export const METRIC_COLUMNS = [
  'epoch',
  'step',
  'seconds',
  'loss',
  'validationLoss',
  'accuracy',
  'validationAccuracy',
  'gradientNorm',
] as const;

export type MetricName = (typeof METRIC_COLUMNS)[number];

/** Column-major: all values of the first column, then of the second, … One buffer, transferable. */
export interface MetricsChunk {
  readonly count: number;
  readonly values: Float64Array;
  /** True when this chunk starts a new run: what was recorded before is void. */
  readonly restart: boolean;
}
