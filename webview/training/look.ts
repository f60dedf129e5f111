/** How lines are told apart: by colour, and by dashes for those who do not see it. Pure. */
import type { Series } from './metrics';

export interface Line {
  /** Of VS Code's charts: `--vscode-charts-…`. */
  readonly colour: 'green' | 'purple' | 'blue' | 'orange' | 'red' | 'yellow' | 'foreground';
  /** Pixels drawn and left out by turns; empty: all drawn. */
  readonly dash: readonly number[];
}

const COLOURS = ['blue', 'orange', 'green', 'purple'] as const;
const DASHES = [[], [6, 3], [2, 2], [8, 3, 2, 3]] as const;

/** @param index of the series in its chart */
export function lineOf({ layer, validation }: Series, index: number): Line {
  if (layer === undefined)
    return validation ? { colour: 'purple', dash: [5, 3] } : { colour: 'green', dash: [] };
  // Four by four: each layer has a pair of its own.
  const dash = DASHES[(index + Math.floor(index / COLOURS.length)) % DASHES.length];
  return { colour: COLOURS[index % COLOURS.length], dash };
}

/** For a picture on white paper, where no theme is known. */
export const PAPER: { readonly [C in Line['colour']]: string } = {
  green: '#2d7d2a',
  purple: '#652d90',
  blue: '#0b62c4',
  orange: '#b35c00',
  red: '#c01818',
  yellow: '#8a6100',
  foreground: '#333333',
};
