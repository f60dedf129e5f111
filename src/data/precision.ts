/** Numbers that the network's precision cannot hold: they would become infinite, and then NaN. */
import type { JsonPath, Network, Precision } from '../network/network';
import type { Dataset } from './dataset';
import { dataIssue, samplePlace } from './issue';
import type { DataIssue } from './issue';
import type { Table } from './table';

interface Side {
  readonly key: 'x' | 'y';
  readonly names: readonly string[];
  /** (samples, names.length), as they will be trained with; bytes are never too large. */
  readonly values: Float64Array;
  readonly place: JsonPath;
  readonly normalized: boolean;
}

/** Statistics that overflow. Judged before they are applied: dividing by infinity would hide it. */
export function checkStatistics(
  scale: Dataset['normalization'],
  names: readonly string[],
  place: JsonPath,
): DataIssue | undefined {
  if (!scale) return undefined;
  const bad = scale.offset.findIndex((offset, k) => !Number.isFinite(offset + scale.scale[k]));
  if (bad < 0) return undefined;
  const message = `The input ${names[bad]} cannot be normalised, its numbers lie too far apart for float64: make them smaller, or set data.normalize to "none".`;
  return dataIssue('data.precision', 'error', place, message);
}

/** At most one issue for the inputs and one for the targets: the first number, and how many more. */
export function checkPrecision(
  dataset: Dataset,
  table: Table,
  network: Network,
  places: { readonly inputs: JsonPath; readonly targets: JsonPath },
): DataIssue[] {
  const sides: readonly Side[] = [
    {
      key: 'x',
      names: table.inputNames,
      values: dataset.inputs.type === 'numbers' ? dataset.inputs.values : new Float64Array(0),
      place: places.inputs,
      normalized: dataset.normalization !== undefined,
    },
    {
      key: 'y',
      names: dataset.targetNames,
      values: dataset.targets,
      place: places.targets,
      normalized: false,
    },
  ];
  return sides.flatMap(side => checkSide(side, table, network) ?? []);
}

function checkSide(
  { key, names, values, place, normalized }: Side,
  { rowNumbers }: Table,
  network: Network,
): DataIssue | undefined {
  const { precision } = network.training;
  const bad = values.findIndex(value => !fits(value, precision));
  if (bad < 0) return undefined;
  const count = values.reduce((n, value) => (fits(value, precision) ? n : n + 1), 0);
  const [sample, column] = [Math.floor(bad / names.length), bad % names.length];
  const inline = network.data?.source.type === 'inline';
  const where = rowNumbers ? `, column ${names[column]}` : `, ${key}[${column}]`;
  const more = count > 1 ? ` (and ${count - 1} more)` : '';
  const after = normalized ? ' after normalising' : '';
  const other = precision === 'float32' ? ', or set training.precision to "float64"' : '';
  const message = `${values[bad]} in ${samplePlace(sample, rowNumbers)}${where}${more} is too large for ${precision}${after}: scale the data${other}.`;
  const path = inline ? [...place, sample, key, column] : place;
  return dataIssue('data.precision', 'error', path, message);
}

function fits(value: number, precision: Precision): boolean {
  return Number.isFinite(precision === 'float32' ? Math.fround(value) : value);
}
