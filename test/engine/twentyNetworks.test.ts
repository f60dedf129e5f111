/**
 * The same seed trains to the same bytes, also in other versions, hosts and machines: those that are recorded.
 *
 * Other bytes are a change that everybody sees who trains a network again. Where it is meant: `npx vitest run --project
 * unit test/engine/twentyNetworks -u` records them, and the changelog tells of it.
 */
import { afterEach, beforeAll, expect, test } from 'vitest';
import { createTrainer } from '../../src/engine/createTrainer';
import { isSmall } from '../../src/engine/wasm/small/isSmall';
import { useHelpers } from '../../src/engine/wasm/threads';
import { inferShapes } from '../../src/network/shapes';
import { narrow, start, threaded, wide, type Engine } from './engines';
import { trainedBytes, twentyNetworks } from './twentyNetworks';

let digests: Awaited<ReturnType<typeof trainedBytes>>;

beforeAll(async () => {
  digests = await trainedBytes(narrow.create, crypto.subtle);
});

afterEach(() => useHelpers(undefined));

test('twenty networks, of which no two train to the same', () => {
  expect(twentyNetworks).toHaveLength(20);
  expect(new Set(Object.values(digests)).size).toBe(20);
});

test('as they are recorded', async () => {
  const text = `${JSON.stringify(digests, null, 2)}\n`;
  await expect(text).toMatchFileSnapshot('../reference/trainedBytes.json');
});

/** Small networks have code of their own, which is for one thread alone. */
const withThreads = (name: 'plain-4x8' | 'plain-4x16', threads: number): Engine => ({
  ...threaded(name, threads),
  create: (network, ...rest) =>
    (isSmall(network, inferShapes(network)) ? narrow : threaded(name, threads)).create(
      network,
      ...rest,
    ),
});

test.each([wide, withThreads('plain-4x8', 2), withThreads('plain-4x16', 3)])(
  '$name: the same',
  async ({ create }) => {
    expect(await trainedBytes(create, crypto.subtle)).toEqual(digests);
  },
);

test('the same by what the product chooses, alone and with another thread', async () => {
  useHelpers({ parallelism: 2, start });
  const chosen = new Set<unknown>();
  for (const threads of [1, 2]) {
    const found = await trainedBytes((network, dataset) => {
      const trainer = createTrainer(network, dataset, { threads });
      expect(trainer.engine.backend).toMatch(/^wasm/);
      chosen.add(trainer.engine.threads);
      return trainer;
    }, crypto.subtle);
    expect(found).toEqual(digests);
  }
  expect(chosen).toEqual(new Set([1, 2]));
});
