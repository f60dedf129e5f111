/**
 * Where on the way of a training settings were changed, and how: marks on its charts. Pure.
 *
 * There are few, however long somebody drags a setting: what is changed close behind a mark belongs to it, and a setting
 * that has come back to what it was there is not told of. Where there would be more than {@link MOST_MARKS}, the two that
 * lie closest to one another become one: what stays lies where the run changed, and each setting's way is told whole.
 */
import type { SettingChange } from '../network/tuningChanges';

export interface ChangeMark {
  /** Completed epochs, updates, and seconds of training at which it happened. */
  readonly epoch: number;
  readonly step: number;
  readonly seconds: number;
  /** At least one; at most {@link MOST_CHANGES}. */
  readonly changes: readonly SettingChange[];
}

export const MOST_MARKS = 200;
/** Of many layers at once, the first are told. */
export const MOST_CHANGES = 16;

/**
 * A mark takes in what comes so much later, as parts of all updates so far; and the same settings so many seconds of
 * training later: they are being typed or dragged.
 */
const NEAR_SECONDS = 1.5;
const NEAR_PART = 1 / 200;

/** The marks with one more, or with a changed one where it lies close behind that. In the order of updates. */
export function withMark(marks: readonly ChangeMark[], mark: ChangeMark): readonly ChangeMark[] {
  const at = marks.filter(({ step }) => step <= mark.step).length;
  const before = marks.slice(0, at);
  const last = before.at(-1);
  const behind = marks.slice(at);
  const added =
    last && isNear(last, mark)
      ? [...before.slice(0, -1), ...joined(last, mark)]
      : [...before, cut(mark)];
  return bounded([...added, ...behind]);
}

/** What is left of changes since before these marks, of which some tell already. */
export function unmarked(
  changes: readonly SettingChange[],
  marks: readonly ChangeMark[],
): readonly SettingChange[] {
  const told = new Map(marks.flatMap(mark => mark.changes.map(each => [keyOf(each), each.to])));
  return changes
    .map(change => ({ ...change, from: told.get(keyOf(change)) ?? change.from }))
    .filter(({ from, to }) => !Object.is(from, to));
}

/** Those that are still true where a run goes another way from this update on. */
export function marksUpTo(marks: readonly ChangeMark[], step: number): readonly ChangeMark[] {
  return marks.some(mark => mark.step > step) ? marks.filter(mark => mark.step <= step) : marks;
}

function isNear(before: ChangeMark, { step, seconds, changes }: ChangeMark): boolean {
  const waited = seconds - before.seconds;
  // With another load the clock begins anew.
  const isSoon = waited >= 0 && waited <= NEAR_SECONDS;
  const known = new Set(before.changes.map(keyOf));
  const isSame = changes.some(change => known.has(keyOf(change)));
  return (isSoon && isSame) || step - before.step <= NEAR_PART * step;
}

/** One at the place of the first; none where everything is as it was there. */
function joined(first: ChangeMark, second: ChangeMark): readonly ChangeMark[] {
  const changes = new Map(first.changes.map(change => [keyOf(change), change]));
  for (const change of second.changes) {
    const { from } = changes.get(keyOf(change)) ?? change;
    if (Object.is(from, change.to)) changes.delete(keyOf(change));
    else changes.set(keyOf(change), { ...change, from });
  }
  return changes.size > 0 ? [cut({ ...first, changes: [...changes.values()] })] : [];
}

const keyOf = ({ path }: SettingChange): string => path.join('.');

const cut = (mark: ChangeMark): ChangeMark => ({
  ...mark,
  changes: mark.changes.slice(0, MOST_CHANGES),
});

function bounded(marks: readonly ChangeMark[]): readonly ChangeMark[] {
  if (marks.length <= MOST_MARKS) return marks;
  let closest = 1;
  for (let i = 2; i < marks.length; i++)
    if (marks[i].step - marks[i - 1].step < marks[closest].step - marks[closest - 1].step)
      closest = i;
  const pair = joined(marks[closest - 1], marks[closest]);
  return bounded([...marks.slice(0, closest - 1), ...pair, ...marks.slice(closest + 1)]);
}
