/** The learning rate of an epoch as a formula: in letters for the rule, with numbers for one epoch. */
import type { ScheduleFacts } from '../engine/facts';
import type { Schedule } from '../network/network';
import type { Equation, Expression, Rule } from './explanation';
import { call, half, minus, number, power, product, quotient, sum, symbol } from './expressions';
import type { Names } from './names';

/** What a rate is made of: letters, or the numbers that stand for them. */
interface RatePoint {
  /** The optimizer's rate. */
  readonly rate: Expression;
  /** Completed epochs. */
  readonly epoch: Expression;
  /** ⌊epoch / every⌋ */
  readonly falls: Expression;
  readonly pi: Expression;
}

/** s(e): without the warm-up. */
function course(schedule: Schedule, epochs: number, at: RatePoint): Expression {
  const { type, factor, minimum } = schedule;
  const least = number(minimum);
  switch (type) {
    case 'constant':
      return at.rate;
    case 'step':
      return product(at.rate, power(number(factor), at.falls));
    case 'exponential':
      return product(at.rate, power(number(factor), at.epoch));
    case 'cosine': {
      const turn = quotient(product(at.pi, at.epoch), number(epochs));
      const height = minimum === 0 ? at.rate : minus(at.rate, least);
      const wave = product(half(), height, sum(number(1), call('cos', turn)));
      return minimum === 0 ? wave : sum(least, wave);
    }
  }
}

/** The letters in which the rule is told; the rate of the optimizer is η₀. */
function letters(names: Names, { every }: Schedule): RatePoint {
  const epoch = symbol('epoch');
  return {
    rate: names.firstRate(),
    epoch,
    falls: call('floor', quotient(epoch, number(every))),
    pi: symbol('π'),
  };
}

/** Of any epoch within the warm-up, or behind it. */
function warmUp({ warmUp: epochs }: Schedule, epoch: Expression): Expression {
  return quotient(sum(epoch, number(1)), number(epochs));
}

/** η = … in letters; two rules where there is a warm-up: that of any epoch, and how the first ones differ. */
export function scheduleRule(schedule: Schedule, epochs: number, names: Names): Rule {
  const at = letters(names, schedule);
  const whole = course(schedule, epochs, at);
  const left = names.learningRate();
  if (schedule.warmUp <= 1) return { left, forms: [whole] };
  const rising = call('min', number(1), warmUp(schedule, at.epoch));
  return { left, forms: [product(rising, whole)] };
}

/** η of a layer's parameters in the epoch of the facts, with its numbers. */
export function rateEquation(
  facts: ScheduleFacts,
  { optimizerRate, value }: { readonly optimizerRate: number; readonly value: number },
  names: Names,
): Equation {
  const { epoch, epochs, scale, every } = facts;
  const numbers: RatePoint = {
    rate: number(optimizerRate),
    epoch: number(epoch),
    falls: number(Math.floor(epoch / every)),
    pi: number(Math.PI),
  };
  const isOver = facts.type === 'cosine' && epoch >= epochs;
  const rises = epoch + 1 < facts.warmUp;
  const form = (at: RatePoint): Expression => {
    const own = isOver ? number(facts.minimum) : course(facts, epochs, at);
    const share = rises ? [warmUp(facts, at.epoch)] : [];
    return product(...share, own, ...(scale === 1 ? [] : [number(scale)]));
  };
  return { left: names.learningRate(), forms: [form(letters(names, facts)), form(numbers)], value };
}
