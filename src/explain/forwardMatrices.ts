/** A layer's forward rules in matrices, and the slopes of its activation. */
import type { LayerMatrices, SampleMatrices } from '../engine/matrixFacts';
import { activationFormulas } from './activationFormulas';
import type { Expression } from './explanation';
import { call, exponential, number, primed, quotient, sum } from './expressions';
import type { MatrixStep } from './matrixCard';
import { inSymbols, type Matrix } from './matrixEquation';
import { sourceOf, step, weightedInputsOf, weightsOf, type Sampled } from './matrixStep';

/** z and a; nothing of the input. */
export function forwardSteps(sampled: Sampled): readonly MatrixStep[] {
  const { facts, sample } = sampled;
  if (!sample.weightedInput || !facts.activation) return [];
  const z = weightedInputsOf(sampled);
  const { branches } = sampled.maker.context.names;
  if (facts.weights) return [weightedSum(sampled, z), activationStep(sampled, z)];
  const isOwn =
    branches.windowOf(facts.layer) !== undefined || branches.typeOf(facts.layer) === 'batchNorm';
  return [...(isOwn ? [] : [mergedSum(sampled, z)]), activationStep(sampled, z)];
}

/** z = W·a + b */
function weightedSum(sampled: Sampled, z: Matrix): MatrixStep {
  const { facts, sample, maker } = sampled;
  const { names } = maker.context;
  const { layer, units, bias, inputs } = facts;
  const [weights, source] = [weightsOf(facts, maker), sourceOf(sampled)];
  const rest = inputs && maker.rest(maker.side(units), inputs, sample.rest);
  const weighted = maker.weigh(weights, source, rest);
  const apart = bias && !maker.biasPlace;
  const biases = apart ? [maker.vector(names.vector('bias', layer), maker.side(units), bias)] : [];
  return step(maker, 'weightedInput', {
    rule: { left: z.name, forms: [sum(inSymbols(weighted), ...biases.map(({ name }) => name))] },
    equation: {
      left: z,
      right: biases.length > 0 ? { type: 'sum', terms: [weighted, ...biases] } : weighted,
    },
  });
}

/** z = a + a, one a behind the other, or a as it is. */
function mergedSum({ facts, sample, maker }: Sampled, z: Matrix): MatrixStep {
  const { names } = maker.context;
  const parts = sample.sources.map(({ units, activation }) =>
    maker.vector(names.vector('activation', units.layer), maker.side(units), activation),
  );
  const symbols = parts.map(({ name }) => name);
  const isAdd = names.branches.typeOf(facts.layer) !== 'concat';
  return step(maker, 'weightedInput', {
    rule: { left: z.name, forms: [isAdd ? sum(...symbols) : call('concat', ...symbols)] },
    equation: { left: z, right: isAdd ? { type: 'sum', terms: parts } : { type: 'stack', parts } },
    notes: ['asItIs'],
  });
}

/** a = f(z) */
function activationStep({ facts, sample, maker }: Sampled, z: Matrix): MatrixStep {
  const { names } = maker.context;
  const { activation: f = 'linear', layer, units } = facts;
  const name = names.activationFunction(f);
  const formula = activationFormulas[f];
  const a = maker.vector(names.vector('activation', layer), maker.side(units), sample.activation);
  const softmax = softmaxOf(facts, sample);
  return step(maker, 'activation', {
    rule: { left: a.name, forms: [call(name, z.name)] },
    equation: {
      left: a,
      right: {
        type: 'elementwise',
        name,
        operands: [z],
        write: ([at], row, column) =>
          formula.wholeLayer
            ? softmax(Math.max(row, column))
            : formula.value({ z: number(at), a: number(at), anyZ: number(at), at }),
        ...(formula.wholeLayer && { wholeVector: true }),
      },
    },
  });
}

/** Beyond this e^z or its inverse has no number. */
const LARGE_Z = 300;

/** e^z / Σ e^z, where all of it is there to be written; else the number alone. */
function softmaxOf(
  { units, place }: LayerMatrices,
  { weightedInput: z = [], activation: a }: SampleMatrices,
): (j: number) => Expression {
  const isWhole =
    place === undefined &&
    units.shown.length === units.length &&
    z.every(at => Math.abs(at) < LARGE_Z);
  return j =>
    isWhole
      ? quotient(exponential(number(z[j])), sum(...z.map(at => exponential(number(at)))))
      : number(a[j]);
}

/** f′(z), neuron by neuron: not of a softmax. */
export function slopeOf(sampled: Sampled): { step: MatrixStep; slopes: Matrix } {
  const { facts, sample, maker } = sampled;
  const { names } = maker.context;
  const { layer, units, activation: f = 'linear' } = facts;
  const { activation: a, derivative: slopes = [] } = sample;
  const z = weightedInputsOf(sampled);
  const name = primed(names.activationFunction(f));
  const left = maker.vector(call(name, z.name), maker.side(units), slopes);
  const anyZ = names.weightedInput(layer, 'j');
  const general = { z: anyZ, a: names.activation(layer, 'j'), anyZ };
  const { slope } = activationFormulas[f];
  return {
    slopes: left,
    step: step(maker, 'slope', {
      rule: { left: call(name, anyZ), forms: [slope(general)] },
      equation: {
        left,
        right: {
          type: 'elementwise',
          name,
          operands: [z],
          write: ([at], row, column) =>
            slope({ z: number(at), a: number(a[Math.max(row, column)]), anyZ: number(at), at }),
        },
      },
    }),
  };
}
