/** Looking back through a training: Chinese. */
import type { pastEnglish } from './strings.en';

export const pastChinese: { readonly [K in keyof typeof pastEnglish]: string } = {
  'past.slider': '训练的时刻',
  'past.sliderHint': '回看任一保留的时刻：方向键逐个移动，Esc 回到现在。',
  'past.line': '第 {0} 轮，共 {1} 轮 · 损失 {2} — 正在回看',
  'past.atNow': '现在：第 {0} 轮 · 损失 {1}',
  'past.reading': '正在回看',
  'past.restore': '恢复到此刻',
  'past.restoreHint': '把这一刻的权重写入文本（一个撤销步骤），并从这里继续。会先暂停训练。',
  'past.now': '现在',
  'past.nowHint': '回到现在的数值（Esc）',

  'history.value': '值的变化',
  'history.gradient': '梯度的变化',
  'history.range': '{0} … {1}',
  'history.words': '{0}，第 {1} 轮到第 {2} 轮：从 {3} 到 {4}，最小 {5}，最大 {6}。',
  'history.here': '第 {0} 轮：{1}。',
};
