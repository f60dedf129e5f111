/** The loss: per output of one sample, or data part and penalty part of a batch. */
import type { LossFacts } from '../engine/facts';
import { type Context, total } from './context';
import type { Equation, Explanation, Expression, Line } from './explanation';
import { bigSum, half, number, product, sum } from './expressions';
import {
  hasPenalty,
  lossFormula,
  penalisedSums,
  penaltyNumbers,
  penaltySymbols,
  penaltyTerms,
  reductionFactor,
  substitutable,
} from './lossFormulas';

/** Outputs of one sample that get a line each. */
const shownOutputs = 12;

/** The loss with its parts: the shares of the outputs of one sample, or data and penalty. */
export function explainLoss(facts: LossFacts, context: Context): Explanation {
  const { words, names } = context;
  const isSample = facts.scope.type === 'sample';
  const headline = isSample ? sampleLoss(facts, context) : batchLoss(facts, context);
  return {
    symbol: names.loss(),
    words: isSample ? words.sampleLoss(lossName(facts, context)) : batchWords(facts, context),
    path: 'loss',
    headline,
    lines: [
      context.line('value', 'loss', headline),
      ...(isSample ? outputLines(facts, context) : partLines(facts, context)),
    ],
    cautions: Number.isFinite(facts.lossValue) ? [] : [words.cautions.notFinite],
  };
}

function batchWords(facts: LossFacts, context: Context): string {
  const { words } = context;
  const data = words.reducedLoss(lossName(facts, context), facts.samples, facts.loss.reduction);
  return hasPenalty(facts.regularization) ? words.withPenalty(data) : data;
}

function lossName({ loss }: LossFacts, { words }: Context): string {
  const isHalf = loss.type === 'meanSquaredError' && loss.half;
  return isHalf ? words.halfSquaredError : words.losses[loss.type];
}

/** C = Σ over outputs of their shares; the factor ½ stands before the Σ. */
function sampleLoss(facts: LossFacts, context: Context): Equation {
  const { names } = context;
  const { loss, outputs } = facts;
  const any = { a: names.activation(names.lastLayer, 'k'), y: names.target('k') };
  const halved = loss.type === 'meanSquaredError' && loss.half;
  const general = halved
    ? product(half(), bigSum('k', lossFormula({ ...loss, half: false }).share(any)))
    : bigSum('k', shareSymbol(facts, any, context));
  const shares = context.sumOf(
    outputs.map(output => output.share),
    { count: 0, sum: 0 },
    shownOutputs,
  );
  return {
    left: names.loss(),
    forms: [general, total(shares)],
    value: facts.lossValue,
  };
}

/** The share of any one output: by its formula, or by name where the formula has branches. */
function shareSymbol(
  { loss }: LossFacts,
  any: { a: Expression; y: Expression },
  { names }: Context,
): Expression {
  return loss.type === 'huber' ? names.lossShare('k') : lossFormula(loss).share(any);
}

/** Each output's share with its numbers. */
function outputLines(facts: LossFacts, context: Context): readonly Line[] {
  const { names } = context;
  const { loss } = facts;
  const { share } = lossFormula(loss);
  return facts.outputs.slice(0, shownOutputs).map(({ target, output, share: value }, row) => {
    const difference = output - target;
    const symbols = { a: names.activation(names.lastLayer, row), y: names.target(row), difference };
    const numbers = { a: number(output), y: number(target), difference };
    const substituted = substitutable(loss, output) ? share(numbers) : number(value);
    const forms = [share(symbols), substituted];
    return context.line('part', 'lossShare', { left: names.lossShare(row), forms, value });
  });
}

/** C = 1/n Σ of the samples' losses; with a penalty C = C₀ + Ω, each of which has its own line. */
function batchLoss(facts: LossFacts, context: Context): Equation {
  const { names } = context;
  const data = dataPart(facts, context);
  const forms = hasPenalty(facts.regularization)
    ? [sum(names.dataLoss(), names.penalty()), sum(number(facts.data), number(facts.penalty))]
    : [data.symbols, data.numbers];
  return { left: names.loss(), forms, value: facts.lossValue };
}

function dataPart(facts: LossFacts, context: Context) {
  const { names, profile } = context;
  const { loss, sizes, perSample, moreSamples, samples } = facts;
  const outputs = number(sizes[sizes.length - 1]);
  const losses = context.sumOf(
    perSample.map(sample => sample.loss),
    moreSamples,
  );
  return {
    symbols: product(
      ...reductionFactor(loss, names.samples(), outputs),
      bigSum(profile.names.sample, names.sampleLoss()),
    ),
    numbers: product(...reductionFactor(loss, number(samples), outputs), total(losses)),
  };
}

function penaltyPart(facts: LossFacts, { names }: Context) {
  const { regularization, samples, squaredWeights, absoluteWeights } = facts;
  return {
    symbols: penaltyTerms(
      regularization,
      penaltySymbols(names.samples()),
      ...penalisedSums(regularization, names.profile),
    ),
    numbers: penaltyTerms(
      regularization,
      penaltyNumbers(regularization, samples),
      number(squaredWeights),
      number(absoluteWeights),
    ),
  };
}

/** With a penalty: both parts of the loss separately. */
function partLines(facts: LossFacts, context: Context): readonly Line[] {
  const { names } = context;
  if (!hasPenalty(facts.regularization)) return [];
  const data = dataPart(facts, context);
  const { symbols, numbers } = penaltyPart(facts, context);
  return [
    context.line('part', 'dataPart', {
      left: names.dataLoss(),
      forms: [data.symbols, data.numbers],
      value: facts.data,
    }),
    context.line('part', 'penaltyPart', {
      left: names.penalty(),
      forms: [sum(...symbols), sum(...numbers)],
      value: facts.penalty,
    }),
  ];
}
