/** What a person sees of a CSV file before it is used: first rows, detected choices, and what is wrong. */

export interface CsvColumn {
  readonly name: string;
  /** `class`: at least one cell is no number; `empty`: no cell has a text. */
  readonly type: 'number' | 'class' | 'empty';
  /** Different texts, and the first of them in order of appearance (at most 20). */
  readonly distinct: number;
  readonly examples: readonly string[];
  /** Of the cells that are numbers. */
  readonly least: number;
  readonly most: number;
}

export interface BadCell {
  /** Line of the file, from 1. */
  readonly line: number;
  readonly column: string;
  readonly text: string;
  /** Why it cannot be used: one short sentence. */
  readonly reason: string;
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
  /** The first 20, and how many there are. */
  readonly bad: readonly BadCell[];
  readonly badCount: number;
}
