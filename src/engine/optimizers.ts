/**
 * Optimizers: how a gradient changes a parameter. The rules are PyTorch's, so that runs compare.
 *
 * `rate` is learningRate × the layer's learningRateScale. State kept from step to step lives in up to
 * two moment arrays of the parameters' shape and in the {@link Clock}.
 */
import type { Optimizer, OptimizerName } from '../network/network';
import type { UpdateFacts } from './facts';
import type { Numbers } from './numbers';

/** Products that every parameter shares: β₁ᵗ and β₂ᵗ, t counting the step under way from 1. */
export interface Clock {
  beta1Power: number;
  beta2Power: number;
}

interface OptimizerRule {
  /** Number of moment arrays that these settings need. */
  moments(settings: Optimizer): number;
  /** θ (n)  g (n)  moments: first (n), second (n), unused ones empty. */
  update(
    settings: Optimizer,
    rate: number,
    clock: Clock,
    parameters: Numbers,
    gradients: Numbers,
    first: Numbers,
    second: Numbers,
  ): void;
}

/**
 * v ← μv + g; θ ← θ − η v, or θ − η (g + μv) with Nesterov's look-ahead
 * (Sutskever et al., "On the importance of initialization and momentum", 2013, in PyTorch's form).
 */
const sgd: OptimizerRule = {
  moments: settings => (settings.momentum === 0 ? 0 : 1),
  update({ momentum, nesterov }, rate, _, parameters, gradients, velocity) {
    if (momentum === 0) {
      for (let i = 0; i < parameters.length; i++) parameters[i] -= rate * gradients[i];
      return;
    }
    for (let i = 0; i < parameters.length; i++) {
      const g = gradients[i];
      const v = momentum * velocity[i] + g;
      velocity[i] = v;
      parameters[i] -= rate * (nesterov ? g + momentum * v : v);
    }
  },
};

/** s ← ρs + (1 − ρ)g²; θ ← θ − η g / (√s + ε) (Hinton, lecture 6e, 2012). */
const rmsprop: OptimizerRule = {
  moments: () => 1,
  update({ decay, epsilon }, rate, _, parameters, gradients, square) {
    for (let i = 0; i < parameters.length; i++) {
      const g = gradients[i];
      const s = decay * square[i] + (1 - decay) * g * g;
      square[i] = s;
      parameters[i] -= (rate * g) / (Math.sqrt(s) + epsilon);
    }
  },
};

/** s ← s + g²; θ ← θ − η g / (√s + ε) (Duchi, Hazan and Singer, 2011). */
const adagrad: OptimizerRule = {
  moments: () => 1,
  update({ epsilon }, rate, _, parameters, gradients, square) {
    for (let i = 0; i < parameters.length; i++) {
      const g = gradients[i];
      const s = square[i] + g * g;
      square[i] = s;
      parameters[i] -= (rate * g) / (Math.sqrt(s) + epsilon);
    }
  },
};

/**
 * m ← β₁m + (1 − β₁)g; v ← β₂v + (1 − β₂)g²; θ ← θ − η m̂ / (√v̂ + ε) with m̂ = m/(1 − β₁ᵗ), v̂ = v/(1 − β₂ᵗ)
 * (Kingma and Ba, "Adam", 2015, algorithm 1).
 */
const adam: OptimizerRule = {
  moments: () => 2,
  update({ beta1, beta2, epsilon }, rate, clock, parameters, gradients, mean, square) {
    const stepSize = rate / (1 - clock.beta1Power);
    const correction = Math.sqrt(1 - clock.beta2Power);
    for (let i = 0; i < parameters.length; i++) {
      const g = gradients[i];
      const m = beta1 * mean[i] + (1 - beta1) * g;
      const v = beta2 * square[i] + (1 - beta2) * g * g;
      mean[i] = m;
      square[i] = v;
      parameters[i] -= (stepSize * m) / (Math.sqrt(v) / correction + epsilon);
    }
  },
};

/**
 * θ ← θ(1 − ηλ), then Adam (Loshchilov and Hutter, "Decoupled Weight Decay Regularization", 2019).
 * The decay acts on every parameter, as in PyTorch, and is no part of the loss.
 */
const adamw: OptimizerRule = {
  moments: () => 2,
  update(settings, rate, clock, parameters, gradients, mean, square) {
    const keep = 1 - rate * settings.weightDecay;
    for (let i = 0; i < parameters.length; i++) parameters[i] *= keep;
    adam.update(settings, rate, clock, parameters, gradients, mean, square);
  },
};

export const optimizerRules: { readonly [K in OptimizerName]: OptimizerRule } = {
  sgd,
  rmsprop,
  adagrad,
  adam,
  adamw,
};

/** Number of moment arrays that an optimizer keeps. */
export function momentCount(optimizer: Optimizer): number {
  return optimizerRules[optimizer.type].moments(optimizer);
}

/** The clock before the first step. */
export function startClock(): Clock {
  return { beta1Power: 1, beta2Power: 1 };
}

/** Begins a step: multiplies the powers of β. */
export function tick(clock: Clock, optimizer: Optimizer): void {
  clock.beta1Power *= optimizer.beta1;
  clock.beta2Power *= optimizer.beta2;
}

/** An optimizer's state, apart from the trainer that owns it. Moments in the file's order. */
export interface OptimizerState {
  readonly moments: readonly Float64Array[];
  readonly clock: Readonly<Clock>;
  /** Completed epochs, as the schedule of the learning rate counts them. Absent: 0. */
  readonly epoch?: number;
}

/**
 * The next update of one parameter, by the same code that trains.
 *
 * @param gradient that the optimizer takes: clipped, where the training clips
 * @param index place of the parameter in the file's order
 * @param state as it is before the step; absent: that of a fresh start
 */
export function updateOne(
  optimizer: Optimizer,
  rate: number,
  value: number,
  gradient: number,
  index: number,
  state: OptimizerState | undefined,
): Omit<UpdateFacts, 'learningRate' | 'schedule' | 'gradient' | 'taken' | 'clip'> {
  const clock = { ...(state?.clock ?? startClock()) };
  tick(clock, optimizer);
  const parameter = Float64Array.of(value);
  const moment = (slot: number): Float64Array =>
    Float64Array.of(state?.moments[slot]?.[index] ?? 0);
  const [first, second] = [moment(0), moment(1)];
  const before = { first: first[0], second: second[0] };
  optimizerRules[optimizer.type].update(
    optimizer,
    rate,
    clock,
    parameter,
    Float64Array.of(gradient),
    first,
    second,
  );
  return {
    change: parameter[0] - value,
    next: parameter[0],
    before,
    after: { first: first[0], second: second[0] },
    corrections: { first: 1 - clock.beta1Power, second: 1 - clock.beta2Power },
  };
}
