/**
 * Why δ = a − y: what lies between ∂C/∂a and ∂C/∂z where the slope of the output cancels that of the loss.
 *
 * All of it is about ∂C/∂z itself, so no line depends on the sign that a notation gives δ.
 */
import type { NeuronFacts } from '../engine/facts';
import { activationFormulas } from './activationFormulas';
import { type Context, total, writtenOut } from './context';
import type { Equation, Expression, Line, Rule } from './explanation';
import {
  bigSum,
  call,
  derivative,
  minus,
  negate,
  number,
  primed,
  product,
  quotient,
} from './expressions';
import { lossFormula, substitutable } from './lossFormulas';

type OutputLayer = NonNullable<NeuronFacts['outputLayer']>;
type CrossEntropy = NonNullable<OutputLayer['crossEntropy']>;

/** Targets of cross-entropy usually sum to 1, to within rounding: then a Σ y − y is a − y. */
export function targetsAreShares(others: CrossEntropy): boolean {
  return Math.abs(targetSum(others) - 1) <= 1e-12;
}

const targetSum = ({ outputs, more }: CrossEntropy): number =>
  outputs.reduce((sum, { target }) => sum + target, more.targets);

/** The lines before δ = a − y; nothing for an output whose slope does not cancel. */
export function cancellation(facts: NeuronFacts, context: Context): readonly Line[] {
  const { outputLayer } = facts;
  if (!outputLayer?.fused) return [];
  return outputLayer.crossEntropy
    ? ofSoftmax(facts, outputLayer, outputLayer.crossEntropy, context)
    : ofOneOutput(facts, outputLayer, context);
}

/** The loss divides by a(1 − a), by which the slope of the sigmoid multiplies. */
function ofOneOutput(facts: NeuronFacts, { target }: OutputLayer, context: Context): Line[] {
  const { names, words } = context;
  const { layer, row } = facts.target;
  const { output, activation } = facts;
  const z = names.weightedInput(layer, row);
  const a = names.activation(layer, row);
  const { slope: slopeOf } = activationFormulas[activation];
  const { slope: effectOf } = lossFormula(facts.loss);
  const left = derivative(names.loss(), a);
  const inSymbols = effectOf({ a, y: names.target(row) });
  // Where the activation is 0 or 1 to many digits, its own digits no longer say how far it is from there.
  const effect: Equation | Rule = substitutable(facts.loss, output)
    ? {
        left,
        forms: [inSymbols, effectOf({ a: number(output), y: number(target) })],
        value: facts.outputGradient,
      }
    : { left, forms: [inSymbols] };
  const slope: Equation = {
    left: call(primed(names.activationFunction(activation)), z),
    forms: [slopeOf({ z, a, anyZ: z }), slopeOf({ z, a: number(output), anyZ: z })],
    value: facts.derivative,
  };
  return [
    context.line('part', 'outputGradient', effect, words.reasons.dividesBySlope),
    context.line('derivative', 'slope', slope),
  ];
}

function ofSoftmax(
  facts: NeuronFacts,
  outputLayer: OutputLayer,
  others: CrossEntropy,
  context: Context,
): Line[] {
  const { reasons } = context.words;
  const { names } = context;
  const { layer, row } = facts.target;
  const [a, y] = [names.activation(layer, 'k'), names.target('k')];
  const byZ = (of: Expression) => derivative(of, names.weightedInput(layer, row));
  const left = byZ(names.loss());
  const [effect, slope] = [derivative(names.loss(), a), byZ(a)];
  const distance = minus(names.isOutput('k', row), names.activation(layer, row));
  const chain: Rule = { left, forms: [bigSum('k', product(effect, slope))] };
  const general = product(negate(quotient(y, a)), a, distance);
  const cancelled: Equation = {
    left,
    forms: [
      bigSum('k', general),
      negate(bigSum('k', product(y, distance))),
      total(shares(facts, others, context)),
    ],
    value: facts.delta,
  };
  return [
    context.line('rule', 'chainRule', chain, reasons.throughEveryOutput),
    context.line('rule', 'outputGradient', { left: effect, forms: [negate(quotient(y, a))] }),
    context.line(
      'rule',
      'slope',
      { left: slope, forms: [product(a, distance)] },
      reasons.indicator,
    ),
    ...slopes(facts, others, context),
    context.line('part', 'together', cancelled, reasons.activationCancels),
    collected(facts, outputLayer, others, context),
  ];
}

/** ∂aₖ/∂z of this output, and of the first others. */
function slopes(facts: NeuronFacts, { outputs }: CrossEntropy, context: Context): Line[] {
  const { names } = context;
  const { layer, row } = facts.target;
  const own = names.activation(layer, row);
  const z = names.weightedInput(layer, row);
  const others = outputs.filter(output => output.row !== row).slice(0, writtenOut - 1);
  const one = number(1);
  return [...outputs.filter(output => output.row === row), ...others].map(output => {
    const a = names.activation(layer, output.row);
    const isOwn = output.row === row;
    const equation: Equation = {
      left: derivative(a, z),
      forms: isOwn
        ? [
            product(a, minus(one, own)),
            product(number(output.output), minus(one, number(facts.output))),
          ]
        : [negate(product(a, own)), negate(product(number(output.output), number(facts.output)))],
      value: isOwn ? facts.derivative : 0 - output.output * facts.output,
    };
    return context.line('derivative', 'slope', equation);
  });
}

/** −yₖ (1[k = j] − a) of each output, in numbers. */
function shares(
  { target, output }: NeuronFacts,
  { outputs, more }: CrossEntropy,
  context: Context,
): readonly Expression[] {
  const a = number(output);
  const terms = outputs.map(({ row, target: y }) =>
    row === target.row ? negate(product(number(y), minus(number(1), a))) : product(number(y), a),
  );
  return more.count === 0 ? terms : [...terms, context.rest(more.count, output * more.targets)];
}

/** −Σ y (1[k = j] − a) = a Σ y − y */
function collected(
  facts: NeuronFacts,
  { target }: OutputLayer,
  others: CrossEntropy,
  context: Context,
): Line {
  const { names, words } = context;
  const { layer, row } = facts.target;
  const equation: Equation = {
    left: derivative(names.loss(), names.weightedInput(layer, row)),
    forms: [
      minus(
        product(names.activation(layer, row), bigSum('k', names.target('k'))),
        names.target(row),
      ),
      minus(product(number(facts.output), number(targetSum(others))), number(target)),
    ],
    value: facts.delta,
  };
  const note = targetsAreShares(others) ? words.reasons.targetsAreShares : undefined;
  return context.line('part', 'together', equation, note);
}
