/** Why nothing can be learnt from the columns as they are used, with what to do about it. Pure. */
import type { CsvColumn } from '../../src/data/preview';
import { listed } from '../punctuation';
import { text } from '../strings';
import type { Role } from './csvPreview';

/** Names that are listed of several columns. */
const MOST_NAMES = 3;

/**
 * @param mayChoose whether the person decides what a column is for; without it the file alone decides
 * @returns undefined where nothing is missing
 */
export function missingIn(
  columns: readonly CsvColumn[],
  roleOf: (column: CsvColumn) => Role,
  mayChoose: boolean,
): string | undefined {
  const named = columns.filter(({ name, type }) => name !== '' && type !== 'empty');
  const targets = named.filter(column => roleOf(column) === 'target');
  const inputs = named.filter(column => roleOf(column) === 'input');
  if (targets.length === 0) return text(mayChoose ? 'csv.needTarget' : 'csv.noTarget');
  if (inputs.length === 0) return noInput(named, targets, mayChoose);
  const bad = [...targets, ...inputs].find(column => column.bad > 0);
  const words = inputs.find(({ type }) => type === 'class');
  const several = targets.length > 1 ? targets.find(({ type }) => type === 'class') : undefined;
  const wrong = bad ?? words ?? several;
  return wrong && text('csv.hasBad', wrong.name);
}

function noInput(
  named: readonly CsvColumn[],
  targets: readonly CsvColumn[],
  mayChoose: boolean,
): string {
  const numbers = named.filter(column => column.type === 'number' && !targets.includes(column));
  const good = numbers.filter(column => column.bad === 0);
  if (numbers.length === 0) return text('csv.noNumbers', list(targets));
  if (good.length === 0) return text('csv.badInputs', list(numbers));
  return text(mayChoose ? 'csv.needInput' : 'csv.emptyInputs', list(good));
}

function list(columns: readonly CsvColumn[]): string {
  const names = columns.slice(0, MOST_NAMES).map(({ name }) => name);
  return listed([...names, ...(columns.length > MOST_NAMES ? ['…'] : [])]);
}
