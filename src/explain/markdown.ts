/**
 * An explanation as Markdown for a text hover: a headline in bold, the lines aligned in a code block, and
 * what to beware of.
 *
 * Names come from files and are hostile until escaped: outside the block every mark of Markdown and HTML is
 * escaped; inside, no line break and no fence can come from a name.
 */
import { alignedLines, oneLine, shortHeadline } from './alignedLines';
import type { Card, Explanation, Line } from './explanation';
import type { NumberStyle } from './numbers';
import { toUnicode } from './unicode';

/** Headline, lines and cautions; of a setting its words instead of a headline. */
export function toMarkdown(card: Card | Explanation, options: NumberStyle = {}): string {
  const parts = [heading(card, options), block(card.lines, options), ...card.cautions.map(caution)];
  return parts.filter(part => part !== '').join('\n\n');
}

/** In bold: the number of an explanation, or the words of a setting. */
export function heading(card: Card | Explanation, options: NumberStyle = {}): string {
  if (!('headline' in card)) return `**${escapeMarkdown(card.words)}**`;
  const result = toUnicode(shortHeadline(card), options);
  const path = card.path === '' ? '' : ` · \`${card.path.replace(/`/g, '')}\``;
  return `**${escapeMarkdown(result)}**  \n${escapeMarkdown(card.words)}${path}`;
}

function block(lines: readonly Line[], options: NumberStyle): string {
  if (lines.length === 0) return '';
  return textBlock(alignedLines(lines, options).join('\n'));
}

/** Text in a monospaced font, as it is. */
export function textBlock(text: string): string {
  const fence = longestFence(text);
  return `${fence}text\n${text}\n${fence}`;
}

/** A warning as a paragraph. */
export function caution(sentence: string): string {
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

/** A fence longer than any run of backticks in the text. */
function longestFence(text: string): string {
  const runs = text.match(/`+/g) ?? [];
  return '`'.repeat(Math.max(3, ...runs.map(run => run.length + 1)));
}
