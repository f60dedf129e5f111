/** What is compared of a run: its settings, its numbers at the end, and its curves. */
import { decimated } from '../engine/decimated';
import { METRIC_COLUMNS } from '../engine/history';
import type { MetricsChunk } from '../engine/history';
import type { JsonValue } from '../network/json';
import { formatInline } from '../network/write';
import { rowCount } from './run';
import type { RunColumns, RunHead } from './run';

/** Runs on the charts at most: each has a line of its own. */
export const MOST_COMPARED = 20;

/** Parts of a run of which each keeps what is drawn of it: more than there are pixels from left to right. */
const PLACES = 4096;

/** What is drawn of a run besides the layers'. */
const DRAWN = ['loss', 'validationLoss', 'accuracy', 'validationAccuracy', 'learningRate'] as const;

/**
 * All rows of a short run; of a long one those that draw the same lines, so that no run needs more than some hundred
 * kilobytes. What is recorded of its layers is left out.
 */
export function curvesOf(columns: RunColumns): MetricsChunk {
  const rows = rowCount(columns);
  const known = DRAWN.flatMap(name => columns.get(name) ?? []);
  const at = decimated(
    Uint32Array.from({ length: rows }, (_, row) => row),
    known,
    { from: 0, to: rows },
    PLACES,
  );
  const values = new Float64Array(at.length * METRIC_COLUMNS.length).fill(NaN);
  METRIC_COLUMNS.forEach((name, index) => {
    const column = columns.get(name);
    if (column)
      values.set(
        Float64Array.from(at, row => column[row]),
        index * at.length,
      );
  });
  return { count: at.length, values, restart: true };
}

/** Of the network of a run: `learningRate`, `optimizer.beta1`, `layers[0].units`, `seed`, … as they are read. */
export function settingsOf({ network }: RunHead): { readonly [name: string]: string } {
  const { training, ...others } = network as { readonly [key: string]: JsonValue };
  const settings: Record<string, string> = {};
  const add = (name: string, value: JsonValue | undefined): void => {
    if (value === undefined || NOT_SETTINGS.has(name)) return;
    if (Array.isArray(value) && value.some(isObject))
      value.forEach((each, i) => add(`${name}[${i}]`, each));
    else if (isObject(value))
      for (const [key, each] of Object.entries(value)) add(`${name}.${key}`, each);
    else settings[name] = typeof value === 'string' ? value : formatInline(value);
  };
  for (const [key, value] of Object.entries({ ...(training as object), ...others }))
    add(key, value);
  return settings;
}

const NOT_SETTINGS: ReadonlySet<string> = new Set([
  '$schema',
  'format',
  'version',
  'expect',
  'notation',
]);

const isObject = (value: JsonValue): value is { [key: string]: JsonValue } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
