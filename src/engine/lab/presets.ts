/**
 * A rule for gradients as data: the places where it does something else than backpropagation. Nothing here is used
 * for training; the lab computes with it, and compares.
 */
import type { ActivationName } from '../../network/network';

/**
 * Where f′ is left out: nowhere, of hidden layers, of the output layer, of all; or (`update`) out of every δ that
 * is handed on, and put back only where a layer's own parameters are changed.
 */
export type SlopeRule = 'kept' | 'hidden' | 'output' | 'all' | 'update';

/** `forgotten`: no penalty at all. `biases`: biases are penalised as well, though the loss does not. */
export type PenaltyRule = 'kept' | 'forgotten' | 'biases';

export interface LabRule {
  readonly slope: SlopeRule;
  readonly penalty: PenaltyRule;
  /** The whole gradient is negated. */
  readonly sign: boolean;
  /** The sum over samples is not divided. */
  readonly reduction: boolean;
  /** Of the squared error: ½ of the loss is forgotten, or (without ½) the 2 of its derivative. */
  readonly lossFactor: boolean;
  /** δ goes back through W where it should be Wᵀ: where W is square. */
  readonly transpose: boolean;
  /** The gradient of a bias is the δ of the last sample alone. */
  readonly biasSum: boolean;
}

export const STANDARD_RULE: LabRule = {
  slope: 'kept',
  penalty: 'kept',
  sign: false,
  reduction: false,
  lossFactor: false,
  transpose: false,
  biasSum: false,
};

export type PresetName = 'standard' | 'note000Hidden' | 'note000All' | 'note004';

/** The standard rule, and those that two notes print. */
export const labPresets: { readonly [P in PresetName]: LabRule } = {
  standard: STANDARD_RULE,
  note000Hidden: { ...STANDARD_RULE, slope: 'hidden' },
  note000All: { ...STANDARD_RULE, slope: 'all' },
  note004: { ...STANDARD_RULE, slope: 'update' },
};

export type Switch = keyof LabRule;

/** The preset that is this rule; undefined: a rule of one's own. */
export function presetOf(rule: LabRule): PresetName | undefined {
  const keys = Object.keys(STANDARD_RULE) as Switch[];
  const names = Object.keys(labPresets) as PresetName[];
  return names.find(name => keys.every(key => labPresets[name][key] === rule[key]));
}

/** Activations to try a rule with; the file keeps its own. */
export interface TriedActivations {
  /** Of every hidden dense layer. */
  readonly hidden?: ActivationName;
  readonly output?: ActivationName;
}
