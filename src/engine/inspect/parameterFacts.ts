/** Facts about one weight or bias. */
import type { ClipFacts, ParameterFacts, SampleGradient, Target, UpdateFacts } from '../facts';
import { clipFactor, clipOne, clips } from '../clip';
import { updateOne } from '../optimizers';
import { isTrained, type Plan } from '../plan';
import { layerRateAt } from '../schedule';
import type { BatchPass } from './batchPass';
import {
  factsBase,
  gradientOf,
  parameterIndex,
  parametersOf,
  scheduleFacts,
  tableOf,
  type Context,
  type Passed,
} from './context';
import { layerNeuron } from './neuronFacts';
import { isBatchNorm, multipliedBy } from './normalised';
import { pathFacts } from './paths';
import { isPerceptron, perceptronOfBatch, perceptronOfSample } from './perceptron';
import { activationsOf, type SamplePass } from './samplePass';
import { addUp, sharedFacts, usesOfTarget } from './shared';
import { stepGradientAt, stepNorm } from './updates';

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
    rank: rankOf(gradientOf(passed), index, context.plan),
    update: updateFacts(context, passed, target, index, value),
    perceptron: perceptronFacts(context, passed, target, index),
  };
}

type Parts = Pick<
  ParameterFacts,
  | 'gradient'
  | 'data'
  | 'penalty'
  | 'delta'
  | 'source'
  | 'neuron'
  | 'paths'
  | 'shared'
  | 'perSample'
  | 'moreSamples'
  | 'reductionFactor'
>;

/** The layer whose activations a layer's weights multiply. */
function sourceLayer({ plan }: Context, layer: number): number {
  return plan.operations[layer].sources[0].layer;
}

/** The number below that a weight multiplies: of a batchNorm that of its own feature. */
function columnOf(
  { plan }: Context,
  { layer, row, column }: Extract<Target, { type: 'weight' }>,
): number {
  return isBatchNorm(plan.operations[layer]) ? row : column;
}

function sampleParts(
  context: Context,
  sample: SamplePass,
  target: ParameterTarget,
  index: number,
): Parts {
  const gradient = sample.gradient[index];
  const { layer, row } = target;
  const own = { gradient, data: gradient, penalty: 0, ...ONE_SAMPLE };
  const shared = sharedFacts(context.plan, target, sample);
  if (shared) return { ...own, ...NO_NEURON, shared };
  const activations = activationsOf(sample, sourceLayer(context, layer));
  const below = multipliedBy(context.plan, layer, sample.parameters, activations);
  const source = target.type === 'weight' ? below[columnOf(context, target)] : 1;
  return {
    ...own,
    delta: sample.layers[layer].delta[row],
    source,
    neuron: layerNeuron(context, sample, { type: 'neuron', layer, row }),
    paths: pathFacts(context, sample, target, source),
  };
}

const ONE_SAMPLE = { perSample: [], moreSamples: { count: 0, sum: 0 }, reductionFactor: 1 };

/** What hangs on the one neuron of a parameter. */
const NO_NEURON = { delta: undefined, source: undefined, neuron: undefined, paths: undefined };

function batchParts(
  context: Context,
  batch: BatchPass,
  target: ParameterTarget,
  index: number,
): Parts {
  const { layer, row } = target;
  const below = sourceLayer(context, layer) + 1;
  const uses = usesOfTarget(context.plan, target);
  const perSample: SampleGradient[] = batch.kept.map(({ index: sample, activations, deltas }) => {
    const all = multipliedBy(context.plan, layer, batch.parameters, activations[below]);
    if (uses) return { index: sample, gradient: addUp(uses, all, deltas[layer]) };
    const source = target.type === 'weight' ? all[columnOf(context, target)] : 1;
    return { index: sample, gradient: deltas[layer][row] * source };
  });
  const named = perSample.reduce((sum, { gradient }) => sum + gradient, 0);
  const own = batch.ownGradients[index];
  const count = batch.samples - perSample.length;
  return {
    gradient: batch.gradient[index],
    data: batch.reductionFactor * own,
    penalty: batch.penaltyGradient(index),
    ...NO_NEURON,
    perSample,
    moreSamples: { count, sum: count === 0 ? 0 : own - named },
    reductionFactor: batch.reductionFactor,
  };
}

function perceptronFacts(
  { network }: Context,
  passed: Passed,
  target: ParameterTarget,
  index: number,
): ParameterFacts['perceptron'] {
  if (!isPerceptron(network)) return undefined;
  const place = { row: target.row, column: target.type === 'weight' ? target.column : undefined };
  return passed.type === 'sample'
    ? perceptronOfSample(passed.sample, place)
    : perceptronOfBatch(passed.batch, place, index);
}

/** 1 = no other gradient is larger. */
function rankOf(
  gradient: Float64Array,
  index: number,
  { parameterTables }: Plan,
): { position: number; of: number } {
  const size = Math.abs(gradient[index]);
  let position = 1;
  for (let i = 0; i < gradient.length; i++) if (Math.abs(gradient[i]) > size) position += 1;
  const trained = parameterTables.filter(isTrained);
  return { position, of: trained.reduce((sum, { length }) => sum + length, 0) };
}

function updateFacts(
  context: Context,
  passed: Passed,
  target: ParameterTarget,
  index: number,
  value: number,
): UpdateFacts {
  const { network, optimizerState: state } = context;
  const { optimizer, clip } = network.training;
  const learningRate = layerRateAt(network, target.layer, state?.epoch ?? 0);
  const table = tableOf(context.plan, target.layer, target.type);
  const gradient = stepGradientAt(context, passed, table, index);
  const clipped = clips(clip) ? clipFacts(context, passed) : undefined;
  const taken = clipOne(clip, clipped?.factor ?? 1, gradient);
  const update = updateOne(optimizer, learningRate, value, taken, index, state);
  const limits = { ...scheduleFacts(context, target.layer), ...(clipped && { clip: clipped }) };
  return { learningRate, gradient, taken, ...limits, ...update };
}

function clipFacts(context: Context, passed: Passed): ClipFacts {
  const { clip } = context.network.training;
  if (clip.norm === null) return { ...clip, length: undefined, factor: 1 };
  const length = stepNorm(context, passed);
  return { ...clip, length, factor: clipFactor(clip, length) };
}
