/** A parameter's number where the picture carries it: every digit, and also without data. Pure. */
import type { Target } from '../../src/engine/facts';
import type { NetworkView } from '../../src/protocol';

/**
 * @param source the layer that the weights of the target's layer come from (−1: input)
 * @returns undefined where the neuron is one of those that are not drawn
 */
export function shownValue(
  { layers, values }: NetworkView,
  target: Target,
  source: number,
): number | undefined {
  if (target.type !== 'weight' && target.type !== 'bias') return undefined;
  const own = layers[target.layer + 1];
  const row = own?.shown.indexOf(target.row) ?? -1;
  if (row < 0) return undefined;
  if (target.type === 'bias') return own.bias < 0 ? undefined : values[own.bias + row];
  const before = layers[source + 1]?.shown ?? [];
  const column = before.indexOf(target.column);
  if (column < 0 || own.weights < 0) return undefined;
  return values[own.weights + row * before.length + column];
}
