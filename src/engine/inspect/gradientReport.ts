/** Every gradient of a scope, layer by layer. */
import type { Plan } from '../plan';
import { gradientOf, tableOf, type Passed } from './context';

export interface LayerGradients {
  /** Sample scope only. */
  readonly z?: readonly number[];
  readonly activation?: readonly number[];
  /** ∂C/∂z */
  readonly delta?: readonly number[];
  /** ∂C/∂w (units, inputs), of conv2d (filters, window); empty without weights */
  readonly weights: readonly (readonly number[])[];
  /** ∂C/∂b (units), of conv2d (filters); empty without biases */
  readonly bias: readonly number[];
}

/** Every gradient of a scope. */
export interface GradientReport {
  readonly loss: number;
  readonly layers: readonly LayerGradients[];
}

export function gradientReport(plan: Plan, passed: Passed): GradientReport {
  const gradient = gradientOf(passed);
  return {
    loss: passed.type === 'sample' ? passed.sample.loss : passed.batch.loss,
    layers: plan.operations.map(({ layer }) => {
      const weights = tableOf(plan, layer, 'weight');
      const biases = tableOf(plan, layer, 'bias');
      const slice = (start: number, length: number): number[] =>
        Array.from(gradient.subarray(start, start + length));
      return {
        ...activityOf(passed, layer),
        weights: weights
          ? Array.from({ length: weights.rows }, (_, row) =>
              slice(weights.offset + row * weights.columns, weights.columns),
            )
          : [],
        bias: biases ? slice(biases.offset, biases.length) : [],
      };
    }),
  };
}

function activityOf(passed: Passed, layer: number): Partial<LayerGradients> {
  if (passed.type === 'batch') return {};
  const { z, activation, delta } = passed.sample.layers[layer];
  return { z: Array.from(z), activation: Array.from(activation), delta: Array.from(delta) };
}
