/** Neurons behind a window: what a pool makes one value of, and what is said of windows. */
import type { NeuronFacts, PooledFacts } from '../engine/facts';
import { writtenOut, type Context } from './context';
import type { Equation, Expression } from './explanation';
import { bigSum, call, number, quotient } from './expressions';
import { formatNumber, formatPercent } from './numbers';

/** z = max(a, a, …), or (a + a + …)/n. */
export function pooledInput(facts: NeuronFacts, pooled: PooledFacts, context: Context): Equation {
  const { layer, row } = facts.target;
  return {
    left: context.names.weightedInput(layer, row),
    forms:
      pooled.type === 'maxPool2d'
        ? largestForms(facts, pooled, context)
        : meanForms(facts, pooled, context),
    value: facts.weightedInput,
  };
}

/** In symbols where they are few, else any of them; in numbers unless they are too many. */
function largestForms(
  facts: NeuronFacts,
  { values, count }: PooledFacts,
  { names }: Context,
): readonly Expression[] {
  const source = names.branches.sourceOf(facts.target.layer);
  const symbols =
    count <= writtenOut
      ? values.map(({ index }) => names.activation(source, index))
      : [names.activation(source, 'p+k')];
  const all = count === values.length;
  return [
    call('max', ...symbols),
    all ? call('max', ...values.map(({ value }) => number(value))) : number(facts.weightedInput),
  ];
}

function meanForms(
  { incoming, target }: NeuronFacts,
  { size, count }: PooledFacts,
  context: Context,
): readonly Expression[] {
  const { names } = context;
  const source = names.branches.sourceOf(target.layer);
  const { terms, more } = incoming;
  const symbols =
    count <= writtenOut
      ? terms.map(({ index }) => names.activation(source, index))
      : [bigSum('k', names.activation(source, 'p+k'))];
  const rest = more.count > 0 ? [context.rest(more.count, more.sum * size)] : [];
  const numbers = [...terms.map(({ factor }) => number(factor)), ...rest];
  const over = (all: readonly Expression[]): Expression =>
    quotient({ type: 'sum', terms: all }, number(size));
  return [over(symbols), over(numbers)];
}

/** What the letters of a sum over a window stand for, which value is the largest, how a mean is divided. */
export function windowNote({ pooled, incoming, target }: NeuronFacts, context: Context): string {
  const { names, words } = context;
  const { branches } = names;
  const type = branches.typeOf(target.layer);
  const count = pooled?.count ?? incoming.terms.length + incoming.more.count;
  const notes: string[] = [];
  if (pooled?.type === 'averagePool2d') notes.push(words.images.average(pooled.size));
  if (pooled?.type === 'maxPool2d') {
    const place = context.place(branches.sourceOf(target.layer), pooled.largest);
    notes.push(words.images.largest(words.neuron(place)));
  }
  if ((type === 'conv2d' || pooled) && count > writtenOut) notes.push(words.images.notes.window);
  return notes.join(' · ');
}

/** What dropout does elsewhere; why nothing comes back from windows of which the value is not the largest. */
export function imageCautions(
  { target, outgoing, outputLayer }: NeuronFacts,
  context: Context,
): readonly string[] {
  const { names, words } = context;
  const { branches } = names;
  const { layer } = target;
  const found = dropoutCaution(layer, context);
  const consumers = branches.consumersOf(layer);
  const onlyLargest = consumers.every(consumer => branches.typeOf(consumer) === 'maxPool2d');
  const isLost = !outputLayer && consumers.length > 0 && onlyLargest;
  if (isLost && outgoing?.terms.length === 0) return [...found, words.images.notes.noLargest];
  return found;
}

/** Nothing of other layers. */
export function dropoutCaution(layer: number, { names, words }: Context): readonly string[] {
  const { branches } = names;
  if (branches.typeOf(layer) !== 'dropout') return [];
  const rate = branches.rateOf(layer);
  return [words.images.dropout(formatPercent(rate, 3), formatNumber(1 - rate))];
}
