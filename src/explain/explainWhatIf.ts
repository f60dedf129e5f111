/**
 * What a push does to the loss: the linear part that the gradient predicts, and the true change.
 *
 * The formulas print no difference of two losses: where a push is small, their digits would cancel.
 */
import type { NeuronFacts, ParameterFacts } from '../engine/facts';
import { Context } from './context';
import type { Equation, Expression } from './explanation';
import { call, derivative, minus, number, product, sum } from './expressions';
import type { Names } from './names';
import type { NotationProfile } from './notationProfile';
import { changeOf } from './updateFormula';
import type { Words } from './words';

export interface Push {
  /** z, w or b. */
  readonly pushed: Expression;
  /** Δz, Δw or Δb. */
  readonly shift: Expression;
  /** C, and ΔC. */
  readonly loss: Expression;
  readonly change: Expression;
  /** ∂C/∂z, ∂C/∂w or ∂C/∂b, whatever the notation calls it. */
  readonly slope: Expression;
  /** ΔC ≈ δ · Δz, or ∂C/∂w · Δw. */
  readonly predicted: Equation;
  /** ΔC = C(z + Δz) − C(z) */
  readonly actual: Equation;
}

/** ∂C/∂z or ∂C/∂parameter: what predicts. */
export function slopeOf(facts: NeuronFacts | ParameterFacts): number {
  return facts.type === 'neuron' ? facts.delta : facts.gradient;
}

/** z, or the parameter's value: where the push begins. */
export function startOf(facts: NeuronFacts | ParameterFacts): number {
  return facts.type === 'neuron' ? facts.weightedInput : facts.value;
}

/** The predicted and the true change of the loss. @param change C(start + shift) − C(start) */
export function explainPush(
  facts: NeuronFacts | ParameterFacts,
  profile: NotationProfile,
  words: Words,
  { shift, change }: { readonly shift: number; readonly change: number },
): Push {
  const { names } = new Context(facts, profile, words);
  const pushed = pushedOf(facts, names);
  const loss = names.loss();
  const [ofPushed, ofLoss] = [changeOf(pushed), changeOf(loss)];
  const start = number(startOf(facts));
  const [slope, slopeNumber] = slopes(facts, names, pushed);
  // With δ = −∂C/∂z the loss changes by −δ Δz.
  const signed = (by: Expression): Expression => (facts.type === 'neuron' ? names.signed(by) : by);
  return {
    pushed,
    shift: ofPushed,
    loss,
    change: ofLoss,
    slope: derivative(loss, pushed),
    predicted: {
      left: ofLoss,
      forms: [signed(product(slope, ofPushed)), signed(product(slopeNumber, number(shift)))],
      value: slopeOf(facts) * shift,
    },
    actual: {
      left: ofLoss,
      forms: [
        minus(call(loss, sum(pushed, ofPushed)), call(loss, pushed)),
        minus(call(loss, sum(start, number(shift))), call(loss, start)),
      ],
      value: change,
    },
  };
}

function pushedOf({ type, target }: NeuronFacts | ParameterFacts, names: Names): Expression {
  const { layer, row } = target;
  if (target.type === 'weight') return names.weight(layer, row, target.column);
  return type === 'neuron' ? names.weightedInput(layer, row) : names.bias(layer, row);
}

/** Its symbol, and the number that stands for it in this notation. */
function slopes(
  facts: NeuronFacts | ParameterFacts,
  names: Names,
  pushed: Expression,
): readonly [Expression, Expression] {
  if (facts.type !== 'neuron') return [derivative(names.loss(), pushed), number(facts.gradient)];
  const { layer, row } = facts.target;
  return [names.error(layer, row), number(names.errorValue(facts.delta))];
}
