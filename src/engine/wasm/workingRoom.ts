/** What the products of the largest layer need to be packed. */
import type { Network } from '../../network/network';
import type { LayerShape, NetworkShapes } from '../../network/shapes';
import type { Allocator } from './allocator';
import { roundUp } from './panels';
import { DEPTH } from './shared/denseRecord';
import { LISTS } from './shared/listRoom';
import { turnedFilters, windowRoom, type WindowRoom } from './windows';

/** Addresses. */
export interface WorkingRoom extends WindowRoom {
  readonly rows: number;
  readonly transposed: number;
  readonly input: number;
  readonly delta: number;
  /** Lists of the inputs that are not 0 (shared/listRoom.ts). */
  readonly lists: number;
}

/** Of every row its ends, places and numbers; lists of rows are shorter (assembly/columns.ts, rowLists.ts). */
function listBytes(inputs: number, rows: number): number {
  const head = roundUp(Math.ceil(inputs / DEPTH) + 1, 4);
  return LISTS + 4 * rows * (head + 2 * roundUp(inputs, 4));
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
  const takesInput = dense.some(({ sources }) => sources[0] < 0);
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
    lists: memory.take(takesInput ? listBytes(inputSize, rows) : 0),
    ...windowRoom(windows, width, threads, memory),
  };
}
