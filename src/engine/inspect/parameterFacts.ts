/** Facts about one weight or bias. */
import type { ParameterFacts, SampleGradient, Target, UpdateFacts } from '../facts';
import { reductionFactor } from '../losses';
import { updateOne } from '../optimizers';
import { penaltyDerivative, penaltyScale } from '../penalty';
import type { BatchPass } from './batchPass';
import {
  factsBase,
  gradientOf,
  parameterIndex,
  parametersOf,
  tableOf,
  type Context,
  type Passed,
} from './context';
import { activationsOf, type SamplePass } from './samplePass';

type ParameterTarget = Extract<Target, { type: 'weight' | 'bias' }>;

export function parameterFacts(
  context: Context,
  passed: Passed,
  target: ParameterTarget,
): ParameterFacts {
  const column = target.type === 'weight' ? target.column : 0;
  const index = parameterIndex(context.plan, target.layer, target.type, target.row, column);
  const parts =
    passed.type === 'sample'
      ? sampleParts(context, passed.sample, target, index)
      : batchParts(context, passed.batch, target, index);
  const value = parametersOf(passed)[index];
  return {
    ...factsBase(context, passed),
    ...parts,
    type: target.type,
    target,
    value,
    rank: rankOf(gradientOf(passed), index),
    update: updateFacts(context, passed, target, index, value),
  };
}

type Parts = Pick<
  ParameterFacts,
  | 'gradient'
  | 'data'
  | 'penalty'
  | 'delta'
  | 'source'
  | 'perSample'
  | 'moreSamples'
  | 'reductionFactor'
>;

/** The layer whose activations a layer's weights multiply. */
function sourceLayer({ plan }: Context, layer: number): number {
  return plan.operations[layer].sources[0].layer;
}

function sampleParts(
  context: Context,
  sample: SamplePass,
  target: ParameterTarget,
  index: number,
): Parts {
  const gradient = sample.gradient[index];
  const { layer, row } = target;
  const below = activationsOf(sample, sourceLayer(context, layer));
  return {
    gradient,
    data: gradient,
    penalty: 0,
    delta: sample.layers[layer].delta[row],
    source: target.type === 'weight' ? below[target.column] : 1,
    perSample: [],
    moreSamples: { count: 0, sum: 0 },
    reductionFactor: 1,
  };
}

function batchParts(
  context: Context,
  batch: BatchPass,
  target: ParameterTarget,
  index: number,
): Parts {
  const { layer, row } = target;
  const below = sourceLayer(context, layer) + 1;
  const perSample: SampleGradient[] = batch.kept.map(({ index: sample, activations, deltas }) => {
    const source = target.type === 'weight' ? activations[below][target.column] : 1;
    return { index: sample, gradient: deltas[layer][row] * source };
  });
  const named = perSample.reduce((sum, { gradient }) => sum + gradient, 0);
  const own = batch.ownGradients[index];
  const count = batch.samples - perSample.length;
  return {
    gradient: batch.gradient[index],
    data: batch.reductionFactor * own,
    penalty: batch.penaltyGradient(index),
    delta: undefined,
    source: undefined,
    perSample,
    moreSamples: { count, sum: count === 0 ? 0 : own - named },
    reductionFactor: batch.reductionFactor,
  };
}

/** 1 = no other gradient is larger. */
function rankOf(gradient: Float64Array, index: number): { position: number; of: number } {
  const size = Math.abs(gradient[index]);
  let position = 1;
  for (let i = 0; i < gradient.length; i++) if (Math.abs(gradient[i]) > size) position += 1;
  return { position, of: gradient.length };
}

function updateFacts(
  context: Context,
  passed: Passed,
  target: ParameterTarget,
  index: number,
  value: number,
): UpdateFacts {
  const { network, plan, optimizerState } = context;
  const { optimizer } = network.training;
  const scale = tableOf(plan, target.layer, target.type)?.learningRateScale ?? 0;
  const learningRate = optimizer.learningRate * scale;
  const gradient =
    passed.type === 'batch'
      ? passed.batch.gradient[index]
      : gradientOfBatchOfOne(context, passed.sample, target, index);
  const update = updateOne(optimizer, learningRate, value, gradient, index, optimizerState);
  return { learningRate, gradient, ...update };
}

/** The step's gradient if this sample alone were the batch: reduction and penalty included. */
function gradientOfBatchOfOne(
  { network, plan }: Context,
  sample: SamplePass,
  target: ParameterTarget,
  index: number,
): number {
  const { loss, regularization } = network;
  const data = reductionFactor(loss.reduction, 1, plan.outputSize) * sample.gradient[index];
  if (!tableOf(plan, target.layer, target.type)?.penalised) return data;
  const scale = penaltyScale(regularization, 1);
  return data + penaltyDerivative(regularization, scale, sample.parameters[index]);
}
