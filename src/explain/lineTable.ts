/**
 * The lines of an explanation as a Markdown table, for a hover: label, left side, then a row a step.
 *
 * A hover is narrow and breaks what is longer. In a code block the rest of a line would begin under its label; in a
 * table every cell is broken by itself, so that the columns stay.
 */
import { columns, oneLine } from './alignedLines';
import type { Line } from './explanation';
import { escapeMarkdown } from './markdown';
import type { NumberStyle } from './numbers';
import { signedSteps } from './unicode';

/** Columns of an equation that fit a hover of ordinary width in one line. */
const FITS = 44;

/** Without a head, which would make the column of the labels as wide as its words. */
export function lineTable(lines: readonly Line[], options: NumberStyle = {}): string {
  if (lines.length === 0) return '';
  const rows = lines.flatMap(line => rowsOf(line, options));
  return ['| | | |', '| :-- | --: | :-- |', ...rows].join('\n');
}

function rowsOf({ label, equation, note }: Line, options: NumberStyle): readonly string[] {
  const [left, ...signed] = signedSteps(equation, options);
  const whole = signed.join(' ');
  const parts = columns(`${left} ${whole}`) <= FITS ? [whole] : signed;
  const noted = parts.map((part, index) =>
    note && index === parts.length - 1 ? `${part}\u2003${note}` : part,
  );
  const [first, ...rest] = noted;
  return [row(inOneLine(label), inOneLine(left), first), ...rest.map(part => row('', '', part))];
}

/** Labels and left sides are short: there, neither ∂C/∂w nor two words are broken. */
function inOneLine(cell: string): string {
  return cell.replaceAll('/', '\u2060/\u2060').replaceAll(' ', '\u00a0');
}

function row(...cells: readonly string[]): string {
  return `| ${cells.map(cell => escapeMarkdown(oneLine(cell))).join(' | ')} |`;
}
