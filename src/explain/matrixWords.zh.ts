import { imageChinese } from './imageWords.zh';
import type { MatrixWords } from './words';

/** What is said beside matrices, in Simplified Chinese. */
export const matrixChinese: MatrixWords = {
  sections: {
    forward: '前向传播',
    backward: '反向传播',
    gradient: '梯度',
    batch: '全部样本的梯度',
  },
  steps: {
    weightedInput: '加权输入',
    activation: '激活值',
    slope: '激活函数导数',
    outputGradient: '对损失的影响',
    carried: '传回的误差',
    inputGradient: '输入对损失的影响',
    error: '误差项',
    weightGradient: '权重梯度',
    biasGradient: '偏置梯度',
    broadcast: '同一结果，用 ⊙ 书写',
    weightPenalty: '权重的正则化部分',
    biasPenalty: '偏置的正则化部分',
  },
  notes: {
    hadamard: '⊙ 表示逐元素相乘：[1, 2] ⊙ [3, 4] = [3, 8]。',
    broadcast: '这里的 ⊙ 带有广播：右边只有一列，左边有几列就重复几次。上面的外积不需要这条规则。',
    jacobian:
      'softmax 的每个激活值都与所有 z 有关，所以它的导数是完整的矩阵，即雅可比矩阵 ∂aⱼ/∂zₖ = aⱼ([j = k] − aₖ)。要按矩阵相乘；用 ⊙ 逐个乘导数是错的。',
    fused: '损失与激活函数一起求导，导数相互抵消：不再有 ⊙ f′(z)。',
    transposed: '下一层的权重转置后，第 j 行就是原来的第 j 列：从神经元 j 出发的所有权重。',
    rows: '使用行向量时，下一层的权重不转置：它的第 j 列就是从神经元 j 出发的所有权重。',
    noBiasColumn: '偏置列不参与：恒为 1 的单元没有误差。',
    biasNotPenalised: '偏置不做正则化：该部分为 0。',
    asItIs: '值原样通过合并层，误差也原样传回：没有权重，也不转置。',
    noParameters: '这一层没有权重，也没有偏置。',
    onlySample: '前向和反向传播针对单个样本。对全部样本，显示的是各样本梯度之和。',
    inputs: '输入之前没有权重，也没有误差项；∂/∂x 以它自己的名字显示。',
    accumulated: 'Σ 逐个样本累加；然后是归约和正则化部分，各是单独的数。',
    onePlace: '图像的每个位置都加上这样一个乘积：所示位置的乘积，以及其他所有位置之和。',
    sentBack: imageChinese.notes.sentBack,
    featurewise: 'γ 和 β 各属于一个值，不构成矩阵：神经元的卡片会说明它如何归一化。',
    noMatrix: '没有权重的窗口没有矩阵：神经元的卡片会列出窗口中的数。',
  },
  unit: '偏置，输入恒为 1',
  size: (rows, columns) => `${rows} × ${columns}`,
  weightSize: (name, rows, columns) => `${name}：${rows} × ${columns}`,
  weightSizeWithBias: (name, rows, columns, column) =>
    `${name}：${rows} × (${columns} + 1)，偏置为第 ${column} 列`,
  cell: (matrix, row, column) => [matrix, row, column].filter(part => part !== '').join('，'),
};
