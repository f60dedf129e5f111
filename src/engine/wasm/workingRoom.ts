/** What the products of the largest layer need to be packed. */
import type { Network } from '../../network/network';
import type { LayerShape, NetworkShapes } from '../../network/shapes';
import type { Allocator } from './allocator';
import { roundUp } from './panels';
import { DEPTH, LISTED_ROWS } from './shared/denseRecord';
import { turnedFilters, windowRoom, type WindowRoom } from './windows';

/** Addresses. */
export interface WorkingRoom extends WindowRoom {
  readonly rows: number;
  readonly transposed: number;
  readonly input: number;
  readonly delta: number;
  /** What tells which input columns are not 0 (assembly/columns.ts). */
  readonly columns: number;
}

/** Marks of all columns, and the lists of the groups of rows (assembly/columns.ts). */
function columnBytes(inputs: number, rows: number): number {
  const group = roundUp(Math.ceil(inputs / DEPTH) + 1, 4) + roundUp(inputs, 4);
  return 4 * (roundUp(Math.ceil(inputs / 4), 4) + Math.ceil(rows / LISTED_ROWS) * group);
}

/**
 * @param rows of a batch or tile at most, a multiple of 4
 * @param width neurons of a panel
 * @param threads each has rooms of its own for images
 */
export function workingRoom(
  network: Network,
  { layers, inputSize }: NetworkShapes,
  rows: number,
  width: number,
  threads: number,
  memory: Allocator,
): WorkingRoom {
  const ofType = (type: 'dense' | 'conv2d'): LayerShape[] =>
    layers.filter((_, layer) => network.layers[layer].type === type);
  const dense = ofType('dense');
  const windows = ofType('conv2d').flatMap(({ window }) => window ?? []);
  const most = (of: (inputs: number, units: number) => number): number =>
    4 * Math.max(0, ...dense.map(({ inputs, units }) => of(inputs, units)));
  const transposed = most((inputs, units) => roundUp(inputs, width) * roundUp(units, width));
  const turned = 4 * Math.max(0, ...windows.map(window => turnedFilters(window, width)));
  return {
    rows: memory.take(most((inputs, units) => rows * Math.max(inputs, units))),
    transposed: memory.take(Math.max(transposed, turned)),
    input: memory.take(most(inputs => rows * roundUp(inputs, 4))),
    delta: memory.take(most((_, units) => rows * roundUp(units, width))),
    columns: memory.take(columnBytes(inputSize, rows)),
    ...windowRoom(windows, width, threads, memory),
  };
}
