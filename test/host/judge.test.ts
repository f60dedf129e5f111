import { describe, expect, it } from 'vitest';
import { judge } from './judge.mjs';

const report = (passed: number, failed: number) => ({ passed, failed, skipped: 0 });

describe('the verdict on a run in VS Code', () => {
  it('is the suite’s own when it passed', () => {
    expect(judge(report(3, 0), undefined)).toEqual(report(3, 0));
  });

  it('is the suite’s own when it failed, whatever the exit code', () => {
    expect(judge(report(3, 1), undefined)).toEqual(report(3, 1));
    expect(judge(report(3, 1), 'exit code 1')).toEqual(report(3, 1));
  });

  it('is a failure without a report: a dead extension host exits with 0', () => {
    const problem = 'the suite ended without a report';
    expect(judge(undefined, undefined)).toEqual({ ...report(0, 1), problem });
  });

  it('is a failure when no test ran', () => {
    expect(judge(report(0, 0), undefined)).toEqual({ ...report(0, 1), problem: 'no test ran' });
  });

  it('is a failure when all passed and the window then broke', () => {
    expect(judge(report(3, 0), 'exit code 1')).toEqual({ ...report(3, 1), problem: 'exit code 1' });
  });
});
