/** How charts are read while runs are compared: along the one that goes furthest, aloud, and to its end. Pure. */
import type { History } from '../../src/engine/history';
import type { ChartView, Zoom } from '../training/chartView';
import { metricValue } from '../training/chartWords';
import { nearestRow, type Numbers } from '../training/curves';
import type { XAxis } from '../training/metrics';
import type { ShownRun } from './compared';
import { comparedSeries, furthest, spanOf, valueNear } from './overlay';

/** A training, and the runs that it is compared with. */
export interface Read {
  readonly history: History;
  readonly compared: { readonly runs: readonly ShownRun[] };
}

/** Of the x axis. */
export function endsOf({ history, compared }: Read, x: XAxis): Zoom {
  const all = [history, ...compared.runs.map(run => run.history)];
  return spanOf(all.filter(({ count }) => count > 0).map(of => [of.at(x, 0), of.at(x, -1)]));
}

/** What a keyboard reads along. */
export interface Along {
  /** Of all rows. */
  readonly x: Numbers;
  /** That is read. */
  readonly row: number;
  /** The row of the training, and the place on the axis, that are read in another row. */
  at(row: number | undefined): [number | undefined, number | undefined];
}

/**
 * @param row of the training that is read  @param at the place on the axis, where runs are compared
 */
export function readAlong(
  { history, compared }: Read,
  x: XAxis,
  row: number,
  at: number | undefined,
): Along {
  const { runs } = compared;
  if (runs.length === 0) return { x: history.column(x), row, at: to => [to, undefined] };
  const along = furthest(history, runs, x).column(x);
  return {
    x: along,
    row: nearestRow(along, at ?? (history.count > 0 ? history.at(x, row) : 0)),
    at: to => {
      const place = to === undefined ? undefined : along[to];
      const has = place !== undefined && history.count > 0;
      return [has ? nearestRow(history.column(x), place) : undefined, place];
    },
  };
}

/** ", Nov 23 01:40:49 0.12" for each run that has a number there. */
export function spokenRuns(
  { metric, x }: ChartView,
  { compared }: Read,
  at: number | undefined,
): string {
  if (at === undefined) return '';
  return compared.runs
    .flatMap(({ name, history }) => {
      const [series] = comparedSeries(metric, history);
      const value = series ? valueNear(history, series, x, at) : NaN;
      return Number.isNaN(value) ? [] : [`, ${name} ${metricValue(metric, value)}`];
    })
    .join('');
}
