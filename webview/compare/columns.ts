/** The columns of the table of runs, and their order. Pure. */
import type { ComparedRun } from '../../src/protocol';
import { count, format, percent } from '../numbers';
import { text } from '../strings';
import { differing, shortName } from './differing';

export interface Column {
  readonly id: string;
  readonly word: string;
  readonly isNumber: boolean;
  /** By what rows are ordered: NaN and undefined come last. */
  value(run: ComparedRun): number | string | undefined;
  /** As it is read. */
  show(run: ComparedRun): string;
}

/** `descending`: the greatest first. */
export interface Order {
  readonly column: string;
  readonly descending: boolean;
}

/** The run, the settings in which they differ, and what became of it; what no run has is left out. */
export function columnsOf(runs: readonly ComparedRun[]): readonly Column[] {
  const names = differing(runs);
  const isOneFile = runs.every(({ file }) => file === runs[0].file);
  const numbers = [
    number('best', format),
    number('loss', format),
    number('accuracy', percent),
    number('validationAccuracy', percent),
    number('epochs', count),
    number('seconds', format),
  ];
  return [
    { ...words('name', ({ name }) => name), value: ({ id }) => beginning(id) },
    ...(isOneFile ? [] : [words('file', ({ file }) => file)]),
    ...names.map((name): Column => {
      const one = ({ settings }: ComparedRun): string | undefined => settings[name];
      const isNumber = runs.every(run => one(run) === undefined || isNumeric(one(run)));
      return {
        id: `setting ${name}`,
        word: shortName(name, names),
        isNumber,
        value: run => (isNumber ? Number(one(run) ?? NaN) : one(run)),
        show: run => one(run) ?? '–',
      };
    }),
    ...numbers.filter(({ value }) => runs.some(run => !Number.isNaN(value(run)))),
  ];
}

/** The rows in this order; what is alike keeps its own. */
export function sorted(
  runs: readonly ComparedRun[],
  columns: readonly Column[],
  { column, descending }: Order,
): readonly ComparedRun[] {
  const by = columns.find(({ id }) => id === column);
  if (!by) return runs;
  return [...runs].sort((a, b) => {
    const [one, other] = [by.value(a), by.value(b)];
    if (isMissing(one) || isMissing(other))
      return Number(isMissing(one)) - Number(isMissing(other));
    const way = one < other ? -1 : one > other ? 1 : 0;
    return descending ? -way : way;
  });
}

/** With all their digits, for programs that read tables. */
export function runsCsv(runs: readonly ComparedRun[], columns: readonly Column[]): string {
  const cell = (value: number | string | undefined): string =>
    isMissing(value) ? '' : /[",\n]/.test(String(value)) ? quoted(String(value)) : String(value);
  const lines = runs.map(run =>
    columns.map(column => cell(column.id === 'name' ? run.name : column.value(run))).join(','),
  );
  return [columns.map(({ word }) => cell(word)).join(','), ...lines, ''].join('\n');
}

type Missing = undefined;
const isMissing = (value: number | string | undefined): value is Missing =>
  value === undefined || Number.isNaN(value);

const quoted = (value: string): string => `"${value.replaceAll('"', '""')}"`;

const isNumeric = (value: string | undefined): boolean =>
  value !== undefined && value.trim() !== '' && !Number.isNaN(Number(value));

/** Ids begin with the file's name, which has the time in it. */
const beginning = (id: string): string => /-(\d{8}T\d{9}Z)-/.exec(id)?.[1] ?? id;

type NumberColumn = 'best' | 'loss' | 'accuracy' | 'validationAccuracy' | 'epochs' | 'seconds';

function number(id: NumberColumn, show: (value: number) => string): Column {
  return {
    id,
    word: text(`compare.${id}`),
    isNumber: true,
    value: run => run[id],
    show: run => show(run[id]),
  };
}

function words(id: 'name' | 'file', show: (run: ComparedRun) => string): Column {
  return { id, word: text(`compare.${id}`), isNumber: false, value: show, show };
}
