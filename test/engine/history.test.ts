import { expect, test } from 'vitest';
import {
  History,
  layerColumns,
  METRIC_COLUMNS,
  MOST_ROWS,
  type MetricsChunk,
} from '../../src/engine/history';

/** Rows whose value in column c is 10 · epoch + c. */
function chunk(first: number, count: number, restart = false): MetricsChunk {
  const values = new Float64Array(count * METRIC_COLUMNS.length);
  METRIC_COLUMNS.forEach((_, c) => {
    for (let i = 0; i < count; i++) values[c * count + i] = 10 * (first + i) + c;
  });
  return { count, values, restart };
}

test('columns grow across chunks of any size', () => {
  const history = new History();
  let rows = 0;
  for (const count of [1, 300, 0, 7, 2000]) {
    history.append(chunk(rows, count));
    rows += count;
  }
  expect(history.count).toBe(2308);
  METRIC_COLUMNS.forEach((name, c) => {
    const column = history.column(name);
    expect(column).toHaveLength(2308);
    expect(column.every((value, i) => value === 10 * i + c)).toBe(true);
  });
  expect(history.at('loss', 5)).toBe(53);
  expect(history.at('loss', -1)).toBe(23073);
  expect(history.at('loss', 2308)).toBeNaN();
});

test('a run of any length takes bounded memory, evenly over all of it, with its first and last row', () => {
  const history = new History();
  const rows = 20 * MOST_ROWS + 37;
  for (let first = 0; first < rows; first += 1000) {
    history.append(chunk(first, Math.min(1000, rows - first)));
    expect(history.count).toBeLessThan(MOST_ROWS);
    expect(history.at('epoch', -1)).toBe(10 * (Math.min(rows, first + 1000) - 1));
  }
  expect(history.count).toBeGreaterThan(MOST_ROWS / 2);
  const epochs = history.column('epoch');
  const steps = new Set([...epochs.subarray(1, -1)].map((epoch, i) => epoch - epochs[i]));
  expect([epochs[0], steps.size]).toEqual([0, 1]);
  // A row is a row: what was recorded together stays together.
  METRIC_COLUMNS.forEach((name, c) => {
    expect(history.column(name).every((value, i) => value === epochs[i] + c)).toBe(true);
  });
  history.append(chunk(0, 3, true));
  expect([...history.column('epoch')]).toEqual([0, 10, 20]);
});

test('where a run has gone back and goes another way, the rows of the first way go', () => {
  const history = new History();
  history.append(chunk(0, 1001));
  history.append(chunk(400, 2));
  expect(history.count).toBe(402);
  expect([...history.column('epoch').slice(-3)]).toEqual([3990, 4000, 4010]);
  history.append(chunk(402, 3 * MOST_ROWS));
  history.append(chunk(7, 1));
  const epochs = [...history.column('epoch')];
  expect(epochs).toEqual([...epochs].sort((a, b) => a - b));
  expect(epochs.at(-1)).toBe(70);
});

test('says how many rows there are up to an update', () => {
  const history = new History();
  history.append(chunk(0, 10));
  const steps = history.column('step');
  expect([-1, steps[0], steps[4], steps[4] + 0.5, Infinity].map(s => history.rowsUpTo(s))).toEqual([
    0, 1, 5, 5, 10,
  ]);
});

test('a restart voids what was recorded before', () => {
  const history = new History();
  history.append(chunk(0, 500));
  history.append(chunk(7, 2, true));
  expect([...history.column('epoch')]).toEqual([70, 80]);
  expect(history.toChunk()).toEqual(chunk(7, 2, true));
});

test('toChunk brings another history to the same state, and is a copy', () => {
  const history = new History();
  history.append(chunk(0, 10));
  const other = new History();
  other.append(chunk(100, 3));
  const sent = history.toChunk();
  other.append(sent);
  sent.values.fill(0);
  expect(history.toChunk()).toEqual(other.toChunk());
  history.append(chunk(10, 1));
  expect(other.count).toBe(10);
});

test('an empty history is an empty chunk', () => {
  expect(new History().toChunk()).toEqual({ count: 0, values: new Float64Array(0), restart: true });
  expect(new History().column('loss')).toHaveLength(0);
});

test('a chunk whose columns do not fit is refused', () => {
  const { values } = chunk(0, 2);
  expect(() => new History().append({ count: 3, values, restart: false })).toThrow(
    'A chunk of 3 rows has 33 values, found 22.',
  );
});

/** The same with the columns of two layers behind them. */
function layered(first: number, count: number, restart = false): MetricsChunk {
  const columns = layerColumns([0, 2]);
  const width = METRIC_COLUMNS.length + columns.length;
  const values = new Float64Array(count * width);
  for (let c = 0; c < width; c++)
    for (let i = 0; i < count; i++) values[c * count + i] = 100 * (first + i) + c;
  return { count, values, restart, columns };
}

test('the columns of the layers go with the rows: grown, cut, thinned, sent on', () => {
  const history = new History();
  history.append(layered(0, 300));
  history.append(layered(300, 700));
  expect(history.columns.slice(-4)).toEqual(['gradient/0', 'gradient/2', 'ratio/0', 'ratio/2']);
  expect(history.at('gradient/2', 999)).toBe(99_912);
  history.append(layered(400, 1));
  expect([history.count, history.at('ratio/2', -1)]).toEqual([401, 40_014]);
  for (let first = 401; first < 100_000; first += 5_000)
    history.append(layered(first, Math.min(5_000, 100_000 - first)));
  expect(history.count).toBeLessThan(MOST_ROWS);
  expect(history.at('epoch', -1)).toBe(9_999_900);
  const epochs = history.column('epoch');
  expect(history.column('ratio/0').every((value, i) => value === epochs[i] + 13)).toBe(true);
  const other = new History();
  other.append(history.toChunk());
  expect(other.toChunk()).toEqual(history.toChunk());
});

test('rows before the layers are known, and those without them, have no numbers there', () => {
  const history = new History();
  history.append(chunk(0, 300));
  expect(history.column('gradient/0')).toHaveLength(0);
  const later = layered(3000, 2);
  history.append({ ...later, values: later.values.map((v, i) => (i < 4 ? 3000 + v / 1e4 : v)) });
  expect(history.count).toBe(302);
  expect(history.at('loss', 299)).toBe(2993);
  expect([299, 300].map(row => history.at('gradient/0', row))).toEqual([NaN, 300_011]);
  history.append(chunk(40_000, 1));
  expect(history.at('gradient/0', -1)).toBeNaN();
  expect(history.at('gradient/0', -2)).toBe(300_111);
});

test('another run has the columns of its own layers', () => {
  const history = new History();
  history.append(layered(0, 10));
  history.append(chunk(0, 2, true));
  expect(history.columns).toEqual(METRIC_COLUMNS);
  expect(history.count).toBe(2);
});

test('with many layers there are fewer rows, evenly over the run', () => {
  const columns = layerColumns(Array.from({ length: 100 }, (_, i) => i));
  const width = METRIC_COLUMNS.length + columns.length;
  const history = new History();
  for (let first = 0; first < 40_000; first += 2_000) {
    const values = new Float64Array(2_000 * width);
    for (let i = 0; i < 2_000 * width; i++) values[i] = first + (i % 2_000);
    history.append({ count: 2_000, values, restart: false, columns });
    expect(history.count * width).toBeLessThanOrEqual(2 ** 20);
  }
  expect([history.at('epoch', 0), history.at('epoch', -1)]).toEqual([0, 39_999]);
  const epochs = history.column('epoch');
  expect(new Set([...epochs.subarray(1, -1)].map((epoch, i) => epoch - epochs[i])).size).toBe(1);
  expect(history.column('ratio/99')).toEqual(epochs);
});
