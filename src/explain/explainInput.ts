/** An input in sample scope: a value of the data. It has no error term; ∂C/∂x is shown under its own name. */
import type { InputFacts } from '../engine/facts';
import { type Context, stated, total } from './context';
import { explainEdges } from './explainEdges';
import type { Equation, Explanation } from './explanation';
import { derivative, number, symbol } from './expressions';
import { notesBehind, outgoingSum } from './sums';

/** The value, ∂C/∂x, and what it sends where. */
export function explainInput(facts: InputFacts, context: Context): Explanation {
  const { row } = facts.target;
  const { names, words } = context;
  const symbol = names.activation(-1, row);
  const headline = named(facts, context);
  const { scope } = facts;
  const sample = scope.type === 'sample' ? words.ofSample(scope.index + 1) : undefined;
  return {
    symbol,
    words: words.neuron(context.place(-1, row, facts.name)),
    path: '',
    headline,
    lines: [
      context.line('value', 'value', headline, sample),
      context.line(
        'part',
        'outputGradient',
        inputGradient(facts, context),
        notesBehind(context, -1).join(' · '),
      ),
    ],
    cautions: [words.cautions.noInputError],
    edges: explainEdges(facts, context),
  };
}

/** a = x, where the notation has a name of its own for the activation of an input. */
function named({ target, output }: InputFacts, { names, profile }: Context): Equation {
  const activation = names.activation(-1, target.row);
  if (profile.names.input) return stated(activation, output);
  const feature = symbol('x', names.neuronNumber(-1, target.row));
  return { left: activation, forms: [feature, number(output)], value: output };
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
