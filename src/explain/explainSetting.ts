/** What a setting in the file means: for hovers on `activation`, `loss`, `learningRate` and `units`. */
import type { ActivationName, Loss, Optimizer } from '../network/network';
import { activationFormulas, helperFunctions } from './activationFormulas';
import type { Card, Expression, Line, Rule } from './explanation';
import {
  bigSum,
  call,
  derivative,
  minus,
  number,
  power,
  primed,
  product,
  quotient,
  square,
  sum,
  symbol,
} from './expressions';
import { lossFormula, reductionFactor } from './lossFormulas';
import { Names } from './names';
import type { NotationProfile } from './notationProfile';
import type { Label, Words } from './words';

export type Setting =
  | { readonly type: 'activation'; readonly activation: ActivationName }
  | { readonly type: 'loss'; readonly loss: Loss }
  /** The rule by which every parameter changes. */
  | { readonly type: 'learningRate'; readonly optimizer: Optimizer }
  | {
      readonly type: 'units';
      readonly units: number;
      readonly inputs: number;
      readonly useBias: boolean;
    };

export function explainSetting(setting: Setting, profile: NotationProfile, words: Words): Card {
  switch (setting.type) {
    case 'activation':
      return activationCard(setting.activation, profile, words);
    case 'loss':
      return lossCard(setting.loss, profile, words);
    case 'learningRate':
      return learningRateCard(setting.optimizer, profile, words);
    case 'units': {
      const { units, inputs, useBias } = setting;
      return { words: words.units(units, inputs, useBias), lines: [], cautions: [] };
    }
  }
}

function ruleLine(words: Words, label: Label, equation: Rule): Line {
  return { role: 'rule', label: words.labels[label], equation };
}

/** f and f′, with the helper functions they use. */
function activationCard(activation: ActivationName, profile: NotationProfile, words: Words): Card {
  const names = new Names(profile, { sizes: [], scope: { type: 'batch' } });
  const formula = activationFormulas[activation];
  const index = formula.wholeLayer ? 'j' : undefined;
  const z = symbol(profile.names.weightedInput, index);
  const a = symbol(profile.names.activation, index);
  const point = { z, a, anyZ: symbol(profile.names.weightedInput, 'k') };
  const f = names.activationFunction(activation);
  const value = formula.value(point);
  const applied = activation === 'tanh' ? [] : [call(f, z)];
  const slope = formula.wholeLayer ? derivative(a, z) : call(primed(f), z);
  return {
    words: words.activationSetting(words.activations[activation]),
    lines: [
      ruleLine(words, 'function', { left: a, forms: [...applied, value] }),
      ruleLine(words, 'derivative', { left: slope, forms: [formula.slope(point)] }),
      ...(helperFunctions[activation]?.(z) ?? []).map(({ left, right }) =>
        ruleLine(words, 'where', { left, forms: [right] }),
      ),
    ],
    cautions: activation === 'step' ? [words.cautions.step] : [],
  };
}

/** The loss of all samples, the loss of one, and its derivative by an activation. */
function lossCard(loss: Loss, profile: NotationProfile, words: Words): Card {
  const { names } = profile;
  const a = symbol(names.output ?? names.activation, 'k');
  const point = { a, y: symbol(names.target, 'k') };
  const { share, slope } = lossFormula(loss);
  const one = symbol(names.sampleLoss, names.sample);
  const factor = reductionFactor(loss, symbol(names.samples), symbol('K'));
  return {
    words: words.lossSetting(words.losses[loss.type], words.reductions[loss.reduction]),
    lines: [
      ruleLine(words, 'loss', {
        left: symbol(names.batchLoss),
        forms: [product(...factor, bigSum(names.sample, one))],
      }),
      ruleLine(words, 'oneSample', { left: one, forms: [bigSum('k', share(point))] }),
      ruleLine(words, 'outputGradient', { left: derivative(one, a), forms: [slope(point)] }),
    ],
    cautions: [],
  };
}

/** The update rule of the optimizer, with g for the gradient. */
function learningRateCard(optimizer: Optimizer, profile: NotationProfile, words: Words): Card {
  const w = symbol(profile.names.weight);
  const loss = symbol(profile.names.batchLoss);
  const rate = symbol(profile.names.learningRate);
  const gradient: Rule = { left: symbol('g'), forms: [derivative(loss, w)] };
  const steps = optimizerRules[optimizer.type](optimizer, w, rate);
  return {
    words: words.learningRateSetting(words.optimizer(optimizer)),
    lines: [gradient, ...steps].map(rule => ruleLine(words, 'nextUpdate', rule)),
    cautions: [],
  };
}

const g = symbol('g');
const v = symbol('v');
const s = symbol('s');
const one = number(1);
const root = (argument: Expression) => call('√', argument);
const assign = (left: Expression, form: Expression): Rule => ({
  left,
  becomes: true,
  forms: [form],
});

/** β·old + (1 − β)·new */
const average = (beta: number, old: Expression, next: Expression) =>
  sum(product(number(beta), old), product(minus(one, number(beta)), next));

const optimizerRules: {
  readonly [K in Optimizer['type']]: (
    optimizer: Optimizer,
    w: Expression,
    rate: Expression,
  ) => readonly Rule[];
} = {
  sgd: ({ momentum, nesterov }, w, rate) => {
    if (momentum === 0) return [assign(w, minus(w, product(rate, g)))];
    const kept = product(number(momentum), v);
    const step = nesterov ? sum(g, kept) : v;
    return [assign(v, sum(kept, g)), assign(w, minus(w, product(rate, step)))];
  },
  rmsprop: ({ decay, epsilon }, w, rate) => [
    assign(s, average(decay, s, square(g))),
    assign(w, minus(w, product(rate, quotient(g, sum(root(s), number(epsilon)))))),
  ],
  adagrad: ({ epsilon }, w, rate) => [
    assign(s, sum(s, square(g))),
    assign(w, minus(w, product(rate, quotient(g, sum(root(s), number(epsilon)))))),
  ],
  adam: (optimizer, w, rate) => adamRules(optimizer, w, rate, 0),
  adamw: (optimizer, w, rate) => adamRules(optimizer, w, rate, optimizer.weightDecay),
};

/** Bias-corrected means of g and g²; AdamW also shrinks w itself. t counts the updates. */
function adamRules(
  { beta1, beta2, epsilon }: Optimizer,
  w: Expression,
  rate: Expression,
  weightDecay: number,
): readonly Rule[] {
  const t = symbol('t');
  const corrected = (mean: Expression, beta: number) =>
    quotient(mean, minus(one, power(number(beta), t)));
  const step = quotient(corrected(v, beta1), sum(root(corrected(s, beta2)), number(epsilon)));
  const decayed = weightDecay === 0 ? step : sum(step, product(number(weightDecay), w));
  return [
    assign(v, average(beta1, v, g)),
    assign(s, average(beta2, s, square(g))),
    assign(w, minus(w, product(rate, decayed))),
  ];
}
