/** Samples as a source gives them: before target encoding, split and normalisation. */
import { limits } from '../network/limits';
import { grouped } from '../network/setting';
import { dataIssue } from './issue';
import type { DataIssue } from './issue';
import { STEP_SIZE } from './steps';
import type { Steps } from './steps';

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

export type Classes = Extract<TargetColumns, { type: 'classes' }>;

/** A class column from the label of each sample; undefined where there are more classes than outputs that a layer can have. */
export function* classColumn(
  name: string,
  labels: ArrayLike<string | number>,
): Steps<Classes | undefined> {
  const places = new Map<string | number, number>();
  const found = new Uint32Array(labels.length);
  for (let i = 0; i < labels.length; i++) {
    const label = labels[i];
    let place = places.get(label);
    if (place === undefined) {
      place = places.size;
      if (place === limits.units) return undefined;
      places.set(label, place);
    }
    found[i] = place;
    if (i % STEP_SIZE === STEP_SIZE - 1) yield i / labels.length;
  }
  const written = Array.from(places.keys(), String);
  const classNames = sortClasses(written);
  const sorted = new Map(classNames.map((label, i) => [label, i]));
  const order = written.map(label => sorted.get(label) as number);
  return { type: 'classes', name, classNames, labels: found.map(place => order[place]) };
}

/** What is wrong with a column of more classes. */
export function tooManyClasses(name: string): DataIssue {
  const most = grouped(limits.units);
  const message = `${name} has more than ${most} different values, at most ${most} classes can be told apart: choose another target, or one of numbers.`;
  return dataIssue('data.classes', 'error', ['data', 'target'], message);
}
