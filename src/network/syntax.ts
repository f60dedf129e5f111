/** Sentences about text that is no JSON. */
import { printParseErrorCode } from 'jsonc-parser';
import type { ParseError } from 'jsonc-parser';
import type { Issue } from './network';
import { shortened } from './shortened';

/** What was expected, and the remedy, by the name of the scanner's error. */
const sentences: { readonly [name: string]: string } = {
  InvalidSymbol:
    'A value was expected: a number, text in double quotes, true, false, null, […] or {…}',
  InvalidNumberFormat: 'A number was expected, written like 0.5 or -1e-3',
  PropertyNameExpected: 'A name in double quotes was expected',
  ValueExpected: 'A value was expected',
  ColonExpected: 'A colon was expected between the name and its value',
  CommaExpected: 'A comma was expected',
  CloseBraceExpected: 'A closing brace } was expected',
  CloseBracketExpected: 'A closing bracket ] was expected',
  EndOfFileExpected: 'The end of the file was expected: a network is one object {…}',
  InvalidCommentToken: 'A comment is not possible here',
  UnexpectedEndOfComment: 'The comment does not end: close it with */',
  UnexpectedEndOfString: 'The text does not end: close it with a double quote in the same line',
  UnexpectedEndOfNumber:
    'The number is not complete: write digits after the point, the sign or the e',
  InvalidUnicode: 'After \\u four hexadecimal digits were expected',
  InvalidEscapeCharacter: 'After a backslash one of " \\ / b f n r t u was expected',
  InvalidCharacter: 'A control character cannot stand in a text: write it as \\n, \\t or \\u0000',
};

/** Words that other languages have for numbers that JSON has not. */
const notNumbers: readonly string[] = ['NaN', '-NaN', 'Infinity', '-Infinity', 'undefined', 'None'];

/**
 * The errors that are mistakes of their own: of a word that is no value the scanner also says that a value
 * is missing, and a sign before it is a word to itself.
 */
export function ownErrors(text: string, errors: readonly ParseError[]): readonly ParseError[] {
  const own: ParseError[] = [];
  for (const error of errors) {
    const last = own.length > 0 ? own[own.length - 1] : undefined;
    const name = printParseErrorCode(error.error);
    if (last && adjoins(text, last, error)) {
      if (name === 'ValueExpected') continue;
      if (name === 'InvalidSymbol' && text[last.offset] === '-' && last.length === 1) {
        own[own.length - 1] = { ...last, length: error.offset + error.length - last.offset };
        continue;
      }
    }
    own.push(error);
  }
  return own;
}

function adjoins(text: string, last: ParseError, next: ParseError): boolean {
  const between = text.slice(last.offset + last.length, next.offset);
  return printParseErrorCode(last.error) === 'InvalidSymbol' && between.trim() === '';
}

export function syntaxIssue(text: string, { error, offset, length }: ParseError): Issue {
  if (text.trim() === '') return emptyFile(text);
  const found = text.slice(offset, offset + Math.max(length, 1)).trim();
  const range = visibleRange(text, offset, length);
  const name = printParseErrorCode(error);
  const shown = shortened(found, 30);
  const there = offset >= text.trimEnd().length ? 'the end of the file' : shown;
  const message = notNumbers.includes(found.replace(/\s/g, ''))
    ? `${found} is no number that a network can hold: write a finite number.`
    : `${sentences[name] ?? 'This is no JSON'}; found ${there}.`;
  return { code: 'json.syntax', severity: 'error', path: [], range, message };
}

function emptyFile(text: string): Issue {
  const message = 'The file is empty: choose a template in the designer, or write a network here.';
  const range = { start: 0, end: text.length };
  return { code: 'json.empty', severity: 'error', path: [], range, message };
}

/** At least one character, so that it can be underlined. */
function visibleRange(text: string, offset: number, length: number) {
  const start = Math.min(offset, Math.max(text.length - 1, 0));
  return { start, end: Math.min(text.length, Math.max(start + 1, offset + length)) };
}
