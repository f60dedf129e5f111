/** Facts about one neuron: of a sample, of the input, or over the training part. */
import { lossFunctions } from '../losses';
import type { Facts, InputFacts, NeuronBatchFacts, NeuronFacts, Target } from '../facts';
import type { Operation } from '../plan';
import { activationSlope, type BatchPass } from './batchPass';
import { checkNeuron, factsBase, tableOf, type Context, type Passed } from './context';
import { isBatchNorm, normalisedAt } from './normalised';
import { activationsOf, type SamplePass } from './samplePass';
import { largestOf, pooledBy } from './sliding';
import { incoming, outgoing } from './terms';

type NeuronTarget = Extract<Target, { type: 'neuron' }>;
type CrossEntropyFacts = NonNullable<NonNullable<NeuronFacts['outputLayer']>['crossEntropy']>;

export function neuronFacts(context: Context, passed: Passed, target: NeuronTarget): Facts {
  checkNeuron(context.plan, target.layer, target.row);
  if (passed.type === 'batch') return overSamples(context, passed.batch, target);
  if (target.layer === -1) return inputNeuron(context, passed.sample, target);
  return layerNeuron(context, passed.sample, target);
}

/** @param target a neuron of a layer, not of the input */
export function layerNeuron(
  context: Context,
  sample: SamplePass,
  target: NeuronTarget,
): NeuronFacts {
  const { plan } = context;
  const { layer, row } = target;
  const { activation } = plan.operations[layer];
  const { z, activation: a, delta, outputGradient } = sample.layers[layer];
  const biases = tableOf(plan, layer, 'bias');
  const isOutput = layer === plan.operations.length - 1;
  return {
    ...factsBase(context, { type: 'sample', sample }),
    type: 'neuron',
    target,
    activation,
    bias: biases && sample.parameters[biases.offset + (row % biases.rows)],
    incoming: incoming(context, sample, layer, row),
    ...pooledFacts(plan.operations[layer], sample, row),
    ...normalisedFacts(context, sample, layer, row),
    weightedInput: z[row],
    output: a[row],
    derivative: activationSlope(activation, z[row], a[row]),
    delta: delta[row],
    outputGradient: outputGradient[row],
    outputLayer: isOutput ? outputFacts(context, sample, row) : undefined,
    outgoing: isOutput ? undefined : outgoing(context, sample, layer, row),
  };
}

function normalisedFacts(
  { plan }: Context,
  sample: SamplePass,
  layer: number,
  row: number,
): Pick<NeuronFacts, 'normalised'> {
  const operation = plan.operations[layer];
  if (!isBatchNorm(operation)) return {};
  const below = activationsOf(sample, operation.sources[0].layer);
  return { normalised: normalisedAt(plan, operation, sample.parameters, below, row) };
}

/** The values that a pool makes one of. */
function pooledFacts(
  operation: Operation,
  sample: SamplePass,
  row: number,
): Pick<NeuronFacts, 'pooled'> {
  if (operation.type !== 'maxPool2d' && operation.type !== 'averagePool2d') return {};
  const { type, window, sources } = operation;
  const below = activationsOf(sample, sources[0].layer);
  const under = pooledBy(window, row);
  const values = under.slice(0, NAMED_VALUES).map(index => ({ index, value: below[index] }));
  const size = window.height * window.width;
  const largest = largestOf(under, below);
  return { pooled: { type, values, count: under.length, size, largest } };
}

function outputFacts(
  { network }: Context,
  sample: SamplePass,
  row: number,
): NonNullable<NeuronFacts['outputLayer']> {
  const last = network.layers.length - 1;
  const { activation: a, outputGradient } = sample.layers[last];
  const fused = lossFunctions[network.loss.type].fusedWith !== undefined;
  const isSoftmax = network.layers[last].activation === 'softmax';
  return {
    target: sample.target[row],
    lossShare: sample.shares[row],
    fused,
    softmaxSum:
      isSoftmax && !fused
        ? a.reduce((sum, value, i) => sum + value * outputGradient[i], 0)
        : undefined,
    crossEntropy: isSoftmax && fused ? outputsBeside(sample, row) : undefined,
  };
}

/** Values of a window that are named one by one. */
const NAMED_VALUES = 12;
/** Other outputs that are named one by one. */
const NAMED_OUTPUTS = 4;

/** Every output hangs on the weighted input of each: this one and the first others, in their order. */
function outputsBeside({ layers, target }: SamplePass, own: number): CrossEntropyFacts {
  const { activation } = layers[layers.length - 1];
  const all = Array.from(activation, (output, row) => ({ row, output, target: target[row] }));
  const isNamed = (row: number): boolean =>
    row === own || row < NAMED_OUTPUTS + (own < NAMED_OUTPUTS ? 1 : 0);
  const left = all.filter(({ row }) => !isNamed(row));
  return {
    outputs: all.filter(({ row }) => isNamed(row)),
    more: { count: left.length, targets: left.reduce((sum, output) => sum + output.target, 0) },
  };
}

function inputNeuron(context: Context, sample: SamplePass, target: NeuronTarget): InputFacts {
  const { terms, more } = outgoing(context, sample, -1, target.row);
  return {
    ...factsBase(context, { type: 'sample', sample }),
    type: 'input',
    target,
    name: context.dataset.inputNames[target.row],
    output: sample.input[target.row],
    outputGradient: terms.reduce((sum, { weight, factor }) => sum + weight * factor, more.sum),
    outgoing: { terms, more },
  };
}

function overSamples(context: Context, batch: BatchPass, target: NeuronTarget): NeuronBatchFacts {
  const { layer, row } = target;
  const { output, delta, saturated, dead } = batch.neurons[layer + 1][row];
  const isInput = layer === -1;
  const names = context.dataset.inputNames;
  return {
    ...factsBase(context, { type: 'batch', batch }),
    type: 'neuronBatch',
    target,
    activation: isInput ? undefined : context.plan.operations[layer].activation,
    name: isInput ? names[row] : undefined,
    output: output.statistics,
    delta: isInput ? undefined : delta.statistics,
    saturated: isInput ? undefined : saturated / batch.samples,
    dead: isInput ? undefined : dead / batch.samples,
  };
}
