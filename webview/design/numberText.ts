/** Reads a number as people type it. Pure. */

export type ReadNumber =
  | { readonly ok: true; readonly value: number }
  | { readonly ok: false; readonly problem: NumberProblem };

export type NumberProblem =
  'empty' | 'thousands' | 'notNumber' | 'divisionByZero' | 'tooLarge' | 'infinite';

const PLAIN = /^[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d+)?$/i;

/**
 * A decimal point or comma, exponents, fractions (1/3), and every minus sign there is. What could be two
 * numbers ("1,234.5", "1.234.567") is refused, never guessed.
 */
export function readNumber(typed: string): ReadNumber {
  const words = typed
    .replace(/[−‐‑‒–—﹣-]/gu, '-')
    .replace(/[⁄∕]/gu, '/')
    .trim();
  if (words === '') return { ok: false, problem: 'empty' };
  const parts = words.split('/');
  if (parts.length > 2) return { ok: false, problem: 'notNumber' };
  const [above, below] = parts.map(readPart);
  if (typeof above === 'string') return { ok: false, problem: above };
  if (below === undefined) return finite(above);
  if (typeof below === 'string') return { ok: false, problem: below };
  return below === 0 ? { ok: false, problem: 'divisionByZero' } : finite(above / below);
}

function readPart(part: string): number | NumberProblem {
  const words = part.trim();
  if (/^[+-]?(nan|inf(inity)?|∞)$/i.test(words)) return 'infinite';
  const separators = words.replace(/e.*$/i, '').match(/[.,]/g) ?? [];
  const grouped = /\d[\s'’_\u00a0\u202f]\d/u.test(words);
  if (separators.length > 1 || grouped) return 'thousands';
  const plain = words.replace(',', '.').replace(/^([+-])\s+/, '$1');
  return PLAIN.test(plain) ? Number(plain) : 'notNumber';
}

function finite(value: number): ReadNumber {
  return Number.isFinite(value) ? { ok: true, value } : { ok: false, problem: 'tooLarge' };
}

/** One step of the arrow keys: a unit of the second digit, so that small weights move finely too. */
function stepOf(value: number): number {
  const size = Math.abs(value);
  if (size === 0) return 0.01;
  const exponent = Math.max(-12, Math.min(12, Math.floor(Math.log10(size)) - 1));
  return Number(`1e${exponent}`);
}

/** `value` plus some steps, without the dust of binary fractions. */
export function stepped(value: number, by: number): number {
  const unit = stepOf(value);
  const digits = Math.max(0, Math.min(100, -Math.round(Math.log10(unit)) + 14));
  return Number((value + by * unit).toFixed(Math.min(digits, 20)));
}
