/** What every LaTeX must be: balanced, and ASCII where it is no word of another language. */
import { expect } from 'vitest';
import type { Equation, Rule } from '../../../src/explain/explanation';
import { toLatex } from '../../../src/explain/latex';
import { charactersWithCommand } from '../../../src/explain/latexText';
import { subscripts, superscripts } from '../../../src/explain/unicode';
import { largest } from './largest';
import { computeLatex } from './printedLatex';
import { expectWithin } from './within';

/** Throws unless every brace, `\left` and environment is closed in the order in which they were opened. */
export function checkBalance(text: string): void {
  const open: string[] = [];
  const close = (opened: string, found: string): void => {
    const last = open.pop();
    if (last !== opened) throw new Error(`“${found}” closes “${last}” in ${text}`);
  };
  for (const [mark] of text.matchAll(/\\(?:begin|end)\{[a-z]+\*?\}|\\[A-Za-z]+|\\.|[{}$]/gs)) {
    if (mark.startsWith('\\begin')) open.push(mark.slice('\\begin'.length));
    else if (mark.startsWith('\\end')) close(mark.slice('\\end'.length), mark);
    else if (mark === '\\left' || mark === '{') open.push(mark);
    else if (mark === '\\right') close('\\left', mark);
    else if (mark === '}') close('{', mark);
    else if (mark === '$' && open.at(-1) === '$') open.pop();
    else if (mark === '$') open.push(mark);
  }
  if (open.length > 0) throw new Error(`“${open.at(-1)}” is not closed in ${text}`);
}

/** Outside of `\text{…}`. */
export function withoutWords(text: string): string {
  return text.replace(/\\text\{(?:[^{}\\]|\\.|\{[^{}]*\})*\}/gs, '');
}

const rawMaths = new RegExp(
  `[${[charactersWithCommand, Object.values(subscripts), Object.values(superscripts)].flat().join('')}]`,
);

/** As a LaTeX of any age can read it; words in Chinese excepted. */
export function checkLatex(text: string, isChinese: boolean): void {
  checkBalance(text);
  expect(withoutWords(text)).toMatch(/^[\x20-\x7e\n]*$/);
  expect(text).not.toMatch(rawMaths);
  if (!isChinese) expect(text).toMatch(/^[\x20-\x7e\n]*$/);
}

/** Computes the last form from its LaTeX, with all digits; false where there is no finite value. */
export function checkLatexValue({ forms, value }: Equation | Rule): boolean {
  if (value === undefined || !Number.isFinite(value)) return false;
  const last = forms[forms.length - 1];
  const printed = toLatex(last, { digits: 17 });
  const scale = Math.max(Math.abs(value), largest(last));
  expectWithin(computeLatex(printed), value, 1e-12 * scale, () => printed);
  return true;
}
