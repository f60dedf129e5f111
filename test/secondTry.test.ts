/** What is tried once more when something failed in a window, and what both tries say together. */
import { describe, expect, it } from 'vitest';
import { filesToTry, onlyFiles, together } from '../scripts/secondTry.mjs';

describe('the files for a second try', () => {
  it('are those that the run names', () => {
    expect(filesToTry('  ✗ a\nonly what failed: --file journey,text\n3 passed, 2 failed\n')).toBe(
      'journey,text',
    );
  });

  it('are none where none is named, or too many failed to blame the machine', () => {
    expect(filesToTry('3 passed, 1 failed\n')).toBeUndefined();
    expect(filesToTry('only what failed: --file a,b,c,d\n')).toBeUndefined();
  });

  it('take the place of those that were asked for', () => {
    expect(onlyFiles(['1.139.1', 'node'], 'text')).toEqual(['1.139.1', 'node', '--file', 'text']);
    expect(onlyFiles(['--file', 'a', '--locale', 'zh-cn'], 'b')).toEqual([
      ...['--locale', 'zh-cn', '--file', 'b'],
    ]);
  });
});

describe('two tries together', () => {
  const first = { passed: 8, failed: 2, names: ['a', 'b'] };

  it('pass where all of the second does, and name what was late', () => {
    expect(together(first, { passed: 5, failed: 0 })).toEqual({
      ...{ passed: 10, failed: 0, late: ['a', 'b'] },
    });
  });

  it('fail as the first where anything of the second does, or nothing ran', () => {
    expect(together(first, { passed: 4, failed: 1 })).toBe(first);
    expect(together(first, { passed: 0, failed: 0 })).toBe(first);
  });
});
