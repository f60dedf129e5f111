/** The table of runs: its columns, their order, and the file that it becomes. */
import { expect, it } from 'vitest';
import type { ComparedRun } from '../../../src/protocol';
import { columnsOf, runsCsv, sorted } from '../../../webview/compare/columns';

const run = (name: string, more: Partial<ComparedRun>): ComparedRun => ({
  id: `file:///w/xor-2026010${name}T000000000Z-1.jsonl 1`,
  name,
  file: 'xor.nn.json',
  settings: { seed: '1', units: '4', batchSize: '"all"' },
  epochs: 10,
  seconds: 1,
  best: 0.5,
  loss: 0.5,
  accuracy: NaN,
  validationAccuracy: NaN,
  hasWeights: true,
  ...more,
});

const runs = [
  run('1', { settings: { seed: '10', units: '4' }, best: 0.3 }),
  run('2', { settings: { seed: '9', units: '4', batchSize: '8' }, best: NaN }),
  run('3', { settings: { seed: '9', units: '4', batchSize: '16' }, best: 0.1 }),
];

it('has the settings in which runs differ, and the numbers that there are', () => {
  expect(columnsOf(runs).map(({ id }) => id)).toEqual([
    'name',
    'setting seed',
    'setting batchSize',
    'best',
    'loss',
    'epochs',
    'seconds',
  ]);
  const other = [...runs, run('4', { file: 'b.nn.json', accuracy: 1 })];
  expect(columnsOf(other).map(({ id }) => id)).toEqual(
    expect.arrayContaining(['file', 'accuracy']),
  );
});

it('is ordered by numbers as numbers, with what has none at the end, both ways', () => {
  const columns = columnsOf(runs);
  const names = (column: string, descending: boolean): string =>
    sorted(runs, columns, { column, descending })
      .map(({ name }) => name)
      .join('');
  expect(names('setting seed', false)).toBe('231');
  expect(names('setting seed', true)).toBe('123');
  expect(names('best', false)).toBe('312');
  expect(names('best', true)).toBe('132');
  expect(names('setting batchSize', false)).toBe('231');
  expect(names('name', true)).toBe('321');
  expect(names('gone', true)).toBe('123');
});

it('becomes a file with all digits', () => {
  const all = [...runs, run('4', { best: 0.1 + 0.2, settings: { seed: '1', batchSize: 'a "b"' } })];
  const lines = runsCsv(all, columnsOf(all)).split('\n');
  expect(lines[0]).toBe('Run,seed,units,batchSize,Best loss,Last loss,Epochs,Seconds');
  expect(lines[2]).toBe('2,9,4,8,,0.5,10,1');
  expect(lines[4]).toBe('4,1,,"a ""b""",0.30000000000000004,0.5,10,1');
});
