/** The curves of compared runs as one chart draws them, made by the same rules as those of the training. Pure. */
import type { History } from '../../src/engine/history';
import { ChartData } from '../training/chartData';
import type { ChartView, Zoom } from '../training/chartView';
import { nearestRow } from '../training/curves';
import type { Line } from '../training/look';
import { seriesOf, type Metric, type Series, type XAxis } from '../training/metrics';
import type { ShownRun } from './compared';
import { lineOfRun } from './looks';

export interface OverlayLine extends Line {
  readonly run: ShownRun;
  /** Of the validation part: drawn thinner. */
  readonly thin: boolean;
  readonly x: readonly number[];
  /** Null: no number, or none that the scale can show. */
  readonly y: readonly (number | null)[];
}

export interface Overlay {
  readonly lines: readonly OverlayLine[];
  /** What the lines reach along x, and of y what the view asks for; undefined: there is no line. */
  readonly x?: Zoom;
  readonly y?: Zoom;
}

/** What a chart draws of a run: numbers of the whole network. Layers of other networks are not comparable. */
export function comparedSeries(metric: Metric, history: History): readonly Series[] {
  return seriesOf(metric, history).filter(({ layer }) => layer === undefined);
}

/** Runs whose lines have as many points as pixels can tell apart. */
const FINE_RUNS = 5;

/**
 * @param places pixels from left to right; of many runs each has fewer points, its lowest and highest among them
 */
export function overlayOf(
  runs: readonly ShownRun[],
  view: ChartView,
  zoom: Zoom | undefined,
  places: number,
): Overlay {
  const fewer = Math.max(64, Math.ceil(places * Math.min(1, FINE_RUNS / runs.length)));
  const lines: OverlayLine[] = [];
  const [xs, ys]: [Zoom[], Zoom[]] = [[], []];
  for (const run of runs) {
    const series = comparedSeries(view.metric, run.history);
    if (series.length === 0) continue;
    const data = new ChartData();
    const [x, ...columns] = data.take(run.history, { ...view, series }, zoom, fewer);
    // Smoothed, the means alone: all lines twice could not be read.
    const drawn = columns.slice(-series.length);
    series.forEach(({ validation }, i) =>
      lines.push({ ...lineOfRun(run.look), run, thin: validation === true, x, y: drawn[i] }),
    );
    xs.push(data.xRange);
    ys.push(data.yExtent);
  }
  return lines.length > 0 ? { lines, x: spanOf(xs), y: spanOf(ys) } : { lines };
}

/** From the least beginning to the greatest end. */
export function spanOf(ranges: readonly Zoom[]): Zoom {
  return [Math.min(...ranges.map(([low]) => low)), Math.max(...ranges.map(([, high]) => high))];
}

/** The history that goes furthest: along it a keyboard reads. */
export function furthest(history: History, runs: readonly ShownRun[], x: XAxis): History {
  const end = (of: History): number => of.at(x, -1);
  return runs.reduce(
    (most, run) => (end(run.history) > end(most) || most.count === 0 ? run.history : most),
    history,
  );
}

/** The value of a run where its row is nearest; NaN before it has begun and after it has ended. */
export function valueNear(history: History, { column }: Series, x: XAxis, at: number): number {
  const along = history.column(x);
  const last = along.length - 1;
  if (last < 0 || at < along[0] || at > along[last]) return NaN;
  return history.at(column, nearestRow(along, at));
}
