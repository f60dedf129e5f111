/** What is known about the places that are looked at, while newer numbers are on their way. */
import type { Target } from '../src/engine/facts';
import { sameTarget } from './canvas/related';
import type { Answer, State } from './store';

/** What is already known about a target, so that a card never starts empty without need. */
export function answerFor(state: State, target: Target | undefined): Answer | undefined {
  const known = [state.pointedFacts, state.selectionFacts, ...state.pinFacts];
  return target && answersFor([target], known)[0];
}

/** The first that is known about each target. */
export function answersFor(
  targets: readonly Target[],
  known: readonly (Answer | undefined)[],
): readonly Answer[] {
  return targets.flatMap(target => known.find(each => sameTarget(each?.target, target)) ?? []);
}
