/** Which changes of the page's state the picture shows. */
import type { State } from '../store';

/** What cards and the inspector say. It is not drawn here, and comes as often as the numbers that are. */
const SAID: ReadonlySet<string> = new Set<keyof State>([
  'pointedFacts',
  'selectionFacts',
  'pinFacts',
]);

export function looksOther(before: State | undefined, state: State): boolean {
  if (!before) return true;
  const keys = Object.keys(state) as (keyof State)[];
  return keys.some(key => !SAID.has(key) && state[key] !== before[key]);
}
