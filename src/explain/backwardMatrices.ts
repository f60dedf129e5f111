/** Error terms of a layer in matrices: what the layers behind it send back, or what the loss asks of the outputs. */
import type { Axis, ConsumerMatrices, Vector } from '../engine/matrixFacts';
import type { Expression } from './explanation';
import { slopeOf } from './forwardMatrices';
import {
  bigSum,
  derivative,
  hadamard,
  number,
  primed,
  product,
  sum,
  symbol,
  transposed,
} from './expressions';
import { lossFormula } from './lossFormulas';
import type { MatrixStep } from './matrixCard';
import { inSymbols, type Matrix, type MatrixExpression } from './matrixEquation';
import { transpose, type MatrixMaker } from './matrixMaker';
import { errorsOf, step, type Sampled } from './matrixStep';
import type { Names } from './names';
import type { MatrixNote } from './words';

/** From the loss or from the layers behind to δ; of the input to ∂C/∂a. */
export function backwardSteps(sampled: Sampled): readonly MatrixStep[] {
  const { facts, sample } = sampled;
  if (facts.layer === -1)
    return sample.consumers.length > 0 ? [carriedStep(sampled, 'inputGradient')] : [];
  if (sample.output) return outputSteps(sampled);
  const slope = slopeOf(sampled);
  const carried = sample.consumers.length > 0 ? [carriedStep(sampled, 'carried')] : [];
  const { equations } = sampled.maker.context.profile;
  return [
    slope.step,
    ...carried,
    errorStep(sampled, slope.slopes, equations.hiddenError, carried.length === 0),
  ];
}

/** ∂C/∂a in the sign that goes with δ. */
function outputGradient({ facts, sample, maker }: Sampled): Matrix {
  const { names } = maker.context;
  const name = derivative(names.loss(), names.vector('activation', facts.layer));
  return maker.vector(
    names.signed(name),
    maker.side(facts.units),
    maker.inSign(sample.outputGradient),
  );
}

/** δ = ∂C/∂a ⊙ f′(z) */
function errorStep(sampled: Sampled, slopes: Matrix, name: string, unused = false): MatrixStep {
  const { maker } = sampled;
  const [left, carried] = [errorsOf(sampled), outputGradient(sampled)];
  const made = step(maker, 'error', {
    rule: { left: left.name, forms: [hadamard(carried.name, slopes.name)] },
    equation: { left, right: { type: 'hadamard', left: carried, right: slopes } },
    notes: ['hadamard'],
    name,
  });
  if (!unused) return made;
  return { ...made, notes: [...made.notes, maker.context.words.cautions.unused] };
}

// ------------------------------------------------------------------ from the layers behind

/** What every layer that takes from this one sends back, added up. */
function carriedStep(sampled: Sampled, role: 'carried' | 'inputGradient'): MatrixStep {
  const { sample, maker } = sampled;
  const parts = sample.consumers.map(consumer => carriedBy(sampled, consumer));
  const terms = parts.map(({ matrices }) => matrices);
  const left = outputGradient(sampled);
  const found = new Set(parts.flatMap(({ notes }) => notes));
  return step(maker, role, {
    rule: { left: left.name, forms: [sum(...parts.map(({ symbols }) => symbols))] },
    equation: { left, right: terms.length === 1 ? terms[0] : { type: 'sum', terms } },
    notes: [...found],
  });
}

interface Carried {
  readonly symbols: Expression;
  readonly matrices: MatrixExpression;
  readonly notes: readonly MatrixNote[];
}

/** Wᵀ·δ, with row vectors δ·W; out of a merge the errors of this layer's part of it. */
function carriedBy({ facts, maker }: Sampled, consumer: ConsumerMatrices): Carried {
  const { names } = maker.context;
  const { layer, units, delta, weights, rest, sent } = consumer;
  if (sent) return sentBack(consumer.layer, sent, facts.units, maker);
  const values = maker.inSign(delta);
  if (!weights) {
    const { length } = facts.units;
    const name = mergedErrors(consumer, facts.layer, length, names);
    // A concat has more neurons than this layer: its part of them is as long as the layer.
    const part = maker.side({ ...units, length });
    return { symbols: name, matrices: maker.vector(name, part, values), notes: ['asItIs'] };
  }
  const own = maker.side(facts.units);
  const backwards = transpose(
    maker.matrix(names.weightMatrix(layer), maker.side(units), own, weights),
  );
  const errors = maker.vector(names.vector('error', layer), maker.side(units), values);
  const left = maker.rest(own, units, rest && maker.inSign(rest));
  const matrices = maker.weigh(backwards, errors, left);
  return {
    symbols: inSymbols(matrices),
    matrices,
    notes: [
      maker.isRows ? 'rows' : 'transposed',
      ...(maker.biasPlace ? (['noBiasColumn'] as const) : []),
    ],
  };
}

/** Out of windows: their Jacobian, transposed, times their errors. */
function sentBack(layer: number, sent: Vector, own: Axis, maker: MatrixMaker): Carried {
  const { names } = maker.context;
  const jacobian = derivative(
    names.vector('weightedInput', layer),
    names.vector('activation', own.layer),
  );
  const error = names.vector('error', layer);
  const symbols = maker.isRows ? product(error, jacobian) : product(transposed(jacobian), error);
  const matrices = maker.vector(symbols, maker.side(own), maker.inSign(sent));
  return { symbols, matrices, notes: ['sentBack'] };
}

/** Of an `add` all errors, of a `concat` those of the neurons that this layer flows into. */
function mergedErrors(
  { layer, units }: ConsumerMatrices,
  own: number,
  length: number,
  names: Names,
): Expression {
  if (names.branches.typeOf(layer) !== 'concat') return names.vector('error', layer);
  const start = units.shown.length > 0 ? units.shown[0] : names.branches.startOf(layer, own);
  return names.errorPart(layer, start, start + length);
}

// ------------------------------------------------------------------ from the loss

function outputSteps(sampled: Sampled): readonly MatrixStep[] {
  const { facts, sample, maker } = sampled;
  const { output } = sample;
  const { equations } = maker.context.profile;
  if (output?.fused) return [fusedStep(sampled)];
  const given = lossStep(sampled);
  if (output?.jacobian) return [given, jacobianStep(sampled)];
  if (facts.activation === 'softmax') return [given];
  const slope = slopeOf(sampled);
  return [slope.step, given, errorStep(sampled, slope.slopes, equations.outputError)];
}

function points({ facts, sample, maker }: Sampled): { readonly a: Matrix; readonly y: Matrix } {
  const { names } = maker.context;
  const side = maker.side(facts.units);
  return {
    a: maker.vector(names.vector('activation', facts.layer), side, sample.activation),
    y: maker.vector(symbol(maker.context.profile.names.target), side, sample.output?.target ?? []),
  };
}

/** a − y in the sign that goes with δ. */
function difference(a: MatrixExpression, y: MatrixExpression, sign: 1 | -1): MatrixExpression {
  const [first, second] = sign === 1 ? [a, y] : [y, a];
  return { type: 'sum', terms: [first, { type: 'negate', operand: second }] };
}

/** ∂C/∂a by the loss's own formula. */
function lossStep(sampled: Sampled): MatrixStep {
  const { facts, maker } = sampled;
  const { names, profile } = maker.context;
  const { loss } = facts;
  const shown = points(sampled);
  const left = outputGradient(sampled);
  const { slope } = lossFormula(loss);
  if (loss.type === 'meanSquaredError') {
    const apart = difference(shown.a, shown.y, profile.errorSign);
    const symbols = names.difference(shown.a.name, shown.y.name);
    return step(maker, 'outputGradient', {
      rule: { left: left.name, forms: [loss.half ? symbols : product(number(2), symbols)] },
      equation: {
        left,
        right: loss.half ? apart : { type: 'scale', by: number(2), operand: apart },
      },
    });
  }
  const any = { a: names.activation(facts.layer, 'j'), y: names.target('j') };
  return step(maker, 'outputGradient', {
    rule: {
      left: names.signed(derivative(names.loss(), any.a)),
      forms: [names.signed(slope(any))],
    },
    equation: {
      left,
      right: {
        type: 'elementwise',
        name: names.signed(primed(names.loss())),
        operands: [shown.a, shown.y],
        write: ([a, y]) => names.signed(slope({ a: number(a), y: number(y), difference: a - y })),
      },
    },
  });
}

/** Targets of cross-entropy usually sum to 1, to within rounding. */
const WHOLE = 1e-12;

/** δ = a − y; of targets that do not sum to 1 a Σy − y. */
function fusedStep(sampled: Sampled): MatrixStep {
  const { facts, sample, maker } = sampled;
  const { names, profile } = maker.context;
  const { a, y } = points(sampled);
  const total = sample.output?.targetSum ?? 1;
  const isWhole = facts.activation !== 'softmax' || Math.abs(total - 1) <= WHOLE;
  const first: MatrixExpression = isWhole ? a : { type: 'scale', by: number(total), operand: a };
  const factor = isWhole ? a.name : product(bigSum('k', names.target('k')), a.name);
  const left = errorsOf(sampled);
  return step(maker, 'error', {
    rule: { left: left.name, forms: [names.difference(factor, y.name)] },
    equation: { left, right: difference(first, y, profile.errorSign) },
    notes: ['fused'],
    name: profile.equations.outputError,
  });
}

/** δ = (∂a/∂z)·∂C/∂a: the Jacobian of a softmax, which is its own transpose. */
function jacobianStep(sampled: Sampled): MatrixStep {
  const { facts, sample, maker } = sampled;
  const { names, profile } = maker.context;
  const { cells = [], rest } = sample.output?.jacobian ?? {};
  const side = maker.side(facts.units);
  const name = derivative(
    names.vector('activation', facts.layer),
    names.vector('weightedInput', facts.layer),
  );
  const jacobian = maker.matrix(maker.isRows ? transposed(name) : name, side, side, cells);
  const [left, given] = [errorsOf(sampled), outputGradient(sampled)];
  const leftOut = maker.rest(side, facts.units, rest && maker.inSign(rest));
  const carried = maker.weigh(jacobian, given, leftOut);
  return step(maker, 'error', {
    rule: { left: left.name, forms: [inSymbols(carried)] },
    equation: { left, right: carried },
    notes: ['jacobian'],
    name: profile.equations.outputError,
  });
}
