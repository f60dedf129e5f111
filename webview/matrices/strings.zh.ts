/** What the view of a layer in matrices says, in Simplified Chinese. */
import type { matricesEnglish } from './strings.en';

export const matricesChinese: { readonly [K in keyof typeof matricesEnglish]: string } = {
  'matrices.label': '以矩阵表示的层',
  'matrices.title': '{0}的矩阵形式',
  'matrices.view': '公式的显示方式',
  'matrices.scalar': '标量',
  'matrices.scalarHint': '标量：逐个数显示，旁边是网络图',
  'matrices.matrix': '矩阵',
  'matrices.matrixHint': '矩阵：用带数值的矩阵显示该层的规则（Shift+M）',
  'matrices.close': '回到网络图',
  'matrices.previous': '上一层',
  'matrices.next': '下一层',
  'matrices.bias': '偏置的位置',
  'matrices.biasColumn': '偏置作为一列',
  'matrices.biasColumnHint': '偏置作为一列：权重矩阵中的一列，对应恒为 1 的单元',
  'matrices.biasApart': '偏置单列',
  'matrices.biasApartHint': '偏置单列：作为单独的向量',
  'matrices.loading': '正在读取数值…',
  'matrices.failed': '无法读取矩阵：{0}',
  'matrices.rest': '将指针停在一个数上，或用方向键移到它，即可看到它由哪些数算出。',
  'matrices.cell': '{0}，{1}',
  'matrices.goesInto': '{0}用于计算 {1} 中标出的数。',
};
