import type { GradcheckWords } from './words';

/** 中文。 */
export const gradcheckChinese: GradcheckWords = {
  title: network => `梯度检查：${network}`,
  agree: (agreeing, checked) => `${checked} 个参数中有 ${agreeing} 个与 float64 中心差分一致。`,
  worst: (error, place) => `最大相对误差为 ${error}，位于 ${place}。`,
  method: (samples, h) =>
    `${samples} 个训练样本上的损失，含惩罚项，不含 dropout；${
      h === undefined
        ? '步长为 10⁻⁵ · max(1, |θ|)，靠近折点时更小，仍有疑问时改用五点差分。'
        : `步长只取 ${h} · max(1, |θ|)。`
    }`,
  partial: (checked, parameters) => `共 ${parameters} 个参数，检查了 ${checked} 个。`,
  directionsAgree: (agreeing, directions) => `${directions} 个随机方向中有 ${agreeing} 个一致。`,
  directionsMethod: moved =>
    `每个方向 v 的长度为 1，把 ${moved} 个参数随机地同幅上移或下移：比较 ∇C·v 与 (C(θ + hv) − C(θ − hv)) / 2h，步长相对于全体参数的 max(1, |θ|)。`,
  directionsKinks: kinks => `${kinks} 个方向跨过折点，不说明任何问题。`,
  leftOut: count => `${count} 个位于折点的参数不参与这些方向。`,
  all: (parameters, seconds) => `检查全部 ${parameters} 个参数大约需要 ${seconds} 秒。`,
  gap: '',
  columns: {
    table: '所属',
    parameters: '参数个数',
    worst: '最大误差',
    parameter: '参数',
    direction: '方向',
    verdict: '结论',
    analytic: '反向传播',
    numeric: '差分',
    error: '误差',
  },
  verdicts: {
    ok: '一致',
    look: '可疑',
    fail: '不一致',
    tiny: '都极小',
    kink: '折点',
    flat: '平坦',
  },
  meanings: {
    ok: '误差小于 10⁻⁶',
    look: '误差小于 10⁻⁴',
    fail: '两者不一致',
    tiny: '两者都小于 10⁻⁹',
    kink: '两步落在斜率突变处的两侧，差分不代表导数',
    flat: '位于阶跃激活之前，导数处处为 0',
  },
  directions: '随机方向',
  beside: '另外检查的参数',
  strata: '每层的权重与偏置各取大致同样多个，来自各处。',
  largest: '最大的误差',
  legend: '误差：|a − n| / max(|a|, |n|, 舍入所掩盖的大小)。',
};
