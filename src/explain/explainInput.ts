/** An input in sample scope: a value of the data. It has no error term; ∂C/∂x is shown under its own name. */
import type { InputFacts } from '../engine/facts';
import { type Context, stated, total } from './context';
import type { Equation, Explanation } from './explanation';
import { derivative } from './expressions';
import { outgoingSum } from './sums';

export function explainInput(facts: InputFacts, context: Context): Explanation {
  const { row } = facts.target;
  const { names, words } = context;
  const symbol = names.activation(-1, row);
  const headline = stated(symbol, facts.output);
  return {
    symbol,
    words: words.neuron(context.place(-1, row, facts.name)),
    path: '',
    headline,
    lines: [
      context.line('value', 'value', headline),
      context.line('part', 'outputGradient', inputGradient(facts, context)),
    ],
    cautions: [words.cautions.noInputError],
  };
}

/** ∂C/∂x = Σ w δ of all layers that take the input. */
function inputGradient(facts: InputFacts, context: Context): Equation {
  const { row } = facts.target;
  const { names } = context;
  const { symbols, numbers } = outgoingSum(facts.outgoing, context, -1, row);
  return {
    left: derivative(names.loss(), names.activation(-1, row)),
    forms: [names.signed(total(symbols)), names.signed(total(numbers))],
    value: facts.outputGradient,
  };
}
