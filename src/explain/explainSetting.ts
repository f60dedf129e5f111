/** What a setting in the file means: for hovers on `activation`, `loss`, `learningRate` and `units`. */
import type { ActivationName, Loss, Regularization, Training } from '../network/network';
import { activationFormulas, helperFunctions } from './activationFormulas';
import type { Card, Expression, Line, Rule } from './explanation';
import { clipRules } from './clipFormula';
import { bigSum, call, derivative, minus, primed, product, sum, symbol } from './expressions';
import { lossFormula, penaltyRules, reductionFactor } from './lossFormulas';
import { Names } from './names';
import { optimizerFormulas, stepLetters } from './optimizerFormulas';
import type { NotationProfile } from './notationProfile';
import { scheduleRule } from './scheduleFormula';
import type { Label, Words } from './words';

export type Setting =
  | {
      readonly type: 'activation';
      readonly activation: ActivationName;
      /** Of the only layer of a network. */
      readonly single?: boolean;
    }
  /** With a penalty, where it is given and there is one. */
  | { readonly type: 'loss'; readonly loss: Loss; readonly regularization?: Regularization }
  /** The rule by which every parameter changes. */
  | {
      readonly type: 'learningRate';
      readonly training: Pick<Training, 'optimizer' | 'schedule' | 'clip' | 'epochs'>;
    }
  | {
      readonly type: 'units';
      readonly units: number;
      readonly inputs: number;
      readonly useBias: boolean;
    };

/** Rules in letters: a setting has no numbers of a pass. */
export function explainSetting(setting: Setting, profile: NotationProfile, words: Words): Card {
  switch (setting.type) {
    case 'activation':
      return activationCard(setting, profile, words);
    case 'loss':
      return lossCard(setting, profile, words);
    case 'learningRate':
      return learningRateCard(setting, profile, words);
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
function activationCard(
  { activation, single }: Extract<Setting, { type: 'activation' }>,
  profile: NotationProfile,
  words: Words,
): Card {
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
    cautions: activation === 'step' ? [words.cautions[single ? 'stepPerceptron' : 'step']] : [],
  };
}

/** The loss of all samples, the loss of one, and its derivative by an activation. */
function lossCard(
  { loss, regularization }: Extract<Setting, { type: 'loss' }>,
  profile: NotationProfile,
  words: Words,
): Card {
  const { names } = profile;
  const every = new Names(profile, { sizes: [], scope: { type: 'batch' } });
  const penalty = regularization ? penaltyRules(regularization, every) : [];
  const isPenalised = penalty.length > 0;
  const whole: Rule = { left: every.loss(), forms: [sum(every.dataLoss(), every.penalty())] };
  const a = symbol(names.output ?? names.activation, 'k');
  const point = { a, y: symbol(names.target, 'k') };
  const { share, slope } = lossFormula(loss);
  const one = symbol(names.sampleLoss, names.sample);
  const factor = reductionFactor(loss, symbol(names.samples), symbol('K'));
  const setting = words.lossSetting(words.losses[loss.type], words.reductions[loss.reduction]);
  return {
    words: isPenalised ? words.withPenalty(setting) : setting,
    lines: [
      ...(isPenalised ? [ruleLine(words, 'loss', whole)] : []),
      ruleLine(words, isPenalised ? 'dataPart' : 'loss', {
        left: isPenalised ? every.dataLoss() : every.loss(),
        forms: [product(...factor, bigSum(names.sample, one))],
      }),
      ruleLine(words, 'oneSample', { left: one, forms: [bigSum('k', share(point))] }),
      ruleLine(words, 'outputGradient', { left: derivative(one, a), forms: [slope(point)] }),
      ...penalty.map((rule, index) =>
        ruleLine(words, index === 0 ? 'penaltyPart' : 'derivative', rule),
      ),
    ],
    cautions: [],
  };
}

/** The update rule of the optimizer, with g for the gradient; how that is clipped, and how the rate changes. */
function learningRateCard(
  { training }: Extract<Setting, { type: 'learningRate' }>,
  profile: NotationProfile,
  words: Words,
): Card {
  const { optimizer, clip } = training;
  const names = new Names(profile, { sizes: [], scope: { type: 'batch' } });
  const w = symbol(profile.names.weight);
  const loss = symbol(profile.names.batchLoss);
  const rate = symbol(profile.names.learningRate);
  const letters = stepLetters(optimizer, w);
  const { kept, step } = optimizerFormulas(optimizer, letters);
  return {
    words: words.learningRateSetting(words.optimizer(optimizer)),
    lines: [
      ruleLine(words, 'gradient', { left: letters.g, forms: [derivative(loss, w)] }),
      ...clipRules(clip, names).map(rule =>
        ruleLine(words, rule.becomes ? 'clippedGradient' : 'clipFactor', rule),
      ),
      ...rateLines(training, names, words),
      ...kept.map(({ letter, label, form }) =>
        ruleLine(words, label, assign(symbol(letter), form)),
      ),
      ruleLine(words, 'update', assign(w, minus(w, product(rate, step)))),
    ],
    cautions: [],
  };
}

/** How the rate changes from epoch to epoch; nothing where it does not. */
function rateLines(
  { schedule, epochs }: Pick<Training, 'schedule' | 'epochs'>,
  names: Names,
  words: Words,
): readonly Line[] {
  if (schedule.type === 'constant' && schedule.warmUp <= 1) return [];
  const line = ruleLine(words, 'learningRate', scheduleRule(schedule, epochs, names));
  return [{ ...line, note: words.epochsCounted }];
}

const assign = (left: Expression, form: Expression): Rule => ({
  left,
  becomes: true,
  forms: [form],
});
