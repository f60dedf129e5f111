/** Where a step is and what it says, in words. */
import type { Facts, Target } from '../../src/engine/facts';
import { Names } from '../../src/explain/names';
import { profileOf, type Notation } from '../../src/explain/notation';
import { usesKeptError, workAt } from '../../src/explain/story/known';
import type { Known, StepCard } from '../../src/explain/story/stepCard';
import {
  groupOf,
  stepAt,
  type Part,
  type Step,
  type StepUnit,
  type Story,
} from '../../src/explain/story/story';
import { toUnicode } from '../../src/explain/unicode';
import { count, format } from '../numbers';
import { text } from '../strings';

export interface Told {
  readonly story: Story;
  readonly at: number;
  readonly unit: StepUnit;
  readonly notation: Notation;
}

const namesOf = ({ story, notation }: Told): Names =>
  new Names(profileOf(notation), {
    sizes: story.sizes,
    sources: story.sources,
    scope: { type: 'sample', index: 0 },
  });

/** "backward · layer 2 of 3 · neuron 4 · term 2 of 3" */
export function whereWords(told: Told): string {
  const { story, at, unit } = told;
  const step = stepAt(story, at);
  if (!step) return text('stepping.atStart');
  const { stage, row, part } = step;
  const { place, direction } = stage;
  const pass = text(direction === 'forward' ? 'stepping.passForward' : 'stepping.passBackward');
  if (place === 'loss') return [pass, text('stepping.loss'), ...lossPart(unit, part)].join(' · ');
  const names = namesOf(told);
  const layer =
    place === -1
      ? text('stepping.inputs')
      : text('stepping.layer', names.layerNumber(place), names.layerNumber(names.lastLayer));
  if (unit === 'layer') return [pass, layer].join(' · ');
  if (row === undefined || !part)
    return [pass, layer, text('stepping.rest', count(stage.hidden))].join(' · ');
  const number = names.neuronNumber(place, row);
  if (place === -1) return [pass, text('stepping.input', number)].join(' · ');
  const what = unit === 'neuron' ? groupWords(step, part) : partWords(part);
  return [pass, layer, text('stepping.neuron', number), what].join(' · ');
}

function lossPart(unit: StepUnit, part: Part | undefined): readonly string[] {
  return unit !== 'layer' && part?.type === 'term' ? [partWords(part)] : [];
}

function groupWords({ stage }: Step, part: Part): string {
  switch (groupOf(stage.direction, part)) {
    case 'value':
    case 'activation':
      return text('stepping.activation');
    case 'sum':
      return text('stepping.weightedInput');
    case 'error':
      return text('stepping.error');
    case 'gradients':
      return text('stepping.gradients');
  }
}

function partWords(part: Part): string {
  switch (part.type) {
    case 'term':
      return text('stepping.term', part.index + 1, part.of);
    case 'weightGradient':
      return text('stepping.weightGradient', part.index + 1, part.of);
    case 'value':
      return text('stepping.activation');
    default:
      return text(`stepping.${part.type}`);
  }
}

/** The letter of the error term in the person's notation. */
export function errorLetter(notation: Notation): string {
  const { error, sampleLoss, weightedInput } = profileOf(notation).names;
  return error ?? `∂${sampleLoss}/∂${weightedInput}`;
}

/** What a step uses that was computed before: a kept δ, an activation of the forward pass. */
export function keptWords(told: Told, known: Known): string | undefined {
  const { story, at, unit } = told;
  const step = stepAt(story, at);
  if (!step?.part || step.row === undefined || unit === 'layer') return undefined;
  const { part, row, stage } = step;
  const place = stage.place;
  if (place === 'loss' || stage.direction === 'forward') return undefined;
  const names = namesOf(told);
  const own = toUnicode(names.error(place, row));
  if (part.type === 'error') return text('stepping.keeps', own);
  if (!usesKeptError(story, at)) return undefined;
  if (part.type === 'weightGradient') {
    const term = termOf(told, known);
    const column = term?.type === 'weight' ? term.column : 'k';
    const source = toUnicode(names.activation(story.sources[place][0], column));
    return text('stepping.fromForward', source, own);
  }
  const facts = known({ type: 'neuron', layer: place, row });
  const used =
    part.type === 'term' && facts?.type === 'neuron'
      ? facts.outgoing?.terms[part.index]
      : undefined;
  return text('stepping.usesKept', used ? toUnicode(names.error(used.layer, used.index)) : own);
}

/** The connection that the step is about, by term; undefined for none, and for those that are no weights. */
export function termOf({ story, at, unit }: Told, known: Known): Target | undefined {
  const step = stepAt(story, at);
  if (!step?.part || step.row === undefined || step.stage.place === 'loss') return undefined;
  const { part, row, stage } = step;
  const layer = step.stage.place;
  if (part.type !== 'term' && part.type !== 'weightGradient') return undefined;
  if (unit !== 'term') return undefined;
  const facts: Facts | undefined = known({ type: 'neuron', layer, row });
  if (facts?.type !== 'neuron') return undefined;
  const outgoing = part.type === 'term' && stage.direction === 'backward';
  const term = (outgoing ? facts.outgoing : facts.incoming)?.terms[part.index];
  if (!term || term.identity) return undefined;
  return outgoing
    ? { type: 'weight', layer: term.layer, row: term.index, column: row }
    : { type: 'weight', layer, row, column: term.index };
}

/** "6 δ kept · multiplications: 22 so far, 34 path by path"; undefined in the forward pass, and with windows. */
export function workWords({
  story,
  at,
  notation,
}: Told): { line: string; hint: string } | undefined {
  if (story.windows) return undefined;
  const { errors, gradients, shared, apart } = workAt(story, at);
  if (errors === 0 && shared === 0) return undefined;
  const letter = errorLetter(notation);
  const many = (value: number): string => (value < 1e9 ? count(value) : format(value));
  return {
    line: text('stepping.work', `${many(errors)} ${letter}`, many(shared), many(apart)),
    hint: text('stepping.workHint', letter, many(shared), many(gradients), many(apart)),
  };
}

/** A step as it is spoken: where it is, its formulas, what they have come to. */
export function spokenStep(
  told: Told,
  card: StepCard | undefined,
  kept: string | undefined,
): string {
  const lines = [...(card?.lines ?? []), ...(card?.results ?? [])].map(each => toUnicode(each));
  const running = card?.running === undefined ? [] : [text('stepping.soFar', format(card.running))];
  return [whereWords(told), ...lines, ...running, ...(kept ? [kept] : [])].join('; ');
}
