/** What a chart is asked to draw, and how. Types only. */
import type { Metric, Series, XAxis } from './metrics';

/** Means over the rows, drawn above the lines: none, or over shorter or longer stretches. */
export type Smoothing = 0 | 1 | 2;

export interface ChartView {
  readonly metric: Metric;
  readonly series: readonly Series[];
  readonly x: XAxis;
  readonly logarithmic: boolean;
  /** The y axis is that of the last fifth of the rows. */
  readonly recent: boolean;
  readonly smooth: Smoothing;
}

/** From and to on the x axis. */
export type Zoom = readonly [number, number];
