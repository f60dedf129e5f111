/** Which question the results are looked at by. */
import type { ClassQuestion, Results } from '../../src/engine/results/report';

/** Undefined where outputs are numbers. */
export function questionOf(results: Results): ClassQuestion | undefined {
  if (results.type !== 'classes') return undefined;
  const { questions, output } = results;
  return questions[questions.length > 1 ? output : 0];
}

/** Names of the outputs that are judged one by one; none where there is nothing to choose. */
export function outputNames(results: Results): readonly string[] {
  const named = results.type === 'classes' ? results.questions : results.outputs;
  return named.length > 1 ? named.map(({ name }) => name ?? '') : [];
}
