/** Lists of numbers as a person writes them: "0.1, 0.3" or "1 2 3". */

/** What may be tried, by what it is of. */
export const sweepLists = {
  rates: { words: 'numbers above 0', fits: (value: number) => value > 0 },
  seeds: {
    words: 'whole numbers from 0 up',
    fits: (value: number) => Number.isSafeInteger(value) && value >= 0,
  },
  units: {
    words: 'whole numbers from 1 up',
    fits: (value: number) => Number.isSafeInteger(value) && value >= 1,
  },
} as const;

export type SweepList = keyof typeof sweepLists;

/** Undefined where a word is no such number, or there is none. */
export function numbersIn(text: string, list: SweepList): readonly number[] | undefined {
  const words = text.split(/[\s,;]+/).filter(Boolean);
  const numbers = words.map(Number);
  const { fits } = sweepLists[list];
  const isGood = numbers.every(value => Number.isFinite(value) && fits(value));
  return words.length > 0 && isGood ? numbers : undefined;
}
