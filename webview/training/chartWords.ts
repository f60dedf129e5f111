/** What charts, their axes and their lines are called, and what is said of a row. */
import type { History } from '../../src/engine/history';
import { layerTitle, namesOf } from '../canvas/names';
import { count, epochs, format, percent } from '../numbers';
import { clauses } from '../punctuation';
import type { State } from '../store';
import { text } from '../strings';
import { changesAt } from './changes';
import { seriesOf, type Metric, type Series, type XAxis } from './metrics';

export const metricName = (metric: Metric): string => text(`chart.${metric}`);

/** Beside its axis. */
export const metricUnit = (metric: Metric): string => text(`chart.unit.${metric}`);

export const xWord = (x: XAxis): string => text(`chart.${x}`);

export function seriesName({ layer, validation }: Series, state: State): string {
  if (layer === undefined) return text(validation ? 'chart.validation' : 'chart.training');
  const names = namesOf(state.document, state.notation);
  return names ? layerTitle(names, layer) : String(layer);
}

/** A value of a chart as it is read. */
export function metricValue(metric: Metric, value: number): string {
  if (metric === 'accuracy') return percent(value);
  return Number.isFinite(value) || Number.isNaN(value) ? format(value) : '∞';
}

/** Of a layer that was not measured in this row: of the last row in which it was. */
export function valueAt({ column, layer }: Series, history: History, row: number): number {
  const values = history.column(column);
  let at = Math.min(row, values.length - 1);
  if (layer !== undefined) while (at > 0 && Number.isNaN(values[at])) at--;
  return values[at] ?? NaN;
}

/** "epoch 40" or "step 160" or "1.2 s" */
export function placeText(x: XAxis, history: History, row: number): string {
  const value = history.at(x, row);
  if (x === 'epoch') return text('status.epoch', epochs(value));
  return x === 'step'
    ? text('chart.stepValue', count(value))
    : text('chart.secondsValue', format(value));
}

/** A row of a chart as a sentence, with what was changed there. */
export function spokenRow(metric: Metric, history: History, row: number, state: State): string {
  const values = seriesOf(metric, history).map(
    series => `${seriesName(series, state)} ${metricValue(metric, valueAt(series, history, row))}`,
  );
  const changed = changesAt(history, row, state) || [];
  return clauses([placeText('epoch', history, row), ...values].concat(changed));
}
