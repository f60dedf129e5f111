import { describe, expect, it } from 'vitest';
import { filled, patternOf, translated } from './wordTables';
import type { WordTable } from './wordTables';

const tables: readonly WordTable[] = [
  {
    name: 'one',
    english: { run: 'Run', of: '{0} of {1}', alone: 'Alone', paused: 'Paused' },
    other: { run: '运行', of: '共 {1} 个，其中 {0} 个', paused: '已暂停' },
  },
  {
    name: 'other',
    english: { run: 'Run', paused: 'Paused' },
    other: { run: '训练记录', paused: '已暂停' },
  },
];

describe('the words of the product', () => {
  it('are found by the English text, wherever they stand', () => {
    expect(translated(tables, '{0} of {1}')).toBe('共 {1} 个，其中 {0} 个');
    expect(translated(tables, 'Paused')).toBe('已暂停');
  });

  it('are never made up: what no table has, and what has no translation, is an error', () => {
    expect(() => translated(tables, 'Pauses')).toThrow('"Pauses" stands in none of one, other');
    expect(() => translated(tables, 'Alone')).toThrow('"Alone" (one, alone) has no translation');
    expect(() => translated(tables, 'Paused', 'run')).toThrow('under "run"');
  });

  it('need a key where they are said in several ways', () => {
    const [, only] = tables;
    expect(() => translated(tables, 'Run')).toThrow('run (one): 运行; run (other): 训练记录');
    expect(translated([only], 'Run')).toBe('训练记录');
  });

  it('take exactly as many values as they have places for', () => {
    expect(filled('共 {1} 个，其中 {0} 个', [2, 5])).toBe('共 5 个，其中 2 个');
    expect(() => filled('{0} of {1}', [2])).toThrow('lacks a value for {1}');
    expect(() => filled('{0} runs', [2, 5])).toThrow('has no place');
  });

  it('are patterns in which only the values are', () => {
    const found = patternOf('Gradcheck (all): {0} of {1}.', [/(?<agree>\d+)/, '2+']);
    expect(found.exec('Gradcheck (all): 27 of 2+.')?.groups).toEqual({ agree: '27' });
    expect(found.test('Gradcheck all: 27 of 22')).toBe(false);
  });
});
