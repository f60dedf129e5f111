/**
 * Writing a network as text: two spaces, one weight row per line, short objects on one line, so that a
 * line of a diff names the neuron that changed.
 */
import { isNumberKey } from './layerNumbers';
import { isList, isObject } from './json';
import type { JsonValue } from './json';
import type { Network, Precision } from './network';
import { networkToJson } from './toJson';

/**
 * The shortest text that reads back as the same number in a precision. A float32 is looked for among its
 * decimal roundings: nine digits always suffice.
 *
 * @throws RangeError when the number is not finite: JSON has no text for it
 */
export function formatNumber(value: number, precision: Precision = 'float64'): string {
  if (!Number.isFinite(value)) throw new RangeError(`${value} cannot be written in JSON`);
  if (Object.is(value, -0)) return '-0';
  const exact = String(value);
  if (precision === 'float64' || exact.length <= 7) return exact;
  const single = Math.fround(value);
  if (!Number.isFinite(single)) return exact;
  let digits = readsBack(single, 8) ? 8 : 9;
  while (digits > 1 && digits < 9 && readsBack(single, digits - 1)) digits--;
  return String(Number(single.toPrecision(digits)));
}

function readsBack(single: number, digits: number): boolean {
  return Math.fround(Number(single.toPrecision(digits))) === single;
}

/** On one line, with spaces inside braces: `{ "type": "sgd", "learningRate": 0.5 }`. */
export function formatInline(value: JsonValue, precision: Precision = 'float64'): string {
  if (typeof value === 'number') return formatNumber(value, precision);
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  if (isList(value)) return `[${value.map(item => formatInline(item, precision)).join(', ')}]`;
  const members = Object.entries(value).map(
    ([key, item]) => `${JSON.stringify(key)}: ${formatInline(item, precision)}`,
  );
  return members.length === 0 ? '{}' : `{ ${members.join(', ')} }`;
}

/** How a file is laid out: its line end, and one level of its indentation. */
export interface Layout {
  readonly lineEnd: string;
  readonly unit: string;
}

/** The text of a network, with every setting that matters to it. */
export function formatNetwork(network: Network): string {
  return formatJson(networkToJson(network));
}

/** The text of any JSON value in the layout of a network file. */
export function formatJson(value: JsonValue): string {
  return `${format(value, { indent: '', path: [], precision: precisionOf(value) })}\n`;
}

/** float32 unless the value says otherwise. */
function precisionOf(value: JsonValue): Precision {
  const training = isObject(value) ? value.training : null;
  return training !== undefined && isObject(training) && training.precision === 'float64'
    ? 'float64'
    : 'float32';
}

/**
 * The text of a value that stands at `path` (keys without indices) in a file with a layout of its own.
 *
 * @param indent of the line in which the value begins
 */
export function formatAt(
  value: JsonValue,
  path: readonly string[],
  precision: Precision,
  indent: string,
  { lineEnd, unit }: Layout,
): string {
  const [first, ...rest] = format(value, { indent: '', path, precision }).split('\n');
  const lines = rest.map(line => {
    const depth = line.search(/[^ ]/) / 2;
    return lineEnd + indent + unit.repeat(depth) + line.slice(2 * depth);
  });
  return first + lines.join('');
}

interface Position {
  /** Of the line in which the value begins. */
  readonly indent: string;
  /** The keys above, without indices. */
  readonly path: readonly string[];
  /** Of the weights and biases. */
  readonly precision: Precision;
}

/** A short object that needs no more columns than these stands on one line. */
export const WIDTH = 80;

function format(value: JsonValue, position: Position): string {
  if (isList(value)) return formatList(value, position);
  if (!isObject(value)) return formatInline(value);
  const { path, indent } = position;
  const inline = path.length > 0 && isShort(value) ? formatInline(value) : undefined;
  if (inline !== undefined && indent.length + inline.length <= WIDTH) return inline;
  const members = Object.entries(value).map(([name, item]) => {
    const inner = { ...position, indent: `${indent}  `, path: [...path, name] };
    return `${JSON.stringify(name)}: ${format(item, inner)}`;
  });
  if (members.length === 0) return '{}';
  if (path[path.length - 1] === 'layers') return pack(members, `\n${indent}  `);
  const lines = members.map(member => `\n${indent}  ${member}`);
  return `{${lines.join(',')}\n${indent}}`;
}

function formatList(list: readonly JsonValue[], position: Position): string {
  const { indent, path, precision } = position;
  const key = path[path.length - 1];
  if (list.every(item => item === null || typeof item !== 'object')) {
    const parameters = path[0] === 'layers' && isNumberKey(key);
    return formatInline(list, parameters ? precision : 'float64');
  }
  const inner = { ...position, indent: `${indent}  ` };
  const lines = list.map(item => `\n${indent}  ${format(item, inner)}`);
  return `[${lines.join(',')}\n${indent}]`;
}

/** Whether an object holds no list of lists or objects. */
function isShort(value: JsonValue): boolean {
  if (value === null || typeof value !== 'object') return true;
  const items = Object.values(value);
  if (isList(value)) return items.every(item => item === null || typeof item !== 'object');
  return items.every(isShort);
}

/**
 * Single-line members side by side; from the first longer one on, each on its own line.
 *
 * @param newLine what begins a line of a member
 */
export function pack(members: readonly string[], newLine: string): string {
  const first = members.findIndex(member => /[\r\n]/.test(member));
  const short = first < 0 ? members : members.slice(0, first);
  const rest = first < 0 ? [] : members.slice(first);
  return `{ ${[...(short.length > 0 ? [short.join(', ')] : []), ...rest].join(`,${newLine}`)} }`;
}
