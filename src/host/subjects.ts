/** What a place in the text is about: the number or the setting that a person points at. */
import type { Target } from '../engine/facts';
import type { Place } from '../network/locate';

type OfType<T extends Target['type']> = Extract<Target, { type: T }>;

export type Subject =
  | { readonly type: 'parameter'; readonly target: OfType<'weight' | 'bias'> }
  /** A row of weights. */
  | { readonly type: 'neuron'; readonly target: OfType<'neuron'> }
  | { readonly type: 'activation' | 'units' | 'layer'; readonly target: OfType<'layer'> }
  | { readonly type: 'loss' | 'learningRate' };

/** Undefined where there is nothing to explain. */
export function subjectOf(place: Place): Subject | undefined {
  switch (place.kind) {
    case 'weight': {
      const { layer, row, column } = place;
      return { type: 'parameter', target: { type: 'weight', layer, row, column } };
    }
    case 'bias':
      return {
        type: 'parameter',
        target: { type: 'bias', layer: place.layer, row: place.row },
      };
    case 'weightRow':
      return { type: 'neuron', target: { type: 'neuron', layer: place.layer, row: place.row } };
    case 'activation':
    case 'units':
      return { type: place.kind, target: { type: 'layer', layer: place.layer } };
    case 'weights':
    case 'biases':
    case 'useBias':
    case 'layer':
      return { type: 'layer', target: { type: 'layer', layer: place.layer } };
    case 'loss':
    case 'learningRate':
      return { type: place.kind };
    case 'setting':
      return place.path[0] === 'regularization' ? { type: 'loss' } : undefined;
  }
}

/** The canvas element that stands for a place in the text. */
export function targetOf(place: Place): Target | undefined {
  const subject = subjectOf(place);
  if (!subject) return undefined;
  if ('target' in subject) return subject.target;
  return subject.type === 'loss' ? { type: 'loss' } : undefined;
}
