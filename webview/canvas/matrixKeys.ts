/** Where the cell cursor of a matrix goes. Pure. */
import { clamp } from './curve';
import type { Cell } from './matrixView';

const PAGE = 10;

type Step = readonly [rows: number, columns: number];

const STEPS: { readonly [key: string]: Step | undefined } = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
  PageUp: [-PAGE, 0],
  PageDown: [PAGE, 0],
  Home: [0, -Infinity],
  End: [0, Infinity],
};

/**
 * The cell that a key goes to; undefined: the key means nothing here. With `sides` (height, width) each row is a
 * picture: arrows move inside it, Page keys from one neuron to the next.
 */
export function moveCell(
  { row, column }: Cell,
  key: string,
  size: { readonly rows: number; readonly columns: number },
  sides?: readonly [height: number, width: number],
): Cell | undefined {
  const step = STEPS[key];
  if (!step) return undefined;
  const to = (at: number, by: number, count: number): number => clamp(at + by, 0, count - 1);
  if (!sides)
    return { row: to(row, step[0], size.rows), column: to(column, step[1], size.columns) };
  const [height, width] = sides;
  if (key.startsWith('Page')) return { row: to(row, Math.sign(step[0]), size.rows), column };
  const y = to(Math.floor(column / width), step[0], height);
  const x = to(column % width, step[1], width);
  return { row, column: y * width + x };
}
