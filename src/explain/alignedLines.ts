/** The lines of an explanation as text in a monospaced font, label beside label, for Markdown and terminals. */
import type { Equation, Explanation, Line } from './explanation';
import type { NumberStyle } from './numbers';
import { signedSteps } from './unicode';

/** Columns after which an equation goes on in the next line, at a sign of equality. */
export const wrapAt = 72;

/** label, equation, note. A long equation goes on in new lines at signs of equality, then at signs of sums. */
export function alignedLines(lines: readonly Line[], options: NumberStyle = {}): readonly string[] {
  const width = Math.max(0, ...lines.map(line => columns(oneLine(line.label))));
  return lines.flatMap(line => alignedLine(line, width, options));
}

/** The headline without the forms between: ∂C/∂w₁₁² = 0.007358. */
export function shortHeadline({ headline: { left, value } }: Explanation): Equation {
  return { left, forms: [{ type: 'number', value }], value };
}

/** No control character, also none that turns the direction of writing. */
export function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

function alignedLine(line: Line, width: number, options: NumberStyle): readonly string[] {
  const label = oneLine(line.label);
  const margin = `${label}${' '.repeat(width - columns(label))}  `;
  const [left, ...signed] = signedSteps(line.equation, options);
  const note = line.note ? `   ${oneLine(line.note)}` : '';
  const whole = [left, ...signed].join(' ');
  if (columns(whole) <= wrapAt) return [margin + whole + note];
  const indent = ' '.repeat(width + 2 + columns(left) + 1);
  const [first, ...rest] = signed.flatMap(step => broken(step));
  const lines = [`${margin}${left} ${first}`, ...rest.map(step => indent + step)];
  return [...lines.slice(0, -1), lines[lines.length - 1] + note];
}

/** One step in lines of at most about `wrapAt` columns, broken before + and −. */
function broken(step: string): readonly string[] {
  const lines: string[] = [];
  for (const part of step.split(/ (?=[+−] )/)) {
    const last = lines[lines.length - 1];
    if (last !== undefined && columns(`${last} ${part}`) <= wrapAt)
      lines[lines.length - 1] = `${last} ${part}`;
    else lines.push(last === undefined ? part : `    ${part}`);
  }
  return lines;
}

/** Width in a monospaced font: East Asian characters take two columns, combining marks none. */
export function columns(text: string): number {
  let width = 0;
  for (const character of text) {
    if (/\p{Mn}/u.test(character)) continue;
    width +=
      /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60]/.test(
        character,
      )
        ? 2
        : 1;
  }
  return width;
}
