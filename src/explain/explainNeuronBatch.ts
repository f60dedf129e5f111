/** A neuron over all samples of the training part: what it does on the whole. */
import type { NeuronBatchFacts, Statistics } from '../engine/facts';
import { type Context, stated, statisticLines } from './context';
import type { Explanation } from './explanation';
import { call } from './expressions';
import { formatPercent } from './numbers';
import { stepCaution } from './stepCaution';

/** Statistics of the activation and of δ; of an input without δ. */
export function explainNeuronBatch(facts: NeuronBatchFacts, context: Context): Explanation {
  const { layer, row } = facts.target;
  const { names, words } = context;
  const symbol = names.activation(layer, row);
  const errors = facts.delta;
  const error = names.error(layer, row);
  return {
    symbol,
    words: words.neuron(context.place(layer, row, facts.name)),
    path: context.neuronPath(layer, row),
    headline: errors
      ? stated(call('mean', error), names.errorValue(errors.mean))
      : stated(call('mean', symbol), facts.output.mean),
    lines: [
      ...statisticLines('activation', symbol, facts.output, context),
      ...(errors ? statisticLines('error', error, inPrintedSign(errors, context), context) : []),
    ],
    cautions: cautions(facts, context),
  };
}

/** Where δ is printed as −∂C/∂z, its smallest value is minus the largest. */
function inPrintedSign(statistics: Statistics, { profile }: Context): Statistics {
  if (profile.errorSign === 1) return statistics;
  const { min, mean, max } = statistics;
  return { ...statistics, min: -max, mean: -mean, max: -min };
}

function cautions(facts: NeuronBatchFacts, { words, profile }: Context): readonly string[] {
  const { saturated = 0, dead = 0, delta, activation } = facts;
  const found: string[] = [];
  if (activation === 'step') found.push(stepCaution(facts, words));
  else if (dead > 0) found.push(words.deadShare(formatPercent(dead, 3)));
  else if (saturated > 0) found.push(words.saturatedShare(formatPercent(saturated, 3)));
  if (delta && profile.errorSign === -1) found.push(words.cautions.errorSign);
  return found;
}
