/** Cards while a pass is stepped through: what the pass has not found yet is not printed. Pure. */
import type { Target } from '../../src/engine/facts';
import type { Explanation, Line, Rule } from '../../src/explain/explanation';
import { symbol } from '../../src/explain/expressions';
import { whenKnown } from '../../src/explain/story/known';
import { forwardEnd, type Direction, type Story } from '../../src/explain/story/story';
import type { Words } from '../../src/explain/words';

/** How far a pass is stepped through. */
export interface SoFar {
  readonly story: Story;
  /** Index of the last step that was made; −1: none. */
  readonly at: number;
}

/** What of an explanation may be shown. */
export interface Found {
  /** Lines and headline that are not found yet say "?"; what is made of their numbers is left out. */
  readonly explanation: Explanation;
  /** The number that a person came for is there. */
  readonly headline: boolean;
  /** Everything is there. */
  readonly whole: boolean;
  /** The activation is there. */
  readonly activation: boolean;
}

/** Known before the first step. */
const ALWAYS = -1;

/** Whether a pass is over, or none is stepped through. */
export const isOver = (soFar: SoFar | undefined): boolean =>
  soFar === undefined || soFar.at >= soFar.story.length - 1;

/** @param target what the explanation, of one sample, is about */
export function foundSoFar(
  explanation: Explanation,
  target: Target | undefined,
  soFar: SoFar | undefined,
  { labels }: Words,
): Found {
  if (isOver(soFar) || !soFar || !target)
    return { explanation, headline: true, whole: true, activation: true };
  const { story, at } = soFar;
  const isFound = (line: Line): boolean => whenFound(line, target, story, labels) <= at;
  const lines = explanation.lines.map(line => (isFound(line) ? line : unknown(line)));
  const headline = whenHeadline(explanation, target, story, labels) <= at;
  const whole = headline && lines.every((line, i) => line === explanation.lines[i]);
  return {
    explanation: {
      ...explanation,
      lines,
      ...(headline ? {} : { cautions: [], derivation: [], paths: undefined, edges: undefined }),
    },
    headline,
    whole,
    activation: !lines.some(
      (line, i) => line.role === 'activation' && !isFound(explanation.lines[i]),
    ),
  };
}

/** left = ? */
export const notFound = ({ left }: Line['equation']): Rule => ({ left, forms: [symbol('?')] });

const unknown = ({ role, label, equation }: Line): Line => ({
  role,
  label,
  equation: notFound(equation),
});

type Labels = Words['labels'];

/** The headline repeats a line; that of a layer is the size of its gradient, or of its output. */
function whenHeadline(
  { headline, lines }: Explanation,
  target: Target,
  story: Story,
  labels: Labels,
): number {
  const own = lines.find(({ equation }) => equation === headline);
  if (own) return whenFound(own, target, story, labels);
  if (target.type !== 'layer') return ALWAYS;
  const { layer } = target;
  return layerEnd(story, layer, story.dense[layer] ? 'backward' : 'forward');
}

/** The step that makes a line known. */
function whenFound(line: Line, target: Target, story: Story, labels: Labels): number {
  switch (target.type) {
    case 'weight':
    case 'bias':
      return ofParameter(line, target, story);
    case 'neuron':
      return target.layer < 0
        ? ofInput(line, target, story)
        : ofNeuron(line, target, story, labels);
    case 'layer':
      return ofLayer(line, target.layer, story, labels);
    case 'loss':
      return forwardEnd(story);
  }
}

type OfType<T extends Target['type']> = Extract<Target, { type: T }>;

function ofParameter({ role }: Line, target: OfType<'weight' | 'bias'>, story: Story): number {
  const { layer, row } = target;
  if (role === 'value') return ALWAYS;
  if (role === 'delta') return whenKnown(story, { type: 'error', layer, row });
  if (target.type === 'bias') return whenKnown(story, { type: 'biasGradient', layer, row });
  const { column } = target;
  if (role === 'forward')
    return whenKnown(story, { type: 'activation', layer: story.sources[layer][0], row: column });
  return whenKnown(story, { type: 'weightGradient', layer, row, column });
}

/** ∂C/∂x hangs on every δ of the layers that take the input. */
function ofInput({ role }: Line, { row }: OfType<'neuron'>, story: Story): number {
  if (role === 'value') return whenKnown(story, { type: 'activation', layer: -1, row });
  return Math.max(
    ALWAYS,
    ...story.consumers[0].map(consumer => layerEnd(story, consumer, 'backward')),
  );
}

function ofNeuron(
  { role, label }: Line,
  { layer, row }: OfType<'neuron'>,
  story: Story,
  labels: Labels,
): number {
  const when = (type: 'weightedInput' | 'activation' | 'effect' | 'error'): number =>
    whenKnown(story, { type, layer, row });
  if (role === 'forward') return when('weightedInput');
  if (role === 'activation') return when('activation');
  // The target is in the data.
  if (label === labels.target) return ALWAYS;
  if (label === labels.lossShare) return forwardEnd(story);
  if (label === labels.outputGradient) return Math.min(when('effect'), when('error'));
  return when('error');
}

function ofLayer({ role, label }: Line, layer: number, story: Story, labels: Labels): number {
  if (role === 'rule' || label === labels.weights || label === labels.biases) return ALWAYS;
  return layerEnd(story, layer, label === labels.outputs ? 'forward' : 'backward');
}

/** The last step of a layer in one direction. */
function layerEnd({ byPlace }: Story, layer: number, direction: Direction): number {
  const ends = (byPlace.get(layer) ?? [])
    .filter(stage => stage.direction === direction)
    .map(({ start, length }) => start + length - 1);
  return Math.max(ALWAYS, ...ends);
}
