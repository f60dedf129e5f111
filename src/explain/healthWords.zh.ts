import type { NeuronAlarm } from '../engine/health/alarm';
import type { HealthWords, PlaceName, Seen } from './healthWords';
import { formatNumber, formatPercent } from './numbers';

const neurons = ({ count, units, layer, filters }: NeuronAlarm, at: PlaceName): string =>
  `${at(layer)}的 ${units} 个${filters ? '卷积核' : '神经元'}中有 ${count} 个`;

const rows = ({ rows: first, count }: NeuronAlarm): string =>
  `第 ${first.join('、')}${count > first.length ? ' …' : ''} 行`;

const each = ({ samples, training }: Seen): string =>
  samples === training
    ? `全部 ${samples} 个训练样本上`
    : `查看过的 ${samples} 个样本上（共 ${training} 个）`;

const percent = (share: number): string => formatPercent(share, 2);

/** 简体中文 */
export const chinese: HealthWords = {
  layer: (number, place) => `第 ${number} 层（${place}）`,
  names: {
    dead: '失活的神经元',
    saturated: '饱和的神经元',
    symmetric: '对称的神经元',
    vanishing: '梯度消失',
    exploding: '梯度爆炸',
    penalty: '惩罚项占主导',
    rate: '学习率过高',
    unsteady: '损失不再下降',
  },
  why: {
    dead: 'f′(z) = 0 时误差传不到它们的权重，权重不再改变。',
    saturated: '误差几乎传不到它们的权重。若损失已经很低，则无妨。',
    symmetric: '它们得到相同的梯度，永远互为副本，只起一个神经元的作用。',
    vanishing: '该层学习比最后一层慢许多倍，甚至完全不学习。',
    exploding: '适合最后一层的步长会把该层抛得很远。',
    penalty: '无论数据如何，权重都会缩向 0。',
    rate: '这样的一步不是沿着梯度走，而是越过了它所指的地方。',
    unsteady: '每一步都来回越过最小值。',
  },
  remedy: {
    dead: '可改用 leakyRelu、减小学习率，或重新初始化该层。',
    saturated: '可用较小的权重重新初始化该层，或减小学习率。',
    symmetric: '请用随机权重重新初始化该层。',
    vanishing: '可改用斜率为 1 的 relu，或减少层数。',
    exploding: '可用较小的权重重新初始化该层，或减小学习率。',
    penalty: '请减小 λ。',
    rate: '请减小学习率。',
    unsteady: '请减小学习率。',
  },
  dead: (alarm, seen, at) =>
    `${neurons(alarm, at)}失活：在${each(seen)} f′(z) = 0（${rows(alarm)}）。`,
  saturated: (alarm, { samples }, at) =>
    `${neurons(alarm, at)}饱和：在 ${samples} 个样本的大多数上 |f′(z)| < 0.01（${rows(alarm)}）。`,
  symmetric: (alarm, at) =>
    `${neurons(alarm, at)}与另一个相同：传入权重、偏置和传出权重都是相同的数（${rows(alarm)}）。`,
  vanishing: ({ layer, norm, last }, at) =>
    `梯度消失：|∂C/∂W| 在${at(layer)}为 ${formatNumber(norm)}，在${at(last.layer)}为 ${formatNumber(last.norm)}。`,
  exploding: ({ layer, norm, last }, at) =>
    `梯度爆炸：|∂C/∂W| 在${at(layer)}为 ${formatNumber(norm)}，在${at(last.layer)}为 ${formatNumber(last.norm)}。`,
  penalty: ({ data, penalty }) =>
    `惩罚项占主导：其梯度的范数为 ${formatNumber(penalty)}，数据部分为 ${formatNumber(data)}。`,
  rate: ({ layer, ratio }, at) =>
    `学习率过高：${at(layer)}的下一次更新达到其权重大小的 ${percent(ratio)}。`,
  unsteady: ({ swing, epochs }) =>
    `损失不再下降：在最近记录的 ${epochs} 轮中，相邻两轮平均变化 ${percent(swing)}，却没有降低。`,
  fixes: {
    reinitialise: ({ layer, random }, at) =>
      random ? `用种子给出的随机权重重新初始化${at(layer)}` : `用种子重新初始化${at(layer)}`,
    activation: ({ layers, activation }, at) =>
      layers.length === 1
        ? `将${at(layers[0])}的激活函数设为 ${activation}`
        : `将 ${layers.length} 层的激活函数设为 ${activation}`,
    rate: ({ value }) => `将学习率设为 ${formatNumber(value)}`,
    penalty: ({ value }) => `将 λ 设为 ${formatNumber(value)}`,
  },
};
