/** When changes of settings become one mark, which marks give way, and what is told already. */
import { describe, expect, it } from 'vitest';
import {
  marksUpTo,
  MOST_CHANGES,
  MOST_MARKS,
  unmarked,
  withMark,
  type ChangeMark,
} from '../../src/engine/changeMarks';
import type { SettingChange } from '../../src/network/tuningChanges';

type Value = SettingChange['from'];
const rate = (from: Value, to: Value): SettingChange => ({
  path: ['training', 'optimizer', 'learningRate'],
  ...{ from, to },
});
const batch = (from: Value, to: Value): SettingChange => ({
  path: ['training', 'batchSize'],
  ...{ from, to },
});
const mark = (step: number, seconds: number, ...changes: SettingChange[]): ChangeMark => {
  return { epoch: step / 10, step, seconds, changes };
};

const first = mark(1000, 10, rate(1, 2));

describe('a change', () => {
  it.each<[string, ChangeMark, boolean]>([
    ['of the same setting 1.5 seconds later', mark(1100, 11.5, rate(2, 3)), true],
    ['of the same setting later than that', mark(1100, 11.51, rate(2, 3)), false],
    ['of the same setting before the clock began anew', mark(1100, 9.99, rate(2, 3)), false],
    ['of another setting soon', mark(1100, 11, batch(1, 2)), false],
    ['of the same setting beside another, soon', mark(1100, 11, batch(1, 2), rate(2, 3)), true],
    ['of another at the same update', mark(1000, 99, batch(1, 2)), true],
    ['of another half a percent later', mark(1005, 99, batch(1, 2)), true],
    ['of another later than that', mark(1006, 99, batch(1, 2)), false],
  ])('%s: with the mark before it, or one of its own', (_, second, isOne) => {
    const changes = new Map(
      [...first.changes, ...second.changes].map(each => [each.path.join('.'), each]),
    );
    const joined = { ...first, changes: [...changes.values()].map(each => ({ ...each, from: 1 })) };
    expect(withMark([first], second)).toEqual(isOne ? [joined] : [first, second]);
  });

  it('comes between those before and behind it', () => {
    const [early, late] = [mark(100, 1, rate(0, 1)), mark(9000, 90, rate(2, 3))];
    expect(withMark([early, late], first)).toEqual([early, first, late]);
    expect(withMark([first, late], early)).toEqual([early, first, late]);
    expect(withMark([], first)).toEqual([first]);
    // Back and on another way: it joins the mark before it, not the one behind.
    expect(withMark([first, late], mark(1002, 99, rate(2, 5)))).toEqual([
      { ...first, changes: [rate(1, 5)] },
      late,
    ]);
  });

  it.each([
    [NaN, NaN],
    ['all', 'all'],
    [null, null],
  ])('that leads back to %j leaves no mark', (from, to) => {
    const there = mark(1000, 10, batch(from, 7));
    expect(withMark([there], mark(1001, 11, batch(7, to)))).toEqual([]);
    expect(withMark([there, mark(2000, 30, rate(1, 2))], mark(1001, 11, batch(7, to)))).toEqual([
      mark(2000, 30, rate(1, 2)),
    ]);
  });

  it('of more layers than are told is cut, alone and joined', () => {
    const layers = Array.from({ length: MOST_CHANGES + 1 }, (_, layer): SettingChange => {
      return { path: ['layers', layer, 'learningRateScale'], from: 1, to: 2 };
    });
    const told = layers.slice(0, MOST_CHANGES);
    expect(withMark([], mark(9, 1, ...layers))).toEqual([mark(9, 1, ...told)]);
    expect(withMark([mark(9, 1, ...told)], mark(9, 1, ...layers.slice(-1)))).toEqual([
      mark(9, 1, ...told),
    ]);
  });
});

describe('too many marks', () => {
  const spread = (gapAt: (i: number) => number): ChangeMark[] => {
    let step = 1000;
    return Array.from({ length: MOST_MARKS }, (_, i) => {
      step += gapAt(i);
      return mark(step, step, rate(i, i + 1));
    });
  };

  it.each([1, 2, 57, MOST_MARKS - 1])('join the two that lie closest, here those before %i', i => {
    const marks = spread(at => (at === i ? 9999 : 10_000));
    const last = mark(9e6, 9e6, rate(MOST_MARKS, MOST_MARKS + 1));
    expect(withMark(marks, last)).toEqual([
      ...marks.slice(0, i - 1),
      { ...marks[i - 1], changes: [rate(i - 1, i + 1)] },
      ...marks.slice(i + 1),
      last,
    ]);
  });

  it('are as many as there may be, and one more', () => {
    const marks = spread(i => (i < 100 ? 10_000 : 30_000));
    expect(marks.slice(0, -1).reduce(withMark, [])).toEqual(marks.slice(0, -1));
    expect(marks.reduce(withMark, [])).toEqual(marks);
    const last = mark(9e6, 9e6, batch(1, 2));
    expect(withMark(marks, last)).toHaveLength(MOST_MARKS);
    // Of pairs that lie equally close the first becomes one.
    expect(withMark(marks, last)[0]).toEqual({ ...marks[0], changes: [rate(0, 2)] });
  });

  it('lose a setting that has come back', () => {
    const marks = spread(i => (i === 3 ? 9999 : 10_000)).map((each, i) => {
      return i === 2 || i === 3 ? { ...each, changes: [i === 2 ? rate(7, 8) : rate(8, 7)] } : each;
    });
    const last = mark(9e6, 9e6, batch(1, 2));
    expect(withMark(marks, last)).toEqual([...marks.slice(0, 2), ...marks.slice(4), last]);
  });
});

describe('what no mark tells yet', () => {
  it('is the way from what the last of them says', () => {
    const marks = [first, mark(2000, 20, rate(2, 5)), mark(3000, 30, batch(8, 16))];
    const changes = [rate(1, 7), batch(8, 16), { path: ['seed'], from: 1, to: 2 }];
    expect(unmarked(changes, marks)).toEqual([rate(5, 7), { path: ['seed'], from: 1, to: 2 }]);
    expect(unmarked(changes, [])).toEqual(changes);
    expect(unmarked([rate(1, 5)], marks)).toEqual([]);
  });

  it('are no marks behind the place where a run goes another way', () => {
    const marks = [first, mark(2000, 20, rate(2, 5))];
    expect(marksUpTo(marks, 2000)).toBe(marks);
    expect(marksUpTo(marks, 1999)).toEqual([first]);
    expect(marksUpTo(marks, 1000)).toEqual([first]);
    expect(marksUpTo(marks, 999)).toEqual([]);
  });
});
