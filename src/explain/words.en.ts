import type { Optimizer } from '../network/network';
import { formatNumber } from './numbers';
import type { Place, Words } from './words';

function place({ neuron, layer, kind, name }: Place): string {
  if (kind === 'input') return name ? `input ${neuron} “${name}”` : `input ${neuron}`;
  return `neuron ${neuron} of layer ${layer}`;
}

function optimizer({ type, momentum, nesterov }: Optimizer): string {
  if (type !== 'sgd')
    return { rmsprop: 'RMSProp', adagrad: 'AdaGrad', adam: 'Adam', adamw: 'AdamW' }[type];
  if (momentum === 0) return 'SGD';
  return `SGD with ${nesterov ? 'Nesterov ' : ''}momentum ${momentum}`;
}

const plural = (count: number, noun: string) => `${count} ${noun}${count === 1 ? '' : 's'}`;

/** English. */
export const english: Words = {
  labels: {
    value: 'value',
    gradient: 'gradient',
    error: 'error term',
    source: 'source activation',
    nextUpdate: 'next update',
    weightedInput: 'weighted input',
    activation: 'activation',
    slope: 'slope',
    outputGradient: 'effect on the loss',
    lossShare: 'share of the loss',
    loss: 'loss',
    dataPart: 'data part',
    penaltyPart: 'penalty part',
    weights: 'weights',
    weightGradients: 'weight gradients',
    biases: 'biases',
    biasGradients: 'bias gradients',
    outputs: 'activations',
    errors: 'error terms',
    forward: 'forward',
    backward: 'backward',
    function: 'function',
    derivative: 'derivative',
    target: 'target',
    where: 'where',
    oneSample: 'one sample',
  },
  cautions: {
    saturated:
      'Saturated: the slope of the activation is nearly 0 here, so almost no error gets through. A small error term does not mean that the neuron is right.',
    flat: 'The slope of the activation is nearly 0 at this point, so almost no error gets through. A small error term does not mean that the neuron is right.',
    inactiveRelu:
      'Inactive for this sample: the slope of the activation is 0, so nothing is learned from it here. If that is so for every sample, the neuron is dead.',
    step: 'The slope of a step is 0 everywhere: gradient descent cannot train the weights before it.',
    fusedSigmoid:
      'Cross-entropy divides by a(1 − a) and the sigmoid multiplies by it: the slope cancels, and a saturated output still learns.',
    fusedSoftmax:
      'The slopes of softmax and cross-entropy cancel: the error term is activation minus target, and a saturated output still learns.',
    sourceIsZero:
      'The source activation is 0 here: this weight had no influence, so its gradient is 0.',
    errorIsZero: 'No error reaches the target neuron here, so the gradient is 0.',
    noInputError: 'Inputs have no error term: there is nothing in them to train.',
    errorSign: 'In this notation δ is minus the derivative of the loss.',
    sampleUpdatePenalty: 'The next update also descends the penalty.',
    unused:
      'No layer takes the values of this one: it has no influence on the loss, so no error reaches it.',
    notFinite: 'Some numbers are no longer finite. Reset, or lower the learning rate.',
  },
  activations: {
    linear: 'linear',
    step: 'step',
    sigmoid: 'sigmoid',
    tanh: 'hyperbolic tangent',
    relu: 'ReLU',
    leakyRelu: 'leaky ReLU',
    elu: 'ELU',
    gelu: 'GELU',
    silu: 'SiLU',
    softplus: 'softplus',
    softmax: 'softmax',
  },
  losses: {
    meanSquaredError: 'squared error',
    meanAbsoluteError: 'absolute error',
    huber: 'Huber loss',
    binaryCrossEntropy: 'binary cross-entropy',
    crossEntropy: 'cross-entropy',
  },
  reductions: {
    sum: 'summed over samples',
    mean: 'mean over samples',
    meanAll: 'mean over samples and outputs',
  },
  weight: (from, to) => `weight from ${place(from)} to ${place(to)}`,
  bias: of => `bias of ${place(of)}`,
  neuron: of => (of.kind === 'output' ? `output ${place(of)}` : place(of)),
  layer: (number, units, inputs, kind) =>
    kind === 'input'
      ? `layer ${number} (input) · ${plural(units, 'value')}`
      : `layer ${number} (${kind}) · ${plural(units, 'neuron')}, ${plural(inputs, 'input')} each`,
  merge: (type, number, units, sources, kind) => {
    const names = sources.map(source => (source === undefined ? 'the input' : `layer ${source}`));
    const all = `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
    const head = `layer ${number} (${kind}) · ${plural(units, 'neuron')}`;
    return type === 'add' ? `${head}, the sum of ${all}` : `${head}: ${all}, one behind the other`;
  },
  loss: (name, samples, scope) =>
    scope === 'sample' ? `${name} of this sample` : `${name} of ${plural(samples, 'sample')}`,
  more: count => `${count} more`,
  rank: (position, of) => `rank ${position} of ${of} by size`,
  optimizer,
  updateBy: (name, learningRate) => `by ${name}, learning rate ${formatNumber(learningRate)}`,
  saturatedShare: percent =>
    `The slope of the activation is nearly 0 for ${percent} of the samples.`,
  deadShare: percent => `The slope of the activation is exactly 0 for ${percent} of the samples.`,
  activationSetting: name => `activation: ${name}`,
  lossSetting: (name, reduction) => `loss: ${name}, ${reduction}`,
  learningRateSetting: name => `learning rate of ${name}`,
  units: (units, inputs, useBias) =>
    `${plural(units, 'neuron')}, each with ${plural(inputs, 'weight')}${useBias ? ' and a bias' : ', no bias'}`,
};
