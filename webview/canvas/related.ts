/** What stays lit when something is pointed at: the thing itself, what it depends on, and all it leads to. */
import type { Target } from '../../src/engine/facts';

export type Relation = 'self' | 'related' | 'none';

/** Two targets that are the same place. */
export function sameTarget(a: Target | undefined, b: Target | undefined): boolean {
  if (a === undefined || b === undefined) return a === b;
  if (a.type !== b.type) return false;
  if (a.type === 'loss' || b.type === 'loss') return true;
  if (a.layer !== b.layer) return false;
  if (a.type === 'layer' || b.type === 'layer') return true;
  if (a.row !== b.row) return false;
  return a.type !== 'weight' || b.type !== 'weight' || a.column === b.column;
}

/**
 * How `part` stands to `pointed`. Downstream of a neuron in layer l: its outgoing edges and every layer
 * beyond l + 1 in full, because dense layers mix.
 */
export function relation(pointed: Target, part: Target, layers: number): Relation {
  if (sameTarget(pointed, part)) return 'self';
  if (part.type === 'loss') return 'related';
  return concerns(pointed, part, layers) ? 'related' : 'none';
}

type Placed = Exclude<Target, { type: 'loss' }>;

function concerns(pointed: Target, part: Placed, layers: number): boolean {
  switch (pointed.type) {
    case 'loss':
      return part.layer === layers - 1 && part.type !== 'weight' && part.type !== 'bias';
    case 'layer':
      return part.layer >= pointed.layer || (feeds(part, pointed.layer) && part.type === 'neuron');
    case 'bias':
      return isNeuron(part, pointed) || downstream(part, pointed);
    case 'neuron':
      return (
        ((part.type === 'weight' || part.type === 'bias') &&
          part.layer === pointed.layer &&
          part.row === pointed.row) ||
        (feeds(part, pointed.layer) && part.type === 'neuron') ||
        downstream(part, pointed)
      );
    case 'weight':
      return (
        isNeuron(part, pointed) ||
        (feeds(part, pointed.layer) && part.type === 'neuron' && part.row === pointed.column) ||
        downstream(part, pointed)
      );
  }
}

const feeds = (part: Placed, layer: number): boolean => part.layer === layer - 1;

const isNeuron = (part: Placed, at: { layer: number; row: number }): boolean =>
  part.type === 'neuron' && part.layer === at.layer && part.row === at.row;

function downstream(part: Placed, from: { layer: number; row: number }): boolean {
  if (part.type === 'weight' && part.layer === from.layer + 1) return part.column === from.row;
  if (part.layer === from.layer + 1) return part.type === 'neuron';
  return part.layer > from.layer + 1;
}
