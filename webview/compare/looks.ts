/** How the lines of compared runs are told apart: by colour and dashes, other ones than those of the training. Pure. */
import type { Line } from '../training/look';

const COLOURS = ['blue', 'orange', 'red', 'foreground'] as const;
const DASHES = [[], [8, 4], [2, 3], [9, 3, 2, 3], [16, 3]] as const;

/** Of so many runs each has a line of its own. */
export const LOOKS = COLOURS.length * DASHES.length;

/** @param look from 0 */
export function lineOfRun(look: number): Line {
  const turn = Math.floor(look / COLOURS.length);
  return {
    colour: COLOURS[look % COLOURS.length],
    dash: DASHES[(look + 2 * turn) % DASHES.length],
  };
}
