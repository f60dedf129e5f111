import type { Optimizer } from '../network/network';
import { imageEnglish } from './imageWords.en';
import { matrixEnglish } from './matrixWords.en';
import { formatCount, formatNumber } from './numbers';
import type { Place, Words } from './words';

function place({ neuron, layer, kind, name, image }: Place): string {
  const at = image ? ` (${imageEnglish.place(image)})` : '';
  if (kind === 'input') return name ? `input ${neuron} · ${name}${at}` : `input ${neuron}${at}`;
  return `neuron ${neuron} of layer ${layer}${at}`;
}

function optimizer({ type, momentum, nesterov }: Optimizer): string {
  if (type !== 'sgd')
    return { rmsprop: 'RMSProp', adagrad: 'AdaGrad', adam: 'Adam', adamw: 'AdamW' }[type];
  if (momentum === 0) return 'SGD';
  return `SGD with ${nesterov ? 'Nesterov ' : ''}momentum ${momentum}`;
}

/** "1 neuron", "2 neurons" */
export const plural = (count: number, noun: string): string =>
  `${formatCount(count)} ${noun}${count === 1 ? '' : 's'}`;

/** English. */
export const english: Words = {
  matrices: matrixEnglish,
  images: imageEnglish,
  labels: {
    value: 'value',
    gradient: 'gradient',
    error: 'error term',
    source: 'source activation',
    nextUpdate: 'next update',
    update: 'update',
    stepGradient: 'gradient taken',
    clipFactor: 'clip factor',
    clippedGradient: 'clipped gradient',
    learningRate: 'learning rate',
    velocity: 'velocity',
    meanGradient: 'mean gradient',
    meanSquare: 'mean square',
    sumOfSquares: 'sum of squares',
    weightedInput: 'weighted input',
    activation: 'activation',
    slope: 'slope',
    outputGradient: 'effect on the loss',
    lossShare: 'share of the loss',
    loss: 'loss',
    dataPart: 'data part',
    penaltyPart: 'penalty part',
    weights: 'weights',
    biases: 'biases',
    outputs: 'activations',
    weightNorm: 'norm of weights',
    weightGradients: 'weight gradients',
    weightGradientNorm: 'norm of gradients',
    updateNorm: 'norm of update',
    nextUpdateNorm: 'norm of next update',
    updateRatio: 'update to weights',
    biasNorm: 'norm of biases',
    biasGradients: 'bias gradients',
    biasGradientNorm: 'norm of bias gradients',
    errorNorm: 'norm of error terms',
    forward: 'forward',
    backward: 'backward',
    function: 'function',
    derivative: 'derivative',
    target: 'target',
    where: 'where',
    oneSample: 'one sample',
    change: 'change',
    newValue: 'new value',
    otherOutputs: 'outputs',
    chainRule: 'chain rule',
    inside: 'inner factor',
    together: 'together',
  },
  reasons: {
    otherOutputs: 'the other outputs do not depend on it',
    throughZ: 'it acts on the loss only through this weighted input',
    throughEveryOutput: 'every activation of a softmax depends on this weighted input',
    indicator: 'the 1 with an index is 1 for this output itself, 0 for the others',
    activationCancels: 'the activation cancels',
    targetsAreShares: 'the targets sum to 1',
    dividesBySlope: 'divides by the slope that comes next',
    oneTerm: 'only one term of the sum contains it',
    biasUnit: 'the bias is the weight of a unit that is always 1',
    unit: 'a bias is added as it is',
    throughAll: 'over every neuron that takes this activation',
    fromForward: 'known from the forward pass',
    forwardBackward: 'one factor from the forward pass, one from the backward pass',
  },
  cautions: {
    saturated:
      'Saturated: the slope of the activation is nearly 0 here, so almost no error gets through. A small error term does not mean that the neuron is right.',
    flat: 'The slope of the activation is nearly 0 at this point, so almost no error gets through. A small error term does not mean that the neuron is right.',
    inactiveRelu:
      'Inactive for this sample: the slope of the activation is 0, so nothing is learned from it here. If that is so for every sample, the neuron is dead.',
    step: 'The slope of a step is 0 everywhere: gradient descent cannot train the weights before it.',
    stepPerceptron:
      'The slope of a step is 0 everywhere: gradient descent cannot train these weights. In a single layer like this one the perceptron rule can; it is shown at each weight and bias.',
    fusedSigmoid:
      'Cross-entropy divides by a(1 − a) and the sigmoid multiplies by it: the slope cancels, and a saturated output still learns.',
    fusedSoftmax:
      'The slopes of softmax and cross-entropy cancel: the error term is activation minus target, and a saturated output still learns.',
    sourceIsZero:
      'The source activation is 0 here: this weight had no influence, so its gradient is 0.',
    errorIsZero: 'No error reaches the target neuron here, so the gradient is 0.',
    noInputError: 'Inputs have no error term: there is nothing in them to train.',
    errorSign: 'In this notation δ is minus the derivative of the loss.',
    sampleUpdatePenalty: 'The update also descends the penalty.',
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
  kinds: {
    parameter: 'Parameter: learned by training.',
    hyperParameter: 'Hyper-parameter: chosen, not learned.',
  },
  weight: (from, to) => `weight from ${place(from)} to ${place(to)}`,
  bias: of => `bias of ${place(of)}`,
  neuron: of => (of.kind === 'output' ? `output ${place(of)}` : place(of)),
  layer: ({ number, of, hidden }, units, inputs, kind) => {
    const head = `layer ${number}${of ? ` of ${of}` : ''} (${kind}${hidden ? ` ${hidden}` : ''})`;
    return kind === 'input'
      ? `${head} · ${plural(units, 'value')}`
      : `${head} · ${plural(units, 'neuron')}, ${plural(inputs, 'input')} each`;
  },
  ofSample: number => `sample ${number}`,
  merge: (type, number, units, sources, kind) => {
    const names = sources.map(source => (source === undefined ? 'the input' : `layer ${source}`));
    const all = `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`;
    const head = `layer ${number} (${kind}) · ${plural(units, 'neuron')}`;
    return type === 'add' ? `${head}, the sum of ${all}` : `${head}: ${all}, one behind the other`;
  },
  halfSquaredError: '½ squared error',
  withPenalty: name => `${name}, with the penalty`,
  statistic: (which, label) => `${which} ${label}`,
  ifOnlySample: 'if the batch were only this sample',
  ifAllSamples: count => `if the batch were all ${plural(count, 'sample')}`,
  withoutBiasColumn: 'without a bias column',
  sampleLoss: name => `${name} of this sample`,
  reducedLoss: (name, samples, reduction) => {
    const over = `${name} over ${plural(samples, 'sample')}`;
    if (reduction === 'sum') return `sum of the ${over}`;
    return reduction === 'mean' ? `mean ${over}` : `mean ${over} and their outputs`;
  },
  from: of => `from ${place(of)}`,
  via: of => `by way of ${place(of)}`,
  sections: {
    derivation: 'Derivation by the chain rule',
    perceptron: 'Perceptron rule',
    paths: 'All paths to the loss',
    incoming: 'What each connection brings',
    outgoing: 'What each connection sends back',
  },
  more: count => `${count} more`,
  first: count => `first ${count}`,
  path: (position, neurons) => `path ${position}: ${neurons.join(' → ')}`,
  perceptron:
    'The slope of a step is 0, so there is no gradient to follow. The perceptron rule (Rosenblatt 1958) asks only whether the output is right: where it is, nothing moves; where it is wrong, the weight moves against the error, by as much as its input is large. With targets 0 and 1 it finds weights without error if a line (with more inputs a plane) separates the classes, and never settles otherwise. Training here does not use it.',
  pathCounts: (count, apart, shared) =>
    `${plural(count, 'path')} to the loss. One by one they take ${plural(apart, 'multiplication')}; with every δ computed once and kept, ${formatCount(shared)}.`,
  rank: (position, of) => `rank ${position} of ${of} by size`,
  optimizer,
  updateBy: (name, learningRate) => `by ${name}, learning rate ${formatNumber(learningRate)}`,
  scheduled: epoch => `by the schedule, after ${plural(epoch, 'epoch')}`,
  epochsCounted: 'epoch counts the completed ones',
  clipLength: '‖g‖ is the norm of the gradient of all parameters',
  notClipped: 'small enough: taken as it is',
  saturatedShare: percent =>
    `The slope of the activation is nearly 0 for ${percent} of the samples.`,
  deadShare: percent => `The slope of the activation is exactly 0 for ${percent} of the samples.`,
  activationSetting: name => `activation: ${name}`,
  lossSetting: (name, reduction) => `loss: ${name}, ${reduction}`,
  learningRateSetting: name => `learning rate of ${name}`,
  units: (units, inputs, useBias) =>
    `${plural(units, 'neuron')}, each with ${plural(inputs, 'weight')}${useBias ? ' and a bias' : ', no bias'}`,
};
