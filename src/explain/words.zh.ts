import type { Optimizer } from '../network/network';
import { formatNumber } from './numbers';
import type { Place, Words } from './words';

function place({ neuron, layer, kind, name }: Place): string {
  if (kind === 'input') return name ? `输入 ${neuron}“${name}”` : `输入 ${neuron}`;
  return `第 ${layer} 层第 ${neuron} 个神经元`;
}

function optimizer({ type, momentum, nesterov }: Optimizer): string {
  if (type !== 'sgd')
    return { rmsprop: 'RMSProp', adagrad: 'AdaGrad', adam: 'Adam', adamw: 'AdamW' }[type];
  if (momentum === 0) return 'SGD';
  return `带${nesterov ? ' Nesterov ' : ''}动量（${momentum}）的 SGD`;
}

const kinds: { readonly [K in Place['kind']]: string } = {
  input: '输入层',
  hidden: '隐藏层',
  output: '输出层',
};

/** Simplified Chinese. */
export const chinese: Words = {
  labels: {
    value: '当前值',
    gradient: '梯度',
    error: '误差项',
    source: '来源激活值',
    nextUpdate: '下次更新',
    weightedInput: '加权输入',
    activation: '激活值',
    slope: '激活函数导数',
    outputGradient: '对损失的影响',
    lossShare: '损失份额',
    loss: '损失',
    dataPart: '数据部分',
    penaltyPart: '正则化部分',
    weights: '权重',
    weightGradients: '权重梯度',
    biases: '偏置',
    biasGradients: '偏置梯度',
    outputs: '激活值',
    errors: '误差项',
    forward: '正向传播',
    backward: '反向传播',
    function: '函数',
    derivative: '导数',
    target: '目标值',
    where: '其中',
    oneSample: '单个样本',
  },
  cautions: {
    saturated:
      '已饱和：激活函数在此处的导数接近 0，误差几乎传不过去。误差项小并不说明该神经元已接近最优。',
    flat: '激活函数在此处的导数接近 0，误差几乎传不过去。误差项小并不说明该神经元已接近最优。',
    inactiveRelu:
      '该样本没有激活此神经元：激活函数的导数为 0，从该样本学不到任何东西。若所有样本都如此，该神经元就“死亡”了。',
    step: '阶跃函数的导数处处为 0：梯度下降无法训练它之前的权重。',
    fusedSigmoid:
      '交叉熵的导数要除以 a(1 − a)，sigmoid 的导数恰好乘以它：二者抵消，饱和的输出仍能学习。',
    fusedSoftmax: 'softmax 与交叉熵的导数相互抵消：误差项就是激活值减目标值，饱和的输出仍能学习。',
    sourceIsZero: '来源激活值为 0：该权重此时不起作用，所以梯度为 0。',
    errorIsZero: '没有误差传到目标神经元，所以梯度为 0。',
    noInputError: '输入层没有误差项：其中没有需要训练的参数。',
    errorSign: '在这种记法中，δ 等于损失导数的相反数。',
    sampleUpdatePenalty: '下次更新还会沿正则化项下降。',
    unused: '没有任何层使用这一层的值：它对损失没有影响，也就没有误差传到这里。',
    notFinite: '有些数值已不是有限数。请重置，或调小学习率。',
  },
  activations: {
    linear: '线性',
    step: '阶跃函数',
    sigmoid: 'sigmoid',
    tanh: '双曲正切 tanh',
    relu: 'ReLU',
    leakyRelu: '带泄漏的 ReLU',
    elu: 'ELU',
    gelu: 'GELU',
    silu: 'SiLU',
    softplus: 'softplus',
    softmax: 'softmax',
  },
  losses: {
    meanSquaredError: '平方误差',
    meanAbsoluteError: '绝对误差',
    huber: 'Huber 损失',
    binaryCrossEntropy: '二元交叉熵',
    crossEntropy: '交叉熵',
  },
  reductions: {
    sum: '对样本求和',
    mean: '对样本取平均',
    meanAll: '对样本和输出取平均',
  },
  weight: (from, to) => `从${place(from)}到${place(to)}的权重`,
  bias: of => `${place(of)}的偏置`,
  neuron: of => (of.kind === 'input' ? place(of) : `${place(of)}（${kinds[of.kind]}）`),
  layer: (number, units, inputs, kind) =>
    kind === 'input'
      ? `第 ${number} 层（输入层）· ${units} 个值`
      : `第 ${number} 层（${kinds[kind]}）· ${units} 个神经元，各有 ${inputs} 个输入`,
  merge: (type, number, units, sources, kind) => {
    const names = sources.map(source => (source === undefined ? '输入层' : `第 ${source} 层`));
    const all = `${names.slice(0, -1).join('、')}和${names[names.length - 1]}`;
    const head = `第 ${number} 层（${kinds[kind]}）· ${units} 个神经元`;
    return type === 'add' ? `${head}，为${all}之和` : `${head}，由${all}依次拼接而成`;
  },
  loss: (name, samples, scope) =>
    scope === 'sample' ? `该样本的${name}` : `${samples} 个样本的${name}`,
  more: count => `其余 ${count} 项`,
  rank: (position, of) => `按大小排第 ${position}，共 ${of} 个`,
  optimizer,
  updateBy: (name, learningRate) => `由 ${name} 更新，学习率 ${formatNumber(learningRate)}`,
  saturatedShare: percent => `在 ${percent} 的样本上，激活函数的导数接近 0。`,
  deadShare: percent => `在 ${percent} 的样本上，激活函数的导数恰为 0。`,
  activationSetting: name => `激活函数：${name}`,
  lossSetting: (name, reduction) => `损失函数：${name}，${reduction}`,
  learningRateSetting: name => `${name} 的学习率`,
  units: (units, inputs, useBias) =>
    `${units} 个神经元，各有 ${inputs} 个权重${useBias ? '和一个偏置' : '，没有偏置'}`,
};
