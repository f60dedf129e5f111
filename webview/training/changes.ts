/** Where settings were changed on the way of a training: places on an axis, rows, and words. Pure but for the language. */
import type { ChangeMark } from '../../src/engine/changeMarks';
import type { History } from '../../src/engine/history';
import type { SettingChange } from '../../src/network/tuningChanges';
import { layerTitle, namesOf } from '../canvas/names';
import { valueWords } from '../properties/fieldWords';
import { nameOf } from '../properties/settingWords';
import { clauses } from '../punctuation';
import type { State } from '../store';
import { firstFrom } from './curves';
import type { XAxis } from './metrics';

/**
 * On the x axis: between the rows between whose updates it lies, so that it stands where the lines change; at the end of
 * the lines until there is a row behind it.
 */
export function placeOf(mark: ChangeMark, x: XAxis, history: History): number {
  const steps = history.column('step');
  const row = firstFrom(steps, mark.step);
  const [at, before] = [history.at(x, row), row > 0 ? history.at(x, row - 1) : NaN];
  if (row === steps.length) return row === 0 ? 0 : before;
  if (row === 0) return at;
  return before + ((mark.step - steps[row - 1]) / (steps[row] - steps[row - 1])) * (at - before);
}

/** The row that tells of a mark: the first that was recorded there or behind it; the last where none was yet. */
export function rowOf({ step }: ChangeMark, history: History): number {
  return Math.max(0, Math.min(history.count - 1, firstFrom(history.column('step'), step)));
}

/** "learning rate 0.1 → 0.01, batch size 16 → 50": what was changed from behind a row up to another; empty: nothing. */
export function changeWords(
  history: History,
  rows: { readonly behind: number; readonly to: number },
  state: State,
): string {
  const marks = history.marks.filter(mark => {
    const row = rowOf(mark, history);
    return row > rows.behind && row <= rows.to;
  });
  return clauses(marks.flatMap(({ changes }) => changes.map(change => wordsOf(change, state))));
}

/** The same of one row. */
export function changesAt(history: History, row: number, state: State): string {
  return changeWords(history, { behind: row - 1, to: row }, state);
}

/** Of a layer's own setting with its name. */
export function wordsOf({ path, from, to }: SettingChange, state: State): string {
  const [group, layer] = path;
  const isOwn = group === 'layers' && typeof layer === 'number';
  const names = isOwn && namesOf(state.document, state.notation);
  const owner = names ? `${layerTitle(names, layer)} ` : '';
  return `${owner}${nameOf(path)} ${valueWords(from)} → ${valueWords(to)}`;
}
