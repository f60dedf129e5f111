/** What a key does on a chart that has the keyboard. Pure. */
import type { Zoom } from './chartView';
import type { Numbers } from './curves';
import { zoomed } from './hands';

type Key = Pick<KeyboardEvent, 'key' | 'altKey' | 'ctrlKey' | 'metaKey'>;

/**
 * @param row that is read  @param x of all rows  @param shown part of the axis
 * @returns the row that is read next, or the part that is shown next; undefined: nothing
 */
export function chartKey(
  { key, altKey, ctrlKey, metaKey }: Key,
  row: number,
  x: Numbers,
  shown: Zoom,
): { readonly row: number | undefined } | { readonly zoom: Zoom | undefined } | undefined {
  if (altKey || ctrlKey || metaKey || x.length === 0) return undefined;
  const last = x.length - 1;
  const page = Math.max(1, Math.round(x.length / 10));
  const rows: { readonly [key: string]: number } = {
    ArrowLeft: row - 1,
    ArrowDown: row - 1,
    ArrowRight: row + 1,
    ArrowUp: row + 1,
    PageDown: row - page,
    PageUp: row + page,
    Home: 0,
    End: last,
  };
  if (key in rows) return { row: Math.max(0, Math.min(last, rows[key])) };
  if (key === '+' || key === '=') return { zoom: zoomed(shown, x[row], 0.5) };
  if (key === '-') return { zoom: zoomed(shown, x[row], 2) };
  return key === '0' ? { zoom: undefined } : undefined;
}
