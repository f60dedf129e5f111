/** A formula in pieces, of which a rule leaves out some and puts in others. */
import type { Expression, Rule } from '../explanation';
import { negate, product, sum } from '../expressions';
import type { FormulaLabel } from './words';

/** `kept` stands in both formulas, `missing` in the standard one alone, `added` in the rule's alone. */
export interface Piece {
  readonly expression: Expression;
  readonly mark: 'kept' | 'missing' | 'added';
  /** What joins it to the piece before; a first `−` is a sign. */
  readonly join: '' | '·' | '+' | '−';
}

export interface LabFormula {
  readonly label: FormulaLabel;
  readonly left: Expression;
  readonly pieces: readonly Piece[];
  /** The rule negates the whole right side. */
  readonly flipped: boolean;
  readonly note?: string;
}

/** The pieces of one of both formulas; a sign stays when the factor that it stood before is left out. */
export function shownPieces({ pieces }: LabFormula, of: 'standard' | 'rule'): readonly Piece[] {
  const shown: Piece[] = [];
  let sign: Piece['join'] | undefined;
  for (const each of pieces) {
    const isShown = each.mark === 'kept' || each.mark === (of === 'rule' ? 'added' : 'missing');
    if (isShown) {
      shown.push(each.join === '·' && sign !== undefined ? { ...each, join: sign } : each);
      sign = undefined;
    } else if (each.join !== '·') sign = each.join;
  }
  return shown;
}

/** One of both formulas as a whole. */
export function wholeFormula(formula: LabFormula, of: 'standard' | 'rule'): Rule {
  const terms: { readonly factors: Expression[]; readonly negative: boolean }[] = [];
  for (const { expression, join } of shownPieces(formula, of)) {
    const last = terms[terms.length - 1];
    if (join === '·' && last) last.factors.push(expression);
    else terms.push({ factors: [expression], negative: join === '−' });
  }
  const right = sum(
    ...terms.map(({ factors, negative }) => {
      const whole = product(...factors);
      return negative ? negate(whole) : whole;
    }),
  );
  const { left, flipped } = formula;
  return { left, forms: [of === 'rule' && flipped ? negate(right) : right] };
}
