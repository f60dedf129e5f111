/** Which neuron a map shows, and over what. Pure. */
import type { Target } from '../../src/engine/facts';
import type { DataRange } from '../../src/protocol';
import type { Named } from '../canvas/names';
import { padded } from './mapFrame';
import type { Wanted } from './mapKeeper';
import { spanOf } from './outputs';

/** −1 is the input. */
export interface Neuron {
  readonly layer: number;
  readonly row: number;
}

export const isSame = (a: Neuron, b: Neuron): boolean => a.layer === b.layer && a.row === b.row;

/** Chosen from the list, else selected on the canvas, else the first output. */
export function subjectOf(
  { sizes }: Pick<Named, 'sizes'>,
  chosen: Neuron | undefined,
  selection: Target | undefined,
): Neuron {
  const exists = ({ layer, row }: Neuron): boolean => row < (sizes[layer + 1] ?? 0);
  if (chosen && exists(chosen)) return chosen;
  const isNeuron = selection?.type === 'neuron' && selection.layer >= 0;
  if (isNeuron && exists(selection)) return { layer: selection.layer, row: selection.row };
  return { layer: sizes.length - 2, row: 0 };
}

/** Over the range of the data, and a little more on each side. */
export function mapOver(
  range: DataRange,
  neurons: readonly Neuron[],
  snapshot: number | undefined,
): Wanted {
  const spans = range.inputNames.map((_, k) => padded(spanOf(range, k)));
  return {
    neurons,
    from: spans.map(([from]) => from),
    to: spans.map(([, to]) => to),
    ...(snapshot === undefined ? {} : { snapshot }),
  };
}
