/** What a person sees of a CSV file before it is used: first rows, detected choices, and what is wrong. */

export interface CsvColumn {
  /** Empty where the header has no name for it: a network cannot choose such a column. */
  readonly name: string;
  /** `number`: at least half of the cells with a text are numbers; `class`: fewer; `empty`: no cell has a text. */
  readonly type: 'number' | 'class' | 'empty';
  /**
   * Different texts, and the first of them in order of appearance (at most 20). No more than 65,537 are counted: then there
   * are more than 65,536. Of numbers, in a file of very many different ones, 128 or more are counted.
   */
  readonly distinct: number;
  readonly examples: readonly string[];
  /** Of the cells that are numbers; NaN where there is none. */
  readonly least: number;
  readonly most: number;
  /** Whether all of its numbers are whole ones. */
  readonly whole: boolean;
  /** Whether each number is larger than the one above: so are the numbers that only count the rows. */
  readonly ascending: boolean;
  /** Cells that cannot be used. */
  readonly bad: number;
}

/** Why a cell, or a whole row, cannot be used. */
export type BadReason =
  /** A text among numbers. */
  | 'text'
  | 'empty'
  /** A number beyond what 64 bits hold. */
  | 'large'
  /** The row has another number of cells than the columns. */
  | 'cells'
  /** A quote that does not close. */
  | 'quote'
  /** A row that does not end, so that nothing behind it is read. */
  | 'endless'
  /** Too many different texts, so that nothing behind it is read. */
  | 'size'
  /** A name that another column has too. */
  | 'name';

export interface BadCell {
  /** Line of the file, from 1. */
  readonly line: number;
  /** Empty where it is the row. */
  readonly column: string;
  readonly text: string;
  readonly kind: BadReason;
}

export interface CsvPreview {
  readonly path: string;
  readonly bytes: number;
  /** Without the header. */
  readonly rows: number;
  readonly delimiter: string;
  readonly header: boolean;
  readonly decimalComma: boolean;
  readonly columns: readonly CsvColumn[];
  /** Texts of the first rows, at most 8. */
  readonly head: readonly (readonly string[])[];
  /** The first 20, and how many there are; before them, why the file was not read to its end. */
  readonly bad: readonly BadCell[];
  readonly badCount: number;
  /** Rows, quotes and names that keep the whole file from being used, whichever columns are chosen. */
  readonly blocking: number;
}
