/** Whether there is a curve to draw. Pure. */
import type { History } from '../../src/engine/history';

/** Whether there is anything for the charts to draw: of this training, or of others. */
export function hasCurves({ history, compared }: Drawn): boolean {
  return isTrained(history) || compared.runs.length > 0;
}

interface Drawn {
  readonly history: History;
  readonly compared: { readonly runs: readonly unknown[] };
}

/** The start alone is no curve. */
export function isTrained(history: History): boolean {
  return history.count > 1 && history.at('step', -1) > history.at('step', 0);
}
