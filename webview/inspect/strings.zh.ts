/** What cards say, in Chinese. */
import type { inspectEnglish } from './strings.en';

export const inspectChinese: { readonly [K in keyof typeof inspectEnglish]: string } = {
  'pin.pin': '固定此卡片，与其他卡片并排（P）',
  'pin.unpin': '取消固定：关闭固定的卡片（P）',
  'pin.label': '固定的卡片',
  'pin.card': '已固定：{0}',
  'pin.close': '关闭固定的卡片：{0}（Esc）',
  'pin.move': '移动卡片：{0}。拖动卡片头部，或使用方向键；Home 键放回原位',
  'pin.full': '已固定三张卡片，再多会遮住网络图。请先关闭其中一张：固定的卡片不会自行消失。',
  'pin.nothing': '请先指向连线、神经元、层或损失，再按 P 固定其卡片。',
  'pin.none': '没有固定的卡片。请指向某处并按 P。',
  'pin.pinned': '已固定，第 {0} 张，共 {1} 张：{2}',
  'pin.closed': '固定的卡片已关闭：{0}',
  'pin.gone': '网络中已没有固定的对象，其卡片已关闭：{0}',
  'pin.difference': '与第一张固定卡片之差：{0}',
  'pin.first': '其他卡片的 Δ 相对于此卡片',
  'pin.to': '相对 {0}',

  'curve.words':
    'z 从 −{3} 到 {3} 的激活函数 f 与导数 f′。该神经元：z = {0}，f(z) = {1}，f′(z) = {2}。',
  'curve.value': 'f',
  'curve.slope': 'f′',
  'curve.here': '┆ z',

  'card.sample': '样本 {0}',
  'card.training': '训练部分，{0} 个样本',
  'card.notYet': '“?”是这次传播尚未算到的数值。',

  'copy.label': '复制',
  'copy.value': '复制数值（全部数字）',
  'copy.latex': '复制为 LaTeX，位数与显示相同',
  'copy.markdown': '复制为 Markdown，位数与显示相同',
  'copy.doneValue': '已复制：{0}',
  'copy.doneLatex': '已复制为 LaTeX',
  'copy.doneMarkdown': '已复制为 Markdown',
};
