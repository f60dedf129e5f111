/** What the command line prints, also as JSON, with nothing in it that a terminal obeys. */
import { printable } from '../explain/printable';

export { printable };

/**
 * One line of JSON that reads back the same and is as safe.
 *
 * @param replacer as that of `JSON.stringify`
 */
export function jsonLine(
  value: object,
  replacer?: (key: string, value: unknown) => unknown,
): string {
  return `${printable(JSON.stringify(value, replacer))}\n`;
}

/** For `jsonLine`: JSON has no NaN and no infinities, and would silently write null. */
export function finiteOrText(_: string, value: unknown): unknown {
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : value;
}
