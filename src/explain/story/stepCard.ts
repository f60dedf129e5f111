/**
 * What a step of a story says: the line of the step itself, and the formula with what is known so far and "…" for what is
 * to come. All numbers are facts; only the sum of the terms so far is added up here.
 */
import type { Facts, NeuronFacts, Target, Terms } from '../../engine/facts';
import { Context, stated } from '../context';
import { errorTerm } from '../errorFormulas';
import { explain } from '../explain';
import { activationLine, slopeLine, weightedInput } from '../explainNeuron';
import { explainLoss } from '../explainLoss';
import type { Equation, Rule } from '../explanation';
import { derivative, number, product, sum } from '../expressions';
import type { NotationProfile } from '../notationProfile';
import { incomingSum, NO_TERMS, outgoingSum, type Sum } from '../sums';
import type { Words } from '../words';
import { layerRules } from './layerRules';
import { added, lastOf, PENDING, productsOf, termEquation, termsUpTo } from './partialSums';
import { groupOf, stepAt, type Step, type StepUnit, type Story } from './story';

export interface StepCard {
  /** The step, then the formula that it is part of. */
  readonly lines: readonly (Equation | Rule)[];
  /** Several results at once, side by side. */
  readonly results: readonly Equation[];
  /** The sum of the terms so far, of a sum that is not complete. */
  readonly running: number | undefined;
}

/** Facts that have been fetched. */
export type Known = (target: Target) => Facts | undefined;

interface Telling {
  readonly story: Story;
  readonly step: Step;
  readonly unit: StepUnit;
  readonly facts: Known;
  readonly profile: NotationProfile;
  readonly words: Words;
}

const card = (...lines: readonly (Equation | Rule)[]): StepCard => {
  return { lines, results: [], running: undefined };
};

/** Facts that a step needs and that are not there yet; asked again when they are, as some name others. */
export function missingFacts(
  story: Story,
  at: number,
  unit: StepUnit,
  facts: Known,
): readonly Target[] {
  const step = stepAt(story, at);
  return step ? neededFor(step, unit, facts).filter(target => !facts(target)) : [];
}

function neededFor(step: Step, unit: StepUnit, facts: Known): readonly Target[] {
  const { place, rows } = step.stage;
  if (place === 'loss') return [{ type: 'loss' }];
  if (place === -1 && (unit === 'layer' || step.row === undefined))
    return rows.map(row => ({ type: 'neuron', layer: place, row }));
  if (unit === 'layer' || step.row === undefined || !step.part)
    return [{ type: 'layer', layer: place }];
  const { row } = step;
  const neuron: Target = { type: 'neuron', layer: place, row };
  const known = facts(neuron);
  return [neuron, ...(known?.type === 'neuron' ? gradientTargets(step, unit, known) : [])];
}

/** The parameters whose gradients a step finds. */
function gradientTargets(step: Step, unit: StepUnit, neuron: NeuronFacts): readonly Target[] {
  const { stage, part } = step;
  if (!part || groupOf(stage.direction, part) !== 'gradients') return [];
  const at = stage.parts.indexOf(part);
  const { layer, row } = neuron.target;
  return stage.parts.flatMap((each, i): readonly Target[] => {
    if (i > at || (unit === 'term' && i < at)) return [];
    if (each.type === 'biasGradient') return [{ type: 'bias', layer, row }];
    const term = each.type === 'weightGradient' ? neuron.incoming.terms[each.index] : undefined;
    return term ? [{ type: 'weight', layer, row, column: term.index }] : [];
  });
}

/** Undefined at the start, and while facts are missing. */
export function stepCard(
  story: Story,
  at: number,
  unit: StepUnit,
  facts: Known,
  profile: NotationProfile,
  words: Words,
): StepCard | undefined {
  const step = stepAt(story, at);
  if (!step || missingFacts(story, at, unit, facts).length > 0) return undefined;
  const telling = { story, step, unit, facts, profile, words };
  const { place } = step.stage;
  if (place === 'loss') return lossCard(telling);
  if (place === -1) return inputCard(telling);
  if (unit === 'layer' || step.row === undefined) return layerCard(telling, place);
  const neuron = facts({ type: 'neuron', layer: place, row: step.row });
  return neuron?.type === 'neuron' ? neuronCard(telling, neuron) : undefined;
}

/** The values of the sample. */
function inputCard({ step, unit, facts, profile, words }: Telling): StepCard {
  const rows = unit === 'layer' || step.row === undefined ? step.stage.rows : [step.row];
  const results = rows.flatMap(row => {
    const input = facts({ type: 'neuron', layer: -1, row });
    return input ? [explain(input, profile, words).headline] : [];
  });
  return { ...card(), results };
}

function layerCard({ step, facts, profile, words }: Telling, layer: number): StepCard {
  const known = facts({ type: 'layer', layer });
  if (known?.type !== 'layer') return card();
  return card(...layerRules(known, new Context(known, profile, words), step.stage.direction));
}

/** C = Σ over outputs of their shares. */
function lossCard({ step, unit, facts, profile, words }: Telling): StepCard {
  const loss = facts({ type: 'loss' });
  if (loss?.type !== 'loss' || step.part?.type !== 'term') return card();
  const context = new Context(loss, profile, words);
  const whole = explainLoss(loss, context);
  const { index, of } = step.part;
  const own = whole.lines.filter(({ label }) => label === words.labels.lossShare)[index];
  if (unit === 'layer' || index === of - 1)
    return card(...(unit === 'term' && own ? [own.equation] : []), whole.headline);
  const shares = loss.outputs.slice(0, index + 1).map(({ share }) => share);
  return {
    ...card(...(own ? [own.equation] : []), partialLoss(shares, context)),
    running: added(shares),
  };
}

function partialLoss(shares: readonly number[], context: Context): Rule {
  return {
    left: context.names.loss(),
    forms: [sum(...lastOf(shares.map(number), shares, context), PENDING)],
  };
}

function neuronCard(telling: Telling, neuron: NeuronFacts): StepCard {
  const { step, profile, words } = telling;
  const { stage, part } = step;
  if (!part) return card();
  const context = new Context(neuron, profile, words);
  switch (groupOf(stage.direction, part)) {
    case 'value':
      return card();
    case 'sum':
      return sumCard(telling, neuron, context);
    case 'activation':
      return card(activationLine(neuron, context).equation);
    case 'error':
      return errorCard(telling, neuron, context);
    case 'gradients':
      return gradientsCard(telling, neuron, context);
  }
}

/** z term by term. */
function sumCard({ step, unit }: Telling, neuron: NeuronFacts, context: Context): StepCard {
  const { stage, part } = step;
  if (!part) return card();
  const { layer, row } = neuron.target;
  const { names } = context;
  const isLast =
    groupOf(stage.direction, stage.parts[stage.parts.indexOf(part) + 1] ?? END) !== 'sum';
  const own =
    part.type === 'term'
      ? termEquation(
          neuron.incoming,
          part.index,
          incomingSum(neuron.incoming, context, layer, row).symbols,
          term => incomingSum(term, context, layer, row),
          1,
        )
      : stated(names.bias(layer, row), neuron.bias ?? NaN);
  if (isLast) return card(...(unit === 'term' ? [own] : []), weightedInput(neuron, context));
  const done = termsUpTo(neuron.incoming, part.type === 'term' ? part.index : Infinity);
  const { symbols, numbers } = incomingSum(done, context, layer, row);
  const values = productsOf(done);
  const forms = [sum(...symbols, PENDING), sum(...lastOf(numbers, values, context), PENDING)];
  return {
    ...card(...(unit === 'term' ? [own] : []), { left: names.weightedInput(layer, row), forms }),
    running: added(values),
  };
}

/** Stands behind the last part. */
const END = { type: 'error' } as const;

/** ∂C/∂a term by term, f′(z), δ: by term the newest, by neuron all so far. */
function errorCard(telling: Telling, neuron: NeuronFacts, context: Context): StepCard {
  const { step, unit } = telling;
  const { stage, part } = step;
  if (!part) return card();
  if (part.type === 'term' && part.index < part.of - 1)
    return partialEffect(telling, neuron, context, part.index);
  const { parts, equation } = errorTerm(neuron, context);
  const effect = parts.map(line => line.equation);
  const own = part.type === 'term' ? [ownTerm(neuron, context, part.index)] : [];
  const slope = slopeLine(neuron, context).equation;
  const at = stage.parts.indexOf(part);
  const done = (type: string): boolean =>
    stage.parts.slice(0, at + 1).some(each => each.type === type);
  if (unit === 'neuron')
    return card(...effect, ...(done('slope') ? [slope] : []), ...(done('error') ? [equation] : []));
  if (part.type === 'error') return card(equation);
  return part.type === 'slope' ? card(slope) : card(...own, ...effect);
}

function ownTerm(neuron: NeuronFacts, context: Context, index: number): Equation {
  const { layer, row } = neuron.target;
  const outgoing = neuron.outgoing ?? NO_TERMS;
  const write = (terms: Terms): Sum => outgoingSum(terms, context, layer, row);
  return termEquation(outgoing, index, write(outgoing).symbols, write, context.profile.errorSign);
}

function partialEffect(
  { unit }: Telling,
  neuron: NeuronFacts,
  context: Context,
  index: number,
): StepCard {
  const { layer, row } = neuron.target;
  const { names } = context;
  const done = termsUpTo(neuron.outgoing ?? NO_TERMS, index);
  const { symbols, numbers } = outgoingSum(done, context, layer, row);
  const values = productsOf(done);
  const printed = values.map(value => names.errorValue(value));
  const rule: Rule = {
    left: derivative(names.loss(), names.activation(layer, row)),
    forms: [
      names.signed(sum(...symbols, PENDING)),
      names.signed(sum(...lastOf(numbers, printed, context), PENDING)),
    ],
  };
  const own = unit === 'term' ? [ownTerm(neuron, context, index)] : [];
  return { ...card(...own, rule), running: added(values) };
}

/** ∂C/∂b = δ, ∂C/∂w = a δ: by term the newest, by neuron all so far side by side. */
function gradientsCard(telling: Telling, neuron: NeuronFacts, context: Context): StepCard {
  const { step, unit, facts, profile, words } = telling;
  const { layer, row } = neuron.target;
  const { names } = context;
  const found = gradientTargets(step, unit, neuron).flatMap(target => {
    const known = facts(target);
    return known ? [explain(known, profile, words).headline] : [];
  });
  if (unit === 'term' && found.length > 0) return card(...found);
  const source = names.branches.sourceOf(layer);
  const rule: Rule = {
    left: derivative(names.loss(), names.weight(layer, row, 'k')),
    forms: [names.signed(product(names.activation(source, 'k'), names.error(layer, row)))],
  };
  return {
    ...card(rule),
    results: found.map(({ left, value }) => stated(left, value)),
  };
}
