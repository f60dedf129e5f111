/** What a case of PyTorch's is, and that the engine agrees with it: outputs, loss, gradients, every optimizer. */
import { expect } from 'vitest';
import { batchGradient } from '../../src/engine/gradient';
import type {
  LossName,
  Network,
  Optimizer,
  Precision,
  Reduction,
  Regularization,
} from '../../src/network/network';
import type { Engine } from './engines';
import { farthest, targetKind, type Targets } from './fixtures';
import { dataset, network } from './networks';

export interface PytorchCase {
  loss: LossName;
  half: boolean;
  reduction: Reduction;
  regularization: Regularization;
  outputs: number[];
  lossValue: number;
  gradients: number[];
  /** Parameters after the steps, by optimizer. */
  after: Record<string, number[]>;
}

export interface PytorchFixtures<C extends PytorchCase> {
  steps: number;
  inputs: number[][];
  targets: Targets;
  parameters: number[];
  optimizers: Record<string, Partial<Optimizer>>;
  cases: C[];
}

/** The network of a case, of the layers that it has. */
export function networkOf(
  { loss: type, half, reduction, regularization }: PytorchCase,
  inputs: number,
  layers: Parameters<typeof network>[1],
  precision: Precision,
  optimizer: Partial<Optimizer>,
): Network {
  return network(inputs, layers, {
    loss: { type, half, reduction },
    regularization,
    optimizer,
    training: { precision, shuffle: false },
  });
}

/**
 * @param engine that computes the outputs and the steps; gradients come from the reference in its precision
 * @param build the network of the case with the settings of an optimizer
 * @param parameters at the start
 * @param bounds largest distance, relative to max(floor, |number|)
 */
export function expectAgreement<C extends PytorchCase>(
  { create }: Engine,
  { steps, inputs, targets, optimizers }: PytorchFixtures<C>,
  one: C,
  build: (optimizer: Partial<Optimizer>) => Network,
  parameters: Float64Array,
  { tolerance, floor }: { readonly tolerance: number; readonly floor: number },
): void {
  const expectNear = (actual: ArrayLike<number>, wanted: readonly number[], what: string): void =>
    expect(farthest(actual, wanted, floor), what).toBeLessThan(tolerance);
  const data = dataset(inputs, targets[targetKind[one.loss]]);
  const plain = build({});
  const trainer = create(plain, data, parameters);
  expectNear(trainer.predict(data.inputs.values, data.samples), one.outputs, 'outputs');
  expectNear([trainer.evaluation.loss], [one.lossValue], 'loss');
  expectNear(batchGradient(plain, data, data.training, parameters), one.gradients, 'gradients');
  for (const [key, settings] of Object.entries(optimizers)) {
    const run = create(build(settings), data, parameters);
    for (let i = 0; i < steps; i++) run.run({ steps: 1 });
    expectNear(run.readParameters(), one.after[key], `${key}, after ${steps} steps`);
  }
}
