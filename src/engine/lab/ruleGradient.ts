/** The gradient by a rule of the lab: the plain chain rule with the rule's factors left out. */
import type { Dataset } from '../../data/dataset';
import type { Network } from '../../network/network';
import { inferShapes } from '../../network/shapes';
import { reductionFactor } from '../losses';
import { penaltyDerivatives } from '../penalty';
import { parameterTablesOf } from '../plan';
import { Chains, type Chain } from './chain';
import type { LabRule, PenaltyRule, SlopeRule } from './presets';

/** The chain of backpropagation as it is right. */
export const RIGHT_CHAIN: Chain = {
  ownDropped: new Set(),
  passedDropped: new Set(),
  transposed: false,
  lastBias: false,
  otherHalf: false,
};

/**
 * ∂C/∂parameter as this rule would have it, in the file's order, in float64.
 *
 * @param samples indices into the data, at least one
 * @param parameters in the file's order
 */
export function ruleGradient(
  rule: LabRule,
  network: Network,
  dataset: Dataset,
  samples: Uint32Array,
  parameters: Float64Array,
): Float64Array {
  const { reduction } = network.loss;
  const chains = new Chains(network, dataset, samples, parameters);
  const result = chains.gradient(chainOf(rule, network.layers.length));
  const factor = rule.reduction
    ? 1
    : reductionFactor(reduction, samples.length, dataset.outputSize);
  const extra = penaltyGradient(network, parameters, samples.length, rule.penalty);
  const sign = rule.sign ? -1 : 1;
  for (let i = 0; i < result.length; i++) result[i] = sign * (factor * result[i] + extra[i]);
  return result;
}

/** Which f′ a rule leaves out of how many layers. */
function chainOf(rule: LabRule, layers: number): Chain {
  const { slope, transpose, biasSum, lossFactor } = rule;
  const [own, passed] = droppedBy(slope, layers);
  return {
    ownDropped: new Set(own),
    passedDropped: new Set(passed),
    transposed: transpose,
    lastBias: biasSum,
    otherHalf: lossFactor,
  };
}

function droppedBy(slope: SlopeRule, count: number): readonly [own: number[], passed: number[]] {
  const all = Array.from({ length: count }, (_, layer) => layer);
  const dropped: { readonly [S in SlopeRule]: number[] } = {
    kept: [],
    hidden: all.slice(0, -1),
    output: all.slice(-1),
    all,
    update: all,
  };
  return [slope === 'update' ? [] : dropped[slope], dropped[slope]];
}

/** What the penalty adds to each gradient, in the file's order. */
export function penaltyGradient(
  network: Network,
  parameters: Float64Array,
  samples: number,
  penalty: PenaltyRule,
): Float64Array {
  if (penalty === 'forgotten') return new Float64Array(parameters.length);
  const tables = parameterTablesOf(network, inferShapes(network));
  const blocks = penalty === 'kept' ? tables : tables.map(each => ({ ...each, penalised: true }));
  return penaltyDerivatives(network.regularization, samples, parameters, blocks);
}
