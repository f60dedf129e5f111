/** The text of a network file with trained parameters in it. */
import { applyTextEdits, textEdits } from '../network/edit';
import type { NetworkEdit } from '../network/edit';
import { parameterRows } from '../network/parameterRows';
import type { ReadyDocument } from './document';

/**
 * @param values all parameters in the file's order: per layer the weights row by row, then the biases
 * @param seed written too when the training used another than the file's: the split belongs to it
 */
export function writtenBack(
  { text, shapes }: ReadyDocument,
  values: Float64Array,
  seed: number | undefined,
): string {
  const layers = parameterRows(shapes, values);
  const trained = applyEdit(text, { type: 'setParameters', label: 'Train', layers });
  return seed === undefined ? trained : applyEdit(trained, { type: 'setSeed', seed });
}

function applyEdit(text: string, edit: NetworkEdit): string {
  return applyTextEdits(text, textEdits(text, edit));
}
