/** The text of a network file with trained parameters in it. */
import { applyTextEdits, textEdits } from '../network/edit';
import type { NetworkEdit } from '../network/edit';
import type { Matrix } from '../network/network';
import type { NetworkShapes } from '../network/shapes';
import type { ReadyDocument } from './document';

/**
 * @param values all parameters in the file's order: per layer the weights row by row, then the biases
 * @param seed written too when the training used another than the file's: the split belongs to it
 */
export function writtenBack(
  { text, network, shapes }: ReadyDocument,
  values: Float64Array,
  seed: number | undefined,
): string {
  const layers = parameterRows(
    shapes,
    values,
    network.layers.map(layer => layer.useBias),
  );
  const trained = applyEdit(text, { type: 'setParameters', label: 'Train', layers });
  return seed === undefined ? trained : applyEdit(trained, { type: 'setSeed', seed });
}

function applyEdit(text: string, edit: NetworkEdit): string {
  return applyTextEdits(text, textEdits(text, edit));
}

/** Rows (units, inputs) and biases (units) of every layer. */
function parameterRows(
  shapes: NetworkShapes,
  values: ArrayLike<number>,
  useBias: readonly boolean[],
): { weights: Matrix; bias?: readonly number[] }[] {
  let offset = 0;
  const take = (count: number): number[] => Array.from({ length: count }, () => values[offset++]);
  return shapes.layers.map(({ inputs, units }, layer) => {
    const weights = Array.from({ length: units }, () => take(inputs));
    return useBias[layer] ? { weights, bias: take(units) } : { weights };
  });
}
