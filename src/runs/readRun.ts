/**
 * Reading a run's file. Its head must be whole; whatever else is damaged is left out and named, so that a file whose
 * writing was cut off still has its curves.
 */
import type { JsonValue } from '../network/json';
import { parseNetwork } from '../network/parse';
import type { Network } from '../network/network';
import { readable, shown } from '../network/sentence';
import { RUN_FORMAT, RUN_VERSION } from './run';
import type { RunColumns, RunHead, RunResult } from './run';

/** A file that is none of a run: what was expected, and what was found. */
export class RunFileError extends Error {
  override readonly name = 'RunFileError';
  constructor(message: string) {
    super(readable(message));
  }
}

/** What a list says of a run. */
export interface RunSummary {
  readonly head: RunHead;
  /** Absent where the file ends before it. */
  readonly result: RunResult | undefined;
  /** Shares of right answers in the last row; NaN where there are none. */
  readonly shares: { readonly accuracy: number; readonly validationAccuracy: number };
}

export interface RunFile extends RunSummary {
  readonly columns: RunColumns;
  /** What is wrong with lines that were left out. */
  readonly faults: readonly string[];
}

type JsonObject = { readonly [key: string]: JsonValue };

/**
 * Head, result and last row alone, at the cost of three lines.
 *
 * @throws RunFileError
 */
export function readSummary(text: string): RunSummary {
  const end = text.indexOf('\n');
  const head = headIn(end < 0 ? text : text.slice(0, end));
  const body = text.trimEnd();
  const last = body.lastIndexOf('\n');
  const value = last < 0 ? undefined : objectIn(body.slice(last + 1));
  const result = value && resultIn(value);
  const row = result ? objectIn(body.slice(body.lastIndexOf('\n', last - 1) + 1, last)) : value;
  return { head, result, shares: sharesIn(row) };
}

function sharesIn(row: JsonObject | undefined): RunSummary['shares'] {
  const [accuracy, validationAccuracy] = [row?.accuracy, row?.validationAccuracy].map(number);
  return { accuracy, validationAccuracy };
}

/** @throws RunFileError when the first line is no head */
export function readRun(text: string): RunFile {
  const end = text.indexOf('\n');
  const head = headIn(end < 0 ? text : text.slice(0, end));
  const rows: JsonObject[] = [];
  const faults = new Faults();
  let result: RunResult | undefined;
  for (const { line, number, isLast } of linesBehind(text, end)) {
    if (line.trim() === '') continue;
    if (faults.count >= MOST_SPOILT) {
      faults.add(`From line ${number} on nothing was read: too many lines are none of a run.`);
      break;
    }
    const value = objectIn(line);
    const found = value && resultIn(value);
    if (!value) faults.add(lineFault(number, isLast));
    else if (result) faults.add(`Line ${number} stands after the result: it was left out.`);
    else if (found) result = found;
    else rows.push(value);
  }
  if (!result)
    faults.add('The last line, the result of the training, is missing: the writing was cut off.');
  const columns = columnsOf(rows, faults);
  return { head, result, shares: sharesIn(rows.at(-1)), columns, faults: faults.told };
}

const LINE_FEED = 10;

/** Those behind a line end, numbered from 1 for the whole text. */
function* linesBehind(text: string, end: number) {
  let number = 2;
  for (let start = end + 1; start > 0; number++) {
    for (; text.charCodeAt(start) === LINE_FEED; start++) number++;
    const next = text.indexOf('\n', start);
    const isLast = next < 0;
    yield { line: text.slice(start, isLast ? text.length : next), number, isLast };
    start = next + 1;
  }
}

/** The first ones, and how many there are. */
class Faults {
  readonly #first: string[] = [];
  count = 0;

  add(fault: string): void {
    if (this.count++ < MOST_FAULTS) this.#first.push(fault);
  }

  get told(): readonly string[] {
    const more = this.count - this.#first.length;
    return more > 0 ? [...this.#first, `${more} more faults are not listed.`] : this.#first;
  }
}

/** Those that are told, and those behind which it is no run's file. */
const MOST_FAULTS = 100;
const MOST_SPOILT = 10_000;

/** The run's network, without weights. @throws RunFileError when the head has none that is usable */
export function networkOf(head: RunHead): Network {
  const { network, issues } = parseNetwork(JSON.stringify(head.network));
  if (network) return network;
  const fault = issues.find(({ severity }) => severity === 'error')?.message ?? '';
  throw new RunFileError(`The network of this run is not usable: ${fault}`);
}

function lineFault(line: number, isLast: boolean): string {
  const what = `Line ${line} is not a whole JSON object: it was left out`;
  return isLast ? `${what}. The writing of the file was cut off there.` : `${what}.`;
}

function objectIn(line: string): JsonObject | undefined {
  try {
    const value = JSON.parse(line) as JsonValue;
    return typeof value === 'object' && value !== null && !Array.isArray(value)
      ? (value as JsonObject)
      : undefined;
  } catch {
    return undefined;
  }
}

function headIn(line: string): RunHead {
  const head = objectIn(line);
  if (head?.format !== RUN_FORMAT)
    throw new RunFileError(
      `This is no run: expected a first line with "format": "${RUN_FORMAT}", found ${JSON.stringify(line.slice(0, 40))}.`,
    );
  if (head.version !== RUN_VERSION)
    throw new RunFileError(
      `This run is of the format version ${shown(head.version)}: expected ${RUN_VERSION}. A newer Nabla reads it.`,
    );
  const texts = ['file', 'sha256', 'begun'].filter(key => typeof head[key] !== 'string');
  const objects = ['engine', 'network'].filter(
    key => typeof head[key] !== 'object' || head[key] === null,
  );
  const [missing] = [...texts, ...objects];
  if (missing !== undefined)
    throw new RunFileError(`The first line of this run lacks "${missing}".`);
  if (Number.isNaN(Date.parse(String(head.begun))))
    throw new RunFileError(`"begun" of this run is no time: found "${String(head.begun)}".`);
  return head as unknown as RunHead;
}

/** Undefined where the line is none. What JSON has no number for reads as NaN. */
function resultIn(line: JsonObject): RunResult | undefined {
  if (typeof line.reason !== 'string') return undefined;
  const [epochs, steps, seconds] = [line.epochs, line.steps, line.seconds].map(number);
  const [lossBefore, loss] = [line.lossBefore, line.loss].map(number);
  return {
    ...(line as unknown as RunResult),
    ...{ epochs, steps, seconds, lossBefore, loss },
  };
}

/** Numbers that a run has; what has more was not written by a training. */
const MOST_NUMBERS = 10_000_000;

/** All names that a row has, in the order of their first appearance; those that would not fit into memory are a fault. */
function columnsOf(rows: readonly JsonObject[], faults: Faults): RunColumns {
  const most = Math.floor(MOST_NUMBERS / Math.max(1, rows.length));
  const columns = new Map<string, Float64Array>();
  let left = 0;
  rows.forEach((row, index) => {
    for (const [name, value] of Object.entries(row)) {
      let column = columns.get(name);
      if (!column && columns.size < most) {
        column = new Float64Array(rows.length).fill(NaN);
        columns.set(name, column);
      }
      if (column) column[index] = number(value);
      else left++;
    }
  });
  if (left > 0) faults.add(`The rows have more than ${most} names: ${left} numbers were left out.`);
  return columns;
}

const number = (value: JsonValue | undefined): number => (typeof value === 'number' ? value : NaN);
