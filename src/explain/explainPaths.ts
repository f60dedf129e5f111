/** A gradient as the sum over all paths from its parameter to the loss: the chain rule before anything is stored. */
import type { GradientPath, ParameterFacts, PathFacts, PathStep } from '../engine/facts';
import { total, type Context } from './context';
import { slopeSymbol } from './errorFormulas';
import type { Equation, Expression, Line, PathSum } from './explanation';
import { derivative, number, product, symbol } from './expressions';
import { multiplied } from './normalised';
import { slopeOfFeature } from './sums';

/** @param parameter its symbol */
export function explainPaths(
  facts: ParameterFacts,
  { paths, more, count, multiplications }: PathFacts,
  context: Context,
  parameter: Expression,
): PathSum {
  const rest = more.count === 0 ? [] : [context.rest(more.count, more.sum)];
  const parts = paths.map((_, index) => pathSymbol(index));
  const values = paths.map(path => number(path.product));
  return {
    lines: paths.map((path, index) => pathLine(facts, path, index, context)),
    total: {
      left: derivative(context.names.loss(), parameter),
      forms: [total([...parts, ...rest]), total([...values, ...rest])],
      value: facts.gradient,
    },
    counts: context.words.pathCounts(count, multiplications.apart, multiplications.shared),
  };
}

const pathSymbol = (index: number): Expression => symbol('p', String(index + 1));

function pathLine(
  facts: ParameterFacts,
  path: GradientPath,
  index: number,
  context: Context,
): Line {
  const { names, words } = context;
  const ends = [...path.steps, { layer: names.lastLayer, row: path.output }];
  const neurons = ends.map(({ layer, row }) => names.neuronNumber(layer, row));
  return {
    role: 'part',
    label: words.path(index + 1, neurons),
    equation: pathEquation(facts, path, index, context),
  };
}

/** p = a · f′(z) · w · … · δ */
function pathEquation(
  facts: ParameterFacts,
  { steps, output, delta, product: value }: GradientPath,
  index: number,
  context: Context,
): Equation {
  const { names } = context;
  const { target, source = 1 } = facts;
  const last = { layer: names.lastLayer, row: output };
  const symbols = [
    ...(target.type === 'weight' ? [multiplied(target, context)] : []),
    ...steps.flatMap((step, i) => stepSymbols(step, steps[i + 1] ?? last, context)),
    names.error(names.lastLayer, output),
  ];
  const numbers = [
    ...(target.type === 'weight' ? [number(source)] : []),
    ...steps.flatMap(({ derivative: slope, weight, identity }) =>
      identity ? [number(slope)] : [number(slope), number(weight)],
    ),
    number(names.errorValue(delta)),
  ];
  return {
    left: pathSymbol(index),
    forms: [names.signed(product(...symbols)), names.signed(product(...numbers))],
    value,
  };
}

/** f′(z) of a neuron and the weight to the next one. */
function stepSymbols(
  { layer, row, activation, identity }: PathStep,
  next: { readonly layer: number; readonly row: number },
  context: Context,
): readonly Expression[] {
  const slope = slopeSymbol({ activation, target: { layer, row } }, context);
  if (identity) return [slope];
  const { names } = context;
  const { branches } = names;
  const isNorm = branches.typeOf(next.layer) === 'batchNorm';
  const weight = isNorm
    ? slopeOfFeature(next.layer, branches.rowOf(next.layer, next.row), names)
    : names.weight(next.layer, next.row, row);
  return [slope, weight];
}
