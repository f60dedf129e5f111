import type { LabWords, NamedFactor } from './words';

const list = (items: readonly string[]): string => items.join('、');

function factor(found: NamedFactor): string {
  switch (found.type) {
    case 'slope':
      return `缺少第 ${list(found.layers)} 层的 f′(z)`;
    case 'sign':
      return '符号相反';
    case 'constant':
      return constant(found);
    case 'transpose':
      return '该用 Wᵀ 处用了 W';
    case 'biasSum':
      return '偏置只取了最后一个样本，没有对所有样本求和';
    case 'penaltyForgotten':
      return '缺少惩罚项';
    case 'penaltyOnBiases':
      return '偏置也被惩罚，而损失中没有';
  }
}

function constant({ value, of }: Extract<NamedFactor, { type: 'constant' }>): string {
  if (of === 'both') return `因子 ${value}：缺少 1/m（m = ${value}），或者损失的 ½`;
  if (of === 'reduction') return `缺少 1/m：大了 ${value} 倍`;
  return value === 2 ? '因子 2：漏掉了损失的 ½' : '因子 ½：漏掉了平方求导得到的 2';
}

/** Chinese. */
export const labChinese: LabWords = {
  presets: {
    standard: '标准反向传播',
    note000Hidden: '笔记 000：隐藏层 δ 不含 f′',
    note000All: '笔记 000：所有层都不含 f′',
    note004: '笔记 004：δ 只经权重传递，更新时才乘 f′',
    own: '自定义规则',
  },
  slopes: {
    kept: '处处保留',
    hidden: '在隐藏层去掉',
    output: '在输出层去掉',
    all: '处处去掉',
    update: '只在更新时使用',
  },
  penalties: {
    kept: '与损失一致',
    forgotten: '漏掉',
    biases: '也惩罚偏置',
  },
  switches: {
    sign: '符号取反',
    reduction: '漏掉 1/m',
    lossFactor: '漏掉损失的 ½（或 2）',
    transpose: '用 W 代替 Wᵀ',
    biasSum: '偏置不对样本求和',
  },
  idle: {
    linear: '这里所有激活都是线性的：f′(z) = 1。',
    oneSample: '只有一个样本，没有什么要求和或相除。',
    ownLoss: '单个样本自己的损失没有 1/m，也没有惩罚项：请选择训练样本。',
    sum: '此损失对样本求和，没有 1/m。',
    noFactor: '此损失既没有 ½ 也没有 2。',
    noSquare: '这里不可能：δ 反向经过的权重都不是方阵。',
    noBias: '此网络没有偏置。',
    noPenalty: '这里没有惩罚项。',
    penalised: '此文件的惩罚项已包括偏置。',
  },
  formulas: {
    lossSlope: '输出的影响',
    outputError: '输出误差',
    hiddenError: '隐藏误差',
    weights: '权重',
    biases: '偏置',
  },
  columns: ['层', '规则 ÷ 正确', '不符/检查', '发现'],
  standardFormula: '标准',
  ruleFormula: '此规则',
  linearSlope: '线性：导数为 1',
  softmaxSlope: 'softmax：去掉 f′ 就是去掉整个雅可比矩阵',
  fusedSlope: '这里 f′ 不单独出现；去掉它就只剩 ∂C/∂a',
  lastSample: '最后一个样本的',
  layer: number => `第 ${number} 层`,
  ratio: (range, side) =>
    `${range} ×${side === 'larger' ? '，过大' : side === 'smaller' ? '，过小' : ''}`,
  exact: '精确',
  noRatio: '正确的梯度为 0',
  right: '什么也不缺',
  zero: '两者都为 0',
  unknown: '不是简单的因子',
  factor,
  isStandard: '这就是反向传播：所有比值都是 1。',
  linearOnly:
    '结果正确，因为这里所有激活都是线性的：f′(z) = 1，去掉它没有任何变化。请换成 sigmoid 试试。',
  changesNothing: '结果正确：此规则去掉的部分在这里不改变任何数。',
  blindness: {
    unitSlopes: '去掉的每个 f′(z) 都等于 1（如 tanh 在 z = 0 处），乘以 1 不改变任何数',
    noInput: '所有输入都是 0，无论有没有 f′，第一层权重的梯度都是 0',
  },
  onSample: reasons =>
    `结果正确，但${reasons.length > 0 ? `这个样本看不出缺了什么：${reasons.join('；')}` : '可能只在这个样本上如此'}。请换一个样本，或选择训练样本。`,
  missing: factors => `由数值得出：${factors.join('；')}。`,
  slopeMissing: '缺少激活函数的导数 f′(z)',
  sigmoidBound: 'sigmoid 的 f′ 至多为 ¼：缺少它的每条路径都至少多算 4 倍。',
  unexplained: layers => `第 ${list(layers)} 层的数值不能用简单的因子解释。`,
  agrees: (checked, samples) => `梯度检查一致：${samples} 个样本上的全部 ${checked} 个梯度`,
  fails: (failed, checked, samples) =>
    `梯度检查不通过：${samples} 个样本上 ${checked} 个梯度中有 ${failed} 个不符`,
  worst: (error, place) => `最大相对误差 ${error}，位于 ${place}`,
  unsure: count => `${count} 个位于折点或阶跃之后，不计入`,
  joined: parts => `${parts.join('；')}。`,
  several: mistakes => mistakes.join('；'),
  someOf: (checked, parameters) => `比较了 ${parameters} 个参数中的 ${checked} 个`,
};
