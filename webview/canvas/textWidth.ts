/** How wide words are, without asking the page. */

/** Pixels of a letter of 11 pixels: of the page's type, and of a Chinese character. */
const LETTER = 6.3;
const WIDE_LETTER = 11;

/** @param letter pixels of one in the type that the words are written in */
export function textWidth(words: string, letter = LETTER): number {
  let sum = 0;
  for (const character of words) sum += character > '\u2e80' ? WIDE_LETTER : letter;
  return Math.ceil(sum);
}
