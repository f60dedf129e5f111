/** What is known at a position of a story, and what finding it has cost. */
import {
  forwardEnd,
  lastIndex,
  NAMED_TERMS,
  outgoingCount,
  stepAt,
  takersIn,
  type Part,
  type Stage,
  type Story,
} from './story';

/** Something that a pass finds. Layers as in the file, −1 is the input. */
export type Quantity =
  | {
      readonly type: 'weightedInput' | 'activation' | 'effect' | 'error';
      readonly layer: number;
      readonly row: number;
    }
  | { readonly type: 'biasGradient'; readonly layer: number; readonly row: number }
  | {
      readonly type: 'weightGradient';
      readonly layer: number;
      readonly row: number;
      readonly column: number;
    }
  /** A weight's term in the weighted input that it is part of. */
  | {
      readonly type: 'weightTerm';
      readonly layer: number;
      readonly row: number;
      readonly column: number;
    }
  | { readonly type: 'loss' };

/** The step that makes a quantity known; ∞ for what no step does. */
export function whenKnown(story: Story, quantity: Quantity): number {
  if (quantity.type === 'loss') return forwardEnd(story);
  const { layer, row } = quantity;
  if (layer === -1)
    return quantity.type === 'activation' ? stepOf(story, -1, row, isType('value')) : Infinity;
  switch (quantity.type) {
    case 'weightedInput':
      return stepOf(
        story,
        layer,
        row,
        (part, { direction }) => direction === 'forward' && isSum(part),
      );
    case 'weightTerm':
      return stepOf(
        story,
        layer,
        row,
        (part, { direction }) => direction === 'forward' && isTerm(part, 'term', quantity.column),
      );
    case 'activation':
      return stepOf(story, layer, row, isType('activation'));
    case 'effect':
      return stepOf(
        story,
        layer,
        row,
        (part, { direction }) =>
          direction === 'backward' && (part.type === 'effect' || part.type === 'term'),
      );
    case 'error':
      return stepOf(story, layer, row, isType('error'));
    case 'biasGradient':
      return stepOf(story, layer, row, isType('biasGradient'));
    case 'weightGradient':
      return stepOf(story, layer, row, part => isTerm(part, 'weightGradient', quantity.column));
  }
}

const isType =
  (type: Part['type']) =>
  (part: Part): boolean =>
    part.type === type;

const isSum = ({ type }: Part): boolean => type === 'term' || type === 'bias';

/** Which connections the named terms of a long sum are is not known from its shape: the last one completes all. */
function isTerm(part: Part, type: 'term' | 'weightGradient', column: number): boolean {
  if (part.type !== type) return false;
  return part.of > NAMED_TERMS ? part.index === part.of - 1 : part.index === column;
}

/** The last step of a neuron that `fits`, in whatever stage; that of all others where it is not stepped by itself. */
function stepOf(
  { byPlace }: Story,
  layer: number,
  row: number,
  fits: (part: Part, stage: Stage) => boolean,
): number {
  for (const stage of byPlace.get(layer) ?? []) {
    const at = lastIndex(stage.parts, part => fits(part, stage));
    if (at < 0) continue;
    const entry = stage.rows.indexOf(row);
    if (entry < 0) return stage.start + stage.length - 1;
    return stage.start + entry * stage.parts.length + at;
  }
  return Infinity;
}

/** Whether the steps up to `at` have found it. */
export const isKnown = (story: Story, at: number, quantity: Quantity): boolean =>
  whenKnown(story, quantity) <= at;

/** What the backward part has cost so far. */
export interface Work {
  /** Error terms that are kept, and gradients that were found. */
  readonly errors: number;
  readonly gradients: number;
  /** Multiplications done, each δ computed once and kept. */
  readonly shared: number;
  /** For the same gradients when each is the sum over all its paths to the loss (`PathFacts.multiplications`). */
  readonly apart: number;
}

/** Of one layer: its paths to the loss, and the multiplications of all their products. */
interface Ways {
  readonly count: number;
  readonly work: number;
}

const NOTHING: Work = { errors: 0, gradients: 0, shared: 0, apart: 0 };

const plus = (a: Work, b: Work, times = 1): Work => ({
  errors: a.errors + times * b.errors,
  gradients: a.gradients + times * b.gradients,
  shared: a.shared + times * b.shared,
  apart: a.apart + times * b.apart,
});

/** Counts by stages, so that it costs as little for a million connections as for ten. */
export function workAt(story: Story, at: number): Work {
  const ways = waysOf(story);
  let work = NOTHING;
  for (const stage of story.stages) {
    if (stage.start > at) break;
    if (stage.direction === 'forward' || stage.place === 'loss') continue;
    const costs = stage.parts.map(part => costOf(story, stage.place as number, part, ways));
    const whole = costs.reduce((sum, cost) => plus(sum, cost), NOTHING);
    const done = Math.min(at + 1, stage.start + stage.length) - stage.start;
    const neurons = Math.min(stage.rows.length, Math.floor(done / costs.length));
    work = plus(work, whole, neurons);
    const within = done - neurons * costs.length;
    if (neurons < stage.rows.length)
      for (const cost of costs.slice(0, within)) work = plus(work, cost);
    else if (within > 0) work = plus(work, whole, stage.hidden);
  }
  return work;
}

/**
 * As `engine/inspect/paths.ts` counts them. Apart: δ path by path is paid where its terms are added, and serves one
 * gradient; every other gradient of the neuron walks all paths again.
 */
function costOf(story: Story, layer: number, part: Part, ways: readonly Ways[]): Work {
  const { count, work } = ways[layer];
  switch (part.type) {
    case 'term':
      return { ...NOTHING, ...termCost(story, layer, part, ways) };
    case 'slope':
      return { ...NOTHING, shared: count > 0 && layer < ways.length - 1 ? 1 : 0 };
    case 'error':
      return { ...NOTHING, errors: 1 };
    case 'biasGradient':
      return { ...NOTHING, gradients: 1 };
    case 'weightGradient': {
      const times = multiplicity(story, layer, part);
      const walks = times - (part.index === 0 && !hasBias(story, layer) ? 1 : 0);
      return { ...NOTHING, gradients: times, shared: times, apart: walks * work + times * count };
    }
    default:
      return NOTHING;
  }
}

const hasBias = ({ byPlace }: Story, layer: number): boolean =>
  byPlace.get(layer)?.some(({ parts }) => parts.some(({ type }) => type === 'biasGradient')) ??
  false;

type Counted = Extract<Part, { of: number }>;

/** How many connections a term stands for. */
function multiplicity(story: Story, layer: number, { type, index, of }: Counted): number {
  if (of <= NAMED_TERMS || index < of - 1) return 1;
  const all =
    type === 'term' ? outgoingCount(story, layer) : story.sizes[story.sources[layer][0] + 1];
  return all - NAMED_TERMS;
}

type Cost = Pick<Work, 'shared' | 'apart'>;

/** Into an `add` or a `concat` nothing is multiplied; where the terms are too many to be told apart, the last one pays. */
function termCost(story: Story, layer: number, part: Counted, ways: readonly Ways[]): Cost {
  const kinds = story.consumers[layer + 1].map(consumer => {
    const { count, work } = ways[consumer];
    const isDense = story.dense[consumer];
    return {
      shared: isDense && count > 0 ? 1 : 0,
      apart: work + (isDense ? 2 : 1) * count,
      times: takersIn(story, consumer, layer),
    };
  });
  const free: Cost = { shared: 0, apart: 0 };
  if (part.of > NAMED_TERMS)
    return part.index < part.of - 1
      ? free
      : kinds.reduce(
          (sum, { shared, apart, times }) => ({
            shared: sum.shared + shared * times,
            apart: sum.apart + apart * times,
          }),
          free,
        );
  let left = part.index;
  for (const { shared, apart, times } of kinds) {
    if (left < times) return { shared, apart };
    left -= times;
  }
  return free;
}

/** By layer, from the last to the first. */
function waysOf(story: Story): readonly Ways[] {
  const { dense, consumers } = story;
  const last = dense.length - 1;
  const ways: Ways[] = Array.from({ length: dense.length }, () => ({ count: 0, work: 0 }));
  ways[last] = { count: 1, work: 0 };
  for (let layer = last - 1; layer >= 0; layer--) {
    let [count, work] = [0, 0];
    for (const consumer of consumers[layer + 1]) {
      const times = takersIn(story, consumer, layer);
      count += times * ways[consumer].count;
      work += times * (ways[consumer].work + (dense[consumer] ? 2 : 1) * ways[consumer].count);
    }
    ways[layer] = { count, work };
  }
  return ways;
}

/** Whether a step uses a δ that was computed before and kept. */
export function usesKeptError(story: Story, at: number): boolean {
  const step = stepAt(story, at);
  if (!step?.part || step.stage.direction === 'forward') return false;
  return ['term', 'biasGradient', 'weightGradient'].includes(step.part.type);
}
