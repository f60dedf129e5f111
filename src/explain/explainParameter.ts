/** A weight or a bias: its gradient, where that comes from, and its next value. */
import type { ParameterFacts } from '../engine/facts';
import { type Context, parameterPath, stated, total } from './context';
import { derive } from './derivation';
import type { Equation, Explanation, Expression, Line } from './explanation';
import { bigSum, derivative, number, product, sum } from './expressions';
import { penaltyNumbers, penaltySlopeTerms, penaltySymbols, reductionFactor } from './lossFormulas';
import { explainPaths } from './explainPaths';
import { deriveShared, sharedGradient, sharedNotes } from './explainShared';
import { multiplied, normCaution } from './normalised';
import { biasWords, weightWords } from './parameterWords';
import { perceptronRule } from './perceptron';
import { addedPenalty, stepLines, updateEquation, updateLabel, updateNote } from './updateFormula';

/** Value, gradient with its factors, and the next value; in sample scope also the derivation and the paths. */
export function explainParameter(facts: ParameterFacts, context: Context): Explanation {
  const symbol = parameterSymbol(facts, context);
  const headline =
    facts.scope.type === 'sample'
      ? sampleGradient(facts, context, symbol)
      : batchGradient(facts, context, symbol);
  const perceptron = perceptronRule(facts, symbol, context);
  return {
    symbol,
    words: parameterWords(facts, context),
    path: parameterPath(facts.target),
    headline,
    lines: [
      context.line('value', 'value', stated(symbol, facts.value)),
      context.line('gradient', 'gradient', headline, gradientNote(facts, context)),
      ...factorLines(facts, context),
      ...penaltyLines(facts, context, symbol),
      ...stepLines(facts, context, symbol),
      context.line(
        'update',
        updateLabel(facts),
        updateEquation(facts, context, symbol),
        updateNote(facts, context),
      ),
    ],
    cautions: [...normCaution(facts.target.layer, context), ...cautions(facts, context)],
    ...(perceptron && { perceptron }),
    ...(facts.neuron && { derivation: derive(facts, symbol, facts.neuron, headline, context) }),
    ...(facts.shared && {
      derivation: deriveShared(facts, facts.shared, symbol, headline, context),
    }),
    ...(facts.paths && { paths: explainPaths(facts, facts.paths, context, symbol) }),
  };
}

function parameterSymbol({ target }: ParameterFacts, { names }: Context): Expression {
  return target.type === 'weight'
    ? names.weight(target.layer, target.row, target.column)
    : names.bias(target.layer, target.row);
}

function parameterWords({ target }: ParameterFacts, context: Context): string {
  return target.type === 'bias'
    ? biasWords(target.layer, target.row, context)
    : weightWords(target.layer, target.row, target.column, context);
}

/** BP4: ∂C/∂w = a δ. BP3: ∂C/∂b = δ · 1. */
function sampleGradient(facts: ParameterFacts, context: Context, symbol: Expression): Equation {
  if (facts.shared) return sharedGradient(facts, facts.shared, context, symbol);
  const { names } = context;
  const { target, gradient } = facts;
  const left = derivative(names.loss(), symbol);
  if (facts.delta === undefined || facts.source === undefined) return stated(left, gradient);
  const error = names.error(target.layer, target.row);
  const errorNumber = number(names.errorValue(facts.delta));
  const source = number(facts.source);
  const [general, substituted] =
    target.type === 'weight'
      ? [product(multiplied(target, context), error), product(source, errorNumber)]
      : [product(error, number(1)), product(errorNumber, source)];
  return { left, forms: [names.signed(general), names.signed(substituted)], value: gradient };
}

/** The reduction of the samples' own gradients, plus the penalty's. */
function batchGradient(facts: ParameterFacts, context: Context, symbol: Expression): Equation {
  const { names } = context;
  const { loss, sizes, perSample, moreSamples } = facts;
  const outputs = number(sizes[sizes.length - 1]);
  const samples = context.sumOf(
    perSample.map(sample => sample.gradient),
    moreSamples,
  );
  const each = derivative(names.sampleLoss(), symbol);
  const general = product(
    ...reductionFactor(loss, names.samples(), outputs),
    bigSum(context.profile.names.sample, each),
  );
  const substituted = product(
    ...reductionFactor(loss, number(facts.samples), outputs),
    total(samples),
  );
  const penalty = penaltySlopes(facts, context, symbol);
  return {
    left: derivative(names.loss(), symbol),
    forms: [sum(general, ...penalty.symbols), sum(substituted, ...penalty.numbers)],
    value: facts.gradient,
  };
}

function penaltySlopes(facts: ParameterFacts, { names }: Context, symbol: Expression) {
  const { regularization, type, samples, value } = facts;
  if (type === 'bias' && !regularization.bias) return { symbols: [], numbers: [] };
  return {
    symbols: penaltySlopeTerms(regularization, penaltySymbols(names.samples()), symbol),
    numbers: penaltySlopeTerms(
      regularization,
      penaltyNumbers(regularization, samples),
      number(value),
    ),
  };
}

/** The two factors of BP4, each with the place it comes from. */
function factorLines(facts: ParameterFacts, context: Context): readonly Line[] {
  const { names } = context;
  const { target, delta, source } = facts;
  if (delta === undefined || source === undefined) return [];
  const error = stated(names.error(target.layer, target.row), names.errorValue(delta));
  const lines = [context.line('delta', 'error', error)];
  if (target.type === 'weight') {
    const activation = multiplied(target, context);
    const { fromForward } = context.words.reasons;
    lines.push(context.line('forward', 'source', stated(activation, source), fromForward));
  }
  return lines;
}

/** Batch scope with a penalty: the two parts of the gradient separately. */
function penaltyLines(
  facts: ParameterFacts,
  context: Context,
  symbol: Expression,
): readonly Line[] {
  const { symbols, numbers } = penaltySlopes(facts, context, symbol);
  if (facts.scope.type !== 'batch' || symbols.length === 0) return [];
  const { names } = context;
  const data = derivative(names.dataLoss(), symbol);
  const penalty = derivative(names.penalty(), symbol);
  return [
    context.line('part', 'dataPart', stated(data, facts.data)),
    context.line('part', 'penaltyPart', {
      left: penalty,
      forms: [sum(...symbols), sum(...numbers)],
      value: facts.penalty,
    }),
  ];
}

function gradientNote(facts: ParameterFacts, context: Context): string {
  const { scope, type, rank } = facts;
  const { words } = context;
  const { equations } = context.profile;
  const equation = type === 'weight' ? equations.weight : equations.bias;
  const parts = scope.type === 'sample' && equation !== '' ? [equation] : [];
  if (facts.shared) parts.push(...sharedNotes(facts, facts.shared, context));
  if (rank) parts.push(words.rank(rank.position, rank.of));
  return parts.join(' · ');
}

function cautions(facts: ParameterFacts, { words, profile }: Context): readonly string[] {
  const found: string[] = [];
  if (!Number.isFinite(facts.gradient)) found.push(words.cautions.notFinite);
  if (facts.perceptron) found.push(words.cautions.stepPerceptron);
  else if (facts.delta === 0) found.push(words.cautions.errorIsZero);
  else if (facts.source === 0) found.push(words.cautions.sourceIsZero);
  if (profile.errorSign === -1 && facts.delta !== undefined) found.push(words.cautions.errorSign);
  if (facts.scope.type === 'sample' && addedPenalty(facts) !== 0)
    found.push(words.cautions.sampleUpdatePenalty);
  return found;
}
