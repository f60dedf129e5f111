/**
 * Formulas as LaTeX, to be copied into a paper: amsmath and nothing else. Outside of `\text{…}` every
 * character is ASCII.
 */
import { wrapAt } from './alignedLines';
import type { Card, Equation, Expression, Line, Rule } from './explanation';
import { identifier, index, joined, textCommand } from './latexText';
import { layoutEquation, layoutExpression, layoutSteps, type Box } from './layout';
import { minusSign, type NumberStyle, type PrintedNumber } from './numbers';
import { betweenFences, underRoot } from './roots';

/** What stands between `\(` and `\)`. */
export function toLatex(formula: Expression | Equation | Rule, options: NumberStyle = {}): string {
  const style = { linear: false, digits: options.digits };
  return latex(
    'forms' in formula ? layoutEquation(formula, style) : layoutExpression(formula, style),
  ).trim();
}

/**
 * The lines of an explanation as one `alignat*` block, which stands in a document by itself, without dollar
 * signs around it: label, left side, right side, note. Empty for a card without lines. Words in Chinese need
 * a document that can set them (ctex).
 */
export function explanationToLatex(card: Card, options: NumberStyle = {}): string {
  if (card.lines.length === 0) return '';
  const rows = card.lines.flatMap(line => alignedRows(line, options));
  return `\\begin{alignat*}{2}\n${rows.join(' \\\\\n')}\n\\end{alignat*}`;
}

/** A long equation goes on in new rows at signs of equality, then at signs of sums. */
function alignedRows(line: Line, options: NumberStyle): readonly string[] {
  const [left, ...steps] = layoutSteps(line.equation, { linear: false, digits: options.digits });
  const becomes = line.equation.becomes ? '\\leftarrow' : '=';
  const signed = steps.map((step, i) => ({ sign: i === 0 ? becomes : '=', step }));
  const start = `& ${textCommand(line.label)} \\quad & ${latex(left).trim()} `;
  const whole = signed.map(({ sign, step }) => `${sign} ${latex(step).trim()}`).join(' ');
  const rows =
    printedWidth(whole) <= wrapAt
      ? [whole]
      : signed.flatMap(({ sign, step }) => {
          const [first, ...others] = broken(step);
          return [`${sign} ${first}`, ...others.map(part => `\\quad {} ${part}`)];
        });
  const note = line.note ? ` \\qquad ${textCommand(line.note)}` : '';
  return rows.map(
    (text, i) => `${i === 0 ? start : '& & '}&${text}${i === rows.length - 1 ? note : ''}`,
  );
}

/** One step in parts of at most about `wrapAt` characters, broken before + and −. */
function broken(step: Box): readonly string[] {
  if (step.type !== 'row') return [latex(step).trim()];
  const terms: Box[][] = [[]];
  for (const box of step.items) {
    if (isSignOfSum(box)) terms.push([box]);
    else terms[terms.length - 1].push(box);
  }
  const rows: string[] = [];
  for (const items of terms) {
    const part = latex({ type: 'row', items }).trim();
    const longer = rows.length === 0 ? part : `${rows[rows.length - 1]} ${part}`;
    if (rows.length > 0 && printedWidth(longer) <= wrapAt) rows[rows.length - 1] = longer;
    else rows.push(part);
  }
  return rows;
}

function isSignOfSum(box: Box): boolean {
  return box.type === 'operator' && box.form === 'infix' && ['+', minusSign].includes(box.text);
}

/** About how many characters wide it is in print. */
function printedWidth(text: string): number {
  return text
    .replace(/\\(?:left|right|text|frac|mathrm|mathsf)(?![a-z])/g, '')
    .replace(/\\[A-Za-z]+/g, 'x')
    .replace(/[{}_^]/g, '').length;
}

function latex(box: Box): string {
  switch (box.type) {
    case 'identifier':
      return identifier(box.text);
    case 'number':
      return numberLatex(box.printed);
    case 'result':
      return latex(box.content);
    case 'operator':
      return operator(box);
    case 'text':
      return box.text.trim() === '' ? '' : textCommand(box.text);
    case 'row':
      return row(box.items);
    case 'fraction':
      return `\\frac{${latex(box.over)}}{${latex(box.under)}}`;
    case 'scripts':
      return scripts(box);
    case 'cases':
      return cases(box.branches);
  }
}

function numberLatex({ digits, exponent }: PrintedNumber): string {
  if (digits === 'NaN') return '\\mathrm{NaN}';
  if (digits === '∞') return '\\infty';
  return exponent === undefined ? digits : `${digits} \\times 10^{${exponent}}`;
}

const operators: Readonly<Record<string, string>> = {
  [minusSign]: '-',
  '·': '\\cdot',
  '⊙': '\\odot',
  '←': '\\leftarrow',
  '≤': '\\leq',
  '≥': '\\geq',
  '∂': '\\partial',
  Σ: '\\sum',
};

function operator({ text, form }: Extract<Box, { type: 'operator' }>): string {
  const sign = operators[text] ?? text;
  if (form === 'infix' || form === 'dot') return ` ${sign} `;
  return form === 'separator' ? `${sign} ` : sign;
}

function row(items: readonly Box[]): string {
  const covered = underRoot(items);
  if (covered) return `\\sqrt{${latex(covered)}}`;
  const [first] = items;
  const content = betweenFences({ type: 'row', items });
  if (content && first.type === 'operator') return fenced(first.text, content);
  return joined(items.map(latex));
}

const fences: Readonly<Record<string, readonly [string, string]>> = {
  '(': ['(', ')'],
  '|': ['\\lvert ', ' \\rvert'],
  '‖': ['\\lVert ', ' \\rVert'],
};

/** Brackets as high as what they hold. */
function fenced(fence: string, content: Box): string {
  const [open, close] = fences[fence];
  if (!isTall(content)) return `${open}${latex(content)}${close}`;
  return `\\left${open}${latex(content)}\\right${close.trim()}`;
}

function isTall(box: Box): boolean {
  switch (box.type) {
    case 'fraction':
    case 'cases':
      return true;
    case 'row':
      return box.items.some(isTall);
    case 'result':
      return isTall(box.content);
    case 'scripts':
      // Σ stands higher than a line; an exponent does not.
      return (box.base.type === 'operator' && box.base.text === 'Σ') || isTall(box.base);
    default:
      return false;
  }
}

function scripts({ base, sub, sup }: Extract<Box, { type: 'scripts' }>): string {
  const isPrimed = base.type === 'identifier' && base.text.endsWith('′');
  const isLayered = base.type === 'scripts' || isPrimed;
  const below = sub === undefined ? '' : `_{${index(sub)}}`;
  const above = sup === undefined ? '' : `^{${exponent(sup)}}`;
  const inner = latex(base);
  const sum = base.type === 'operator' ? ' ' : '';
  // A second index or a prime beside it would be an error: braces make one thing of the first.
  return `${isLayered ? `{${inner}}` : inner}${below}${above}${sum}`;
}

/** `T` is the mark of a transposed matrix: no index is called so. */
function exponent(sup: string | Box): string {
  if (typeof sup !== 'string') return latex(sup);
  return sup === 'T' ? '\\mathsf{T}' : index(sup);
}

function cases(branches: readonly (readonly [Box, Box])[]): string {
  const rows = branches.map(([value, condition]) => `${latex(value)} & ${latex(condition)}`);
  return `\\begin{cases} ${rows.join(' \\\\ ')} \\end{cases}`;
}
