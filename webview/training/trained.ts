/** Whether there is a curve to draw. Pure. */
import type { History } from '../../src/engine/history';

/** The start alone is no curve. */
export function isTrained(history: History): boolean {
  return history.count > 1 && history.at('step', -1) > history.at('step', 0);
}
