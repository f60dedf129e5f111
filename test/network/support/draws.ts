/** What is drawn for new weights in tests: numbers that tell which layer asked, or nothing but 0. */
import type { EditTools } from '../../../src/network/edit';

export const counting: EditTools = {
  draw: ({ layer, count }) => Array.from({ length: count }, (_, n) => 100 * (layer + 1) + n),
};
export const zeros: EditTools = { draw: ({ count }) => new Array<number>(count).fill(0) };
