import type { checkedEnglish } from './strings.en';

export const checkedChinese: { readonly [K in keyof typeof checkedEnglish]: string } = {
  'checked.open': '全部结果',
  'checked.title': '梯度检查',
  'checked.close': '关闭结果（Esc）',
  'checked.copy': '以 Markdown 复制报告',
  'checked.copied': '报告已复制到剪贴板。',
  'checked.layers': '层',
  'checked.all': '所有层',
  'checked.weights': '第 {0} 层的权重',
  'checked.bias': '第 {0} 层的偏置',
  'checked.weightsShort': '权重',
  'checked.biasShort': '偏置',
  'checked.picture':
    '{0}：{1} × {2} 个参数，最差的是 {3}，误差 {4}。点击可选中它；表格列出全部参数。',
  'checked.block': '每格显示一块参数中最差的一个。',
  'checked.doubtful': '只看并非简单一致的',
  'checked.none': '这里没有参数。',
  'checked.more': '再显示 {0} 个，共 {1} 个',
  'checked.sort': '按{0}排序',
  'checked.inText': '在文本中显示',
  'checked.curve': '误差随步长 h 的变化：{0}',
  'checked.curveWords': '误差最小为 {0}，在 h = {1} 处；步长更大时截断误差大，更小时舍入误差大。',
  'checked.choose': '选择一个参数，查看其差分如何随步长变化。',
  'checked.failure': '结果无法显示：{0}',
};
