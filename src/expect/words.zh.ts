import type { VerdictWords } from './words';

const after = (count: number): string => (count > 0 ? `训练 ${count} 轮后` : '');

/** 简体中文。 */
export const verdictChinese: VerdictWords = {
  passed: '通过',
  failed: '失败',
  skipped: '跳过',
  outputsWithin: (count, tolerance, most) =>
    `${count} 个输出在 ± ${tolerance} 之内（最多偏差 ${most}）`,
  outputOff: (place, found, expected, off) =>
    `${place} = ${found}，应为 ${expected}${off === undefined ? '' : `（偏差 ${off}）`}`,
  diverged: (count, atMost) => `${after(count)}训练发散，损失应不超过 ${atMost}`,
  loss: (loss, count) => `${after(count)}损失 = ${loss}`,
  lossWithin: (loss, atMost) => `${loss}，不超过 ${atMost}`,
  lossBeyond: (loss, atMost) => `${loss}，应不超过 ${atMost}`,
  gradientsAgree: checked => `${checked} 个梯度全部与差分一致`,
  worst: (error, place) => `，最大相对误差 ${error}，位于 ${place}`,
  gradientsDiffer: (wrong, checked) => `${checked} 个梯度中有 ${wrong} 个与差分不一致：`,
  gradientDiffers: (place, analytic, numeric, error) =>
    `${place} = ${analytic}，差分为 ${numeric}（误差 ${error}）`,
  more: count => `另有 ${count} 处`,
  between: '；',
  needsData: '此项需要数据，而网络没有数据：请在文件中加入 "data"',
  inputSize: (found, expected) => `input 有 ${found} 个数，网络需要 ${expected} 个`,
  outputSize: (found, expected) => `output 有 ${found} 个数，网络给出 ${expected} 个`,
  lossLabel: (atMost, count) => `${after(count)}损失 ≤ ${atMost}`,
  tally: (passed, failed, skipped) =>
    `${passed} 项通过，${failed} 项失败${skipped > 0 ? `，${skipped} 项跳过` : ''}`,
};
