/** The numbers of a step that all parameters of a layer share, in float64 until they are used. */
import { pointer, real, setReal, word } from './header';
import { BETA1, BETA1_POWER, BETA2, BETA2_POWER, DECAY, EPSILON as SETTING_EPSILON, L1 as SETTING_L1, L2 as SETTING_L2, MOMENTUM, PENALTY_SCALE, RULE, SAMPLES, STEP_NUMBERS, WEIGHT_DECAY } from '../shared/places';
import { ADAM, BY_TWO, BY_TWO_SAMPLES, RMSPROP } from '../shared/functions';
import { DECAYED, EPSILON, FIRST, L1, L2, RATE, REST1, REST2, SECOND, TINY } from './updates';

/** Begins a step: t counts from 1. */
export function tick(): void {
  setReal(BETA1_POWER, real(BETA1_POWER) * real(BETA1));
  setReal(BETA2_POWER, real(BETA2_POWER) * real(BETA2));
}

@inline
function set(place: usize, value: f64): void {
  store<f32>(pointer(STEP_NUMBERS) + place, <f32>value);
}

/** The least float32 above 0: a smaller one would be 0, and 0 / 0 no number where there is no gradient. */
const LEAST: f64 = 1.401298464324817e-45;

@inline
function setEpsilon(value: f64): void {
  set(EPSILON, max<f64>(value, LEAST));
}

/** λ/2m, λ/2, λ */
@inline
function penaltyScale(): f64 {
  const kind = word(PENALTY_SCALE);
  return kind == BY_TWO_SAMPLES ? 1 / (2 * real(SAMPLES)) : kind == BY_TWO ? 0.5 : 1;
}

/** @param place of the layer's learning rate, a float64 */
export function layerNumbers(place: usize): void {
  const rate = load<f64>(place);
  const rule = word(RULE);
  const scale = penaltyScale();
  set(L2, 2 * scale * real(SETTING_L2));
  set(L1, scale * real(SETTING_L1));
  set(TINY, 8.271806125530277e-25);
  if (rule == ADAM) {
    const correction = sqrt<f64>(1 - real(BETA2_POWER));
    set(RATE, (rate / (1 - real(BETA1_POWER))) * correction);
    setEpsilon(real(SETTING_EPSILON) * correction);
    set(DECAYED, 1 - rate * real(WEIGHT_DECAY));
    set(FIRST, real(BETA1));
    set(REST1, 1 - real(BETA1));
    set(SECOND, real(BETA2));
    set(REST2, 1 - real(BETA2));
    return;
  }
  set(RATE, rate);
  setEpsilon(real(SETTING_EPSILON));
  set(FIRST, real(MOMENTUM));
  set(SECOND, rule == RMSPROP ? real(DECAY) : 1);
  set(REST2, rule == RMSPROP ? 1 - real(DECAY) : 1);
}
