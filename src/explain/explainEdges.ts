/** A neuron edge by edge: what each connection brings forward, and what it sends back. */
import type { InputFacts, NeuronFacts, Term, Terms } from '../engine/facts';
import { stated, total, weightNumber, type Context } from './context';
import type { Edges, Expression, Line } from './explanation';
import { derivative, number, product, symbol } from './expressions';
import { biasWords } from './parameterWords';
import { generalOutgoing, incomingShare, weighing } from './sums';

/** The shares of z, and those of ∂C/∂a; in the printed sign of δ. */
export function explainEdges(facts: NeuronFacts | InputFacts, context: Context): Edges {
  const outgoing = facts.outgoing ? outgoingLines(facts, facts.outgoing, context) : [];
  return { incoming: facts.type === 'neuron' ? incomingLines(facts, context) : [], outgoing };
}

/** w · a for each source, the bias, and z as their sum. */
function incomingLines(facts: NeuronFacts, context: Context): readonly Line[] {
  const { names, words } = context;
  const { layer, row } = facts.target;
  const write = (term: Term): Line => {
    const { symbols, factor } = incomingShare(term, layer, row, names);
    const label = words.from(context.place(term.layer, term.index));
    return share(label, term, factor, symbols, term.factor);
  };
  const own = names.branches.rowOf(layer, row);
  const bias = facts.bias === undefined ? [] : [stated(names.bias(layer, own), facts.bias)];
  return [
    ...facts.incoming.terms.map(write),
    ...restLine(facts.incoming, 1, context),
    ...bias.map(equation => ({
      role: 'part' as const,
      label: biasWords(layer, own, context),
      equation,
    })),
    context.line(
      'forward',
      'together',
      stated(names.weightedInput(layer, row), facts.weightedInput),
    ),
  ];
}

/** w · δ for each neuron that takes from this one, and their sum. */
function outgoingLines(
  facts: NeuronFacts | InputFacts,
  outgoing: Terms,
  context: Context,
): readonly Line[] {
  const { names, words } = context;
  const { layer, row } = facts.target;
  const write = (term: Term): Line =>
    share(
      words.via(context.place(term.layer, term.index)),
      term,
      names.error(term.layer, term.index),
      weighing(term, term.layer, term.index, row, names),
      names.errorValue(term.factor),
    );
  const loss = derivative(names.loss(), names.activation(layer, row));
  const sum = {
    left: total(generalOutgoing(context, layer, row)),
    forms: [names.signed(loss), names.signedNumber(facts.outputGradient)],
    value: names.errorValue(facts.outputGradient),
  };
  return [
    ...outgoing.terms.map(write),
    ...restLine(outgoing, names.errorValue(1), context),
    context.line('part', 'together', sum),
  ];
}

function share(
  label: string,
  term: Term,
  factor: Expression,
  weighs: readonly Expression[],
  value: number,
): Line {
  const equation =
    weighs.length > 0
      ? {
          left: product(...weighs, factor),
          forms: [product(weightNumber(term), number(value))],
          value: term.weight * value,
        }
      : stated(factor, value);
  return { role: 'part', label, equation };
}

/** The terms that have no line of their own. */
function restLine({ more }: Terms, sign: number, { words }: Context): readonly Line[] {
  if (more.count === 0) return [];
  return [
    { role: 'part', label: words.more(more.count), equation: stated(symbol('Σ'), sign * more.sum) },
  ];
}
