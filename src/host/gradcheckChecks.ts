/** Checks of what a page asks of the last gradcheck. */
import type { GradcheckEntry } from '../engine/gradcheck';
import type { RowsRequest } from '../engine/gradcheck/results';
import { asTarget } from './messageChecks';
import { fields, index, integer, member, unexpected } from './messageShapes';

const orders: { readonly [O in RowsRequest['order']]: O } = {
  error: 'error',
  gradient: 'gradient',
  place: 'place',
};

/** Rows of one answer. */
const MOST_ROWS = 1000;
/** Cells along a side of a picture. */
const MOST_CELLS = 256;

export function asRowsRequest(value: unknown): RowsRequest {
  const f = fields(value, 'rows request');
  const count = integer(f, 'count', 1);
  if (count > MOST_ROWS) throw unexpected('count', `at most ${MOST_ROWS} rows`, count);
  return {
    order: member(orders, f['order'], 'order'),
    start: index(f, 'start'),
    count,
    ...(f['doubtful'] === true && { doubtful: true }),
    ...(f['layer'] !== undefined && { layer: index(f, 'layer') }),
  };
}

export function asCells(value: unknown): number {
  const most = integer({ most: value }, 'most', 1);
  if (most > MOST_CELLS) throw unexpected('most', `at most ${MOST_CELLS} cells`, most);
  return most;
}

/** A weight or a bias. */
export function asChecked(value: unknown): GradcheckEntry['target'] {
  const target = asTarget(value);
  if (target.type === 'weight' || target.type === 'bias') return target;
  throw unexpected('target', 'a weight or a bias', target.type);
}
