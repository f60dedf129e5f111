/** Every printed formula, with its printed numbers, gives the printed result. */
import { expect } from 'vitest';
import type { Facts } from '../../../src/engine/facts';
import { evaluate } from '../../../src/explain/evaluate';
import { explain } from '../../../src/explain/explain';
import type { Equation, Rule } from '../../../src/explain/explanation';
import { availableNotations, profileOf, type Notation } from '../../../src/explain/notation';
import { formatNumber } from '../../../src/explain/numbers';
import { sectionsOf } from '../../../src/explain/sections';
import { toUnicode } from '../../../src/explain/unicode';
import { chinese } from '../../../src/explain/words.zh';
import { english } from '../../../src/explain/words.en';
import * as elementary from '../../../src/math/functions';
import { checkLatexValue } from './checkedLatex';
import { largest } from './largest';
import { compute, meet } from './printed';
import { expectWithin } from './within';

/** The last form in three ways: the tree, the text with all digits, the text as people see it. */
export function checkEquation(equation: Equation | Rule): void {
  const { value } = equation;
  if (value === undefined || !Number.isFinite(value)) return;
  const last = equation.forms[equation.forms.length - 1];
  const scale = Math.max(Math.abs(value), largest(last));
  const what = (): string => toUnicode(equation, { digits: 17 });
  expectWithin(evaluate(last, elementary), value, 1e-12 * scale, what);
  const [exact] = compute(toUnicode(last, { digits: 17 }), 17);
  expectWithin(exact, value, 1e-12 * scale, what);
  const printed = toUnicode(last);
  const result = formatNumber(value);
  if (!meet(compute(printed), compute(result), 1e-15))
    expect.fail(`${printed} does not give ${result}`);
}

/** Every equation of every explanation, in every notation; returns how many there were. */
export function checkFacts(
  facts: Facts,
  languages = [english, chinese],
  notations: readonly Notation[] = availableNotations(),
): number {
  let count = 0;
  for (const name of notations) {
    for (const words of languages) {
      const explanation = explain(facts, profileOf(name), words);
      const { headline, lines, paths } = explanation;
      // Languages differ in words only: what is folded is looked at in one of them.
      const sections = words === english ? sectionsOf(explanation, words) : [];
      const folded = sections.flatMap(section => section.lines);
      const total = paths ? [{ equation: paths.total }] : [];
      for (const { equation } of [{ equation: headline }, ...lines, ...folded, ...total]) {
        checkEquation(equation);
        if (words === english) checkLatexValue(equation);
        if (equation.value !== undefined) count += 1;
      }
    }
  }
  return count;
}
