/** Kept runs beside each other, in Chinese. */
import type { compareEnglish } from './strings.en';

export const compareChinese: { readonly [K in keyof typeof compareEnglish]: string } = {
  'compare.legend': '对比的运行',
  'compare.open': '以表格对比',
  'compare.hide': '从图表移除 {0} 的运行',
  'compare.thin': '训练 / 验证（细线）',
  'compare.title': '运行记录',
  'compare.count': '{0} 次运行',
  'compare.close': '关闭表格（Esc）',
  'compare.copy': '复制为 CSV',
  'compare.copied': '已将 {0} 次运行复制为 CSV。',
  'compare.none': '图表上没有运行。请在“运行”视图中勾选。',
  'compare.chart': '图表',
  'compare.acts': '恢复',
  'compare.show': '在图表上显示 {0} 的运行',
  'compare.restore': '恢复 {0} 的运行的设置和权重',
  'compare.name': '运行',
  'compare.file': '网络',
  'compare.best': '最佳损失',
  'compare.loss': '最终损失',
  'compare.accuracy': '准确率',
  'compare.validationAccuracy': '验证准确率',
  'compare.epochs': '轮数',
  'compare.seconds': '秒',
  'compare.now': '当前',
} as const;
