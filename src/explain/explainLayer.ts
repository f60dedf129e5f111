/** A layer: its rules in matrix form, and the sizes of its numbers. */
import type { LayerFacts, Statistics } from '../engine/facts';
import { formatPath } from '../network/network';
import { type Context, stated, statisticLines } from './context';
import type { Equation, Explanation, Expression, Line } from './explanation';
import { call, derivative, norm, number, quotient } from './expressions';
import { backwardRules, forwardRules, hasBiasColumn, type Outline } from './layerRules';
import { layerWords } from './layerWords';
import { normCaution } from './normalised';
import { dropoutCaution } from './pooled';
import { stepCaution } from './stepCaution';
import { changeOf, supposition, updateLabel } from './updateFormula';
import type { Label } from './words';

/** Of the input the activations alone: it has no rules and nothing to learn. */
export function explainLayer(facts: LayerFacts, context: Context): Explanation {
  const { layer } = facts.target;
  const { names, words } = context;
  const isInput = layer === -1;
  const activations = names.vector('activation', layer);
  const outputs = statisticLines('activation', activations, facts.outputs, context);
  return {
    symbol: activations,
    words: layerWords({ layer, units: facts.units, inputs: facts.inputs }, context),
    path: isInput ? 'input' : formatPath(['layers', layer]),
    headline: headline(facts, context),
    lines: isInput
      ? outputs
      : [
          ...forwardRules(outline(facts), context),
          ...backwardRules(outline(facts), context),
          ...normLines(facts, context),
          ...outputs,
        ],
    cautions: [
      ...dropoutCaution(layer, context),
      ...normCaution(layer, context),
      ...(facts.activation === 'step' ? [stepCaution(facts, words)] : []),
      ...(context.layerKind(layer) === 'hidden' && names.branches.consumersOf(layer).length === 0
        ? [words.cautions.unused]
        : []),
    ],
  };
}

function outline({
  target,
  activation,
  units,
  inputs,
  loss,
  weights,
  biases,
}: LayerFacts): Outline {
  const [hasWeights, hasBiases] = [weights !== undefined, biases !== undefined];
  return { layer: target.layer, activation, units, inputs, loss, hasWeights, hasBiases };
}

/** ‖∂C/∂w‖, or where there are no weights the mean value. */
function headline({ target, weightGradients, outputs }: LayerFacts, context: Context): Equation {
  const { names } = context;
  if (!weightGradients)
    return stated(call('mean', names.vector('activation', target.layer)), outputs.mean);
  return stated(
    norm(derivative(names.loss(), names.weightMatrix(target.layer))),
    weightGradients.norm,
  );
}

/** How far an update goes, and how far that is beside the weights. */
function updateLines(facts: LayerFacts, context: Context): Line[] {
  const { target, weights, weightUpdates } = facts;
  if (!weights || !weightUpdates) return [];
  const symbol = context.names.weightMatrix(target.layer);
  const [update, size] = [norm(changeOf(symbol)), norm(symbol)];
  const ratio: Equation = {
    left: quotient(update, size),
    forms: [quotient(number(weightUpdates.norm), number(weights.norm))],
    value: weightUpdates.norm / weights.norm,
  };
  const label = updateLabel(facts) === 'nextUpdate' ? 'nextUpdateNorm' : 'updateNorm';
  const norms = stated(update, weightUpdates.norm);
  const line = context.line('statistic', label, norms, supposition(facts, context));
  return weights.norm === 0 ? [line] : [line, context.line('statistic', 'updateRatio', ratio)];
}

/** Norms of parameters and gradients. */
function normLines(facts: LayerFacts, context: Context): readonly Line[] {
  const { layer } = facts.target;
  const { names } = context;
  const lines: Line[] = [];
  const add = (label: Label, of: Expression, statistics: Statistics | undefined, note = '') => {
    if (!statistics) return;
    lines.push(context.line('statistic', label, stated(norm(of), statistics.norm), note));
  };
  const alone = hasBiasColumn(outline(facts), context) ? context.words.withoutBiasColumn : '';
  const weights = names.weightMatrix(layer);
  const biases = names.vector('bias', layer);
  add('weightNorm', weights, facts.weights, alone);
  add('weightGradientNorm', derivative(names.loss(), weights), facts.weightGradients, alone);
  lines.push(...updateLines(facts, context));
  add('biasNorm', biases, facts.biases);
  add('biasGradientNorm', derivative(names.loss(), biases), facts.biasGradients);
  add('errorNorm', names.vector('error', layer), facts.delta);
  return lines;
}
