/** Inputs that are held as bytes are to the engine what the same numbers are, to the last bit. */
import { expect, it } from 'vitest';
import type { Dataset } from '../../src/data/dataset';
import { inputsOf } from '../../src/data/inputs';
import { createGradcheck } from '../../src/engine/gradcheck';
import { createInspector } from '../../src/engine/inspect';
import { createTrainer } from '../../src/engine/referenceTrainer';
import { dense, network, randomDataset } from './networks';

const net = network(3, [dense(5, 'tanh'), dense(2, 'sigmoid')], { training: { batchSize: 7 } });
const random = randomDataset(40, 3, 2, 'real', 10);
const held: Dataset = {
  ...random,
  inputs: {
    type: 'bytes',
    values: Uint8Array.from(random.inputs.values, (_, i) => (i * 37) % 256),
    offset: Float64Array.of(0, 12.5, 100),
    scale: Float64Array.of(255, 3, 40),
  },
};
const written: Dataset = { ...held, inputs: { type: 'numbers', values: inputsOf(held, 0, 40) } };

it('trains the same', () => {
  const [a, b] = [held, written].map(dataset => {
    const trainer = createTrainer(net, dataset);
    for (let i = 0; i < 20; i++) trainer.run({ steps: 1 });
    return { parameters: trainer.readParameters(), evaluation: trainer.evaluation };
  });
  expect(a).toEqual(b);
  expect(a.evaluation.loss).toBeGreaterThan(0);
});

it('checks the same gradients', () => {
  const [a, b] = [held, written].map(dataset => {
    const check = createGradcheck(net, dataset, createTrainer(net, dataset).readParameters());
    check.run();
    return check.report();
  });
  expect(a).toEqual(b);
  expect(a.failed).toEqual([]);
  expect(a.checked).toBe(a.parameters);
});

it('shows the same', () => {
  const parameters = createTrainer(net, held).readParameters();
  const target = { type: 'neuron', layer: -1, row: 1 } as const;
  const [a, b] = [held, written].map(dataset =>
    createInspector(net, dataset).inspect(
      parameters,
      target,
      { type: 'sample', index: 8 },
      { epoch: 0, step: 0 },
      undefined,
    ),
  );
  expect(a).toEqual(b);
});
