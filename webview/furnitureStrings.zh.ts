/** 图形周围各部分的中文字符串；键由英文表规定。 */
import { compareChinese } from './compare/strings.zh';
import { dataChinese } from './data/strings.zh';
import { checkedChinese } from './gradcheck/strings.zh';
import { inspectChinese } from './inspect/strings.zh';
import { whatIfChinese } from './inspect/whatIfStrings.zh';
import { labChinese } from './lab/strings.zh';
import { matricesChinese } from './matrices/strings.zh';
import { pastChinese } from './past/strings.zh';
import { predictChinese } from './predict/strings.zh';
import { propertiesChinese } from './properties/strings.zh';
import { resultsChinese } from './results/strings.zh';
import { steppingChinese } from './stepping/strings.zh';
import { chartChinese } from './training/strings.zh';
import type { FurnitureStrings } from './furnitureStrings.en';

export const furnitureChinese: FurnitureStrings = {
  ...chartChinese,
  ...dataChinese,
  ...inspectChinese,
  ...checkedChinese,
  ...compareChinese,
  ...whatIfChinese,
  ...labChinese,
  ...predictChinese,
  ...matricesChinese,
  ...pastChinese,
  ...propertiesChinese,
  ...resultsChinese,
  ...steppingChinese,
};
