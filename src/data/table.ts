/** Samples as a source gives them: before target encoding, split and normalisation. */
import type { DataIssue } from './issue';

export interface Table {
  readonly samples: number;
  readonly inputNames: readonly string[];
  readonly inputs: RawInputs;
  /** Of one sample, where the source has one: 28 × 28. */
  readonly inputShape?: readonly number[];
  readonly target: TargetColumns;
  /** Row of each sample as a spreadsheet numbers them, where the source is a file. */
  readonly rowNumbers?: readonly number[];
}

/** What a source was read as: a table, unless something is wrong with it. */
export interface ReadTable {
  readonly table?: Table;
  readonly issues: readonly DataIssue[];
}

/** (samples, inputNames.length) numbers, or bytes that stand for byte / unit. */
export type RawInputs =
  | { readonly type: 'numbers'; readonly values: Float64Array }
  | { readonly type: 'bytes'; readonly values: Uint8Array; readonly unit: number };

export type TargetColumns =
  | {
      readonly type: 'numbers';
      readonly names: readonly string[];
      /** (samples, names.length) */
      readonly values: Float64Array;
    }
  | {
      readonly type: 'classes';
      readonly name: string;
      /** Sorted, see {@link sortClasses}. */
      readonly classNames: readonly string[];
      /** (samples): index into `classNames`. */
      readonly labels: Uint32Array;
    };

/** Class names in numeric order when all are numbers, else by code units. */
export function sortClasses(names: Iterable<string>): string[] {
  const sorted = [...names];
  const numeric = sorted.every(name => name !== '' && Number.isFinite(Number(name)));
  return numeric ? sorted.sort((a, b) => Number(a) - Number(b)) : sorted.sort();
}

/** A class column from the label of each sample. */
export function classColumn(
  name: string,
  labels: readonly string[],
): Extract<TargetColumns, { type: 'classes' }> {
  const classNames = sortClasses(new Set(labels));
  const index = new Map(classNames.map((label, i) => [label, i]));
  return {
    type: 'classes',
    name,
    classNames,
    labels: Uint32Array.from(labels, label => index.get(label) ?? 0),
  };
}
