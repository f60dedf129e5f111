/** `nabla train` with a schedule: the rate of each epoch, also of a training that goes on. */
import { describe, expect, it } from 'vitest';
import { nabla, trainingLines } from './support';

const network = (training: object): string =>
  JSON.stringify({
    version: 1,
    seed: 2,
    input: { shape: [2] },
    layers: [{ type: 'dense', units: 1, activation: 'sigmoid' }],
    loss: { type: 'binaryCrossEntropy' },
    training: {
      optimizer: { type: 'sgd', learningRate: 0.5 },
      batchSize: 2,
      epochs: 4,
      ...training,
    },
    data: { generator: 'or' },
  });

async function rates(training: object, options: readonly string[] = [], files = {}) {
  const words = ['train', 'a.nn.json', '--json', ...options];
  const outcome = await nabla(words, { 'a.nn.json': network(training), ...files });
  expect(outcome.code, outcome.stderr).toBe(0);
  const { epochs, done } = trainingLines(outcome.stdout);
  const told = epochs as readonly { readonly learningRate?: number }[];
  return { ...outcome, done, rates: told.map(({ learningRate }) => learningRate) };
}

describe('the rate of each epoch', () => {
  it('is told where a schedule changes it, and only there', async () => {
    const schedule = { type: 'step', every: 2, factor: 0.1 };
    expect((await rates({ schedule })).rates).toEqual([0.5, 0.5, 0.05, 0.05]);
    expect((await rates({ schedule: { warmUp: 2 } })).rates).toEqual([0.25, 0.5, 0.5, 0.5]);
    expect((await rates({ clip: { norm: 0.1 } })).rates).toEqual(Array(4).fill(undefined));
  });

  it('goes on from a checkpoint; the planned epochs are those of the file', async () => {
    const schedule = { type: 'cosine', minimum: 0.1 };
    const clip = { value: 0.02 };
    const whole = await rates({ schedule, clip });
    expect(whole.rates[2]).toBeCloseTo(0.3, 12);
    const first = await rates({ schedule, clip }, [
      '--epochs',
      '2',
      '--checkpoint',
      'c.safetensors',
    ]);
    expect(first.rates).toEqual(whole.rates.slice(0, 2));
    const options = ['--resume', 'c.safetensors'];
    const rest = await rates({ schedule, clip }, options, first.bytes);
    expect(rest.rates).toEqual(whole.rates.slice(2));
    expect(rest.done.loss).toBe(whole.done.loss);
  });
});
