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
