/** Which rows of a run its history keeps: beside a list of all of them, from which every second one is taken. */
import { expect, it } from 'vitest';
import {
  History,
  layerColumns,
  METRIC_COLUMNS,
  MOST_ROWS,
  type MetricsChunk,
} from '../../src/engine/history';

const columns = layerColumns(Array.from({ length: 1018 }, (_, i) => i));
const WIDTH = METRIC_COLUMNS.length + columns.length;
/** With so many columns, so that few rows are enough to have too many. */
const MOST = 512;

it('counts the numbers that it may keep', () => {
  expect([WIDTH * MOST <= 2 ** 20, WIDTH * 2 * MOST <= 2 ** 20]).toEqual([true, false]);
  expect(MOST_ROWS % MOST).toBe(0);
});

/** Rows at these updates, whose values are all that number. */
function rowsAt(steps: readonly number[], restart = false): MetricsChunk {
  const values = Float64Array.from(
    { length: steps.length * WIDTH },
    (_, i) => steps[i % steps.length],
  );
  return { count: steps.length, values, restart, columns };
}

it.each([[[511, 1]], [[512, 1, 1, 254, 1]], [[600]], [[1, 1023]], [[700, 0, 401, 2]]])(
  'keeps every n-th row of a run, and the last, as many as come in at once: %j',
  sizes => {
    const history = new History();
    let all = 0;
    let stride = 1;
    for (const size of sizes) {
      history.append(rowsAt(Array.from({ length: size }, () => all++)));
      // Row by row: as soon as there are too many, every second one goes.
      const rows = (): number => Math.floor((all - 1) / stride) + 1;
      while (rows() + ((all - 1) % stride === 0 ? 0 : 1) >= MOST) stride *= 2;
      const wanted = Array.from({ length: all }, (_, i) => i).filter(
        i => i % stride === 0 || i === all - 1,
      );
      expect([...history.column('step')]).toEqual(wanted);
      expect(history.column('ratio/5')).toEqual(history.column('epoch'));
      expect(history.count).toBe(wanted.length);
    }
  },
);

it('goes another way from a row that it has, from one between, and from the first', () => {
  const chunk = (steps: readonly number[]): MetricsChunk => ({
    count: steps.length,
    values: Float64Array.from(METRIC_COLUMNS.flatMap(() => steps)),
    restart: false,
  });
  const after = (...ways: readonly (readonly number[])[]): number[] => {
    const history = new History();
    for (const steps of ways) history.append(chunk(steps));
    return [...history.column('step')];
  };
  expect(after([0, 10, 20, 30], [20])).toEqual([0, 10, 20]);
  expect(after([0, 10, 20, 30], [15])).toEqual([0, 10, 15]);
  expect(after([0, 10, 20, 30], [40])).toEqual([0, 10, 20, 30, 40]);
  expect(after([0, 10, 20, 30], [0])).toEqual([0]);
  expect(after([0, 10, 20, 30], [12, 13], [50])).toEqual([0, 10, 12, 13, 50]);
  expect(after([5, 10], [1])).toEqual([1]);
});

it('says what is wrong with a chunk that has columns of layers', () => {
  const chunk = { ...rowsAt([1, 2]), count: 3 };
  expect(() => new History().append(chunk)).toThrow(
    new RangeError(`A chunk of 3 rows has ${3 * WIDTH} values, found ${2 * WIDTH}.`),
  );
});

it('names the columns of layers by what is measured, then by layer', () => {
  expect(layerColumns([3, 0])).toEqual(['gradient/3', 'gradient/0', 'ratio/3', 'ratio/0']);
  expect(layerColumns([])).toEqual([]);
});
