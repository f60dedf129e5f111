/** The next value of a parameter, by the optimizer's own rule. */
import type { ParameterFacts } from '../engine/facts';
import type { Optimizer } from '../network/network';
import type { Context } from './context';
import type { Equation, Expression } from './explanation';
import { derivative, minus, number, product, sum, symbol } from './expressions';

/** Only here is the step a formula of the gradient alone; the others also remember past gradients. */
function isPlain({ type, momentum }: Optimizer): boolean {
  return type === 'sgd' && momentum === 0;
}

/**
 * w ← w − η ∂C/∂w with numbers for plain gradient descent. Optimizers with a memory: value + change, since
 * their state is not part of the facts.
 */
export function updateEquation(
  facts: ParameterFacts,
  context: Context,
  parameter: Expression,
): Equation {
  const { value, update } = facts;
  if (!isPlain(facts.optimizer))
    return {
      left: parameter,
      becomes: true,
      forms: [sum(parameter, change(parameter)), sum(number(value), number(update.change))],
      value: update.next,
    };
  return context.profile.update === 'error' &&
    facts.delta !== undefined &&
    update.gradient === facts.gradient
    ? errorUpdate(facts, context, parameter)
    : gradientUpdate(facts, context, parameter);
}

function gradientUpdate(facts: ParameterFacts, context: Context, parameter: Expression): Equation {
  const { names } = context;
  const { value, update, gradient } = facts;
  const symbols = [derivative(names.loss(), parameter)];
  const numbers = [number(gradient)];
  if (update.gradient !== gradient) {
    symbols.push(derivative(names.penalty(), parameter));
    numbers.push(number(update.gradient - gradient));
  }
  return {
    left: parameter,
    becomes: true,
    forms: [
      minus(parameter, product(names.learningRate(), sum(...symbols))),
      minus(number(value), product(number(update.learningRate), sum(...numbers))),
    ],
    value: update.next,
  };
}

/** w + η δ a, for notations whose δ is −∂C/∂z. */
function errorUpdate(facts: ParameterFacts, context: Context, parameter: Expression): Equation {
  const { names } = context;
  const { target, value, update, delta = NaN, source = NaN } = facts;
  const symbols = [names.learningRate(), names.error(target.layer, target.row)];
  const numbers = [number(update.learningRate), number(names.errorValue(delta))];
  if (target.type === 'weight') {
    symbols.push(names.activation(names.branches.sourceOf(target.layer), target.column));
    numbers.push(number(source));
  }
  return {
    left: parameter,
    becomes: true,
    forms: [sum(parameter, product(...symbols)), sum(number(value), product(...numbers))],
    value: update.next,
  };
}

/** Says who made the change where no formula does, and the rate that is used. */
export function updateNote({ optimizer, update }: ParameterFacts, context: Context): string {
  const { words } = context;
  if (isPlain(optimizer)) return '';
  return words.updateBy(words.optimizer(optimizer), update.learningRate);
}

/** Δw */
function change(parameter: Expression): Expression {
  return parameter.type === 'symbol' ? { ...parameter, text: `Δ${parameter.text}` } : symbol('Δ');
}
