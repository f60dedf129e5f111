/** Sums of which only the first terms are known. */
import type { Terms } from '../../engine/facts';
import { stated, total, writtenOut, type Context } from '../context';
import type { Equation, Expression } from '../explanation';
import { symbol } from '../expressions';
import { NO_TERMS, type Sum } from '../sums';

/** What is to come. */
export const PENDING = symbol('…');

/** Their sum, in their order. */
export const added = (values: readonly number[]): number =>
  values.reduce((total, value) => total + value, 0);

/** Of many terms the first ones as one. */
export function lastOf(
  numbers: readonly Expression[],
  values: readonly number[],
  { words }: Context,
): readonly Expression[] {
  if (numbers.length <= writtenOut) return numbers;
  const count = numbers.length - writtenOut + 1;
  const first: Expression = {
    type: 'rest',
    count,
    sum: added(values.slice(0, count)),
    label: words.first(count),
  };
  return [first, ...numbers.slice(count)];
}

/** w · a, w · δ, or all terms that are not named. `sign`: of the printed numbers. */
export function termEquation(
  { terms, more }: Terms,
  index: number,
  general: readonly Expression[],
  write: (term: Terms) => Sum,
  sign: 1 | -1,
): Equation {
  const term = terms[index];
  if (!term) return stated(total(general), sign * more.sum);
  const { symbols, numbers } = write({ ...NO_TERMS, terms: [term] });
  const value = sign * term.weight * term.factor;
  return { left: total(symbols), forms: [total(numbers)], value };
}

/** The terms so far. */
export const termsUpTo = ({ terms, more }: Terms, index: number): Terms => ({
  terms: terms.slice(0, index + 1),
  more: index >= terms.length ? more : NO_TERMS.more,
});

/** What each term adds. */
export const productsOf = ({ terms, more }: Terms): readonly number[] => [
  ...terms.map(({ weight, factor }) => weight * factor),
  ...(more.count > 0 ? [more.sum] : []),
];
