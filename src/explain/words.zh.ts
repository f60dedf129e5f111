import type { Optimizer } from '../network/network';
import { imageChinese } from './imageWords.zh';
import { matrixChinese } from './matrixWords.zh';
import { formatCount, formatNumber } from './numbers';
import type { Place, Words } from './words';

function place({ neuron, layer, kind, name, image }: Place): string {
  const at = image ? `（${imageChinese.place(image)}）` : '';
  if (kind === 'input') return name ? `输入 ${neuron} · ${name}${at}` : `输入 ${neuron}${at}`;
  return `第 ${layer} 层第 ${neuron} 个神经元${at}`;
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
  matrices: matrixChinese,
  images: imageChinese,
  labels: {
    value: '当前值',
    gradient: '梯度',
    error: '误差项',
    source: '来源激活值',
    nextUpdate: '下次更新',
    update: '更新',
    stepGradient: '所用梯度',
    clipFactor: '裁剪因子',
    clippedGradient: '裁剪后的梯度',
    learningRate: '学习率',
    velocity: '速度',
    meanGradient: '梯度均值',
    meanSquare: '平方均值',
    sumOfSquares: '平方和',
    weightedInput: '加权输入',
    activation: '激活值',
    slope: '激活函数导数',
    outputGradient: '对损失的影响',
    lossShare: '损失份额',
    loss: '损失',
    dataPart: '数据部分',
    penaltyPart: '正则化部分',
    weights: '权重',
    biases: '偏置',
    outputs: '激活值',
    weightNorm: '权重范数',
    weightGradients: '权重梯度',
    weightGradientNorm: '权重梯度范数',
    updateNorm: '更新范数',
    nextUpdateNorm: '下次更新范数',
    updateRatio: '更新与权重之比',
    biasNorm: '偏置范数',
    biasGradients: '偏置梯度',
    biasGradientNorm: '偏置梯度范数',
    errorNorm: '误差项范数',
    forward: '前向传播',
    backward: '反向传播',
    function: '函数',
    derivative: '导数',
    target: '目标值',
    where: '其中',
    oneSample: '单个样本',
    change: '变化量',
    newValue: '新值',
    otherOutputs: '各输出',
    chainRule: '链式法则',
    inside: '内层因子',
    together: '合并',
  },
  reasons: {
    otherOutputs: '其他输出与它无关',
    throughZ: '它只通过这个加权输入影响损失',
    throughEveryOutput: 'softmax 的每个激活值都与这个加权输入有关',
    indicator: '带下标的 1 对该输出本身为 1，对其他输出为 0',
    activationCancels: '激活值约去',
    targetsAreShares: '目标值之和为 1',
    dividesBySlope: '分母正是下一行的导数',
    oneTerm: '求和中只有一项含有它',
    biasUnit: '偏置是恒为 1 的单元的权重',
    unit: '偏置原样加入',
    throughAll: '对所有使用该激活值的神经元求和',
    fromForward: '由前向传播已知',
    forwardBackward: '一个因子来自前向传播，一个来自反向传播',
  },
  cautions: {
    saturated:
      '已饱和：激活函数在此处的导数接近 0，误差几乎传不过去。误差项小并不说明该神经元已接近最优。',
    flat: '激活函数在此处的导数接近 0，误差几乎传不过去。误差项小并不说明该神经元已接近最优。',
    inactiveRelu:
      '该样本没有激活此神经元：激活函数的导数为 0，从该样本学不到任何东西。若所有样本都如此，该神经元就“死亡”了。',
    step: '阶跃函数的导数处处为 0：梯度下降无法训练它之前的权重。',
    stepPerceptron:
      '阶跃函数的导数处处为 0：梯度下降无法训练这些权重。像这样的单层网络可以用感知器规则训练，见每个权重和偏置的说明。',
    fusedSigmoid:
      '交叉熵的导数要除以 a(1 − a)，sigmoid 的导数恰好乘以它：二者抵消，饱和的输出仍能学习。',
    fusedSoftmax: 'softmax 与交叉熵的导数相互抵消：误差项就是激活值减目标值，饱和的输出仍能学习。',
    sourceIsZero: '来源激活值为 0：该权重此时不起作用，所以梯度为 0。',
    errorIsZero: '没有误差传到目标神经元，所以梯度为 0。',
    noInputError: '输入层没有误差项：其中没有需要训练的参数。',
    errorSign: '在这种记法中，δ 等于损失导数的相反数。',
    sampleUpdatePenalty: '该更新还会沿正则化项下降。',
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
  kinds: {
    parameter: '参数：由训练学得。',
    hyperParameter: '超参数：由人选定，不经训练。',
  },
  // A blank between a number and a character.
  weight: (from, to) => `从${place(from)}${from.kind === 'input' ? ' ' : ''}到${place(to)}的权重`,
  bias: of => `${place(of)}的偏置`,
  neuron: of => (of.kind === 'input' ? place(of) : `${place(of)}（${kinds[of.kind]}）`),
  layer: ({ number, of, hidden }, units, inputs, kind) => {
    const head = `第 ${number} 层${of ? `（共 ${of} 层，` : '（'}${kinds[kind]}${hidden ? ` ${hidden}` : ''}）`;
    return kind === 'input'
      ? `${head}· ${units} 个值`
      : `${head}· ${units} 个神经元，各有 ${inputs} 个输入`;
  },
  ofSample: number => `样本 ${number}`,
  merge: (type, number, units, sources, kind) => {
    const names = sources.map(source => (source === undefined ? '输入层' : `第 ${source} 层`));
    const all = `${names.slice(0, -1).join('、')}和${names[names.length - 1]}`;
    const head = `第 ${number} 层（${kinds[kind]}）· ${units} 个神经元`;
    return type === 'add' ? `${head}，为${all}之和` : `${head}，由${all}依次拼接而成`;
  },
  halfSquaredError: '½ 平方误差',
  withPenalty: name => `${name}，含正则化项`,
  statistic: (which, label) => `${{ min: '最小', mean: '平均', max: '最大' }[which]}${label}`,
  ifOnlySample: '假如批次只有这个样本',
  ifAllSamples: count => `假如批次是全部 ${formatCount(count)} 个样本`,
  withoutBiasColumn: '不含偏置列',
  sampleLoss: name => `该样本的${name}`,
  reducedLoss: (name, samples, reduction) => {
    if (reduction === 'sum') return `${samples} 个样本的${name}之和`;
    return reduction === 'mean'
      ? `${samples} 个样本的${name}的平均值`
      : `${samples} 个样本及其各输出的${name}的平均值`;
  },
  from: of => `来自${place(of)}`,
  via: of => `经过${place(of)}`,
  sections: {
    derivation: '用链式法则推导',
    perceptron: '感知器规则',
    paths: '到损失的所有路径',
    incoming: '每条连接带来的部分',
    outgoing: '每条连接传回的部分',
  },
  more: count => `其余 ${count} 项`,
  first: count => `前 ${count} 项`,
  path: (position, neurons) => `路径 ${position}：${neurons.join(' → ')}`,
  perceptron:
    '阶跃函数的导数为 0，没有梯度可循。感知器规则（Rosenblatt 1958）只看输出对不对：对则不动；错则让权重朝减小误差的方向移动，输入越大，移动越多。目标值取 0 和 1 时，若一条直线（输入更多时为超平面）能把两类分开，它就能找到没有错误的权重，否则永远不会停下来。这里的训练并不使用它。',
  pathCounts: (count, apart, shared) =>
    `到损失共有 ${formatCount(count)} 条路径。逐条计算要 ${formatCount(apart)} 次乘法；每个 δ 只算一次并存下来，只要 ${shared} 次。`,
  rank: (position, of) => `按大小排第 ${position}，共 ${of} 个`,
  optimizer,
  updateBy: (name, learningRate) => `由 ${name} 更新，学习率 ${formatNumber(learningRate)}`,
  scheduled: epoch => `按学习率计划，已完成 ${formatCount(epoch)} 轮`,
  epochsCounted: 'epoch 为已完成的轮数',
  clipLength: '‖g‖ 是所有参数的梯度的范数',
  notClipped: '足够小：原样使用',
  saturatedShare: percent => `在 ${percent} 的样本上，激活函数的导数接近 0。`,
  deadShare: percent => `在 ${percent} 的样本上，激活函数的导数恰为 0。`,
  activationSetting: name => `激活函数：${name}`,
  lossSetting: (name, reduction) => `损失函数：${name}，${reduction}`,
  learningRateSetting: name => `${name} 的学习率`,
  units: (units, inputs, useBias) =>
    `${units} 个神经元，各有 ${inputs} 个权重${useBias ? '和一个偏置' : '，没有偏置'}`,
};
