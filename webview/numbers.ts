/** What the canvas and the toolbar need beyond the formulas' numbers, which `explain/numbers` prints. */
import { formatNumber, minusSign } from '../src/explain/numbers';

/** Four significant digits; a dash where there is no number. */
export function format(value: number): string {
  return Number.isNaN(value) ? '–' : formatNumber(value);
}

/** Every digit that is needed to read the same number back. */
export function exact(value: number): string {
  return formatNumber(value, { digits: 17 });
}

/**
 * For the inside of a neuron, at most four characters from 0.0095 on: `.55`, `−.07`, `1.2`, `12`, `1e5`; below up to six,
 * for 0 is said of nothing but 0: `2e−6`. What is smaller than any number of a training is one.
 */
export function tiny(value: number): string {
  if (!Number.isFinite(value)) return format(value);
  const size = Math.abs(value);
  const sign = value < 0 ? minusSign : '';
  if (size < 1e-99) return '0';
  if (size < 0.0095) return sign + size.toExponential(0).replace('-', minusSign);
  if (size < 0.995) return sign + size.toFixed(2).slice(1);
  if (size < 9.95) return sign + size.toFixed(1);
  if (size < 999.5) return sign + size.toFixed(0);
  return sign + size.toExponential(0).replace('+', '');
}

/** A share as a whole percentage: `97 %`; one decimal close to the ends, so that 99.6 % is not 100 %. */
export function percent(share: number): string {
  if (Number.isNaN(share)) return '–';
  const value = share * 100;
  const digits = value !== 0 && value !== 100 && (value > 99 || value < 1) ? 1 : 0;
  return `${value.toFixed(digits)} %`;
}

/**
 * Thousands apart, so that 407,050 can be read. By hand: the browser's own formatting loads its tables of all languages
 * when it is first asked, and that takes longer than the layout of the picture.
 */
export function count(value: number): string {
  const [whole, ...decimals] = String(value).split('.');
  return [whole.replace(/\B(?=(\d{3})+$)/g, ','), ...decimals].join('.');
}

/** Epochs: also parts of one, on two decimals. */
export function epochs(value: number): string {
  return count(Number(value.toFixed(2)));
}

/** A number or a row of numbers with true minus signs; a name stays as it is. */
export function trueMinus(label: string): string {
  return /^[-+\d.,\s]*\d[-+\d.,\se]*$/i.test(label)
    ? label.replace(/(^|[\s,e])-(?=[\d.])/gi, `$1${minusSign}`)
    : label;
}

const STEPS = [1, 1.5, 2, 2.5, 3, 4, 5, 6, 8];

/** The smallest round number that is not below `value`: the end of a stated scale. */
export function niceCeiling(value: number): number {
  if (!(value > 0) || !Number.isFinite(value)) return 1;
  const exponent = Math.floor(Math.log10(value));
  for (const factor of STEPS) {
    // Through text, because 2 × 10⁻⁴ by multiplication prints its rounding error.
    const end = Number(`${factor}e${exponent}`);
    if (end >= value) return end;
  }
  return Number(`1e${exponent + 1}`);
}
