/** Where a map stands on its canvas: pure arithmetic. */
import type { NeuronMaps } from '../../src/protocol';
import type { Point as Place, Size } from '../canvas/layout';

/** Pixels around the plot. */
export const MARGIN = { left: 40, top: 24, right: 8, bottom: 32 } as const;

/** A plot with two axes: ranges in their own units. */
export interface Frame {
  readonly room: Size;
  readonly x: readonly [from: number, to: number];
  readonly y: readonly [from: number, to: number];
}

/** Pixels of the plot alone. */
export function plotSize({ room }: Pick<Frame, 'room'>): Size {
  return {
    width: Math.max(1, room.width - MARGIN.left - MARGIN.right),
    height: Math.max(1, room.height - MARGIN.top - MARGIN.bottom),
  };
}

const share = ([from, to]: readonly [number, number], value: number): number =>
  (value - from) / (to - from);

/**
 * The plane of two inputs; of one input the curve's, which is as high as its numbers go.
 *
 * @param heights what must be seen of a curve: the ends of its values, and its points
 */
export function frameOf(
  room: Size,
  { from, to }: Pick<NeuronMaps, 'from' | 'to'>,
  heights: readonly number[],
): Frame {
  const x = [from[0], to[0]] as const;
  if (from.length === 2) return { room, x, y: [from[1], to[1]] };
  const least = heights.reduce((a, b) => Math.min(a, b), Infinity);
  const most = heights.reduce((a, b) => Math.max(a, b), -Infinity);
  if (heights.length === 0) return { room, x, y: [0, 1] };
  return { room, x, y: padded(least < most ? [least, most] : [least - 1, most + 1]) };
}

/** Pixels of a value on the canvas. */
export function placeIn(frame: Frame, x: number, y: number): Place {
  const { width, height } = plotSize(frame);
  return {
    x: MARGIN.left + share(frame.x, x) * width,
    y: MARGIN.top + (1 - share(frame.y, y)) * height,
  };
}

/** The values at a place, kept within the plot. */
export function valuesAt(frame: Frame, { x, y }: Place): readonly [x: number, y: number] {
  const { width, height } = plotSize(frame);
  const within = (part: number): number => Math.max(0, Math.min(1, part));
  const [right, up] = [within((x - MARGIN.left) / width), within(1 - (y - MARGIN.top) / height)];
  const at = ([from, to]: readonly [number, number], part: number): number =>
    from + (to - from) * part;
  return [at(frame.x, right), at(frame.y, up)];
}

/** Without digits that a pixel does not tell apart. */
export function rounded(value: number, [from, to]: readonly [number, number]): number {
  const digits = Math.max(0, Math.min(12, 3 - Math.floor(Math.log10(to - from))));
  return Number(value.toFixed(digits)) + 0;
}

/** The number of the cell that some inputs are in; NaN outside. */
export function mapValue(map: NeuronMaps, inputs: readonly number[]): number {
  const { from, to, cells, values } = map;
  const at = from.map((least, k) => Math.floor(share([least, to[k]], inputs[k]) * cells));
  // The very end belongs to the last cell.
  const cell = at.map((each, k) => (inputs[k] === to[k] ? cells - 1 : each));
  if (!cell.every(each => each >= 0 && each < cells)) return NaN;
  return values[cell.length === 1 ? cell[0] : cell[1] * cells + cell[0]];
}

/** A tenth more on each side, so that points do not stand on the border. */
export function padded([from, to]: readonly [number, number]): readonly [number, number] {
  const more = (to - from) / 10;
  return [from - more, to + more];
}

/** Steps of the arrow keys across a map. */
const STEPS = 100;

const WAYS: { readonly [key: string]: readonly [input: number, way: number] } = {
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  ArrowDown: [1, -1],
  ArrowUp: [1, 1],
};

/** Where an arrow key takes the input, with Shift ten steps at once; undefined for other keys. */
export function steppedInputs(
  inputs: readonly number[],
  { key, shiftKey }: Pick<KeyboardEvent, 'key' | 'shiftKey'>,
  { from, to }: Pick<NeuronMaps, 'from' | 'to'>,
): readonly number[] | undefined {
  const [input, way] = WAYS[key] ?? [];
  if (input === undefined || way === undefined || input >= from.length) return undefined;
  const range = [from[input], to[input]] as const;
  const next = inputs[input] + (way * (shiftKey ? 10 : 1) * (range[1] - range[0])) / STEPS;
  const value = rounded(Math.max(range[0], Math.min(range[1], next)), range);
  return inputs.map((own, k) => (k === input ? value : own));
}
