/** What a caller of the command "Sweep…" wants to be tried. A button hands over an object of its own. */
import { sweepLists } from '../runs/numberLists';
import type { SweepList } from '../runs/numberLists';
import type { SweepAxes } from '../runs/sweep';

/** Undefined where nothing is wanted; what is no such list is left out. */
export function asAxes(value: unknown): SweepAxes | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const given = value as { readonly [name: string]: unknown };
  const lists = (Object.keys(sweepLists) as SweepList[]).flatMap(list => {
    const numbers = given[list];
    const fits = Array.isArray(numbers) && numbers.every(each => isNumber(each, list));
    return fits && numbers.length > 0 ? [[list, numbers as number[]] as const] : [];
  });
  if (lists.length === 0) return undefined;
  const whole = (name: string, least: number): number | undefined => {
    const number = given[name];
    return Number.isSafeInteger(number) && Number(number) >= least ? Number(number) : undefined;
  };
  return { ...Object.fromEntries(lists), layer: whole('layer', 0), epochs: whole('epochs', 1) };
}

const isNumber = (value: unknown, list: SweepList): boolean =>
  typeof value === 'number' && Number.isFinite(value) && sweepLists[list].fits(value);
