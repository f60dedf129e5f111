/** Axes as uPlot takes them. */
import { count, format, percent } from '../numbers';
import type { ChartTheme } from '../theme';
import type { ChartView } from './chartView';
import { metricUnit, xWord } from './chartWords';
import type { XAxis } from './metrics';

/** As far as it is used: uPlot is imported elsewhere. */
interface Axis {
  label?: string | undefined;
  labelSize: number;
  labelFont: string;
  size: number;
  font: string;
  stroke: string;
  gap: number;
  grid: Lines;
  ticks: Lines & { size: number };
  incrs?: number[];
  /** Pixels from one tick to the next, at least. */
  space?: (plot: unknown, axis: number, from: number, to: number) => number;
  values?: (plot: unknown, ticks: (number | null)[]) => string[];
}

interface Lines {
  stroke: string;
  width: number;
  filter?: (plot: unknown, splits: number[]) => (number | null)[];
}

/** Distances between the ticks of the epoch axis: no half epochs. */
const WHOLE = Array.from({ length: 9 }, (_, i) => [1, 2, 5].map(f => f * 10 ** i)).flat();

/** Where there is little height the curve needs it more than the names of the axes do. */
export const isCompact = (height: number): boolean => height < 120;

export function xAxis(theme: ChartTheme, x: XAxis, height: number): Axis {
  const plain = { ...named(axis(theme, xWord(x), 30), height), space: room };
  return x === 'seconds' ? plain : { ...plain, incrs: WHOLE };
}

/** So much that millions do not run into each other. */
function room(_: unknown, __: number, ___: number, to: number): number {
  return Math.max(50, 7 * count(Math.round(to)).length + 16);
}

/** On a logarithmic scale lines at the powers of ten are enough. */
export function yAxis(theme: ChartTheme, { metric, logarithmic }: ChartView, height: number): Axis {
  const plain = named(axis(theme, metricUnit(metric), 56), height);
  const one = metric === 'accuracy' ? percent : format;
  const values = (_: unknown, ticks: (number | null)[]): string[] =>
    ticks.map(tick => (tick === null ? '' : one(tick)));
  if (!logarithmic) return { ...plain, values };
  const filter = (_: unknown, splits: number[]): (number | null)[] =>
    splits.map(split => (Number.isInteger(Math.log10(split)) ? split : null));
  return {
    ...plain,
    values,
    grid: { ...plain.grid, filter },
    ticks: { ...plain.ticks, filter },
  };
}

const named = (axis: Axis, height: number): Axis =>
  isCompact(height) ? { ...axis, label: undefined, labelSize: 0 } : axis;

function axis(theme: ChartTheme, label: string, size: number): Axis {
  return {
    label,
    labelSize: 16,
    labelFont: theme.font,
    size,
    font: theme.font,
    stroke: theme.muted,
    gap: 4,
    grid: { stroke: theme.grid, width: 1 },
    ticks: { stroke: theme.grid, width: 1, size: 4 },
  };
}
