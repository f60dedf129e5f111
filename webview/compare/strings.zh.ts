/** Kept runs beside each other, in Chinese. */
import type { compareEnglish } from './strings.en';

export const compareChinese: { readonly [K in keyof typeof compareEnglish]: string } = {
  'compare.legend': '对比的训练',
  'compare.open': '以表格对比',
  'compare.hide': '从图表移除 {0} 的训练',
  'compare.thin': '训练 / 验证（细线）',
  'compare.title': '训练记录',
  'compare.count': '{0} 次训练',
  'compare.close': '关闭表格（Esc）',
  'compare.copy': '复制为 CSV',
  'compare.copied': '已将 {0} 次训练复制为 CSV。',
  'compare.none': '图表上没有训练记录。请在“训练记录”视图中勾选。',
  'compare.chart': '图表',
  'compare.acts': '恢复',
  'compare.show': '在图表上显示 {0} 的训练',
  'compare.restore': '恢复 {0} 的训练的设置和权重',
  'compare.name': '训练',
  'compare.file': '网络',
  'compare.best': '最佳损失',
  'compare.loss': '最终损失',
  'compare.accuracy': '准确率',
  'compare.validationAccuracy': '验证准确率',
  'compare.epochs': '轮数',
  'compare.seconds': '秒',
  'compare.now': '当前',
} as const;
