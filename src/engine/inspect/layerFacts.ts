/** Facts about a whole layer, and about the loss. */
import type { LayerFacts, LossFacts, Statistics, Target } from '../facts';
import {
  checkLayer,
  cut,
  factsBase,
  gradientOf,
  parametersOf,
  scheduleFacts,
  tableOf,
  type Context,
  type Passed,
} from './context';
import { penaltySums } from '../penalty';
import { layerRateAt } from '../schedule';
import { mergeStatistics, statisticsOf } from './statistics';
import { updatesOf } from './updates';

export function layerFacts(
  context: Context,
  passed: Passed,
  target: Extract<Target, { type: 'layer' }>,
): LayerFacts {
  const { plan, network, optimizerState } = context;
  const { layer } = target;
  checkLayer(plan, layer);
  const operation = layer === -1 ? undefined : plan.operations[layer];
  const weights = tableOf(plan, layer, 'weight');
  const biases = tableOf(plan, layer, 'bias');
  const statistics = (values: Float64Array, table: typeof weights): Statistics | undefined =>
    table && statisticsOf(cut(values, table));
  return {
    ...factsBase(context, passed),
    type: 'layer',
    target,
    activation: operation?.activation,
    units: operation?.units ?? plan.inputSize,
    inputs: operation?.inputs ?? 0,
    parameters: (weights?.length ?? 0) + (biases?.length ?? 0),
    weights: statistics(parametersOf(passed), weights),
    weightGradients: statistics(gradientOf(passed), weights),
    weightUpdates: weights && statistics(updatesOf(context, passed), weights),
    biases: statistics(parametersOf(passed), biases),
    biasGradients: statistics(gradientOf(passed), biases),
    ...activityOf(passed, layer),
    ...scheduleFacts(context, layer),
    learningRate: layerRateAt(network, layer, optimizerState?.epoch ?? 0),
  };
}

/** Activations and deltas: over the neurons of one sample, or over all samples and neurons. */
function activityOf(passed: Passed, layer: number): Pick<LayerFacts, 'outputs' | 'delta'> {
  if (passed.type === 'sample') {
    const { sample } = passed;
    if (layer === -1) return { outputs: statisticsOf(sample.input), delta: undefined };
    const { activation, delta } = sample.layers[layer];
    return { outputs: statisticsOf(activation), delta: statisticsOf(delta) };
  }
  const neurons = passed.batch.neurons[layer + 1];
  return {
    outputs: mergeStatistics(neurons.map(({ output }) => output.statistics)),
    delta: layer === -1 ? undefined : mergeStatistics(neurons.map(({ delta }) => delta.statistics)),
  };
}

export function lossFacts(context: Context, passed: Passed): LossFacts {
  const sums = penaltySums(parametersOf(passed), context.plan.parameterTables);
  return {
    ...factsBase(context, passed),
    ...(passed.type === 'sample' ? sampleLossParts(passed) : batchLossParts(passed)),
    type: 'loss',
    target: { type: 'loss' },
    squaredWeights: sums.squared,
    absoluteWeights: sums.absolute,
  };
}

type LossParts = Pick<
  LossFacts,
  'data' | 'penalty' | 'outputs' | 'perSample' | 'moreSamples' | 'reductionFactor'
>;

function sampleLossParts({ sample }: Extract<Passed, { type: 'sample' }>): LossParts {
  const { activation } = sample.layers[sample.layers.length - 1];
  return {
    data: sample.loss,
    penalty: 0,
    outputs: sample.shares.map((share, row) => ({
      target: sample.target[row],
      output: activation[row],
      share,
    })),
    perSample: [],
    moreSamples: { count: 0, sum: 0 },
    reductionFactor: 1,
  };
}

function batchLossParts({ batch }: Extract<Passed, { type: 'batch' }>): LossParts {
  const perSample = batch.kept.map(({ index, loss }) => ({ index, loss }));
  const named = perSample.reduce((sum, { loss }) => sum + loss, 0);
  const count = batch.samples - perSample.length;
  return {
    data: batch.reductionFactor * batch.lossSum,
    penalty: batch.penalty,
    outputs: [],
    perSample,
    moreSamples: { count, sum: count === 0 ? 0 : batch.lossSum - named },
    reductionFactor: batch.reductionFactor,
  };
}
