/** Formulas as one line of text, for hovers in the editor and the command line: ∂C/∂w₂₄³ = a₄²·δ₂³. */
import type { Condition, Equation, Expression, Rule } from './explanation';
import { layoutCondition, layoutEquation, layoutExpression, layoutSteps, type Box } from './layout';
import { minusSign, type NumberStyle, type PrintedNumber } from './numbers';

export function toUnicode(
  formula: Expression | Equation | Rule,
  options: NumberStyle = {},
): string {
  const style = { linear: true, digits: options.digits };
  return text(
    'forms' in formula ? layoutEquation(formula, style) : layoutExpression(formula, style),
  );
}

/** The texts between the signs of equality: the left side, each form, the value. */
export function toUnicodeSteps(
  equation: Equation | Rule,
  options: NumberStyle = {},
): readonly string[] {
  return layoutSteps(equation, { linear: true, digits: options.digits }).map(text);
}

/** z > 0 */
export function conditionText(condition: Condition): string {
  return text(layoutCondition(condition, { linear: true }));
}

function text(box: Box): string {
  switch (box.type) {
    case 'identifier':
    case 'text':
      return box.text;
    case 'number':
      return numberText(box.printed);
    case 'result':
      return text(box.content);
    case 'operator':
      return operatorText(box);
    case 'row':
      return box.items.map(text).join('');
    case 'fraction':
      return `${text(box.over)}/${text(box.under)}`;
    case 'scripts':
      return scripts(box);
    case 'cases':
      return `{ ${box.branches.map(([value, when]) => `${text(value)} (${text(when)})`).join('; ')} }`;
  }
}

function numberText({ digits, exponent }: PrintedNumber): string {
  if (exponent === undefined) return digits;
  return `${digits}e${exponent < 0 ? minusSign : ''}${Math.abs(exponent)}`;
}

function operatorText({ text: sign, form }: Extract<Box, { type: 'operator' }>): string {
  if (form === 'infix') return ` ${sign} `;
  return form === 'separator' ? `${sign} ` : sign;
}

function scripts({ base, sub, sup }: Extract<Box, { type: 'scripts' }>): string {
  const below = sub === undefined ? '' : lowered(sub);
  return (
    text(base) + below + (sup === undefined ? '' : above(typeof sup === 'string' ? sup : text(sup)))
  );
}

/** w₂₄, w_4b, w[2,14] */
function lowered(index: string): string {
  const small = raised(index, subscripts);
  if (small !== undefined) return small;
  return /^[A-Za-z0-9]+$/.test(index) ? `_${index}` : `[${index}]`;
}

function above(exponent: string): string {
  const small = raised(exponent, superscripts);
  if (small !== undefined) return small;
  return /^[\p{L}\d.]+$/u.test(exponent) ? `^${exponent}` : `^(${exponent})`;
}

const superscripts: Readonly<Record<string, string>> = {
  ...characters('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'),
  ...characters('()', '⁽⁾'),
  ...characters('Tjklinx', 'ᵀʲᵏˡⁱⁿˣ'),
};

const subscripts: Readonly<Record<string, string>> = {
  ...characters('0123456789', '₀₁₂₃₄₅₆₇₈₉'),
  ...characters('jklixn', 'ⱼₖₗᵢₓₙ'),
};

function characters(plain: string, small: string): Record<string, string> {
  const pairs = [...small].map((character, index): [string, string] => [plain[index], character]);
  return Object.fromEntries(pairs);
}

/** Undefined when a character has no small form. */
function raised(plain: string, table: Readonly<Record<string, string>>): string | undefined {
  const small = [...plain].map(character => table[character]);
  return small.includes(undefined as never) ? undefined : small.join('');
}
