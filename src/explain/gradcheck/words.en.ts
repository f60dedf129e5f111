import type { GradcheckWords } from './words';

/** English. */
export const gradcheckEnglish: GradcheckWords = {
  title: network => `Gradcheck of ${network}`,
  agree: (agreeing, checked) =>
    `${agreeing} of ${checked} parameters agree with central differences in float64.`,
  worst: (error, place) => `The largest relative error is ${error}, at ${place}.`,
  method: (samples, h) =>
    `The loss over ${samples} training sample${samples === 1 ? '' : 's'}, penalty included, without dropout; ${
      h === undefined
        ? 'steps of 10⁻⁵ · max(1, |θ|), smaller near a kink, a difference of five points where a doubt is left.'
        : `steps of ${h} · max(1, |θ|) and no others.`
    }`,
  partial: (checked, parameters) => `Checked were ${checked} of ${parameters} parameters.`,
  directionsAgree: (agreeing, directions) =>
    `In ${agreeing} of ${directions} random directions they agree.`,
  directionsMethod: moved =>
    `Each direction v has length 1 and moves ${moved} parameters alike, up or down by chance: ∇C·v beside (C(θ + hv) − C(θ − hv)) / 2h, with steps relative to max(1, |θ|) of all of them.`,
  directionsKinks: kinks =>
    `${kinks} cross${kinks === 1 ? 'es' : ''} a kink and tell${kinks === 1 ? 's' : ''} nothing.`,
  leftOut: count =>
    `${count} parameter${count === 1 ? '' : 's'} that stand${count === 1 ? 's' : ''} at a kink ${count === 1 ? 'is' : 'are'} left out of the directions.`,
  all: (parameters, seconds) =>
    `A check of all ${parameters} parameters would take about ${seconds} s.`,
  gap: ' ',
  columns: {
    table: 'of',
    parameters: 'parameters',
    worst: 'largest error',
    parameter: 'parameter',
    direction: 'direction',
    verdict: 'verdict',
    analytic: 'backpropagation',
    numeric: 'difference',
    error: 'error',
  },
  verdicts: {
    ok: 'ok',
    look: 'look',
    fail: 'fail',
    tiny: 'both tiny',
    kink: 'kink',
    flat: 'flat',
  },
  meanings: {
    ok: 'error below 10⁻⁶',
    look: 'error below 10⁻⁴',
    fail: 'the two do not agree',
    tiny: 'both are smaller than 10⁻⁹',
    kink: 'the steps lie on both sides of a place where the slope jumps, so that they tell no derivative',
    flat: 'behind a step activation, where every derivative is 0',
  },
  directions: 'Random directions',
  beside: 'Parameters beside them',
  strata: 'About as many weights and biases of each layer, from all their places.',
  largest: 'Largest errors',
  legend: 'Error: |a − n| / max(|a|, |n|, what rounding hides).',
};
