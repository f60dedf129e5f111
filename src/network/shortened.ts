/** Texts that are too long for their place. A character of two code units (an emoji) stays whole or goes whole. */

/** The text, or its beginning and `…`: together no more than `longest` UTF-16 code units. */
export function shortened(text: string, longest: number): string {
  return text.length > longest ? `${beginning(text, longest - 1)}…` : text;
}

/** Its first `length` UTF-16 code units; without the last one, where that is the first half of a character. */
export function beginning(text: string, length: number): string {
  return text.slice(0, startsInside(text, length) ? length - 1 : length);
}

/** Its last `length` UTF-16 code units; without the first one, where that is the second half of a character. */
export function ending(text: string, length: number): string {
  const start = text.length - length;
  return text.slice(startsInside(text, start) ? start + 1 : start);
}

/** Whether a character of two code units is on both sides of a place. */
function startsInside(text: string, place: number): boolean {
  return isHalf(text, place - 1, 0xd800) && isHalf(text, place, 0xdc00);
}

/** Of the surrogates, 0x400 are first halves (from 0xd800 on) and 0x400 second ones (from 0xdc00 on). */
function isHalf(text: string, index: number, first: number): boolean {
  const unit = text.charCodeAt(index);
  return unit >= first && unit < first + 0x400;
}
