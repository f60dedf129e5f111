/** How far an engine is from PyTorch on the networks of the fixtures. */
import { inputsOf } from '../../src/data/inputs';
import { batchGradient } from '../../src/engine/gradient';
import { apart, largest } from '../engine/comparison';
import type { Precision } from '../../src/network/network';
import type { Engine } from '../engine/engines';
import { TORCH_STEPS, torchCase, type Description, type TorchNumbers } from './torchCases';

/** All relative to the largest of their kind; `update` to the largest update. */
export interface TorchErrors {
  readonly outputs: number;
  readonly loss: number;
  /** Absent of float32: gradients are those of the reference in float64, whatever trains. */
  readonly gradients?: number;
  readonly update: number;
  readonly lossAfter: number;
}

export const TORCH_QUANTITIES = ['outputs', 'loss', 'gradients', 'update', 'lossAfter'] as const;

type Limits = { readonly [K in keyof TorchErrors]-?: number };

/** float32 rounds updates as large as the parameters they change, of which they may be a thousandth. */
export const TORCH_LIMITS: { readonly [K in Precision]: Limits } = {
  float64: { outputs: 1e-14, loss: 1e-14, gradients: 1e-13, update: 1e-12, lossAfter: 1e-13 },
  float32: { outputs: 2e-6, loss: 1e-6, gradients: 0, update: 1e-4, lossAfter: 1e-6 },
};

export function torchErrors(
  description: Description,
  engine: Engine,
  theirs: TorchNumbers,
): TorchErrors {
  const { network, dataset, start } = torchCase(description);
  const trainer = engine.create(network, dataset, start);
  const { samples, training } = dataset;
  const outputs = trainer.predict(inputsOf(dataset, 0, samples), samples);
  const { loss } = trainer.evaluation;
  const gradients = batchGradient(network, dataset, training, start);
  while (trainer.step < TORCH_STEPS) {
    const outcome = trainer.run({ steps: TORCH_STEPS - trainer.step });
    if (outcome.type === 'diverged') throw new Error(JSON.stringify(outcome));
  }
  trainer.evaluate();
  const after = trainer.readParameters();
  const moved = theirs.parameters.map((value, i) => value - start[i]);
  return {
    outputs: apart(outputs, theirs.outputs, largest(theirs.outputs)),
    loss: apart([loss], theirs.loss, Math.max(1e-3, largest(theirs.loss))),
    ...(engine.precision === 'float64' && {
      gradients: apart(gradients, theirs.gradients, largest(theirs.gradients)),
    }),
    update: apart(after, theirs.parameters, largest(moved)),
    lossAfter: apart(
      [trainer.evaluation.loss],
      theirs.lossAfter,
      Math.max(1e-3, largest(theirs.lossAfter)),
    ),
  };
}
