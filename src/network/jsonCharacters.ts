/** Characters that mean something in JSON, by their codes. */
export const code = {
  tab: 9,
  lineFeed: 10,
  return: 13,
  blank: 32,
  quote: 34,
  comma: 44,
  slash: 47,
  colon: 58,
  openBracket: 91,
  backslash: 92,
  closeBracket: 93,
  openBrace: 123,
  closeBrace: 125,
} as const;
