/**
 * A weight or a bias of a convolution: every place of the image uses it, so its gradient adds up what each of them finds,
 * ∂C/∂w = Σ a δ.
 */
import type { ParameterFacts, SharedFacts, SharedTerm } from '../engine/facts';
import { stated, total, writtenOut, type Context } from './context';
import type { Equation, Expression, Line, Rule } from './explanation';
import { bigSum, derivative, number, product, symbol } from './expressions';
import { multiplied } from './normalised';

/** The sum in general, and with the largest products of this network. */
export function sharedGradient(
  facts: ParameterFacts,
  shared: SharedFacts,
  context: Context,
  parameter: Expression,
): Equation {
  const { names } = context;
  const { terms, rest } = named(shared, context);
  const few = rest.length === 0;
  const symbols = few ? terms.map(term => inSymbols(facts, term, context)) : [any(facts, context)];
  const numbers = [...terms.map(term => inNumbers(term, context)), ...rest];
  return {
    left: derivative(names.loss(), parameter),
    forms: [names.signed(total(symbols)), names.signed(total(numbers))],
    value: facts.gradient,
  };
}

/** At how many places it is used, and what the letters of the sum stand for. */
export function sharedNotes(
  { target }: ParameterFacts,
  shared: SharedFacts,
  { names, words }: Context,
): readonly string[] {
  const isNorm = names.branches.typeOf(target.layer) === 'batchNorm';
  const { uses, notes } = words.images;
  const letters = shared.used > writtenOut ? [isNorm ? notes.channel : notes.places] : [];
  return [uses(shared.used, shared.places), ...letters];
}

/** The largest products by magnitude in the order of the places, and what is left of the sum. */
function named(
  { terms, more }: SharedFacts,
  context: Context,
): { readonly terms: readonly SharedTerm[]; readonly rest: readonly Expression[] } {
  if (terms.length <= writtenOut && more.count === 0) return { terms, rest: [] };
  const size = ({ delta, source }: SharedTerm): number => Math.abs(delta * source);
  const shown = new Set([...terms].sort((a, b) => size(b) - size(a)).slice(0, writtenOut));
  const others = terms.filter(term => !shown.has(term));
  const left = others.reduce((sum, { delta, source }) => sum + delta * source, more.sum);
  const rest = context.rest(others.length + more.count, context.names.errorValue(left));
  return { terms: terms.filter(term => shown.has(term)), rest: [rest] };
}

/** Σ a δ over the places; of a bias Σ δ. */
function any({ target }: ParameterFacts, context: Context): Expression {
  const error = context.names.error(target.layer, 'p');
  if (target.type === 'bias') return bigSum('p', error);
  return bigSum('p', product(anySource(target, context), error));
}

/** What is under a weight at any place. */
function anySource(
  target: Extract<ParameterFacts['target'], { type: 'weight' }>,
  context: Context,
): Expression {
  const isNorm = context.names.branches.typeOf(target.layer) === 'batchNorm';
  return multiplied(target, context, isNorm ? 'p' : 'p+k');
}

function inSymbols(
  { target }: ParameterFacts,
  { row, index }: SharedTerm,
  context: Context,
): Expression {
  const error = context.names.error(target.layer, row);
  if (index === undefined || target.type === 'bias') return error;
  return product(multiplied(target, context, index), error);
}

function inNumbers({ delta, source, index }: SharedTerm, { names }: Context): Expression {
  const error = number(names.errorValue(delta));
  return index === undefined ? error : product(number(source), error);
}

/** The chain rule through every place, and the products one by one. */
export function deriveShared(
  facts: ParameterFacts,
  shared: SharedFacts,
  parameter: Expression,
  result: Equation,
  context: Context,
): readonly Line[] {
  const { names, words, profile } = context;
  const { target } = facts;
  const { layer, type } = target;
  const z = names.weightedInput(layer, 'p');
  const isNorm = names.branches.typeOf(layer) === 'batchNorm';
  const { sharedChain, featureChain, underWeight } = words.images.notes;
  const chain: Rule = {
    left: derivative(names.loss(), parameter),
    forms: [bigSum('p', product(derivative(names.loss(), z), derivative(z, parameter)))],
  };
  const inner: Rule = {
    left: derivative(z, parameter),
    forms: [target.type === 'weight' ? anySource(target, context) : number(1)],
  };
  const meaning: Rule = {
    left: names.error(layer, 'p'),
    forms: [names.signed(derivative(names.loss(), z))],
  };
  const innerNote = type === 'weight' ? underWeight : words.reasons.unit;
  return [
    context.line('rule', 'chainRule', chain, isNorm ? featureChain : sharedChain),
    context.line('rule', 'inside', inner, innerNote),
    ...(profile.names.error === undefined ? [] : [context.line('rule', 'where', meaning)]),
    ...placeLines(facts, shared, context),
    context.line('gradient', 'together', result),
  ];
}

/** A line for each place that is named. */
function placeLines(
  facts: ParameterFacts,
  { terms, more }: SharedFacts,
  context: Context,
): readonly Line[] {
  const { names, words } = context;
  const lines = terms.map((term): Line => {
    const value = names.errorValue(term.delta) * term.source;
    const left = inSymbols(facts, term, context);
    return {
      role: 'part',
      label: words.via(context.place(facts.target.layer, term.row)),
      equation: { left, forms: [inNumbers(term, context)], value },
    };
  });
  if (more.count === 0) return lines;
  const rest = stated(symbol('Σ'), names.errorValue(more.sum));
  return [...lines, { role: 'part', label: words.more(more.count), equation: rest }];
}
