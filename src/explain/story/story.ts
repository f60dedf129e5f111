/**
 * One forward and one backward pass as a row of steps, each of which makes one thing known.
 *
 * Inputs, then layer by layer z term by term and a = f(z), the loss, then from the last layer to the first ∂C/∂a term by
 * term, f′(z), δ, and the gradients that hang on δ. A layer whose neurons hang on each other (softmax) is passed in two
 * stages. Steps are counted, not listed: a stage knows how many it has, so that a million connections cost nothing.
 */
import { consumersOf } from '../../network/graph';
import { layerTraits } from '../../network/layerTypes';
import { partners } from '../../network/lossPairs';
import type { Network } from '../../network/network';
import type { NetworkShapes } from '../../network/shapes';

/** Terms of a sum that facts name one by one; what is beyond them is one more term. */
export const NAMED_TERMS = 12;

/** What one step makes known. `term` and `weightGradient` stand for several where there are more than are named. */
export type Part =
  | { readonly type: 'value' | 'activation' | 'effect' | 'slope' | 'error' }
  | { readonly type: 'bias' | 'biasGradient' }
  | { readonly type: 'term' | 'weightGradient'; readonly index: number; readonly of: number };

export type Place = number | 'loss';
export type Direction = 'forward' | 'backward';
export type StepUnit = 'layer' | 'neuron' | 'term';

/** A layer in one direction, or the part of it for which all its neurons must be ready. */
export interface Stage {
  readonly direction: Direction;
  /** −1: the input */
  readonly place: Place;
  /** Of one neuron. */
  readonly parts: readonly Part[];
  /** Neurons that are stepped one by one. */
  readonly rows: readonly number[];
  /** How many more there are: all of them are one step. */
  readonly hidden: number;
  /** Index of its first step. */
  readonly start: number;
  readonly length: number;
}

export interface Step {
  readonly index: number;
  readonly stage: Stage;
  /** Undefined: all neurons that are not stepped one by one. Of the loss always 0. */
  readonly row: number | undefined;
  /** Undefined with `row`. */
  readonly part: Part | undefined;
}

export interface Story {
  readonly stages: readonly Stage[];
  /** The same, of one layer or the loss. */
  readonly byPlace: ReadonlyMap<Place, readonly Stage[]>;
  /** Steps. The position −1 stands before the first: nothing is known. */
  readonly length: number;
  readonly sources: readonly (readonly number[])[];
  readonly consumers: readonly (readonly number[])[];
  /** Units of each layer, the input first. */
  readonly sizes: readonly number[];
  readonly dense: readonly boolean[];
  /** Some layers slide windows or normalise: what they multiply is not counted. */
  readonly windows: boolean;
}

type Draft = Omit<Stage, 'start' | 'length'>;

/** @param shown the neurons that are stepped one by one, the input first; the others of a layer are one step */
export function storyOf(
  network: Network,
  shapes: NetworkShapes,
  shown: readonly (readonly number[])[],
): Story {
  const sources = shapes.layers.map(layer => layer.sources);
  const sizes = [shapes.inputSize, ...shapes.layers.map(({ units }) => units)];
  const dense = network.layers.map(({ type }) => type === 'dense');
  const frame = { network, sources, sizes, dense, consumers: consumersOf(sources) };
  const drafts = [...forwardStages(frame), lossStage(frame), ...backwardStages(frame)];
  const seen = network.layers.map(({ type }) => layerTraits[type].slides || type === 'batchNorm');
  const windows = seen.includes(true);
  const isWhole = (layer: number): boolean =>
    seen[layer] || frame.consumers[layer + 1].some(consumer => seen[consumer]);
  const stages: Stage[] = [];
  let start = 0;
  for (const draft of drafts) {
    const rows = rowsOf(draft, shown, isWhole);
    const hidden = draft.place === 'loss' ? 0 : sizes[draft.place + 1] - rows.length;
    const length = rows.length * draft.parts.length + (hidden > 0 ? 1 : 0);
    stages.push({ ...draft, rows, hidden, start, length });
    start += length;
  }
  const byPlace = new Map<Place, Stage[]>();
  for (const stage of stages)
    byPlace.set(stage.place, [...(byPlace.get(stage.place) ?? []), stage]);
  const { consumers } = frame;
  return { stages, byPlace, length: start, sources, consumers, sizes, dense, windows };
}

/** Layers with windows or of batchNorm, and those that such ones see, are one step: as neurons, each has other terms. */
function rowsOf(
  { place, direction }: Draft,
  shown: readonly (readonly number[])[],
  isWhole: (layer: number) => boolean,
): readonly number[] {
  if (place === 'loss') return [0];
  const isInput = place === -1 && direction === 'forward';
  return isWhole(place) && !isInput ? [] : (shown[place + 1] ?? []);
}

interface Frame extends Wiring {
  readonly network: Network;
}

const draft = (direction: Direction, place: Place, parts: readonly Part[]): Draft => {
  return { direction, place, parts, rows: [], hidden: 0 };
};

/** Terms that facts name, and one for all others. */
function terms(type: 'term' | 'weightGradient', count: number): readonly Part[] {
  const of = count <= NAMED_TERMS ? count : NAMED_TERMS + 1;
  return Array.from({ length: of }, (_, index): Part => ({ type, index, of }));
}

function forwardStages(frame: Frame): readonly Draft[] {
  const { network } = frame;
  const layers = network.layers.flatMap((layer, index): readonly Draft[] => {
    const bias: readonly Part[] = layer.type === 'dense' && layer.useBias ? [{ type: 'bias' }] : [];
    const sum = [...terms('term', incomingCount(frame, index)), ...bias];
    const activation: readonly Part[] = [{ type: 'activation' }];
    return layer.activation === 'softmax'
      ? [draft('forward', index, sum), draft('forward', index, activation)]
      : [draft('forward', index, [...sum, ...activation])];
  });
  return [draft('forward', -1, [{ type: 'value' }]), ...layers];
}

function lossStage({ sizes }: Frame): Draft {
  return draft('forward', 'loss', terms('term', sizes[sizes.length - 1]));
}

function backwardStages(frame: Frame): readonly Draft[] {
  const { network } = frame;
  const last = network.layers.length - 1;
  const fused = partners[network.loss.type] !== undefined;
  return network.layers
    .flatMap((layer, index): readonly (readonly Draft[])[] => {
      const gradients = layer.type === 'dense' ? gradientParts(frame, index, layer.useBias) : [];
      const error: readonly Part[] = [{ type: 'error' }, ...gradients];
      const slope: readonly Part[] = [{ type: 'slope' }];
      const one = (parts: readonly Part[]): Draft => draft('backward', index, parts);
      if (index < last) {
        const count = outgoingCount(frame, index);
        const sum: readonly Part[] = count > 0 ? terms('term', count) : [{ type: 'effect' }];
        return [[one([...sum, ...slope, ...error])]];
      }
      if (fused) return [[one(error)]];
      const effect: readonly Part[] = [{ type: 'effect' }];
      return layer.activation === 'softmax'
        ? [[one(effect), one(error)]]
        : [[one([...effect, ...slope, ...error])]];
    })
    .reverse()
    .flat();
}

function gradientParts(frame: Frame, layer: number, useBias: boolean): readonly Part[] {
  const bias: readonly Part[] = useBias ? [{ type: 'biasGradient' }] : [];
  return [...bias, ...terms('weightGradient', incomingCount(frame, layer))];
}

/** Terms of the weighted input of one neuron; of an `add` one for each source, else of values that go on one. */
function incomingCount({ network, sources, sizes }: Frame, layer: number): number {
  const { type } = network.layers[layer];
  if (type === 'add') return sources[layer].length;
  return type === 'dense' ? sizes[sources[layer][0] + 1] : 1;
}

type Wiring = Pick<Story, 'consumers' | 'dense' | 'sizes' | 'sources'>;

/** Neurons of a consumer that take the activation of one neuron of `layer`. */
export function takersIn(
  { dense, sizes, sources }: Wiring,
  consumer: number,
  layer: number,
): number {
  if (dense[consumer]) return sizes[consumer + 1];
  return sources[consumer].filter(source => source === layer).length;
}

/** Terms of ∂C/∂a of one neuron: one for each neuron that takes its activation. */
export function outgoingCount(wiring: Wiring, layer: number): number {
  const { consumers } = wiring;
  return consumers[layer + 1].reduce((sum, consumer) => sum + takersIn(wiring, consumer, layer), 0);
}

/** The step at a position; undefined at −1, where nothing has been done. */
export function stepAt({ stages }: Story, index: number): Step | undefined {
  if (index < 0) return undefined;
  let [low, high] = [0, stages.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if (stages[middle].start <= index) low = middle;
    else high = middle - 1;
  }
  const stage = stages[low];
  const within = index - stage.start;
  const entry = Math.floor(within / stage.parts.length);
  const isRest = entry >= stage.rows.length;
  return {
    index,
    stage,
    row: isRest ? undefined : stage.rows[entry],
    part: isRest ? undefined : stage.parts[within % stage.parts.length],
  };
}

/** Parts that are one step by neuron: the sum, the activation, the error term, the gradients. */
type Group = 'value' | 'sum' | 'activation' | 'error' | 'gradients';

/** Of a term: part of z on the way forward, of δ on the way back. */
export function groupOf(direction: Direction, part: Part): Group {
  switch (part.type) {
    case 'value':
    case 'activation':
      return part.type;
    case 'bias':
      return 'sum';
    case 'term':
      return direction === 'forward' ? 'sum' : 'error';
    case 'effect':
    case 'slope':
    case 'error':
      return 'error';
    case 'biasGradient':
    case 'weightGradient':
      return 'gradients';
  }
}

/** The last step of what `index` belongs to. */
function endOf(story: Story, index: number, unit: StepUnit): number {
  if (unit === 'term') return index;
  const step = stepAt(story, index);
  if (!step) return index;
  const { stage, part } = step;
  if (unit === 'layer') return layerEnd(story, stage);
  if (!part) return index;
  const group = groupOf(stage.direction, part);
  const at = stage.parts.indexOf(part);
  const own = lastIndex(stage.parts, each => groupOf(stage.direction, each) === group);
  return index + own - at;
}

function layerEnd({ byPlace }: Story, { place, direction }: Stage): number {
  const stages = byPlace.get(place)?.filter(each => each.direction === direction) ?? [];
  return Math.max(...stages.map(({ start, length }) => start + length - 1));
}

/** −1 where none fits. */
export function lastIndex<T>(items: readonly T[], fits: (item: T) => boolean): number {
  for (let i = items.length - 1; i >= 0; i--) if (fits(items[i])) return i;
  return -1;
}

/** One unit on; the last step is the end. */
export function forward(story: Story, at: number, unit: StepUnit): number {
  return at >= story.length - 1 ? at : endOf(story, at + 1, unit);
}

/** One unit back: to the end of the one before, or to the start. */
export function back(story: Story, at: number, unit: StepUnit): number {
  let before = at - 1;
  while (before >= 0 && endOf(story, before, unit) !== before) before--;
  return Math.max(-1, before);
}

/** The last step of the forward part: the loss is known. */
export function forwardEnd({ byPlace }: Story): number {
  const loss = byPlace.get('loss')?.[0];
  return loss ? loss.start + loss.length - 1 : -1;
}

/** By layer where neurons are many or layers deep, else by neuron. */
export function usualUnit({ sizes }: Pick<Story, 'sizes'>): StepUnit {
  return sizes.length > 8 || sizes.some(units => units > NAMED_TERMS) ? 'layer' : 'neuron';
}
