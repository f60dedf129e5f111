/** Text of files, made safe to print: a terminal obeys some characters instead of showing them. */

/**
 * What moves the cursor, recolours, retitles, or turns the direction of reading: C0, DEL, C1, separators of
 * lines and paragraphs, marks and overrides of the Unicode bidirectional algorithm (UAX #9).
 */
const OBEYED = /[\u0000-\u001f\u007f-\u009f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/g;

/** One line without any such character: each is written `\u001b`, as in JSON. */
export function printable(text: string): string {
  return text.replace(OBEYED, escape);
}

function escape(character: string): string {
  return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
