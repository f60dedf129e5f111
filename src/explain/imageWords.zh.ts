import type { ImageLayer, ImageWords } from './imageWords';

const kinds: { readonly [K in ImageLayer['kind']]: string } = {
  input: '输入层',
  hidden: '隐藏层',
  output: '输出层',
};

const layers: { readonly [K in ImageLayer['type']]: (of: ImageLayer) => string } = {
  conv2d: of => `${of.filters} 个 ${of.window} 的卷积核，图像由 ${of.from} 变为 ${of.to}`,
  maxPool2d: of => `取每个 ${of.window} 窗口的最大值，由 ${of.from} 变为 ${of.to}`,
  averagePool2d: of => `取每个 ${of.window} 窗口的平均值，由 ${of.from} 变为 ${of.to}`,
  flatten: of => `把 ${of.from} 的图像展开为 ${of.units} 个值`,
  dropout: of => `以 ${of.rate} 的概率丢弃，${of.units} 个值`,
  batchNorm: of =>
    of.filters > 0 ? `对 ${of.from} 的图像逐通道批归一化` : `对 ${of.units} 个值批归一化`,
};

/** Simplified Chinese. */
export const imageChinese: ImageWords = {
  place: ({ row, column, channel }) =>
    `第 ${row} 行第 ${column} 列${channel === undefined ? '' : `，特征图 ${channel}`}`,
  weight: (filter, layer, { row, column, channel }) =>
    `第 ${layer} 层卷积核 ${filter} 的权重，第 ${row} 行第 ${column} 列${channel === undefined ? '' : `，对应特征图 ${channel}`}`,
  bias: (filter, layer) => `第 ${layer} 层卷积核 ${filter} 的偏置`,
  layer: of => `第 ${of.number} 层（${kinds[of.kind]}）· ${layers[of.type](of)}`,
  uses: (used, places) =>
    used === places
      ? `用于 ${places} 个位置`
      : `用于 ${places} 个位置中的 ${used} 个，其余位置上对着填充`,
  largest: neuron => `窗口内的最大值来自${neuron}`,
  average: size => `除以窗口的全部 ${size} 个数，填充按 0 计`,
  dropout: (rate, kept) =>
    `训练时，每个值以 ${rate} 的概率置为 0，留下的值除以 ${kept}。此处与每次评估一样，不丢弃任何值。`,
  feature: (number, isChannel) => `${isChannel ? '通道' : '特征'} ${number}`,
  gamma: (feature, layer) => `第 ${layer} 层${feature} 的 γ`,
  beta: (feature, layer) => `第 ${layer} 层${feature} 的 β`,
  batchNorm:
    '训练时，均值与方差取自当前批次，梯度也经过它们。此处与每次评估一样，使用移动均值与移动方差；每一步都使它们向该批次的值靠近。',
  normalised: '归一化',
  running: 'μ、v：移动均值与移动方差',
  shownPlace: ({ row, column }) =>
    `这里只显示图像的一个位置：第 ${row} 行第 ${column} 列。权重的每一行是一个卷积核；所有位置使用同样的卷积核。`,
  notes: {
    window: 'p：该神经元的位置，k：窗口中的各个数',
    places: 'p：该卷积核的每个位置，p+k：该权重在那里对着的值',
    channel: 'p：该通道的每个位置',
    featureChain: '该通道的各个位置共用它：它通过所有这些加权输入影响损失',
    seenBy: 'p：窗口中含有它的神经元，m：它们的卷积核',
    largestOnly: 'p：只含那些以它为最大值的窗口',
    sharedChain: '各个位置的卷积核相同：它通过所有这些加权输入影响损失',
    underWeight: '该权重在那个位置对着的值',
    noLargest: '这个值在任何窗口中都不是最大值：它不再向前传，也没有误差传回。',
    otherPlaces: '其他位置',
    sentBack: '含有该神经元的所有窗口传回给它的部分之和。',
  },
};
