import { expect, test } from 'vitest';
import { History, METRIC_COLUMNS, MOST_ROWS, type MetricsChunk } from '../../src/engine/history';

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
    'A chunk of 3 rows has 24 values, found 16.',
  );
});
