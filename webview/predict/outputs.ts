/** What the outputs say, in the words of the data. Pure. */
import type { ActivationName } from '../../src/network/network';
import type { DataRange } from '../../src/protocol';
import { rounded } from './mapFrame';

export interface OutputRow {
  readonly name: string;
  readonly value: number;
  /** 0 … 1, where it is a share. */
  readonly share: number | undefined;
  /** The class that is predicted. */
  readonly chosen: boolean;
}

export interface Said {
  readonly rows: readonly OutputRow[];
  /** The class that is predicted, where targets are classes. */
  readonly answer: string | undefined;
}

const SHARES: ReadonlySet<ActivationName> = new Set(['softmax', 'sigmoid']);

/** One output says how much it is the second of two classes: from one half on it is that one. */
export function outputsSay(
  { outputNames, classNames }: Pick<DataRange, 'outputNames' | 'classNames'>,
  activation: ActivationName,
  outputs: readonly number[],
): Said {
  const isShare = SHARES.has(activation);
  const one = outputs.length === 1;
  const isKnown = outputs.every(Number.isFinite);
  const index = one ? Number(outputs[0] >= 0.5) : outputs.indexOf(Math.max(...outputs));
  const answer = classNames && isKnown ? classNames[index] : undefined;
  const rows = outputs.map((value, k): OutputRow => {
    const name = (one ? classNames?.[1] : classNames?.[k]) ?? outputNames[k];
    return {
      name,
      value,
      share: isShare ? Math.min(1, Math.max(0, value)) : undefined,
      chosen: answer !== undefined && !one && k === index,
    };
  });
  return { rows, answer };
}

/** The slider's range: a column that does not vary gets room to both sides. */
export function spanOf(
  { least, most }: Pick<DataRange, 'least' | 'most'>,
  input: number,
): readonly [from: number, to: number] {
  const [from, to] = [least[input], most[input]];
  return from < to ? [from, to] : [from - 1, to + 1];
}

/** Steps of a slider. */
export const STEPS = 200;

/** A place of the slider as a value, without the dust of binary fractions. */
export function placeValue([from, to]: readonly [number, number], place: number): number {
  if (place === 0) return from;
  if (place === STEPS) return to;
  return rounded(((STEPS - place) * from + place * to) / STEPS, [from, to]);
}

export function placeOf([from, to]: readonly [number, number], value: number): number {
  return Math.round(Math.min(1, Math.max(0, (value - from) / (to - from))) * STEPS);
}
