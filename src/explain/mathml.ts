/**
 * Formulas as MathML Core, for the card on the canvas.
 *
 * No style attributes (the webview's security policy forbids them) and every text escaped. Classes:
 * `result` on the value that an equation ends with, `rest` on the words for left-out terms.
 */
import type { Equation, Expression, Rule } from './explanation';
import { layoutEquation, layoutExpression, type Box } from './layout';
import { minusSign, type NumberStyle, type PrintedNumber } from './numbers';
import { underRoot } from './roots';

export interface MathMLOptions extends NumberStyle {
  /** On a line of its own instead of within text. */
  readonly block?: boolean;
}

/** `<math><mrow>…</mrow></math>`; of an equation the row holds the forms with the signs between them. */
export function toMathML(
  formula: Expression | Equation | Rule,
  options: MathMLOptions = {},
): string {
  const style = { linear: false, digits: options.digits };
  const box =
    'forms' in formula ? layoutEquation(formula, style) : layoutExpression(formula, style);
  const display = options.block ? ' display="block"' : '';
  const items = box.type === 'row' && !underRoot(box.items) ? box.items : [box];
  return `<math${display}>${element('mrow', items.map(markup).join(''))}</math>`;
}

/** Text between tags or in a double-quoted attribute. */
function escapeMarkup(text: string): string {
  return text.replace(/[&<>"']/g, character => `&#${character.charCodeAt(0)};`);
}

function element(name: string, content: string, className?: string): string {
  return `<${name}${className ? ` class="${className}"` : ''}>${content}</${name}>`;
}

function markup(box: Box): string {
  switch (box.type) {
    case 'identifier':
      return identifier(box.text);
    case 'number':
      return numberMarkup(box.printed);
    case 'result':
      return element('mrow', markup(box.content), 'result');
    case 'operator':
      return element('mo', escapeMarkup(box.text));
    case 'text':
      // A blank at the end of a token is not printed.
      return box.text.trim() === ''
        ? ''
        : element('mtext', escapeMarkup(box.text.replace(/ $/, '\u00a0')), 'rest');
    case 'row':
      return row(box.items);
    case 'fraction':
      return element('mfrac', markup(box.over) + markup(box.under));
    case 'scripts':
      return scripts(box);
    case 'cases':
      return cases(box.branches);
  }
}

function row(items: readonly Box[]): string {
  const covered = underRoot(items);
  return covered ? element('msqrt', markup(covered)) : element('mrow', items.map(markup).join(''));
}

function identifier(text: string): string {
  const prime = '′';
  if (!text.endsWith(prime)) return element('mi', escapeMarkup(text));
  return element('msup', identifier(text.slice(0, -prime.length)) + element('mo', prime));
}

function numberMarkup({ digits, exponent }: PrintedNumber): string {
  const mantissa = element('mn', digits);
  if (exponent === undefined) return mantissa;
  const sign = exponent < 0 ? element('mo', minusSign) : '';
  const power = element('mrow', sign + element('mn', String(Math.abs(exponent))));
  const ten = element('msup', element('mn', '10') + power);
  return element('mrow', mantissa + element('mo', '×') + ten);
}

function scripts({ base, sub, sup }: Extract<Box, { type: 'scripts' }>): string {
  const inside = markup(base);
  const below = sub === undefined ? undefined : index(sub);
  const above = sup === undefined ? undefined : typeof sup === 'string' ? index(sup) : markup(sup);
  if (below !== undefined && above !== undefined) return element('msubsup', inside + below + above);
  if (below !== undefined) return element('msub', inside + below);
  return above === undefined ? inside : element('msup', inside + above);
}

/** An index: digits upright, letters as identifiers. */
function index(text: string): string {
  const parts = text.match(/\d+|[a-z]{3,}|[^\d]/gu) ?? [];
  const marks = parts.map(part => {
    if (/^\d/.test(part)) return element('mn', part);
    if (part.length > 2) return element('mtext', part);
    return element(/\p{L}/u.test(part) ? 'mi' : 'mo', escapeMarkup(part));
  });
  return marks.length === 1 ? marks[0] : element('mrow', marks.join(''));
}

function cases(branches: readonly (readonly [Box, Box])[]): string {
  const rows = branches.map(([value, condition]) =>
    element('mtr', element('mtd', markup(value)) + element('mtd', markup(condition))),
  );
  return element('mrow', element('mo', '{') + element('mtable', rows.join('')));
}
