/** Who waits for whom among inspections. */
import { expect, it } from 'vitest';
import { networkOf, slowSession } from './support';

const SAMPLE = { type: 'sample', index: 3 } as const;
const BATCH = { type: 'batch' } as const;
const WEIGHT = { type: 'weight', layer: 0, row: 0, column: 0 } as const;

const spiral = (samples: number) =>
  networkOf({
    version: 1,
    input: { shape: [2] },
    layers: [{ type: 'dense', units: 1, activation: 'sigmoid' }],
    loss: { type: 'meanSquaredError' },
    data: { generator: 'spiral', samples },
  });

it('a sample does not wait until all samples have been through the network', async () => {
  const { session, turns, settle } = slowSession(spiral(2000));
  const answers: string[] = [];
  const ask = async (name: string, scope: typeof SAMPLE | typeof BATCH): Promise<void> => {
    const facts = await session.inspect(WEIGHT, scope);
    answers.push(`${name} ${facts.scope.type}`);
  };
  const all = [ask('first', BATCH), ask('second', BATCH), ask('third', SAMPLE)];
  await settle();
  // 16 tiles have no turn yet.
  expect(answers).toEqual(['third sample']);
  while (answers.length < all.length) {
    turns.shift()?.();
    await settle();
  }
  expect(answers).toEqual(['third sample', 'first batch', 'second batch']);
});

it('a curve over all samples is given up when another network is loaded while its pass is under way', async () => {
  const { session, turns, settle } = slowSession(spiral(2000));
  const curve = session.whatIf({ target: WEIGHT, scope: BATCH, from: -1, to: 1, points: 257 }, 1);
  const outcome = Promise.resolve(curve).then(
    () => 'answered',
    (error: unknown) => (error as Error).name,
  );
  await settle();
  session.load({ network: spiral(10), files: {}, keepParameters: false });
  let [result, waited] = ['', 0];
  void outcome.then(text => (result = text));
  for (; result === '' && waited < 1000; waited++) {
    turns.shift()?.();
    await settle();
  }
  expect(result).toBe('Cancelled');
});
