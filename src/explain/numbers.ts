/** How a number is printed. Rounding happens here and nowhere else. */

/** Significant digits: 4 by default; 17 prints the shortest text that reads back as the same number. */
export interface NumberStyle {
  readonly digits?: number;
}

/** A count: all its digits while they are exact, which beyond 2⁵³ they are not. */
export function formatCount(count: number): string {
  return Number.isSafeInteger(count) ? String(count) : formatNumber(count);
}

/** Of a share: 12.5 %. */
export function formatPercent(share: number, digits: number): string {
  return `${formatNumber(100 * share, { digits })} %`;
}

/** The parts of a printed number; `digits` never carries a sign. */
export interface PrintedNumber {
  readonly negative: boolean;
  /** Decimal digits with at most one point, or "∞" or "NaN". */
  readonly digits: string;
  /** Power of ten, when the number is written in scientific notation. */
  readonly exponent?: number;
}

/** U+2212 */
export const minusSign = '−';

const exactDigits = 17;

/** Significant digits where nobody asks for others. */
export const usualDigits = 4;

/** Rounds for print. Zero has no sign; whole numbers below a million keep all their digits. */
export function printNumber(value: number, style: NumberStyle = {}): PrintedNumber {
  const negative = value < 0;
  if (Number.isNaN(value)) return { negative, digits: 'NaN' };
  const magnitude = Math.abs(value);
  if (magnitude === Infinity) return { negative, digits: '∞' };
  if (magnitude === 0) return { negative: false, digits: '0' };
  const digits = Math.max(1, Math.min(exactDigits, style.digits ?? usualDigits));
  const [mantissa, exponent] = scientific(magnitude, digits);
  if (exponent < -4 || exponent >= 6) return { negative, digits: mantissa, exponent };
  return { negative, digits: decimal(mantissa, exponent, magnitude, digits) };
}

/** Text with a true minus sign: −0.1379, 7.358×10⁻⁵; with all its digits as it is typed: 7.358e−5. */
export function formatNumber(value: number, style: NumberStyle = {}): string {
  const printed = printNumber(value, style);
  const sign = printed.negative ? minusSign : '';
  const { digits, exponent } = printed;
  if (exponent === undefined || (style.digits ?? usualDigits) < exactDigits)
    return sign + unsignedText(printed);
  return `${sign}${digits}e${exponent < 0 ? minusSign : ''}${Math.abs(exponent)}`;
}

/** 7.358×10⁻⁵ */
export function unsignedText({ digits, exponent }: PrintedNumber): string {
  if (exponent === undefined) return digits;
  const power = [...String(Math.abs(exponent))].map(digit => raisedDigits[Number(digit)]).join('');
  return `${digits}×10${exponent < 0 ? '⁻' : ''}${power}`;
}

const raisedDigits = [...'⁰¹²³⁴⁵⁶⁷⁸⁹'];

/** [mantissa without trailing zeros, exponent] */
function scientific(magnitude: number, digits: number): [string, number] {
  const text =
    digits >= exactDigits ? magnitude.toExponential() : magnitude.toExponential(digits - 1);
  const [mantissa, exponent] = text.split('e');
  return [trimZeros(mantissa), Number(exponent)];
}

function decimal(mantissa: string, exponent: number, magnitude: number, digits: number): string {
  if (exponent >= digits) return magnitude.toFixed(0);
  const figures = mantissa.replace('.', '');
  if (exponent < 0) return `0.${'0'.repeat(-exponent - 1)}${figures}`;
  const whole = figures.slice(0, exponent + 1).padEnd(exponent + 1, '0');
  const fraction = figures.slice(exponent + 1);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

function trimZeros(text: string): string {
  return text.includes('.') ? text.replace(/\.?0+$/, '') : text;
}
