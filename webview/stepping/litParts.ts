/** From a position of a story to what the canvas lights. Pure. */
import type { Target } from '../../src/engine/facts';
import { isKnown } from '../../src/explain/story/known';
import {
  forwardEnd,
  groupOf,
  stepAt,
  type Step,
  type StepUnit,
  type Story,
} from '../../src/explain/story/story';
import type { Lit } from '../canvas/lit';
import { sameTarget } from '../canvas/related';
import type { EdgeQuantity, NeuronQuantity } from '../viewState';

/** @param term the connection of the step, where the facts have said which it is */
export function litParts(story: Story, at: number, unit: StepUnit, term: Target | undefined): Lit {
  const step = stepAt(story, at);
  const backward = at > forwardEnd(story);
  return {
    shows: (part, neurons, edges) => shows(story, at, part, neurons, edges),
    reached: part => reached(story, at, part, backward),
    isNow: part => sameTarget(part, term) || (step !== undefined && isNow(step, unit, part)),
    kept: (layer, row) => isKnown(story, at, { type: 'error', layer, row }),
    term,
  };
}

function shows(
  story: Story,
  at: number,
  part: Target,
  neurons: NeuronQuantity,
  edges: EdgeQuantity,
): boolean {
  switch (part.type) {
    case 'neuron': {
      const { layer, row } = part;
      // An input has no δ: there is nothing that could become known.
      if (neurons === 'delta') return layer < 0 || isKnown(story, at, { ...part, type: 'error' });
      return isKnown(story, at, { type: 'activation', layer, row });
    }
    case 'weight':
      return edges === 'weight' || isKnown(story, at, { ...part, type: 'weightGradient' });
    case 'bias':
      return edges === 'weight' || isKnown(story, at, { ...part, type: 'biasGradient' });
    case 'loss':
      return isKnown(story, at, { type: 'loss' });
    case 'layer':
      return true;
  }
}

function reached(story: Story, at: number, part: Target, backward: boolean): boolean {
  switch (part.type) {
    case 'neuron': {
      const { layer, row } = part;
      if (backward && layer >= 0) return isKnown(story, at, { type: 'error', layer, row });
      return isKnown(story, at, { type: 'activation', layer, row });
    }
    case 'weight':
      return isKnown(story, at, { ...part, type: backward ? 'weightGradient' : 'weightTerm' });
    case 'bias':
      return isKnown(story, at, { ...part, type: backward ? 'biasGradient' : 'weightedInput' });
    case 'loss':
      return isKnown(story, at, { type: 'loss' });
    case 'layer':
      return true;
  }
}

/** The neuron of the step, by layer all of the layer; by neuron also the connections that it is about. */
function isNow({ stage, row, part: now }: Step, unit: StepUnit, part: Target): boolean {
  const { place, direction } = stage;
  if (place === 'loss') return part.type === 'loss';
  if (part.type === 'loss') return false;
  if (unit === 'layer' || row === undefined) return part.type === 'layer' && part.layer === place;
  if (part.type === 'neuron') return part.layer === place && part.row === row;
  if (part.type === 'bias')
    return (
      part.layer === place &&
      part.row === row &&
      (now?.type === 'bias' || now?.type === 'biasGradient')
    );
  if (part.type !== 'weight' || unit !== 'neuron' || !now) return false;
  const group = groupOf(direction, now);
  if (group === 'sum' || group === 'gradients') return part.layer === place && part.row === row;
  return false;
}
