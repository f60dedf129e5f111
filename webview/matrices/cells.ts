/** Which numbers light up together: what a number is made of, or what it goes into. Pure. */
import {
  goesInto,
  madeOf,
  matricesOf,
  samePlace,
  writtenOut,
  type CellPlace,
  type MatrixEquation,
} from '../../src/explain/matrixEquation';
import type { Expression } from '../../src/explain/explanation';

/** A number on the page: in which step, in which of its matrices, and where in it. */
export interface Spot {
  readonly step: number;
  readonly matrix: number;
  readonly row: number;
  readonly column: number;
}

export interface Lit {
  readonly spot: Spot;
  readonly cell: CellPlace;
  readonly others: readonly CellPlace[];
  /** How the number is computed; of a number of the right side none. */
  readonly computed: Expression | undefined;
}

/** Undefined where the numbers are no longer those that the spot was of. */
export function litAt(equations: readonly MatrixEquation[], spot: Spot): Lit | undefined {
  const { row, column } = spot;
  const equation = equations[spot.step];
  const matrix = equation && matricesOf(equation)[spot.matrix];
  if (!equation || matrix?.cells[row]?.[column] === undefined) return undefined;
  const cell = { matrix, row, column };
  if (spot.matrix > 0) return { spot, cell, others: goesInto(equation, cell), computed: undefined };
  const { right } = equation;
  return {
    spot,
    cell,
    others: madeOf(right, row, column),
    computed: writtenOut(right, row, column),
  };
}

/** How a number of the step `step` is marked. */
export function markOf(lit: Lit | undefined, step: number, cell: CellPlace): 'here' | 'part' | '' {
  if (!lit || lit.spot.step !== step) return '';
  if (samePlace(lit.cell, cell)) return 'here';
  return lit.others.some(other => samePlace(other, cell)) ? 'part' : '';
}
