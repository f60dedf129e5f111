/**
 * An explanation as Markdown for a text hover: a headline in bold, the lines aligned in a code block, and
 * what to beware of.
 *
 * Names come from files and are hostile until escaped: outside the block every mark of Markdown and HTML is
 * escaped; inside, no line break and no fence can come from a name.
 */
import type { Card, Explanation, Line } from './explanation';
import type { NumberStyle } from './numbers';
import { toUnicode, toUnicodeSteps } from './unicode';

/** Columns after which an equation goes on in the next line, at a sign of equality. */
const wrapAt = 72;

export function toMarkdown(card: Card | Explanation, options: NumberStyle = {}): string {
  const parts = [heading(card, options), block(card.lines, options), ...card.cautions.map(caution)];
  return parts.filter(part => part !== '').join('\n\n');
}

function heading(card: Card | Explanation, options: NumberStyle): string {
  if (!('headline' in card)) return `**${escapeMarkdown(card.words)}**`;
  const { left, value } = card.headline;
  const result = toUnicode({ left, forms: [{ type: 'number', value }], value }, options);
  const path = card.path === '' ? '' : ` · \`${card.path.replace(/`/g, '')}\``;
  return `**${escapeMarkdown(result)}**  \n${escapeMarkdown(card.words)}${path}`;
}

function block(lines: readonly Line[], options: NumberStyle): string {
  if (lines.length === 0) return '';
  const width = Math.max(...lines.map(line => columns(oneLine(line.label))));
  const text = lines.flatMap(line => alignedLine(line, width, options)).join('\n');
  const fence = longestFence(text);
  return `${fence}text\n${text}\n${fence}`;
}

/** label, equation, note. A long equation goes on in new lines at signs of equality, then at signs of sums. */
function alignedLine(line: Line, width: number, options: NumberStyle): readonly string[] {
  const label = oneLine(line.label);
  const margin = `${label}${' '.repeat(width - columns(label))}  `;
  const [left, ...steps] = toUnicodeSteps(line.equation, options);
  const signed = steps.map((step, index) =>
    index === 0 && line.equation.becomes ? `← ${step}` : `= ${step}`,
  );
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

function caution(sentence: string): string {
  return `⚠ ${escapeMarkdown(sentence)}`;
}

/**
 * Marks of Markdown, HTML and icons become ordinary characters, and addresses do not become links. For text
 * that does not begin a line, where a few more marks would count.
 */
export function escapeMarkdown(text: string): string {
  return oneLine(text)
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/[\\`*_[\]~|$!#]/g, mark => `\\${mark}`)
    .replace(/:\/\//g, ':&#47;/')
    .replace(/www\./gi, match => `${match.slice(0, 3)}&#46;`)
    .replace(/@/g, '&#64;');
}

/** No control character, also none that turns the direction of writing. */
function oneLine(text: string): string {
  return text.replace(/[\p{Cc}\p{Zl}\p{Zp}\u202a-\u202e\u2066-\u2069]+/gu, ' ');
}

/** A fence longer than any run of backticks in the text. */
function longestFence(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  return '`'.repeat(Math.max(3, ...runs.map(run => run.length + 1)));
}

/** Width in a monospaced font: East Asian characters take two columns, combining marks none. */
function columns(text: string): number {
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
