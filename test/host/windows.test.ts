import { afterEach, describe, expect, it, vi } from 'vitest';
import type { Stage } from './messages';
import { Windows } from './windows.mjs';

const report = (passed: number, failed: number) => ({ passed, failed, skipped: 1 });

const stage: Stage = { file: 'some.host.test.ts', number: 1, noted: { row: 7 }, by: 'page' };

/** What was left for the windows, and how often somebody gave up. */
async function opened() {
  const left: { bridge: string; stage?: Stage }[] = [];
  const giveUp = vi.fn(() => Promise.resolve());
  const leave = (bridge: string, next?: Stage): Promise<void> => {
    left.push({ bridge, stage: next });
    return Promise.resolve();
  };
  const windows = new Windows(leave, giveUp, 0.05);
  await windows.open('http://here');
  const pathIn = (window: number, name: string): string =>
    new URL(left[window].bridge).pathname + name;
  return { windows, left, giveUp, pathIn };
}

afterEach(() => void vi.useRealTimers());

describe('the windows of one run of suites', () => {
  it('hears those who know the address of the window that is there', async () => {
    const { windows, pathIn } = await opened();
    expect(windows.asked(pathIn(0, 'act'))).toBe('act');
    expect(windows.asked('/act')).toBe('');
    await windows.expect(stage, report(2, 0));
    expect(windows.asked(pathIn(0, 'tested'))).toBe('');
    expect(windows.asked(pathIn(1, 'tested'))).toBe('tested');
    windows.close();
  });

  it('leaves the next window what its suite has noted', async () => {
    const { windows, left } = await opened();
    await windows.expect(stage, report(2, 0));
    expect(left.map(each => each.stage)).toEqual([undefined, stage]);
    windows.close();
  });

  it('has one report of all windows, and none before the last has ended', async () => {
    const { windows } = await opened();
    await windows.expect(stage, report(2, 1));
    await windows.expect({ ...stage, number: 2 }, report(3, 0));
    expect(windows.report).toBeUndefined();
    windows.end(report(4, 1));
    expect(windows.report).toEqual({ passed: 9, failed: 2, skipped: 3 });
    windows.close();
  });

  it('gives up, and says which suite waits, when no runner comes back', async () => {
    vi.useFakeTimers();
    const { windows, giveUp } = await opened();
    await windows.expect(stage, report(2, 0));
    vi.advanceTimersByTime(49);
    expect(windows.problem).toBeUndefined();
    vi.advanceTimersByTime(2);
    expect(windows.problem).toMatch(
      /^some\.host\.test\.ts has had .* \(by its page\).* stage 1\.$/,
    );
    expect(giveUp).toHaveBeenCalledOnce();
  });

  it('does not give up a window that was heard, or a run that was closed', async () => {
    vi.useFakeTimers();
    const { windows, giveUp, pathIn } = await opened();
    await windows.expect(stage, report(2, 0));
    windows.asked(pathIn(1, 'tested'));
    vi.advanceTimersByTime(100);
    await windows.expect({ ...stage, number: 2 }, report(2, 0));
    windows.close();
    vi.advanceTimersByTime(100);
    expect(giveUp).not.toHaveBeenCalled();
    expect(windows.problem).toBeUndefined();
  });
});
