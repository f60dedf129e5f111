/** Which charts there are, and the columns of the history that each of them draws. Pure. */
import type { History, MetricColumn } from '../../src/engine/history';

export const METRICS = ['loss', 'accuracy', 'r2', 'gradient', 'ratio', 'rate'] as const;
export type Metric = (typeof METRICS)[number];

export const X_AXES = ['epoch', 'step', 'seconds'] as const;
export type XAxis = (typeof X_AXES)[number];

export interface Series {
  readonly column: MetricColumn;
  /** Index of the layer; undefined: of the whole network. */
  readonly layer?: number;
  readonly validation?: true;
}

/** Lines of a chart at most: more are not told apart. */
export const MOST_LINES = 8;
/** Charts side by side. */
export const MOST_CHARTS = 3;
/** Pixels that a chart needs beside another. */
const LEAST_WIDTH = 300;

const whole: { readonly [M in Metric]: readonly Series[] } = {
  loss: [{ column: 'loss' }, { column: 'validationLoss', validation: true }],
  accuracy: [{ column: 'accuracy' }, { column: 'validationAccuracy', validation: true }],
  r2: [{ column: 'r2' }, { column: 'validationR2', validation: true }],
  rate: [{ column: 'learningRate' }],
  gradient: [],
  ratio: [],
};

/** What a chart draws of this history: of many layers an even choice, with the first and the last. */
export function seriesOf(metric: Metric, history: History): readonly Series[] {
  const layers = history.columns
    .filter(column => column.startsWith(`${metric}/`))
    .map(column => ({ column, layer: Number(column.split('/')[1]) }));
  const step = (layers.length - 1) / (MOST_LINES - 1);
  const chosen =
    layers.length <= MOST_LINES
      ? layers
      : Array.from({ length: MOST_LINES }, (_, i) => layers[Math.round(i * step)]);
  return [...whole[metric], ...chosen].filter(({ column }) =>
    history.column(column).some(value => !Number.isNaN(value)),
  );
}

/** Whether a chart has a logarithmic axis: norms always, losses and rates as a person wishes, shares and R² never. */
export function isLogarithmic(metric: Metric, wished: boolean): boolean {
  if (metric === 'accuracy' || metric === 'r2') return false;
  return metric === 'gradient' || metric === 'ratio' || wished;
}

/** The charts that are shown: as many of the last chosen as there is width for, in their usual order. */
export function shownMetrics(chosen: readonly Metric[], width: number): readonly Metric[] {
  const fit = Math.max(1, Math.min(MOST_CHARTS, Math.floor(width / LEAST_WIDTH)));
  const last = chosen.slice(-fit);
  return METRICS.filter(metric => last.includes(metric));
}

/** The choice with one chart more, the last, or without it; one always stays. */
export function toggled(chosen: readonly Metric[], metric: Metric, on: boolean): readonly Metric[] {
  const others = chosen.filter(each => each !== metric);
  const all = on ? [...others, metric].slice(-MOST_CHARTS) : others;
  return all.length > 0 ? all : chosen;
}
