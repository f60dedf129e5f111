import { describe, expect, it } from 'vitest';
import { judge, thrownAround } from './judge.mjs';

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

describe('an error that nobody has caught', () => {
  const at = (where: string): string =>
    `Error: Found unexpected null\n    at assertIsDefined (${where}:80:11)\n    at onLoad (${where}:1145:13)`;
  const around = 'http://localhost:1/out/vs/workbench/contrib/webview/browser/pre/index.html?id=1';

  it('may be that of VS Code’s frame around a page that has gone', () => {
    expect(thrownAround(at(around))).toBe(true);
  });

  it('is Nabla’s wherever else it comes from', () => {
    expect(thrownAround(at('http://localhost:1/nabla/dist/webview.js'))).toBe(false);
    expect(thrownAround(at(around).replace('Found unexpected null', 'undefined'))).toBe(false);
  });
});
