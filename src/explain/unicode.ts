/** Formulas as one line of text, for hovers in the editor and the command line: ∂C/∂w₂₄³ = a₄²·δ₂³. */
import type { Condition, Equation, Expression, Rule } from './explanation';
import { layoutCondition, layoutEquation, layoutExpression, layoutSteps, type Box } from './layout';
import { unsignedText, type NumberStyle } from './numbers';

/** An expression, or an equation with all of its forms. */
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

/** The same, with its sign before each text but the first: `= a₁·w₁₁`, `← w − η·g`. */
export function signedSteps(
  equation: Equation | Rule,
  options: NumberStyle = {},
): readonly [left: string, ...steps: readonly string[]] {
  const [left, ...steps] = toUnicodeSteps(equation, options);
  const signed = steps.map((step, index) =>
    index === 0 && equation.becomes ? `← ${step}` : `= ${step}`,
  );
  return [left, ...signed];
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
      return unsignedText(box.printed);
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

/** Characters that have a small raised form, and that form. */
export const superscripts: Readonly<Record<string, string>> = {
  ...characters('0123456789', '⁰¹²³⁴⁵⁶⁷⁸⁹'),
  ...characters('()', '⁽⁾'),
  ...characters('Tjklinx', 'ᵀʲᵏˡⁱⁿˣ'),
};

/** Characters that have a small lowered form, and that form. */
export const subscripts: Readonly<Record<string, string>> = {
  ...characters('0123456789', '₀₁₂₃₄₅₆₇₈₉'),
  ...characters('jklixnspm+', 'ⱼₖₗᵢₓₙₛₚₘ₊'),
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
