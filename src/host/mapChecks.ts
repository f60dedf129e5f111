/** The checks of what a page asks of the prediction panel and the maps. */
import type { MapRequest, PointsRequest } from '../protocol';
import { fields, finite, index, integer, list, unexpected } from './messageShapes';
import type { Fields } from './messageShapes';

/** Rows of inputs that are predicted at once; a page shows one. */
const MOST_ROWS = 1000;
/** Points that a page draws. */
const MOST_POINTS = 2000;

export function asPredictInputs(value: unknown): number[][] {
  const rows = list({ inputs: value }, 'inputs');
  if (rows.length > MOST_ROWS) throw unexpected('inputs', `at most ${MOST_ROWS} rows`, rows.length);
  return rows.map(row => numbers({ row }, 'row'));
}

export function asPointsRequest(value: unknown): PointsRequest {
  const f = fields(value, 'points request');
  if (f['sample'] !== undefined) return { sample: index(f, 'sample') };
  const most = integer(f, 'most', 1);
  if (most > MOST_POINTS) throw unexpected('most', `at most ${MOST_POINTS} points`, most);
  return { most };
}

/** How many cells and numbers a map may have, the worker knows. */
export function asMapRequest(value: unknown): MapRequest {
  const f = fields(value, 'map request');
  return {
    neurons: list(f, 'neurons').map(each => {
      const neuron = fields(each, 'neuron');
      return { layer: integer(neuron, 'layer', -1), row: index(neuron, 'row') };
    }),
    from: numbers(f, 'from'),
    to: numbers(f, 'to'),
    cells: integer(f, 'cells', 2),
    ...(f['snapshot'] === undefined ? {} : { snapshot: index(f, 'snapshot') }),
  };
}

function numbers(f: Fields, name: string): number[] {
  return list(f, name).map(number => finite({ [name]: number }, name));
}
