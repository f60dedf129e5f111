/** Why there are no results, and the remedy. */
import type { State } from '../store';
import { text } from '../strings';

/** Undefined where there is something to be judged. */
export function missing({ document }: State): string | undefined {
  if (!document?.network || document.stale) return text('results.stale');
  if (document.data) return undefined;
  return text(document.network.data ? 'results.badData' : 'results.noData');
}
