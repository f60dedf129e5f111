/** The columns of the overview: what each shows of a layer, and by what it is sorted. */
import { nothing, type TemplateResult } from 'lit';
import type { LayerOverview, WeightsOverview } from '../../src/engine/inspect/overview';
import { histogramPicture } from '../health/histogramPicture';
import { count, format, percent } from '../numbers';
import { listed } from '../punctuation';
import { text, type StringKey } from '../strings';
import { layerTitle, type Named } from './names';

/** A layer in the table; −1 is the input. `numbers` come a moment later. */
export interface Row {
  readonly named: Named;
  readonly layer: number;
  readonly numbers: LayerOverview | undefined;
}

interface ColumnOf {
  readonly title: StringKey;
  /** The whole sentence, as a tip. */
  readonly hint?: StringKey;
  readonly isNumber: boolean;
  /** What rows are sorted by: the largest first, words by the alphabet. */
  key(row: Row): number | string;
  cell(row: Row): string | TemplateResult | typeof nothing;
}

export type ColumnName =
  | 'layer'
  | 'type'
  | 'from'
  | 'units'
  | 'activation'
  | 'parameters'
  | 'weightNorm'
  | 'gradientNorm'
  | 'updateNorm'
  | 'ratio'
  | 'dead'
  | 'saturated'
  | 'weights'
  | 'gradients';

export const columns: { readonly [C in ColumnName]: ColumnOf } = {
  layer: words('table.layer', calledTitle, ({ layer }) => -layer),
  type: words('table.type', row => layerOf(row)?.type ?? text('table.input')),
  from: words('table.from', ({ named, layer }) =>
    layer < 0
      ? ''
      : listed(named.sources[layer].map(source => calledTitle({ named, layer: source }))),
  ),
  units: number('table.units', ({ named, layer }) => named.sizes[layer + 1], count),
  activation: words('table.activation', row => layerOf(row)?.activation ?? ''),
  parameters: number(
    'table.parameters',
    ({ named, layer }) => named.shapes.layers[layer]?.parameters ?? NaN,
    count,
  ),
  weightNorm: ofWeights('overview.weightNorm', 'table.weightNorm', ({ norm }) => norm),
  gradientNorm: ofWeights(
    'overview.gradientNorm',
    'table.gradientNorm',
    ({ gradientNorm }) => gradientNorm,
  ),
  updateNorm: ofWeights(
    'overview.updateNorm',
    'overview.updateNormHint',
    ({ updateNorm }) => updateNorm,
  ),
  ratio: ofWeights('overview.ratio', 'overview.ratioHint', ({ ratio }) => ratio),
  dead: share('overview.dead', 'overview.deadHint', ({ dead, units }) => dead / units),
  saturated: share(
    'overview.saturated',
    'overview.saturatedHint',
    ({ saturated, units }) => saturated / units,
  ),
  weights: picture('overview.weights', 'values'),
  gradients: picture('overview.gradients', 'gradients'),
};

export const columnNames = Object.keys(columns) as readonly ColumnName[];

function words(
  title: StringKey,
  cell: (row: Row) => string,
  key: (row: Row) => number | string = cell,
): ColumnOf {
  return { title, isNumber: false, key, cell };
}

function number(
  title: StringKey,
  key: (row: Row) => number,
  print: (value: number) => string,
  hint?: StringKey,
): ColumnOf {
  const cell = (row: Row): string => (Number.isNaN(key(row)) ? '' : print(key(row)));
  return { title, isNumber: true, key, cell, ...(hint && { hint }) };
}

function ofWeights(
  title: StringKey,
  hint: StringKey,
  value: (weights: WeightsOverview) => number,
): ColumnOf {
  const key = ({ numbers }: Row): number => (numbers?.weights ? value(numbers.weights) : NaN);
  // A layer of weights that has no such number (0/0, no data) says so by a dash.
  const cell = (row: Row): string => (row.numbers?.weights ? format(key(row)) : '');
  return { title, hint, isNumber: true, key, cell };
}

function share(
  title: StringKey,
  hint: StringKey,
  value: (layer: LayerOverview) => number,
): ColumnOf {
  return number(title, ({ numbers }) => (numbers ? value(numbers) : NaN), percent, hint);
}

/** Sorted by how far the numbers reach from 0. */
function picture(title: StringKey, which: 'values' | 'gradients'): ColumnOf {
  return {
    title,
    isNumber: true,
    key: ({ numbers }) => {
      const own = numbers?.weights?.[which];
      return own ? Math.max(-own.from, own.to) : NaN;
    },
    cell: ({ numbers }) =>
      numbers?.weights ? histogramPicture(numbers.weights[which], text(title)) : nothing,
  };
}

function layerOf({ named, layer }: Row) {
  return layer < 0 ? undefined : named.network.layers[layer];
}

/** "Layer 2 · skip", with the id that it has in the text. */
function calledTitle({ named, layer }: Pick<Row, 'named' | 'layer'>): string {
  const id = named.network.layers[layer]?.id;
  return [layerTitle(named, layer), ...(id === undefined ? [] : [id])].join(' · ');
}

export interface Sorting {
  readonly column: ColumnName;
  /** The largest first, or `a` before `b`. */
  readonly first: boolean;
}

/** The input stands above all; what has no number stands last, whichever way the rest is sorted. */
export function sorted(rows: readonly Row[], { column, first }: Sorting): readonly Row[] {
  const { key } = columns[column];
  const way = first ? 1 : -1;
  return [...rows].sort((a, b) => {
    if (a.layer < 0 || b.layer < 0) return a.layer < 0 ? -1 : 1;
    const [x, y] = [key(a), key(b)];
    if (typeof x === 'string' || typeof y === 'string')
      return way * (x < y ? -1 : Number(x > y)) || a.layer - b.layer;
    if (Number.isNaN(x) || Number.isNaN(y))
      return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a.layer - b.layer;
    return way * (y - x) || a.layer - b.layer;
  });
}
