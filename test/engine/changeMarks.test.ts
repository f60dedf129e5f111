import { describe, expect, it } from 'vitest';
import { MOST_CHANGES, MOST_MARKS, withMark } from '../../src/engine/changeMarks';
import type { ChangeMark } from '../../src/engine/changeMarks';
import { History, METRIC_COLUMNS } from '../../src/engine/history';
import type { MetricsChunk } from '../../src/engine/history';
import type { SettingChange } from '../../src/network/tuningChanges';

const rate = (from: number, to: number): SettingChange => ({
  path: ['training', 'optimizer', 'learningRate'],
  ...{ from, to },
});
const batch = (from: number, to: number): SettingChange => ({
  path: ['training', 'batchSize'],
  ...{ from, to },
});

/** A hundred steps a second, ten steps an epoch. */
const mark = (step: number, ...changes: readonly SettingChange[]): ChangeMark => ({
  ...{ epoch: Math.floor(step / 10), step, seconds: step / 100, changes },
});

const all = (...marks: readonly ChangeMark[]) => marks.reduce<readonly ChangeMark[]>(withMark, []);

/** Rows at these steps. */
function rows(steps: readonly number[], restart = false): MetricsChunk {
  const values = new Float64Array(steps.length * METRIC_COLUMNS.length);
  steps.forEach((step, i) => {
    values[i] = step / 10;
    values[steps.length + i] = step;
  });
  return { count: steps.length, values, restart };
}

const marked = (marks: readonly ChangeMark[]): MetricsChunk => ({ ...rows([]), marks });

describe('changes of settings', () => {
  it('that lie apart are marks of their own', () => {
    const marks = [mark(1000, rate(0.1, 0.01)), mark(2000, rate(0.01, 0.1), batch(16, 50))];
    expect(all(...marks)).toEqual(marks);
  });

  it('that follow one another closely are one, at the place of the first', () => {
    const near = [
      mark(1000, rate(0.1, 0.2)),
      mark(1004, batch(16, 50)),
      mark(1090, rate(0.2, 0.3)),
    ];
    expect(all(...near)).toEqual([mark(1000, rate(0.1, 0.3), batch(16, 50))]);
    // Nobody types two settings at once: what can be told apart is told apart.
    const two = [mark(1000, rate(0.1, 0.2)), mark(1090, batch(16, 50))];
    expect(all(...two)).toEqual(two);
    // However fast it trains: few steps of very many are no distance, whatever the clock says.
    const late = { ...mark(1_000_000, rate(1, 2)), seconds: 0 };
    expect(all(late, { ...mark(1_004_000, rate(2, 3)), seconds: 100 })).toHaveLength(1);
    expect(all(late, { ...mark(1_006_000, rate(2, 3)), seconds: 100 })).toHaveLength(2);
  });

  it('that lead back to where they came from at one place are none', () => {
    const there = mark(1000, rate(0.1, 0.2), batch(16, 50));
    expect(all(there, mark(1010, rate(0.2, 0.1)))).toEqual([mark(1000, batch(16, 50))]);
    expect(all(mark(1000, rate(0.1, 0.2)), mark(1010, rate(0.2, 0.1)))).toEqual([]);
  });

  it('are few however many there were: the closest become one, and the way is told whole', () => {
    const many = Array.from({ length: 3 * MOST_MARKS }, (_, i) =>
      mark(1000 * 2 ** (i / 8), rate(i, i + 1)),
    );
    const marks = all(...many);
    expect(marks).toHaveLength(MOST_MARKS);
    expect(marks.map(({ step }) => step)).toEqual(
      [...marks.map(({ step }) => step)].sort((a, b) => a - b),
    );
    expect(marks.at(-1)).toEqual(many.at(-1));
    expect(marks[0].step).toBe(1000);
    const ways = marks.map(({ changes: [change] }) => change);
    expect([ways[0].from, ways.at(-1)?.to]).toEqual([0, 3 * MOST_MARKS]);
    ways.slice(1).forEach((way, i) => expect(way.from).toBe(ways[i].to));
  });

  it('of many layers at once are told of the first', () => {
    const layers = Array.from({ length: 40 }, (_, layer): SettingChange => ({
      path: ['layers', layer, 'learningRateScale'],
      ...{ from: 1, to: 2 },
    }));
    expect(all(mark(1000, ...layers))[0].changes).toEqual(layers.slice(0, MOST_CHANGES));
  });
});

describe('a history', () => {
  it('keeps them with its rows, gives them to another, and forgets them with what was recorded', () => {
    const history = new History();
    history.append(rows([0, 500, 1000]));
    history.append(marked([mark(1000, rate(0.1, 0.2))]));
    history.append(marked([mark(1040, rate(0.2, 0.3))]));
    history.append(rows([1500]));
    const marks = [mark(1000, rate(0.1, 0.3))];
    expect(history.marks).toEqual(marks);
    expect(history.count).toBe(4);
    const other = new History();
    other.append(marked([mark(7000, rate(7, 8))]));
    other.append(history.toChunk());
    expect(other.marks).toEqual(marks);
    expect(other.toChunk()).toEqual(history.toChunk());
    history.append(rows([0], true));
    expect(history.marks).toEqual([]);
    expect(history.toChunk()).not.toHaveProperty('marks');
  });

  it('that goes another way forgets those of the first way', () => {
    const history = new History();
    history.append(rows([0, 1000, 2000, 3000]));
    history.append(marked([mark(900, rate(1, 2)), mark(2500, rate(2, 3))]));
    // Back at 1000, and a change there.
    history.append(marked([mark(1200, rate(2, 4))]));
    history.append(rows([1500]));
    expect(history.marks.map(({ step }) => step)).toEqual([900, 1200]);
  });
});
