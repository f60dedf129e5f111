/** An explanation as plain text for a terminal: what a hover says, without the marks of Markdown. */
import { alignedLines, oneLine, shortHeadline } from './alignedLines';
import type { Card, Explanation } from './explanation';
import type { NumberStyle } from './numbers';
import { toUnicode } from './unicode';

/** Paragraphs with an empty line between them, without a line break at the end. */
export function toPlainText(card: Card | Explanation, options: NumberStyle = {}): string {
  const parts = [
    heading(card, options),
    alignedLines(card.lines, options).join('\n'),
    card.cautions.map(sentence => `⚠ ${oneLine(sentence)}`).join('\n'),
  ];
  return parts.filter(part => part !== '').join('\n\n');
}

function heading(card: Card | Explanation, options: NumberStyle): string {
  const words = oneLine(card.words);
  if (!('headline' in card)) return words;
  const path = card.path === '' ? '' : ` · ${card.path}`;
  return `${toUnicode(shortHeadline(card), options)}\n${words}${path}`;
}
