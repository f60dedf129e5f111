/** Whether a run of the suites was good. */

/** @import { Report } from './messages' */

/**
 * A run is good when its suite said so; the exit code alone proves nothing, since an extension host that
 * dies, or a suite without tests, also ends with 0.
 * @param {Report | undefined} report what the suite said at its end
 * @param {string | undefined} problem what went wrong outside of the tests
 * @returns {Report & { problem?: string }} with at least one failure when it was not good
 */
export function judge(report, problem) {
  if (report && (report.failed > 0 || (report.passed > 0 && !problem))) return report;
  const silent = report ? 'no test ran' : 'the suite ended without a report';
  const counts = report ?? { passed: 0, failed: 0, skipped: 0 };
  return { ...counts, failed: counts.failed + 1, problem: problem ?? silent };
}

/**
 * Whether VS Code's own frame around webviews threw this, and nothing of Nabla: it looks for the page it has just put
 * in 200 ms later, and does not find it where another has been shown meanwhile.
 * @param {string} thrown an error with its stack
 */
export const thrownAround = thrown =>
  /^Error: Found unexpected null\s+at assertIsDefined \([^\n]*\/webview\/browser\/pre\/index\.html/.test(
    thrown,
  );
