/** The loss: per output of one sample, or data part and penalty part of a batch. */
import type { LossFacts } from '../engine/facts';
import { type Context, stated, total } from './context';
import type { Equation, Explanation, Expression, Line } from './explanation';
import { bigSum, half, absolute, number, product, square, sum, symbol } from './expressions';
import {
  lossFormula,
  penaltyNumbers,
  penaltySymbols,
  penaltyTerms,
  reductionFactor,
  substitutable,
} from './lossFormulas';

/** Outputs of one sample that get a line each. */
const shownOutputs = 12;

export function explainLoss(facts: LossFacts, context: Context): Explanation {
  const { words, names } = context;
  const isSample = facts.scope.type === 'sample';
  const headline = isSample ? sampleLoss(facts, context) : batchLoss(facts, context);
  return {
    symbol: names.loss(),
    words: words.loss(words.losses[facts.loss.type], facts.samples, facts.scope.type),
    path: 'loss',
    headline,
    lines: [
      context.line('value', 'loss', headline),
      ...(isSample ? outputLines(facts, context) : partLines(facts, context)),
    ],
    cautions: Number.isFinite(facts.lossValue) ? [] : [words.cautions.notFinite],
  };
}

/** C = Σ over outputs of their shares; the factor ½ stands before the Σ. */
function sampleLoss(facts: LossFacts, context: Context): Equation {
  const { names } = context;
  const { loss, outputs } = facts;
  const any = { a: names.activation(names.lastLayer, 'k'), y: names.target('k') };
  const halved = loss.type === 'meanSquaredError' && loss.half;
  const general = halved
    ? product(half(), bigSum('k', lossFormula({ ...loss, half: false }).share(any)))
    : bigSum('k', shareSymbol(facts, any));
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
function shareSymbol({ loss }: LossFacts, any: { a: Expression; y: Expression }): Expression {
  return loss.type === 'huber' ? symbol('C', 'k') : lossFormula(loss).share(any);
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

/** C = 1/n Σ of the samples' losses, plus the penalty. */
function batchLoss(facts: LossFacts, context: Context): Equation {
  const { names } = context;
  const data = dataPart(facts, context);
  const penalty = penaltyPart(facts, context);
  return {
    left: names.loss(),
    forms: [sum(data.symbols, ...penalty.symbols), sum(data.numbers, ...penalty.numbers)],
    value: facts.lossValue,
  };
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
  const weight = symbol(names.profile.names.weight);
  return {
    symbols: penaltyTerms(
      regularization,
      penaltySymbols(names.samples()),
      bigSum('', square(weight)),
      bigSum('', absolute(weight)),
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
  const { symbols, numbers } = penaltyPart(facts, context);
  if (symbols.length === 0) return [];
  return [
    context.line('part', 'dataPart', stated(names.dataLoss(), facts.data)),
    context.line('part', 'penaltyPart', {
      left: names.penalty(),
      forms: [sum(...symbols), sum(...numbers)],
      value: facts.penalty,
    }),
  ];
}
