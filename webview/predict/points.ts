/** Data points on a map: which class each belongs to, and which mark a class has. Pure. */
import type { DataPoints, DataRange } from '../../src/protocol';

export interface Point {
  readonly x: readonly number[];
  readonly y: readonly number[];
  readonly validates: boolean;
  /** Undefined where targets are no classes. */
  readonly group: number | undefined;
}

export interface PointSet {
  readonly points: readonly Point[];
  /** Names of the classes; empty where targets are no classes. */
  readonly groups: readonly string[];
  readonly total: number;
}

/** Targets that are all 0 or 1 are classes: of one output two, of several one each. */
export function pointSet(
  { values, shown, total }: DataPoints,
  { inputNames, outputNames, classNames }: DataRange,
): PointSet {
  const [inputs, outputs] = [inputNames.length, outputNames.length];
  const width = 1 + inputs + outputs;
  const rows = Array.from({ length: shown }, (_, i) => values.subarray(i * width, (i + 1) * width));
  const isYesOrNo = rows.every(row => row.subarray(1 + inputs).every(y => y === 0 || y === 1));
  const isOneEach =
    outputs === 1 || rows.every(row => row.subarray(1 + inputs).filter(y => y === 1).length === 1);
  const classes = shown > 0 && isYesOrNo && isOneEach;
  const names = classNames ?? (outputs === 1 ? ['0', '1'] : outputNames);
  const points = rows.map((row): Point => {
    const y = Array.from(row.subarray(1 + inputs));
    const group = outputs === 1 ? y[0] : y.indexOf(1);
    return {
      x: Array.from(row.subarray(1, 1 + inputs)),
      y,
      validates: row[0] === 1,
      group: classes ? group : undefined,
    };
  });
  return { points, groups: classes ? names : [], total };
}

export const MARKS = ['circle', 'square', 'triangle', 'diamond', 'plus', 'cross'] as const;
export type Mark = (typeof MARKS)[number];

/** Classes beyond the sixth have the marks again, in other colours. */
export const markOf = (group: number | undefined): Mark => MARKS[(group ?? 0) % MARKS.length];

/** An outline around (0, 0) that is about `size` wide, as SVG has it. */
export function markPath(mark: Mark, size: number): string {
  const r = size / 2;
  const arm = r / 2.6;
  switch (mark) {
    case 'circle':
      return `M${-r} 0a${r} ${r} 0 1 0 ${size} 0a${r} ${r} 0 1 0 ${-size} 0z`;
    case 'square':
      return `M${-0.85 * r} ${-0.85 * r}h${1.7 * r}v${1.7 * r}h${-1.7 * r}z`;
    case 'triangle':
      return `M0 ${-1.1 * r}L${1.1 * r} ${0.8 * r}H${-1.1 * r}z`;
    case 'diamond':
      return `M0 ${-1.2 * r}L${1.2 * r} 0L0 ${1.2 * r}L${-1.2 * r} 0z`;
    case 'plus':
      return plusPath(r, arm);
    case 'cross': {
      const [a, b] = [arm * Math.SQRT2, r];
      return `M0 ${-a}L${b - a / 2} ${-b - a / 2}L${b + a / 2} ${-b + a / 2}L${a} 0L${b + a / 2} ${b - a / 2}L${b - a / 2} ${b + a / 2}L0 ${a}L${-b + a / 2} ${b + a / 2}L${-b - a / 2} ${b - a / 2}L${-a} 0L${-b - a / 2} ${-b + a / 2}L${-b + a / 2} ${-b - a / 2}z`;
    }
  }
}

function plusPath(r: number, arm: number): string {
  const long = r - arm;
  return `M${-arm} ${-r - arm / 2}h${2 * arm}v${long}h${long}v${2 * arm}h${-long}v${long}h${-2 * arm}v${-long}h${-long}v${-2 * arm}h${long}z`;
}
