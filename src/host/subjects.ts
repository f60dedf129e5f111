/** What a place in the text is about: the number or the setting that a person points at. */
import type { Target } from '../engine/facts';
import type { Place } from '../network/locate';
import type { JsonPath } from '../network/network';
import { parameterPath } from '../network/parameterPath';

type OfType<T extends Target['type']> = Extract<Target, { type: T }>;

export type Subject =
  | { readonly type: 'parameter'; readonly target: OfType<'weight' | 'bias'> }
  /** A row of weights. */
  | { readonly type: 'neuron'; readonly target: OfType<'neuron'> }
  | { readonly type: 'activation' | 'units' | 'layer'; readonly target: OfType<'layer'> }
  | { readonly type: 'loss' | 'regularization' | 'learningRate' | 'optimizer' | 'batchSize' };

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
    case 'id':
    case 'sources':
      return { type: 'layer', target: { type: 'layer', layer: place.layer } };
    case 'source':
      // An id in a `from` is about the layer that it names.
      return { type: 'layer', target: { type: 'layer', layer: place.source ?? place.layer } };
    case 'loss':
    case 'learningRate':
      return { type: place.kind };
    case 'setting':
      return settingSubject(place.path);
  }
}

function settingSubject([top, key]: JsonPath): Subject | undefined {
  if (top === 'regularization') return { type: top };
  if (top !== 'training') return undefined;
  // What becomes of the rate and of the gradient is part of the rule by which every parameter changes.
  if (key === 'schedule' || key === 'clip') return { type: 'learningRate' };
  return key === 'optimizer' || key === 'batchSize' ? { type: key } : undefined;
}

/** The canvas element that stands for a place in the text. */
export function targetOf(place: Place): Target | undefined {
  const subject = subjectOf(place);
  if (subject && 'target' in subject) return subject.target;
  if (subject?.type === 'loss' || subject?.type === 'regularization') return { type: 'loss' };
  const [top, key, row] = place.path;
  // A layer's other settings stand for the layer: `id`, `from`, `init` …
  if (top === 'layers' && typeof key === 'number') return { type: 'layer', layer: key };
  if (top !== 'input') return undefined;
  const isName = key === 'names' && typeof row === 'number';
  return isName ? { type: 'neuron', layer: -1, row } : { type: 'layer', layer: -1 };
}

/** Where a canvas element stands in the text, as long as it is written there. */
export function pathOfTarget(target: Target): JsonPath {
  switch (target.type) {
    case 'weight':
    case 'bias':
      return parameterPath(target);
    case 'neuron':
      if (target.layer < 0) return ['input', 'names', target.row];
      return ['layers', target.layer, 'weights', target.row];
    case 'layer':
      // The whole object may have thousands of lines.
      return target.layer < 0 ? ['input', 'shape'] : ['layers', target.layer, 'type'];
    case 'loss':
      return ['loss'];
  }
}
