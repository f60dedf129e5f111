/** The next value of a parameter, by the optimizer's own rule. */
import type { FactsBase, Moments, ParameterFacts } from '../engine/facts';
import type { Optimizer } from '../network/network';
import { clipLines } from './clipFormula';
import type { Context } from './context';
import type { Equation, Expression, Line } from './explanation';
import { derivative, negate, number, product, quotient, sum, symbol } from './expressions';
import { hasPenalty } from './lossFormulas';
import { formatNumber } from './numbers';
import { optimizerFormulas, stepLetters } from './optimizerFormulas';
import { rateEquation } from './scheduleFormula';

/** Only here is the step a formula of the gradient alone; the others also remember past gradients. */
function isPlain({ type, momentum }: Optimizer): boolean {
  return type === 'sgd' && momentum === 0;
}

/**
 * w ← w − η ∂C/∂w with numbers for plain gradient descent. Optimizers with a memory: value + change, which has
 * lines of its own.
 */
export function updateEquation(
  facts: ParameterFacts,
  context: Context,
  parameter: Expression,
): Equation {
  const digits = digitsOf(facts);
  const value: Expression = { type: 'number', value: facts.value, ...digits };
  const { symbols, numbers } = added(facts, context, parameter);
  return {
    left: parameter,
    becomes: true,
    forms: [sum(parameter, symbols), sum(value, numbers)],
    value: facts.update.next,
    ...digits,
  };
}

/** What the update adds to the value. */
function added(facts: ParameterFacts, context: Context, parameter: Expression): Sides {
  const { update, optimizer, delta, gradient } = facts;
  if (!isPlain(optimizer)) return { symbols: changeOf(parameter), numbers: number(update.change) };
  if (update.clip) return takenStep(facts, context);
  return context.profile.update === 'error' && delta !== undefined && update.gradient === gradient
    ? errorStep(facts, context, delta)
    : gradientStep(facts, context, parameter);
}

/** The same in symbols and in numbers. */
interface Sides {
  readonly symbols: Expression;
  readonly numbers: Expression;
}

/** Digits that a small change shows in beside those that are printed anyway. */
const digitsOfChange = 3;

/** As many digits of the value, before and after, as it takes to see that it changes. */
function digitsOf({ value, update: { next, change: by } }: ParameterFacts): { digits?: number } {
  if (by === 0 || formatNumber(value) !== formatNumber(next)) return {};
  const place = (of: number): number => Number(of.toExponential().split('e')[1]);
  return { digits: Math.min(17, place(next) - place(by) + digitsOfChange) };
}

/** What the gradient of one sample is divided by when the sample is a batch of one: its outputs, or nothing. */
function divisor({ scope, loss, sizes }: ParameterFacts): number {
  const isDivided = scope.type === 'sample' && loss.reduction === 'meanAll';
  return isDivided ? sizes[sizes.length - 1] : 1;
}

/** What the next update descends besides the gradient that is shown: the penalty, in sample scope. */
export function addedPenalty(facts: ParameterFacts): number {
  // Of numbers that are no longer finite the difference would be no 0.
  if (facts.scope.type !== 'sample' || !hasPenalty(facts.regularization)) return 0;
  return facts.update.gradient - (1 / divisor(facts)) * facts.gradient;
}

/** −η g: what g is has lines of its own. */
function takenStep({ update }: ParameterFacts, { names }: Context): Sides {
  return {
    symbols: negate(product(names.learningRate(), symbol('g'))),
    numbers: negate(product(number(update.learningRate), number(update.taken))),
  };
}

/** −η ∂C/∂w */
function gradientStep(facts: ParameterFacts, context: Context, parameter: Expression): Sides {
  const { symbols, numbers } = stepGradient(facts, context, parameter);
  return {
    symbols: negate(product(context.names.learningRate(), symbols)),
    numbers: negate(product(number(facts.update.learningRate), numbers)),
  };
}

/** What the step descends: the gradient, or of one sample that of a batch of one. */
function stepGradient(facts: ParameterFacts, { names }: Context, parameter: Expression): Sides {
  const { gradient } = facts;
  const [outputs, penalty] = [divisor(facts), addedPenalty(facts)];
  const share = outputs === 1 ? [] : [quotient(number(1), number(outputs))];
  const symbols = [product(...share, derivative(names.loss(), parameter))];
  const numbers = [product(...share, number(gradient))];
  if (penalty !== 0) {
    symbols.push(derivative(names.penalty(), parameter));
    numbers.push(number(penalty));
  }
  return { symbols: sum(...symbols), numbers: sum(...numbers) };
}

/** η δ a, for notations whose δ is −∂C/∂z. */
function errorStep(facts: ParameterFacts, { names }: Context, delta: number): Sides {
  const { target, update, source = NaN } = facts;
  const symbols = [names.learningRate(), names.error(target.layer, target.row)];
  const numbers = [number(update.learningRate), number(names.errorValue(delta))];
  if (target.type === 'weight') {
    symbols.push(names.activation(names.branches.sourceOf(target.layer), target.column));
    numbers.push(number(source));
  }
  return { symbols: product(...symbols), numbers: product(...numbers) };
}

/** What comes before the next value: the gradient that is taken, the rate by a schedule, what an optimizer keeps. */
export function stepLines(
  facts: ParameterFacts,
  context: Context,
  parameter: Expression,
): readonly Line[] {
  return [
    ...takenLines(facts, context, parameter),
    ...rateLines(facts, context),
    ...(isPlain(facts.optimizer) ? [] : changeLines(facts, context, parameter)),
  ];
}

/** The rate, where a schedule makes it. */
function rateLines({ update, optimizer }: ParameterFacts, context: Context): readonly Line[] {
  const { schedule, learningRate: value } = update;
  if (!schedule) return [];
  const optimizerRate = optimizer.learningRate;
  const equation = rateEquation(schedule, { optimizerRate, value }, context.names);
  return [context.line('part', 'learningRate', equation, context.words.scheduled(schedule.epoch))];
}

/** What an optimizer with a memory keeps after this step, and Δw from that. */
function changeLines(
  facts: ParameterFacts,
  context: Context,
  parameter: Expression,
): readonly Line[] {
  const { optimizer, update } = facts;
  const { before, after, corrections } = update;
  const rate = context.names.learningRate();
  const letters = optimizerFormulas(optimizer, stepLetters(optimizer, parameter));
  const numbers = optimizerFormulas(optimizer, {
    w: number(facts.value),
    g: number(update.taken),
    kept: { v: number(before.first), s: number(kept(optimizer, before)) },
    v: number(after.first),
    s: number(kept(optimizer, after)),
    corrections: { v: number(corrections.first), s: number(corrections.second) },
  });
  const step: Equation = {
    left: changeOf(parameter),
    forms: [
      negate(product(rate, letters.step)),
      negate(product(number(update.learningRate), numbers.step)),
    ],
    value: update.change,
  };
  return [
    ...numbers.kept.map(({ letter, label, form }, index) =>
      context.line('part', label, {
        left: symbol(letter),
        becomes: true,
        forms: [letters.kept[index].form, form],
        value: letter === 'v' ? after.first : kept(optimizer, after),
      }),
    ),
    context.line('part', 'change', step),
  ];
}

/** g, where the step is told by it: it is clipped, or an optimizer with a memory takes another than the one that is shown. */
function takenLines(facts: ParameterFacts, context: Context, parameter: Expression): Line[] {
  const { update, gradient, optimizer } = facts;
  const isOther = !isPlain(optimizer) && update.gradient !== gradient;
  if (!update.clip && !isOther) return [];
  const { symbols, numbers } = stepGradient(facts, context, parameter);
  const taken = { left: symbol('g'), forms: [symbols, numbers], value: update.gradient };
  return [context.line('part', 'stepGradient', taken), ...clipLines(update, context)];
}

/** Squares are the only thing that RMSProp and AdaGrad keep. */
function kept({ type }: Optimizer, { first, second }: Moments): number {
  return type === 'rmsprop' || type === 'adagrad' ? first : second;
}

/** Whether the step of the training will take just the samples that are in scope, with these parameters. */
function isNextStep({ scope, batchSize, samples }: FactsBase): boolean {
  if (scope.type === 'sample' || scope.snapshot !== undefined) return false;
  return batchSize === 'all' || batchSize >= samples;
}

/** The update, called the next one only where it is; else with what it supposes. */
export function updateLabel(facts: FactsBase): 'nextUpdate' | 'update' {
  return isNextStep(facts) ? 'nextUpdate' : 'update';
}

/** "if the batch were only this sample" */
export function supposition(facts: FactsBase, { words }: Context): string {
  if (isNextStep(facts)) return '';
  return facts.scope.type === 'sample' ? words.ifOnlySample : words.ifAllSamples(facts.samples);
}

/** What it supposes; who makes it where the optimizer has a memory, and the rate that is used. */
export function updateNote(facts: ParameterFacts, context: Context): string {
  const { optimizer, update } = facts;
  const { words } = context;
  const by = isPlain(optimizer)
    ? ''
    : words.updateBy(words.optimizer(optimizer), update.learningRate);
  return [supposition(facts, context), by].filter(part => part !== '').join(' · ');
}

/** Δw */
export function changeOf(parameter: Expression): Expression {
  return parameter.type === 'symbol' ? { ...parameter, text: `Δ${parameter.text}` } : symbol('Δ');
}
